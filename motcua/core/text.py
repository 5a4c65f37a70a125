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
