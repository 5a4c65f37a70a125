"""The index of Decision 766/QĐ-TTg of 2022: from ratios to points, totals, bands, colours, ranks and what would raise it most.

Weights, targets, bands and colours are dated rows (`models.IndexSet`); here is only the arithmetic. With R the ratio in per
cent, P the points and T the target of a component: P when R >= T, else P × R / T; without a target P × R / 100.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from motcua.statistics.rules.index766_measures import MEASURES, Measure
from motcua.statistics.rules.shares import CENT, decimal_text, is_small, percent

CODE = "qd-766"
MISSING_SETTING = "index_766_missing"
ZERO = Decimal("0.00")


class Missing(StrEnum):
    """What becomes of components that have no ratio: values of the dated setting."""

    RESCALE = "rescale"
    COUNT_ZERO = "zero"


class State(StrEnum):
    """How a component stands; the last three have no points."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    INFO = "info"


STATE_WORDS = {
    State.GREEN: "Đạt tốt",
    State.YELLOW: "Cần chú ý",
    State.RED: "Yếu",
    State.NOTHING: "Không phát sinh",
    State.UNKNOWN: "Chưa tính được",
    State.INFO: "Để tham khảo",
}


@dataclass(frozen=True)
class Ratio:
    """So many of so many; 0 <= part <= whole."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.part + other.part, self.whole + other.whole)

    @property
    def rate(self) -> Decimal | None:
        """Per cent as people read it (two decimals); None without a whole."""
        return percent(self.part, self.whole)

    @property
    def exact(self) -> Fraction:
        """Per cent, not rounded. The whole must not be nought."""
        return Fraction(100 * self.part, self.whole)


TEN_THOUSAND = 10_000


def satisfaction(late: Ratio | None, discontent: Ratio | None) -> Ratio | None:
    """Component 5.4: 100 − (share of late dossiers + share of discontent votes), in ten-thousandths, rounded down; None without
    votes. Shares of different wholes cannot be one ratio of counts.
    """
    if discontent is None or not discontent.whole:
        return None
    lost = sum(
        (Fraction(one.part, one.whole) for one in (late, discontent) if one and one.whole), Fraction(0)
    )
    return Ratio(max(0, int((1 - lost) * TEN_THOUSAND // 1)), TEN_THOUSAND)


@dataclass(frozen=True)
class Component:
    """A component as the set in force has it. `certainty` and `source` say how sure points and target are, and from where."""

    pk: int
    code: str
    name: str
    points: Decimal
    target: Decimal | None
    measure: Measure
    source: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class Group:
    """A group of components, e.g. "Công khai, minh bạch"."""

    code: str
    name: str
    components: tuple[Component, ...]


@dataclass(frozen=True)
class Band:
    """A class of the whole: from `low` points of 100 up to the next one."""

    name: str
    low: Decimal


@dataclass(frozen=True)
class Scheme:
    """A set of components with its bands and the shares of a component's points from which it is green, yellow (per cent)."""

    pk: int
    name: str
    law: str
    since: str
    source: str
    groups: tuple[Group, ...]
    bands: tuple[Band, ...]
    green_from: Decimal
    yellow_from: Decimal

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """All components, in order."""
        return tuple(c for group in self.groups for c in group.components)

    @cached_property
    def points(self) -> Decimal:
        """The points of all components: 100 as the decision has it."""
        return sum((c.points for c in self.components), ZERO)

    def band(self, value: Decimal | None) -> str:
        """The class of a total; "" for none."""
        if value is None:
            return ""
        reached = [band for band in self.bands if value >= band.low]
        return max(reached, key=lambda band: band.low).name if reached else ""


def score(points: Decimal, target: Decimal | None, ratio: Ratio) -> Decimal:
    """The points for a ratio, two decimals, half up; never all of them while the target is missed. Raises ZeroDivisionError
    for a ratio of nothing.
    """
    share = min(Fraction(1), ratio.exact / Fraction(target or 100))
    return _rounded(Fraction(points) * share, below=points if share < 1 else None)


def _rounded(value: Fraction, *, below: Decimal | None = None) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    found = exact.quantize(CENT, ROUND_HALF_UP)
    return exact.quantize(CENT, ROUND_DOWN) if below is not None and found >= below > 0 else found


