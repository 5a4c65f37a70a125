"""Searching with typing errors forgiven: which words in use somebody may have meant, and how well a text fits.

Words are folded (`core.text.fold`): lower case, without accents. Vietnamese syllables are short, so one slip is
forgiven in words of three letters or more and two from seven; swapped neighbours count as one slip.
The same on every database: nothing here is left to an extension that one of them has.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

MOST_WORDS = 12
MOST_MEANT = 8
_APOSTROPHES = re.compile("['‘’ʼʹ′`´]")
_NO_WORD = re.compile(r"[^\w.]+")
_OUTER_DOTS = re.compile(r"(?<![^ ])\.+|\.+(?![^ ])")
# What people type around the thing that they look for.
IDLE = frozenset(
    [
        "toi", "minh", "em", "anh", "chi", "muon", "can", "lam", "xin", "cho", "hoi", "ve", "cua", "o",
        "dau", "the", "nao", "gi", "la", "va", "de", "thi", "cach", "nhu", "tai", "duoc", "co", "khong",
        "phai", "nhung", "cac", "mot", "thu", "tuc", "ho", "so", "giay", "to", "i", "want", "how", "do",
        "a", "an", "of", "my", "for", "get", "need",
    ]
)  # fmt: skip


def words_of(folded: str) -> tuple[str, ...]:
    """The words of a folded text, apostrophes dropped ("ea h'ding" is "ea hding"), at most twelve."""
    plain = _NO_WORD.sub(" ", _APOSTROPHES.sub("", folded))
    return tuple(word.strip(".") for word in plain.split() if word.strip("."))[:MOST_WORDS]


def all_words(folded: str) -> frozenset[str]:
    """Every word of a folded text of any length, as `words_of` reads them. A search asks this of thousands of texts."""
    plain = _NO_WORD.sub(" ", _APOSTROPHES.sub("", folded))
    return frozenset(_OUTER_DOTS.sub("", plain).split() if "." in plain else plain.split())


def slips_forgiven(word: str) -> int:
    """How many slips a word may have; none in a number or a code."""
    if not word.isalpha() or len(word) < 3:
        return 0
    return 2 if len(word) >= 7 else 1


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word the other; `most` + 1 when it takes more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, here[column - 1] + 1, last[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            here.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return min(last[-1], most + 1)


def meant(word: str, in_use: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Words in use that `word` may stand for, with their slips: itself first, then the nearest, then the most used."""
    most = slips_forgiven(word)
    near = ((other, distance(word, other, most)) for other in in_use if abs(len(other) - len(word)) <= most)
    found = [(other, slips) for other, slips in near if slips <= most]
    found.sort(key=lambda pair: (pair[1], pair[0][:1] != word[:1], -in_use[pair[0]], pair[0]))
    return tuple(found[:MOST_MEANT])


@dataclass(frozen=True)
class Wanted:
    """One word of a question with all that it may stand for, and how much it tells: rare words tell more."""

    word: str
    meant: tuple[tuple[str, int], ...]
    weight: float


def understood(words: Sequence[str], in_use: Mapping[str, int]) -> tuple[Wanted, ...]:
    """The telling words of a question; idle ones are left out unless there is no other."""
    telling = [word for word in words if word not in IDLE] or list(words)
    total = sum(in_use.values()) or 1
    found = []
    for word in dict.fromkeys(telling):
        options = meant(word, in_use)
        often = max((in_use[option] for option, _ in options), default=0)
        found.append(Wanted(word, options, log(1 + total / (1 + often)) if options else 0.0))
    return tuple(found)


def fit(wanted: Iterable[Wanted], text_words: Collection[str]) -> float:
    """How well a text answers: from 0 to 1, the share of what was asked, less for every slip.

    Words in use that the question does not name cost nothing; unknown words (weight 0) are not counted.
    """
    asked = [one for one in wanted if one.weight]
    whole = sum(one.weight for one in asked)
    got = sum(one.weight * _best(one, text_words) for one in asked)
    return got / whole if whole else 0.0


def _best(one: Wanted, text_words: Collection[str]) -> float:
    return max((1 - 0.3 * slips for option, slips in one.meant if option in text_words), default=0.0)


def apart(word: str, in_use: Mapping[str, int]) -> tuple[str, ...]:
    """Two words typed as one ("khaisinh") taken apart where both are in use; else the word as it is."""
    if word in in_use or not word.isalpha() or len(word) < 5:
        return (word,)
    places = range(2, len(word) - 1)
    pairs = [(word[:at], word[at:]) for at in places if word[:at] in in_use and word[at:] in in_use]
    return max(pairs, key=lambda pair: min(in_use[pair[0]], in_use[pair[1]]), default=(word,))
