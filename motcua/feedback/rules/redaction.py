"""Personal data in a text that is about to be published: found, shown to a person, struck out.

Found: telephone and identity numbers, e-mail addresses, the names of those concerned however they are accented, and a form
of address followed by a name. What a machine cannot know stays with the person who publishes (NĐ 356/2025, Luật 91/2025/QH15).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.core.text import find_folded, fold

STRUCK = "[đã ẩn]"
_UPPER = "A-ZÀ-ỸĐĂÂÊÔƠƯ"
_PATTERNS = (
    ("thư điện tử", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    ("số định danh", re.compile(r"(?<!\d)\d{12}(?!\d)|(?<!\d)\d{9}(?!\d)")),
    ("số điện thoại", re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)")),
    (
        "họ tên",
        re.compile(
            rf"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác)\s+((?:[{_UPPER}][^\W\d_]{{0,12}}\s?){{1,5}})"
        ),
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One piece: positions in the text, the piece, what it is."""

    start: int
    end: int
    text: str
    what: str


def find(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Every piece that looks like personal data, in the order of the text, none inside another."""
    found = [
        Found(*_span(m), text[slice(*_span(m))], what) for what, p in _PATTERNS for m in p.finditer(text)
    ]
    for name in names:
        found += _named(text, name)
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Of the name alone where a form of address stands before it; without the space behind it."""
    start, end = match.span(match.lastindex or 0)
    return start, start + len(match.string[start:end].rstrip())


def _named(text: str, name: str) -> list[Found]:
    """Every place of a name, accents and case aside; a name of one word is too short to be looked for."""
    if len(fold(name).split()) < 2:
        return []
    found, at = [], 0
    while at < len(text):
        start, end = find_folded(text[at:], name)
        if not end:
            break
        found.append(Found(at + start, at + end, text[at + start : at + end], "họ tên"))
        at += end
    return found


def strike(text: str, pieces: Iterable[Found]) -> str:
    """The text with the pieces struck out."""
    for one in sorted(pieces, reverse=True):
        text = text[: one.start] + STRUCK + text[one.end :]
    return text
