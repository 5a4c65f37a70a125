"""Working time of tasks and dossiers, read as plain rows: where the time goes, and how long stages usually take."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from motcua.core.moments import to_local
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask
from motcua.dossiers.rules.states import TaskState
from motcua.procedures.models import ProcedureVersion
from motcua.statistics.queries.among import Among
from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.stages import (
    Course,
    Pace,
    Spread,
    StageTime,
    Usual,
    Work,
    median,
    pace,
    stage_times,
)
from motcua.statistics.rules.times import OF_STAGE, takes
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import working_hours_between

MOST_DOSSIERS = 5000  # of a window, the newest; the page says when there were more
SAMPLE = 2000  # of the past, for the forecast
PAST_DAYS = 180
NEWEST_DAYS = 15  # a busy agency's whole sample: where it is, the rest is not looked at
CHUNK = 2000
_TASK = ("dossier_id", "stage", "stage_name", "round", "hours", "given_at", "taken_at", "done_at")


@dataclass
class Clocks:
    """The calendars of the agencies of a scope, each asked for once."""

    scope: Scope
    known: dict[int, WorkCalendar] = field(default_factory=dict)

    def of(self, agency_id: int) -> WorkCalendar:
        """The working calendar of a resolving agency."""
        if agency_id not in self.known:
            self.known[agency_id] = calendar_of(self.scope.house(agency_id))
        return self.known[agency_id]

    def hours(self, agency_id: int, start: datetime | None, end: datetime | None) -> Decimal:
        """Working hours between two moments; none when one is missing."""
        if start is None or end is None:
            return Decimal(0)
        return working_hours_between(to_local(start), to_local(end), self.of(agency_id))


@dataclass(frozen=True)
class StageLine:
    """One stage of a procedure: how many dossiers, hours waiting and in hands, planned hours, and how many came back to it."""

    stage: int
    name: str
    count: int
    waited: Spread
    held: Spread
    planned: Decimal
    reworked: int


@dataclass(frozen=True)
class ProcedureLine:
    """Where the time of a procedure goes."""

    procedure_id: int
    name: str
    pace: Pace
    stages: list[StageLine]


@dataclass(frozen=True)
class TimeTable:
    """All procedures, the slowest against their limit first; `cut_off` when only the newest MOST_DOSSIERS were read."""

    lines: list[ProcedureLine]
    count: int
    cut_off: bool


@dataclass
class _Past:
    """A finished dossier as read."""

    procedure_id: int
    agency_id: int
    course: Course
    work: list[Work] = field(default_factory=list)


def where_time_goes(scope: Scope, window: Window, *, at: datetime, cut: int) -> TimeTable:
    """Time by procedure and stage of the dossiers resolved in a window. A fixed number of statements; rows are streamed."""
    clocks = Clocks(scope)
    ids = _newest(scope, window, at)
    past = _finished(ids[:MOST_DOSSIERS], clocks)
    plans = _read_work(past, clocks)
    names = procedure_names({one.procedure_id for one in past.values()})
    groups: defaultdict[int, list[_Past]] = defaultdict(list)
    for one in past.values():
        groups[one.procedure_id].append(one)
    lines = [_line(pk, names.get(pk, ""), group, plans, cut) for pk, group in groups.items()]
    lines.sort(key=lambda line: (-line.pace.late, -(line.pace.taken.p90 or 0), line.name))
    return TimeTable(lines, len(past), len(ids) > MOST_DOSSIERS)


def timed(
    figure: str, scope: Scope, window: Window, *, at: datetime, cut: int, procedure: int | None = None, stage: int | None = None
) -> QuerySet[Dossier]:  # fmt: skip
    """The dossiers behind a number of the time table: one of `rules.times.OPENED`, of a procedure and a stage if given."""
    clocks = Clocks(scope)
    past = _finished(_newest(scope, window, at)[:MOST_DOSSIERS], clocks)
    past = {pk: one for pk, one in past.items() if procedure in (None, one.procedure_id)}
    if figure in OF_STAGE:
        _read_work(past, clocks)
    found = (
        pk
        for pk, one in past.items()
        if takes(figure, one.course, stage_times(one.work), cut=cut, stage=stage)
    )
    return Dossier.objects.filter(pk__in=list(found)).order_by("pk")


def _newest(scope: Scope, window: Window, at: datetime) -> list[int]:
    """What was resolved in a window, the newest first; one more than MOST_DOSSIERS if there are more."""
    rows = behind("resolved", scope, window, at=at).order_by("-ended_at", "-pk")
    return list(rows.values_list("pk", flat=True)[: MOST_DOSSIERS + 1])


def _finished(ids: list[int], clocks: Clocks) -> dict[int, _Past]:
    """Dossiers with a limit, and the hours that they took: from the last restart, less pauses."""
    ledger = _ledger(ids)
    rows = Dossier.objects.filter(Among("pk", ids), original_due_at__isnull=False).order_by()
    columns = ("pk", "procedure_id", "resolving_agency_id", "received_at", "ended_at", "original_due_at")
    return {
        row[0]: _Past(row[1], row[2], _course(clocks, row[2], row[3], row[4], row[5], ledger.get(row[0], [])))
        for row in rows.values_list(*columns).iterator(CHUNK)
    }


def _ledger(ids: list[int]) -> dict[int, list[tuple[str, datetime]]]:
    kinds = [ClockEntry.Kind.SUSPEND, ClockEntry.Kind.RESUME, ClockEntry.Kind.RESTART]
    rows = ClockEntry.objects.filter(Among("dossier_id", ids), kind__in=kinds).order_by("dossier_id", "seq")
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for dossier_id, kind, at in rows.values_list("dossier_id", "kind", "at").iterator(CHUNK):
        found[dossier_id].append((kind, at))
    return found


def _course(clocks: Clocks, agency: int, start: datetime, end: datetime, due: datetime, entries: Iterable[tuple[str, datetime]]) -> Course:  # fmt: skip
    limit, paused, since = clocks.hours(agency, start, due), Decimal(0), None
    for kind, at in entries:
        if kind == ClockEntry.Kind.SUSPEND:
            since = at
        elif kind == ClockEntry.Kind.RESTART:
            start, paused, since = at, Decimal(0), None
        elif since:
            paused, since = paused + clocks.hours(agency, since, at), None
    return Course(clocks.hours(agency, start, since or end) - paused, limit)


def _read_work(past: dict[int, _Past], clocks: Clocks) -> dict[tuple[int, int], tuple[str, Decimal]]:
    """Fill in the tasks of each dossier; the name and planned hours of each stage, by procedure and stage."""
    plans: dict[tuple[int, int], tuple[str, Decimal]] = {}
    rows = DossierTask.objects.filter(Among("dossier_id", past), state=TaskState.DONE.value)
    rows = rows.order_by("dossier_id", "id")
    for pk, stage, name, turn, hours, given, taken, done in rows.values_list(*_TASK).iterator(CHUNK):
        one = past[pk]
        one.work.append(_work(clocks, one.agency_id, stage, turn, given, taken, done))
        plans[one.procedure_id, stage] = (
            name,
            max(hours, plans.get((one.procedure_id, stage), ("", hours))[1]),
        )
    return plans


def _work(clocks: Clocks, agency: int, stage: int, turn: int, given: datetime | None, taken: datetime | None, done: datetime | None) -> Work:  # fmt: skip
    return Work(stage, turn, clocks.hours(agency, given, taken), clocks.hours(agency, taken or given, done))


def _line(pk: int, name: str, group: list[_Past], plans: dict[tuple[int, int], tuple[str, Decimal]], cut: int) -> ProcedureLine:  # fmt: skip
    spent: defaultdict[int, list[StageTime]] = defaultdict(list)
    for one in group:
        for part in stage_times(one.work):
            spent[part.stage].append(part)
    stages = [_stage_line(stage, *plans[pk, stage], parts) for stage, parts in sorted(spent.items())]
    return ProcedureLine(pk, name, pace([one.course for one in group], cut), stages)


def _stage_line(stage: int, name: str, planned: Decimal, parts: list[StageTime]) -> StageLine:
    waited, held = Spread.of([part.waited for part in parts]), Spread.of([part.held for part in parts])
    reworked = sum(part.rounds > 1 for part in parts)
    return StageLine(stage, name, len(parts), waited, held, planned, reworked)


def usual_times(
    scope: Scope, procedures: set[int], *, at: datetime, clocks: Clocks
) -> dict[int, dict[int, Usual]]:
    """How long each stage of these procedures took, waiting included: medians by procedure and stage over the dossiers
    resolved in the last PAST_DAYS days, the newest SAMPLE of them. Three statements at most.
    """
    sample = _sample(scope, procedures, at)
    found = {pk: _Past(procedure, agency, Course(Decimal(0), Decimal(0))) for pk, procedure, agency in sample}
    _read_work(found, clocks)
    times: defaultdict[tuple[int, int], list[Decimal]] = defaultdict(list)
    for one in found.values():
        for part in stage_times(one.work):
            times[one.procedure_id, part.stage].append(part.total)
    usual: defaultdict[int, dict[int, Usual]] = defaultdict(dict)
    for (procedure, stage), hours in times.items():
        usual[procedure][stage] = Usual(median(hours) or Decimal(0), len(hours))
    return usual


def _sample(scope: Scope, procedures: set[int], at: datetime) -> list[tuple[int, int, int]]:
    """Number, procedure and agency of the newest SAMPLE dossiers resolved in the last PAST_DAYS days."""
    rows = Dossier.objects.filter(
        resolving_agency__in=list(scope.agencies), procedure__in=procedures, ready_at__isnull=False
    )
    columns = rows.order_by("-ended_at", "-pk").values_list("pk", "procedure_id", "resolving_agency_id")
    newest = list(columns.filter(ended_at__gte=at - timedelta(days=NEWEST_DAYS))[:SAMPLE])
    if len(newest) == SAMPLE:
        return newest
    return list(columns.filter(ended_at__gte=at - timedelta(days=PAST_DAYS))[:SAMPLE])


def procedure_names(ids: Iterable[int]) -> dict[int, str]:
    """The name of each procedure in its newest version."""
    rows = ProcedureVersion.objects.filter(procedure__in=list(ids)).order_by("number")
    return dict(rows.values_list("procedure_id", "name"))
