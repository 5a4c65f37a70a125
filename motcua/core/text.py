"""Vietnamese text: normalising and folding for search."""

import re
import unicodedata
from functools import lru_cache


def nfc(text: str) -> str:
    """The text in Unicode NFC with runs of white space made single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text for accent-free search: đ to d, marks dropped, lower case, single spaces."""
    plain = nfc(text).lower().replace("đ", "d")
    kept = (c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))


_folded_letter = lru_cache(maxsize=4096)(fold)


def find_folded(text: str, query: str) -> tuple[int, int]:
    """Where `query` stands in `text`, marks and case aside: positions in `text`; (0, 0) when it does not."""
    wanted = fold(query)
    if not wanted:
        return 0, 0
    starts: list[int] = []
    folded = ""
    for index, letter in enumerate(text):
        plain = _folded_letter(letter) or (" " if letter.isspace() else "")
        starts += [index] * len(plain)
        folded += plain
    found = folded.find(wanted)
    if found < 0:
        return 0, 0
    last = starts[found + len(wanted) - 1] + 1
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    return starts[found], last


# The letters in the order of the dictionary; f, j, w, z of foreign names stand where the Latin alphabet has them.
_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def sort_key(text: str) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...], str]:
    """The key that sorts Vietnamese as a dictionary does: by syllable, letter (a ă â b …), tone, case."""
    words, tones = [], []
    for word in nfc(text).lower().split():
        letters, marks = _letters(word)
        words.append(tuple(letters))
        tones += marks
    return tuple(words), tuple(tones), nfc(text).swapcase()


def _letters(word: str) -> tuple[list[int], list[int]]:
    """The places of a word's letters in the alphabet, and the tone of each (0 for none)."""
    places: list[int] = []
    tones: list[int] = []
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        places.append(
            _LETTERS.get(bare, -1 if not bare.isalpha() else len(_LETTERS)) * 0x110000 + ord(bare[:1] or " ")
        )
        tones.append(tone)
    return places, tones


UNCHECKED = "chưa đối chiếu với văn bản gốc"
_MARK = re.compile(r"\s*\[(?:likely|check)\]")


def source_note(text: str) -> str:
    """A note on a source as people read it: the marks [likely] and [check], which the data keep, in words."""
    shown = _MARK.sub(f" ({UNCHECKED})", text).strip()
    return f"{UNCHECKED[0].upper()}{UNCHECKED[1:]}" if shown == f"({UNCHECKED})" else shown


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it opens a CSV file: an apostrophe before "=", "+", "-", "@"."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_written(text: str) -> str:
    """What `harmless` was given: the apostrophe before a sign of formulas taken off again."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text
