"""Vietnamese text: normalising and folding for search."""

import unicodedata


def nfc(text: str) -> str:
    """The text in Unicode NFC with runs of white space made single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text for accent-free search: đ to d, marks dropped, lower case, single spaces."""
    plain = nfc(text).lower().replace("đ", "d")
    kept = (c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))


def find_folded(text: str, query: str) -> tuple[int, int]:
    """Where `query` stands in `text`, marks and case aside: positions in `text`; (0, 0) when it does not."""
    wanted = fold(query)
    if not wanted:
        return 0, 0
    starts: list[int] = []
    folded = ""
    for index, letter in enumerate(text):
        plain = fold(letter) or (" " if letter.isspace() else "")
        starts += [index] * len(plain)
        folded += plain
    found = folded.find(wanted)
    if found < 0:
        return 0, 0
    last = starts[found + len(wanted) - 1] + 1
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    return starts[found], last
