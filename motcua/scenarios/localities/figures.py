"""Published figures beside those that the rows give: each computed by the statistics of the software, none typed in."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from motcua.agencies.models import Agency, OneStopOffice
from motcua.news.queries import reform_reads
from motcua.procedures.queries.cuts import cut_table
from motcua.scenarios.localities.founding import agencies_of, offices_of
from motcua.scenarios.localities.plan import Locality
from motcua.statistics.queries import Scope, build, count
from motcua.statistics.queries.counting import total
from motcua.statistics.queries.linked import Linked, linked
from motcua.statistics.queries.looks import Look
from motcua.statistics.queries.scopes import is_by_minute
from motcua.statistics.queries.things import counted, facts
from motcua.statistics.rules.figures import number, required, value
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on
from motcua.statistics.rules.shares import decimal_text
from motcua.surveys.models import Survey
from motcua.surveys.queries.surveys import Outcome, outcome

Value = int | Decimal | str | None
EQUAL, ABOVE, BELOW, AT_LEAST = "=", ">", "<", "≥"


@dataclass(frozen=True)
class Claim:
    """One figure. `published` is what the account says ("" when it says nothing); `expected` what the plan demands at a scale,
    compared as `sign` has it; `through` how the software comes to its value.
    """

    system: int
    label: str
    published: str
    expected: Callable[[float], Value]
    computed: Callable[["Ground"], Value]
    through: str
    sign: str = EQUAL


@dataclass(frozen=True)
class Later:
    """A published figure whose module does not exist yet: named, not invented."""

    system: int
    label: str
    published: str
    module: str

    @property
    def through(self) -> str:
        """Why there is no value."""
        return f"chưa: module {self.module}"


@dataclass(frozen=True)
class Row:
    """A line of the table. `holds` None: not computed yet. `sign` says how `computed` is compared with `expected`."""

    system: int
    label: str
    published: str
    sign: str
    expected: Value
    computed: Value
    holds: bool | None
    through: str

    def as_json(self) -> dict[str, object]:
        """The row as data: numbers as numbers."""
        data = asdict(self)
        for name in ("expected", "computed"):
            data[name] = float(data[name]) if isinstance(data[name], Decimal) else data[name]
        return data

    @property
    def shown(self) -> tuple[str, str]:
        """What the plan demands and what came out, as text."""
        wanted = "–" if self.expected is None else text(self.expected)
        signed = f"{self.sign} {wanted}" if self.sign != EQUAL and self.expected is not None else wanted
        return signed, "–" if self.computed is None else text(self.computed)


class Ground:
    """The rows of a locality as the statistics read them. Counts are asked for once."""

    def __init__(self, locality: Locality, at: datetime) -> None:
        self.locality, self.at = locality, at
        self._counts: dict[tuple[str, Window, bool], Counter[str]] = {}

    @cached_property
    def agencies(self) -> Mapping[str, Agency]:
        """The agencies by the keys of the plan."""
        return agencies_of(self.locality)

    @cached_property
    def root(self) -> Agency:
        """Whom the published figures speak of."""
        return self.agencies[self.locality.root]

    def counts(self, window: Window, key: str = "", *, below: bool = False) -> Counter[str]:
        """All counts of the registry of an agency (the root unless named) in a window."""
        asked = (key or self.locality.root, window, below)
        if asked not in self._counts:
            scope = Scope(self.agencies[asked[0]], below)
            minute = is_by_minute(scope.agency, window.end)
            self._counts[asked] = total(count(scope, window, at=self.at, by_minute=minute).values())
        return self._counts[asked]

    def number(self, figure: str, window: Window, key: str = "", *, below: bool = False) -> int:
        """A figure of the registry that counts."""
        return number(figure, self.counts(window, key, below=below))

    def share(self, figure: str, window: Window, *, below: bool = False) -> Value:
        """A figure of the registry in per cent, as reports show it."""
        return value(figure, self.counts(window, below=below))

    def broken(self, window: Window, *, below: bool = False) -> int:
        """How many identities the report II.06a of the window breaks."""
        table = build(form_on("ii-06a", date(2026, 3, 14)), Scope(self.root, below), window, self.at)
        return len(table.broken)

    def busiest(self, window: Window, groups: Mapping[str, str], most: int) -> str:
        """The groups of fields with most dossiers received, by the lines of II.06a."""
        table = build(form_on("ii-06a", date(2026, 3, 14)), Scope(self.root), window, self.at)
        found: Counter[str] = Counter()
        for line in table.lines:
            if "field" in line.groups:
                found[groups.get(line.label, line.label)] += number("received_new", line.counts)
        return ", ".join(name for name, _ in found.most_common(most))

    def cut(self, day: date) -> Decimal | None:
        """1 − ΣT new / ΣT old over the procedures that the root offers, in per cent."""
        return cut_table(self.root, day).total_percent

    def linked(self, window: Window, level: str) -> Linked:
        """The counters of a level below the root that worked across agencies."""
        found = linked(Scope(self.root, below=True), window, day=window.end)
        return found.get(level, Linked())

    def coverage(self, window: Window, level: str) -> str:
        """The two terms of the share linked_rate: "17/17"."""
        counts = self.linked(window, level).counts
        return "/".join(decimal_text(value(key, counts)) for key in ("linked_working", "linked_counters"))

    @cached_property
    def polled(self) -> Outcome:
        """The results of the locality's survey, reckoned from its answers."""
        return outcome(Survey.objects.select_related("version", "agency").get())

    @property
    def polled_points(self) -> str:
        """ "20/20"."""
        return f"{float(self.polled.points or 0):g}/{self.polled.survey.points}"

    def things(self, figure: str, window: Window, *, below: bool = False) -> int:
        """A figure of the registry whose rows are not dossiers: how many rows it has."""
        look = Look(Scope(self.root, below), window, self.at)
        names = required((figure,))
        return number(figure, counted(facts(names, look), names))

    def reads(self, window: Window) -> int:
        """How often articles of reform communication of the root were read in a window."""
        return reform_reads(self.root, window.start, window.end)[1]

    def office(self, key: str) -> OneStopOffice:
        """A counter by the key of the plan."""
        return offices_of(self.locality)[key]


def rows(locality: Locality, claims: tuple[Claim | Later, ...], scale: float, at: datetime) -> list[Row]:
    """Every figure of a locality with its value as the rows have it now."""
    ground = Ground(locality, at)
    return [_row(claim, ground, scale) for claim in claims]


def _row(claim: Claim | Later, ground: Ground, scale: float) -> Row:
    if isinstance(claim, Later):
        return Row(claim.system, claim.label, claim.published, EQUAL, None, None, None, claim.through)
    expected, computed = claim.expected(scale), claim.computed(ground)
    published = claim.published or "không công bố"
    holds = _holds(claim, expected, computed)
    return Row(claim.system, claim.label, published, claim.sign, expected, computed, holds, claim.through)


def _holds(claim: Claim, expected: Value, computed: Value) -> bool:
    if claim.sign == EQUAL:
        return expected == computed
    if computed is None or expected is None or isinstance(computed, str) or isinstance(expected, str):
        return False
    return {ABOVE: computed > expected, BELOW: computed < expected, AT_LEAST: computed >= expected}[
        claim.sign
    ]


def text(found: Value) -> str:
    """A value as people read it: "2.604", "98,35"."""
    return found if isinstance(found, str) else decimal_text(found)