def short_of(target: Decimal | None, ratio: Ratio) -> int:
    """How many more of the same whole would have to count for the target to be reached."""
    wanted = Fraction(target or 100) * ratio.whole / 100
    return max(0, -int(-wanted // 1) - ratio.part)


def more_needed(target: Decimal | None, ratio: Ratio) -> int | None:
    """How many further ones, all of which count, lift the ratio to the target; None when none can (something fell short of 100 %)."""
    goal = Fraction(target or 100)
    lack = goal * ratio.whole - 100 * ratio.part
    if lack <= 0:
        return 0
    return None if goal >= 100 else -int(-(lack / (100 - goal)) // 1)


@dataclass(frozen=True)
class Line:
    """A component with its ratio (None: nothing to reckon from, `reason` says why) and points (None: none to be had)."""

    component: Component
    ratio: Ratio | None
    points: Decimal | None
    state: State
    reason: str = ""

    @property
    def rate(self) -> Decimal | None:
        """The ratio in per cent."""
        return self.ratio.rate if self.ratio else None

    @property
    def is_small(self) -> bool:
        """Whether the ratio rests on few."""
        return self.points is not None and self.ratio is not None and is_small(self.ratio.whole)

    @property
    def missing(self) -> Decimal:
        """The points still to be gained here."""
        return ZERO if self.points is None else self.component.points - self.points

    @property
    def short(self) -> int:
        """How many more would have to count for the target."""
        return short_of(self.component.target, self.ratio) if self.ratio else 0

    @property
    def rest(self) -> int:
        """How many of the whole do not count."""
        return self.ratio.whole - self.ratio.part if self.ratio else 0

    @property
    def more(self) -> int | None:
        """How many further ones would lift the ratio to the target; None: none can."""
        return more_needed(self.component.target, self.ratio) if self.ratio else None

    @property
    def each(self) -> Decimal:
        """The points that one more brings."""
        if not self.short or self.ratio is None:
            return ZERO
        one = (
            Fraction(self.component.points) * 100 / Fraction(self.component.target or 100) / self.ratio.whole
        )
        return min(_rounded(one), self.missing)


@dataclass(frozen=True)
class Sums:
    """Points of a set of lines: `earned` of `possible` (those that have a ratio) of `points` (all)."""

    earned: Decimal
    possible: Decimal
    points: Decimal

    @property
    def rescaled(self) -> Decimal | None:
        """What was earned, scaled to the points of all; None when nothing could be reckoned."""
        if self.possible <= 0:
            return None
        value = Fraction(self.earned) * Fraction(self.points) / Fraction(self.possible)
        return _rounded(value, below=self.points if self.earned < self.possible else None)

    def value(self, missing: str) -> Decimal | None:
        """The index, by the rule for components without a ratio."""
        return self.earned if missing == Missing.COUNT_ZERO and self.possible > 0 else self.rescaled


def sums_of(lines: Iterable[Line]) -> Sums:
    """The sums of lines."""
    kept = list(lines)
    scored = [line for line in kept if line.points is not None]
    return Sums(
        sum((line.points or ZERO for line in scored), ZERO),
        sum((line.component.points for line in scored), ZERO),
        sum((line.component.points for line in kept), ZERO),
    )


def line_of(component: Component, ratio: Ratio | None, scheme: Scheme, reason: str = "") -> Line:
    """A component scored."""
    if component.measure.is_info:
        return Line(component, ratio, None, State.INFO, reason)
    if component.measure.awaits or (ratio is None and reason):
        return Line(component, None, None, State.UNKNOWN, component.measure.awaits or reason)
    if ratio is None or ratio.whole == 0:
        return Line(component, Ratio(), None, State.NOTHING, component.measure.nothing)
    points = score(component.points, component.target, ratio)
    return Line(component, ratio, points, _colour(points, component.points, scheme))


def _colour(points: Decimal, most: Decimal, scheme: Scheme) -> State:
    share = 100 * points / most if most else Decimal(100)
    if share >= scheme.green_from:
        return State.GREEN
    return State.YELLOW if share >= scheme.yellow_from else State.RED


def lines_of(
    scheme: Scheme, ratio: Callable[[str], Ratio | None], reason: Callable[[str], str] = lambda key: ""
) -> tuple[Line, ...]:
    """Every component scored; `ratio` and `reason` answer by the key of a measure."""
    return tuple(line_of(c, ratio(c.measure.key), scheme, reason(c.measure.key)) for c in scheme.components)


def gains(lines: Iterable[Line]) -> list[Line]:
    """The components where points are missing, those that would raise the index most first."""
    return sorted(
        (line for line in lines if line.missing > 0), key=lambda line: (-line.missing, line.component.code)
    )


def ranks(values: Sequence[Decimal | None]) -> list[int | None]:
    """Places from the highest value down; equal values share one, and the next is left out: 1, 1, 3. None has no place."""
    order = sorted((value for value in values if value is not None), reverse=True)
    return [None if value is None else order.index(value) + 1 for value in values]


def measure_of(key: str) -> Measure:
    """The measure of this key; one that awaits its definition when this version of the software does not know it."""
    return MEASURES.get(key) or Measure(
        key, "", "", awaits="phiên bản phần mềm này không có cách tính của thành phần"
    )


def rule_words(missing: str) -> str:
    """What becomes of components without a ratio."""
    return (
        "điểm đạt, thành phần không tính được là 0 điểm" if missing == Missing.COUNT_ZERO else "điểm quy đổi"
    )


def plain(value: Decimal | None) -> str:
    """Points that may be had, a target or a limit, without needless noughts: "20", "2,5"."""
    return decimal_text(None if value is None else value.normalize())
