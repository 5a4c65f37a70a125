"""What a survey says: shares, factors, satisfaction as a whole, points, margin of error.

A question's share is content answers over valid answers. A factor is the mean of its questions. The whole is all content
answers over all valid answers of all items, never the mean of the factors: factors with one question would count as much as
factors with seven. Groups count by how many users they have, not by how many of them answered.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from motcua.core.percent import of_share, percent
from motcua.surveys.rules.questionnaire import FACTORS, Form, Kind
from motcua.surveys.rules.sampling import Z, points, root

CONTENT, DISCONTENT = (4, 5), (1, 2)
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Group:
    """The answers of one group of the sample, and how many users the group has."""

    population: int
    answers: Sequence[Answers]

    @property
    def weight(self) -> Fraction:
        """How many users one answer stands for."""
        return Fraction(self.population, len(self.answers)) if self.answers else Fraction(0)


@dataclass(frozen=True)
class Item:
    """The answers to one question of five marks. `share`, `mean` are weighted and exact; None without valid answers."""

    code: str
    text: str
    counts: Mapping[int, int]
    share: Fraction | None
    mean_exact: Fraction | None
    error: Decimal | None

    @property
    def valid(self) -> int:
        """How many answered with a mark."""
        return sum(self.counts.values())

    @property
    def plain(self) -> Decimal | None:
        """Per cent of content answers without weights: the one to count after."""
        good = sum(self.counts[mark] for mark in CONTENT)
        return percent(good, self.valid)

    @property
    def percent(self) -> Decimal | None:
        """Per cent of content answers, weighted."""
        return shown(self.share)

    @property
    def mean(self) -> Decimal | None:
        """Mean mark, weighted."""
        return None if self.mean_exact is None else points(self.mean_exact)

    @property
    def index(self) -> Decimal | None:
        """(mean − 1)/4 × 100."""
        return None if self.mean_exact is None else points((self.mean_exact - 1) * 25)


@dataclass(frozen=True)
class Factor:
    """A factor: the mean of its questions."""

    number: int
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """Its name."""
        return FACTORS.get(self.number, "Đánh giá chung")

    @property
    def percent(self) -> Decimal | None:
        """Mean of the shares of its questions, per cent."""
        known = [item.share for item in self.items if item.share is not None]
        return shown(sum(known, Fraction(0)) / len(known)) if known else None

    @property
    def mean(self) -> Decimal | None:
        """Mean of the means of its questions."""
        known = [item.mean_exact for item in self.items if item.mean_exact is not None]
        return points(sum(known, Fraction(0)) / len(known)) if known else None

    @property
    def index(self) -> Decimal | None:
        """(mean − 1)/4 × 100."""
        known = [item.mean_exact for item in self.items if item.mean_exact is not None]
        return points((sum(known, Fraction(0)) / len(known) - 1) * 25) if known else None


@dataclass(frozen=True)
class Results:
    """A survey reckoned. `share` is the whole (SIPAS), exact and weighted; `discontent`: people with at least one mark of 1
    or 2; `error`: half of the interval of 95 % in points of per cent.
    """

    respondents: int
    population: int
    factors: tuple[Factor, ...]
    share: Fraction | None
    good: int
    valid: int
    discontent: int
    error: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """SIPAS in per cent."""
        return shown(self.share)

    def points_of(self, most: int, step: str) -> Decimal | None:
        """The criterion: share × most, rounded to the step."""
        return criterion(self.share, most, step)


def shown(share: Fraction | None) -> Decimal | None:
    """A share in per cent by the one rule for percentages; None without valid answers."""
    return None if share is None else of_share(share)


def criterion(share: Fraction | None, most: int, step: str) -> Decimal | None:
    """Points of a criterion that a survey scores: R % × most / 100, rounded half up to the step ("0.5" or "0.1"); all points
    only for 100 %.
    """
    if share is None:
        return None
    unit = Fraction(step)
    steps = int(share * most / unit + Fraction(1, 2))
    found = steps * unit
    if share < 1 and found >= most:
        found = most - unit
    return (Decimal(found.numerator) / Decimal(found.denominator)).quantize(Decimal("0.1"))


def results(form: Form, groups: Sequence[Group]) -> Results:
    """Everything that the answers of the groups say."""
    scale = {q.code for q in form.questions if q.kind is Kind.SCALE}
    factors: dict[int, list[Item]] = {}
    for section in form.sections:
        for question in section.questions:
            if question.kind is Kind.SCALE:
                factors.setdefault(section.factor, []).append(_item(question.code, question.text, groups))
    found = tuple(
        Factor(number, tuple(items)) for number, items in sorted(factors.items(), key=lambda f: f[0] or 9)
    )
    good, valid = (sum((g.weight * _count(a, scale, marks) for g in groups for a in g.answers), Fraction(0)) for marks in (CONTENT, _ALL))  # fmt: skip
    everyone = [a for g in groups for a in g.answers]
    return Results(
        len(everyone), sum(g.population for g in groups), found, good / valid if valid else None,
        sum(_count(a, scale, CONTENT) for a in everyone), sum(_count(a, scale, _ALL) for a in everyone),
        sum(_count(a, scale, DISCONTENT) > 0 for a in everyone), _error_of_whole(groups, scale),
    )  # fmt: skip


_ALL = (1, 2, 3, 4, 5)


def mark_of(answers: Answers, code: str) -> int | None:
    """The mark that an answer gives; None for no answer, no opinion, or what is no mark."""
    text = answers.get(code, "")
    return int(text) if text in {"1", "2", "3", "4", "5"} else None


def _count(answers: Answers, codes: Iterable[str], marks: tuple[int, ...]) -> int:
    return sum(mark_of(answers, code) in marks for code in codes)


def _item(code: str, text: str, groups: Sequence[Group]) -> Item:
    counts: Counter[int] = Counter(dict.fromkeys(_ALL, 0))
    good, total, whole = Fraction(0), Fraction(0), Fraction(0)
    parts = []
    for group in groups:
        marks = [m for a in group.answers if (m := mark_of(a, code)) is not None]
        counts.update(marks)
        good += group.weight * sum(m in CONTENT for m in marks)
        total += group.weight * sum(marks)
        whole += group.weight * len(marks)
        parts.append((group, [Fraction(m in CONTENT) for m in marks]))
    if not whole:
        return Item(code, text, counts, None, None, None)
    return Item(code, text, counts, good / whole, total / whole, _error(parts))


def _error_of_whole(groups: Sequence[Group], scale: set[str]) -> Decimal | None:
    """People answer several items each, and alike: the unit is the person's own share of content answers."""
    parts = []
    for group in groups:
        shares = [
            Fraction(_count(a, scale, CONTENT), n) for a in group.answers if (n := _count(a, scale, _ALL))
        ]
        parts.append((group, shares))
    return _error(parts)


def _error(parts: Sequence[tuple[Group, Sequence[Fraction]]]) -> Decimal | None:
    """Half of the interval of 95 % of a stratified mean of shares, with the correction for finite groups. Two content and two
    discontent answers are added to each group, so that a sample in which all agree does not claim to know everything.
    """
    answered = [(group, shares) for group, shares in parts if shares]
    whole = sum(group.population for group, _ in answered)
    if not whole:
        return None
    variance = Fraction(0)
    for group, shares in answered:
        n = len(shares)
        rest = max(0, group.population - n)
        middle = (sum(shares, Fraction(0)) + 2) / (n + 4)
        finite = Fraction(rest, max(1, group.population - 1))
        variance += Fraction(group.population, whole) ** 2 * middle * (1 - middle) / (n + 4) * finite
    return points(Z * root(variance) * 100)
