"""How alike two feedbacks are: by their words, accents aside, and by their places."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from motcua.core.text import fold

EARTH = 6_371_000  # metres
# Words that every text has, folded: they say nothing of what it is about.
COMMON = frozenset(
    [
        "va",
        "la",
        "cua",
        "cho",
        "khong",
        "toi",
        "nhung",
        "cac",
        "co",
        "duoc",
        "tai",
        "nay",
        "do",
        "voi",
        "trong",
        "den",
        "da",
        "se",
        "thi",
        "ma",
        "o",
        "ve",
        "tu",
        "ra",
        "vao",
        "len",
        "xuong",
        "mot",
        "hai",
        "ba",
        "bi",
        "khi",
        "cung",
        "rat",
        "nhieu",
        "lam",
        "nguoi",
        "ngay",
        "thang",
        "nam",
        "viec",
        "de",
        "nghi",
        "phan",
        "anh",
        "kien",
        "xin",
        "kinh",
        "gui",
        "can",
        "bo",
        "cong",
        "chuc",
        "ubnd",
        "xa",
    ]
)
LEAST = 0.18
NEAR_METRES = 500


def words_of(text: str) -> frozenset[str]:
    """The words that tell what a text is about, folded."""
    letters = "".join(c if c.isalnum() else " " for c in fold(text))
    return frozenset(word for word in letters.split() if len(word) > 1 and word not in COMMON)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 for nothing in common, 1 for the same words."""
    both = one | other
    return len(one & other) / len(both) if both else 0.0


def metres(lat: float, long: float, lat2: float, long2: float) -> float:
    """The distance between two places on the earth."""
    dlat, dlong = radians(lat2 - lat), radians(long2 - long)
    a = sin(dlat / 2) ** 2 + cos(radians(lat)) * cos(radians(lat2)) * sin(dlong / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(a)))


def best(
    wanted: frozenset[str], rows: Iterable[tuple[int, frozenset[str], float | None]], many: int = 5
) -> list[int]:
    """The ids of the most alike: near ones, and those with enough words in common. A row: id, words, metres (None: unknown)."""
    scored = []
    for pk, words, far in rows:
        near = far is not None and far <= NEAR_METRES
        score = likeness(wanted, words) + (0.3 if near else 0)
        if near or score >= LEAST:
            scored.append((-score, pk))
    return [pk for _, pk in sorted(scored)[:many]]
