"""Rating a finished dossier: topics, marks, batches in which votes become visible, and what is hidden when there are few.

NĐ 61/2018/NĐ-CP, Điều 31 names what citizens give their opinion on; TT 01/2018/TT-VPCP, Điều 13–15 how it is judged. Officers
must not learn who voted: a vote is seen only in a batch of at least so many, and never in the month in which it was cast.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.core.percent import percent

LOW, HIGH = 2, 4  # up to LOW: not satisfied; from HIGH: satisfied
SCALE = (1, 2, 3, 4, 5)
OVERALL = "overall"
MOST_WORDS = 1000


class Kind(StrEnum):
    """How a topic is answered: five faces; how many times more one had to come; yes or no (yes is bad)."""

    SCALE = "scale"
    COUNT = "count"
    YES_NO = "yes_no"


VALUES: dict[Kind, tuple[int, ...]] = {Kind.SCALE: SCALE, Kind.COUNT: (0, 1, 2), Kind.YES_NO: (0, 1)}


@dataclass(frozen=True)
class Asked:
    """A topic as it is asked: `reasons` are the codes that may be ticked with a low mark."""

    code: str
    kind: Kind
    reasons: tuple[str, ...] = ()

    def is_low(self, mark: int) -> bool:
        """Whether the answer complains: a face of 1 or 2, one more visit, anything asked beyond the rules."""
        return mark <= LOW if self.kind is Kind.SCALE else mark > 0

    def is_good(self, mark: int) -> bool:
        """Whether the answer is content: a face of 4 or 5, no further visit, nothing asked beyond the rules."""
        return mark >= HIGH if self.kind is Kind.SCALE else mark == 0


def checked_marks(topics: Iterable[Asked], raw: Mapping[str, Any]) -> dict[str, int]:
    """The marks given, by topic; what was left out stays out. Raises RuleViolation without the overall mark or for a mark
    that the topic does not have.
    """
    found: dict[str, int] = {}
    for topic in topics:
        text = str(raw.get(topic.code, "")).strip()
        if not text:
            continue
        if text not in {str(value) for value in VALUES[topic.kind]}:
            raise RuleViolation("Chọn lại một mức trong các mức đã cho.", field=topic.code)
        found[topic.code] = int(text)
    if OVERALL not in found:
        raise RuleViolation("Chọn mức hài lòng chung.", field=OVERALL)
    return found


def checked_reasons(
    topics: Iterable[Asked], marks: Mapping[str, int], reasons: Iterable[str]
) -> tuple[str, ...]:
    """The reasons ticked that belong to a topic with a low mark, each once, in the order of the topics; others are dropped."""
    ticked = set(reasons)
    known = (r for t in topics if t.code in marks and t.is_low(marks[t.code]) for r in t.reasons)
    return tuple(dict.fromkeys(reason for reason in known if reason in ticked))


# When votes become visible ---------------------------------------------------------------------------------------------


def month_of(day: date) -> date:
    """The first day of a day's month: all that is kept of when a vote was cast."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    """The month before a month."""
    return month_of(month - timedelta(days=1))


def batches(waiting: Mapping[date, int], minimum: int) -> dict[date, date]:
    """Which month's votes become visible with which month: months are gathered until there are `minimum` votes together.
    Months that do not reach it yet are left out and wait. Every batch holds at least `minimum`, so that no difference of two
    figures is about fewer.
    """
    found: dict[date, date] = {}
    gathered: list[date] = []
    count = 0
    for month in sorted(waiting):
        gathered.append(month)
        count += waiting[month]
        if count >= max(1, minimum):
            found |= dict.fromkeys(gathered, month)
            gathered, count = [], 0
    return found


# What votes say ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """The marks of one topic: how many of each."""

    topic: Asked
    counts: Mapping[int, int]

    @property
    def valid(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    @property
    def good(self) -> int:
        """How many are content."""
        return sum(n for mark, n in self.counts.items() if self.topic.is_good(mark))

    @property
    def low(self) -> int:
        """How many complain."""
        return sum(n for mark, n in self.counts.items() if self.topic.is_low(mark))

    @property
    def percent(self) -> Decimal | None:
        """Share of those content, in per cent, by the one rule for percentages; None without answers."""
        return percent(self.good, self.valid)

    @property
    def mean(self) -> Decimal | None:
        """Mean mark; None without answers."""
        total = sum(mark * n for mark, n in self.counts.items())
        return rounded(Fraction(total, self.valid)) if self.valid else None

    @property
    def index(self) -> Decimal | None:
        """Of a scale: (mean − 1)/4 × 100."""
        if self.topic.kind is not Kind.SCALE or not self.valid:
            return None
        total = sum(mark * n for mark, n in self.counts.items())
        return rounded((Fraction(total, self.valid) - 1) * 25)


def tallies(topics: Sequence[Asked], votes: Iterable[Mapping[str, int]]) -> list[Tally]:
    """The marks of each topic over votes; a mark that the topic does not know is not valid and not counted."""
    counts: dict[str, Counter[int]] = {topic.code: Counter() for topic in topics}
    kinds = {topic.code: topic.kind for topic in topics}
    for vote in votes:
        for code, mark in vote.items():
            if code in counts and mark in VALUES[kinds[code]]:
                counts[code][mark] += 1
    return [Tally(topic, counts[topic.code]) for topic in topics]


def shown_groups(sizes: Mapping[Any, int], minimum: int) -> frozenset[Any]:
    """The groups of which figures may stand beside the figure of all: those of at least `minimum`, and when what is left is
    fewer than that, the smallest of them is left out as well, so that nobody can subtract.
    """
    order = sorted(
        (key for key in sizes if sizes[key] >= max(1, minimum)), key=lambda key: (-sizes[key], str(key))
    )
    rest = sum(sizes.values()) - sum(sizes[key] for key in order)
    if 0 < rest < minimum and order:
        order.pop()
    return frozenset(order)


def rounded(value: Fraction, places: str = "0.01") -> Decimal:
    """Rounded half up, two decimals unless said otherwise."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(places), ROUND_HALF_UP)
