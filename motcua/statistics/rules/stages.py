"""Where the time goes, and what will be late: percentiles, spans of work, the forecast. Hours are working hours.

The forecast is an extrapolation, not a judgement: an open dossier is expected late when what its remaining stages usually take
(the median over past dossiers of the same procedure) is more than the working hours left until its due date. Of the stage in which it
stands, the hours already spent there count as done. A stage with fewer than FEW past cases is taken at its planned hours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FEW = 5
HUNDREDTH = Decimal("0.01")


def percentile(values: Sequence[Decimal], share: int) -> Decimal | None:
    """The value below which `share` per cent of the values lie: linear between the two nearest ranks, as spreadsheets do
    (PERCENTILE.INC); None of nothing. Two decimals.
    """
    place = rank(len(values), share)
    return between(sorted(values)[place.low : place.low + 2], place)


@dataclass(frozen=True)
class Rank:
    """Where a percentile lies among sorted values: at `low`, and the fraction `rest` of the way to the next."""

    low: int
    rest: Fraction


def rank(count: int, share: int) -> Rank:
    """The place of a percentile among so many values."""
    place = Fraction(share * max(count - 1, 0), 100)
    return Rank(int(place), place - int(place))


def between(near: Sequence[Decimal], place: Rank) -> Decimal | None:
    """The value at a place, from the value at its low rank and the next one, if there is one; None of nothing."""
    if not near:
        return None
    step = (near[-1] - near[0]) * place.rest.numerator / place.rest.denominator
    return (near[0] + step).quantize(HUNDREDTH, ROUND_HALF_UP)


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle value."""
    return percentile(values, 50)


def average(values: Sequence[Decimal]) -> Decimal | None:
    """The sum over the number, two decimals; None of nothing."""
    if not values:
        return None
    return (sum(values, Decimal(0)) / len(values)).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Spread:
    """How values lie: an average says nothing of the few that took very long, so the median and the 90th percentile stand beside it."""

    average: Decimal | None
    p50: Decimal | None
    p90: Decimal | None

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> "Spread":
        """The three of some values; three times None of nothing."""
        return cls(average(values), median(values), percentile(values, 90))


NO_SPREAD = Spread(None, None, None)


@dataclass(frozen=True)
class Work:
    """One task done: in which stage and round, hours waited until it was taken over, hours in hands."""

    stage: int
    round: int
    waited: Decimal
    held: Decimal


@dataclass(frozen=True)
class StageTime:
    """What one dossier spent in one stage: parallel tasks count once (the longest), rounds add up."""

    stage: int
    waited: Decimal
    held: Decimal
    rounds: int

    @property
    def total(self) -> Decimal:
        """Waiting and work."""
        return self.waited + self.held


def stage_times(tasks: Iterable[Work]) -> list[StageTime]:
    """The stages of one dossier in order. Of tasks side by side in a round the longest counts: the others lie within it."""
    longest: dict[tuple[int, int], Work] = {}
    for task in tasks:
        key = (task.stage, task.round)
        known = longest.get(key)
        if known is None or task.waited + task.held > known.waited + known.held:
            longest[key] = task
    found = []
    for stage in sorted({stage for stage, _ in longest}):
        rounds = [task for (at, _), task in longest.items() if at == stage]
        waited = sum((task.waited for task in rounds), Decimal(0))
        found.append(StageTime(stage, waited, sum((t.held for t in rounds), Decimal(0)), len(rounds)))
    return found


@dataclass(frozen=True)
class Course:
    """How long one finished dossier took, against the hours that its limit gave when it was received. Pauses are outside both."""

    taken: Decimal
    limit: Decimal

    def late_under(self, cut: int) -> bool:
        """Whether it would have been late had the limit been cut by so many per cent; a cut of 0 says whether it was."""
        return self.taken * 100 > self.limit * (100 - cut)


@dataclass(frozen=True)
class Pace:
    """How a procedure kept its limit: the spread of the time taken, the median limit, and who was late or would be under a cut."""

    count: int
    taken: Spread
    limit: Decimal | None
    late: int
    late_if_cut: int

    @property
    def made_late(self) -> int:
        """How many the cut alone would have made late."""
        return self.late_if_cut - self.late


def pace(courses: Sequence[Course], cut: int) -> Pace:
    """The pace of a procedure's finished dossiers, and what a cut of `cut` per cent would have made late."""
    taken = [course.taken for course in courses]
    late, cut_late = (sum(course.late_under(share) for course in courses) for share in (0, cut))
    limits = [course.limit for course in courses]
    return Pace(len(courses), Spread.of(taken), median(limits), late, cut_late)


@dataclass(frozen=True)
class Usual:
    """How long a stage usually takes, and from how many cases that is known."""

    hours: Decimal
    cases: int


@dataclass(frozen=True)
class Ahead:
    """A stage that an open dossier has before it: its planned hours, and what it has spent in it (None: not begun)."""

    stage: int
    name: str
    planned: Decimal
    spent: Decimal | None = None


@dataclass(frozen=True)
class Step:
    """One line of a forecast: the hours that a stage is expected to take yet; `known` tells whether from past cases."""

    name: str
    hours: Decimal
    cases: int

    @property
    def known(self) -> bool:
        """Whether past cases say so, rather than the plan."""
        return self.cases >= FEW


@dataclass(frozen=True)
class Forecast:
    """What is left, what is needed, and why."""

    left: Decimal
    steps: tuple[Step, ...]

    @property
    def needed(self) -> Decimal:
        """The hours that the remaining stages usually take."""
        return sum((step.hours for step in self.steps), Decimal(0))

    @property
    def late(self) -> bool:
        """Whether more is needed than is left."""
        return self.needed > self.left


def forecast(left: Decimal, ahead: Iterable[Ahead], usual: Mapping[int, Usual]) -> Forecast:
    """Expect when a dossier will be done. `left`: working hours until its due date; `usual`: past times by stage."""
    return Forecast(left, tuple(_step(part, usual.get(part.stage)) for part in ahead))


def _step(part: Ahead, past: Usual | None) -> Step:
    cases = past.cases if past else 0
    whole = past.hours if past and cases >= FEW else part.planned
    return Step(part.name, max(whole - (part.spent or Decimal(0)), Decimal(0)), cases)
