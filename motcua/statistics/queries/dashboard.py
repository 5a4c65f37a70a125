"""The board of figures: today, this period, open work, twelve months. A fixed number of statements, whatever the rows."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    F,
    FilteredRelation,
    Func,
    Min,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.db.models.sql.compiler import SQLCompiler

from motcua.agencies.models import Agency
from motcua.agencies.queries import setting
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, to_local
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.models.tasks import LIVE
from motcua.dossiers.queries.workbench import PAUSED, Days
from motcua.procedures.models import Field
from motcua.statistics.queries import kept_counts, parts, standing
from motcua.statistics.queries.among import Among
from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.counting import carried_over, count, total
from motcua.statistics.queries.parts import Part
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.spans import procedure_names
from motcua.statistics.queries.standing import Bounds, midnight, standing_of
from motcua.statistics.rules.figures import Test as T
from motcua.statistics.rules.halves import HAPPENED
from motcua.statistics.rules.meaning import MEANING, Facet
from motcua.statistics.rules.periods import Window
from motcua.workdays.queries import calendar_of

SHOWN = (
    T.RECEIVED_ONLINE, T.RECEIVED_WHOLE, T.RECEIVED_PARTIAL, T.RECEIVED_COUNTER, T.RECEIVED_POST, T.RESOLVED_BEFORE,
    T.RESOLVED_ON, T.RESOLVED_LATE, T.OPEN_IN_TIME, T.OPEN_LATE, T.WAITING, T.WAITING_LATE, T.UNCOLLECTED,
)  # fmt: skip
FLOW, STANDING = SHOWN[:8], SHOWN[8:]  # what happened, and what stands
MONTHLY = (
    *(test for test in FLOW if test in HAPPENED),
)  # of what happened, what is kept for every half of a month
SOON_DAYS = 3
TOP = 10
MOST_OFFICERS = 30
BEFORE_TARGET = "before_due_target"


@dataclass(frozen=True)
class Line:
    """One group of dossiers: its name, the key that its list is narrowed by, its counts."""

    name: str
    key: int
    counts: Counter[str]


@dataclass(frozen=True)
class Figures:
    """A period's counts: all together, by agency, field and procedure, the busiest first."""

    whole: Counter[str]
    agencies: list[Line]
    fields: list[Line]
    procedures: list[Line]


def before_target(agency: Agency, day: date) -> int:
    """What share of dossiers is to be resolved before the due date, in per cent."""
    return int(setting(BEFORE_TARGET, agency, day))


def figures(scope: Scope, window: Window, *, at: datetime, by_minute: bool = False) -> Figures:
    """All counts of a period in one pass, then summed by each group."""
    cells = count(scope, window, at=at, by=("agency", "field", "procedure"), tests=SHOWN, by_minute=by_minute)
    groups: list[defaultdict[int, Counter[str]]] = [defaultdict(Counter) for _ in range(3)]
    for key, cell in cells.items():
        for group, value in zip(groups, key, strict=True):
            group[value].update(cell.counts)
    agencies = {pk: scope.house(pk).name for pk in groups[0]}
    fields = dict(Field.objects.filter(pk__in=list(groups[1])).values_list("pk", "name"))
    procedures = procedure_names(groups[2])
    named = zip(groups, (agencies, fields, procedures), strict=True)
    return Figures(total(cells.values()), *(_lines(group, names) for group, names in named))


def _lines(group: dict[int, Counter[str]], names: dict[int, str]) -> list[Line]:
    lines = [Line(names.get(pk, ""), pk, counts) for pk, counts in group.items()]
    return sorted(lines, key=lambda line: (-sum(line.counts[t] for t in FLOW), line.name))


def today_counts(
    scope: Scope, *, at: datetime, by_minute: bool = False, now: Counter[str] | None = None
) -> Counter[str]:
    """What happened today, and how things stand now. `now`: counts of a period that runs, which say how things stand."""
    day = legal_date(at)
    tests = SHOWN if now is None else FLOW
    found = total(count(scope, Window(day, day), at=at, tests=tests, by_minute=by_minute).values())
    return found if now is None else found + Counter({test: now[test] for test in STANDING})


# Open work ----------------------------------------------------------------------------------------------------------


def running(scope: Scope) -> QuerySet[Dossier]:
    """Open dossiers whose clock runs."""
    states = [status for status in OPEN_STATUSES if status not in PAUSED]
    return Dossier.objects.filter(resolving_agency__in=list(scope.agencies), status__in=states)


def due_soon(scope: Scope, *, at: datetime, days: int = SOON_DAYS) -> QuerySet[Dossier]:
    """Open dossiers due from today to the end of so many working days from now."""
    span = Days.at(at, days, calendar_of(scope.agency))
    return running(scope).filter(due_at__gte=span.today, due_at__lt=span.soon).order_by("due_at", "pk")


def late_now(scope: Scope, *, at: datetime, by_minute: bool = False) -> QuerySet[Dossier]:
    """The dossiers behind "open and late" as things stand now: also those already late when their clock came to rest. One statement
    asks whether any has been carried over since.
    """
    day = legal_date(at)
    carried = carried_over(list(scope.agencies), at).exists()
    rows = behind("open_late", scope, Window(day, day), carried, at=at, by_minute=by_minute)
    rows = rows.filter(due_at__lt=at)  # implied, and said so that an index can be used
    return Dossier.objects.filter(pk__in=rows.order_by().values("pk")).order_by("due_at", "pk")


def late_ids(scope: Scope, *, at: datetime, by_minute: bool = False) -> list[int]:
    """The identities of what is late now, for a page that asks more than once."""
    return list(late_now(scope, at=at, by_minute=by_minute).order_by().values_list("pk", flat=True))


@dataclass(frozen=True)
class Delay:
    """Where late dossiers stand: procedure, agency in whose hands, stage; how many, and the oldest due date."""

    procedure_id: int
    procedure: str
    agency_id: int | None
    agency: str
    stage: str
    count: int
    since: datetime


def top_delays(late: Sequence[int]) -> list[Delay]:
    """Late dossiers by procedure, unit and stage, the most first; "" for a stage means at the counter, not handed over."""
    rows = Dossier.objects.filter(Among("pk", late)).order_by()
    rows = rows.annotate(live=FilteredRelation("tasks", condition=Q(tasks__state__in=LIVE)))
    groups = rows.values("procedure_id", "live__agency_id", "live__agency__name", "live__stage_name")
    found = groups.annotate(n=Count("pk", distinct=True), since=Min("due_at")).order_by("-n", "since")[:TOP]
    names = procedure_names({row["procedure_id"] for row in found})
    return [
        Delay(
            row["procedure_id"], names.get(row["procedure_id"], ""), row["live__agency_id"], row["live__agency__name"] or "",
            row["live__stage_name"] or "", row["n"], row["since"],
        )
        for row in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Load:
    """What lies with one officer: dossiers with an open task of theirs, those past the limit of the stage, late dossiers."""

    officer_id: int | None
    name: str
    open: int
    late: int
    of_late: int


@dataclass(frozen=True)
class Loads:
    """The most loaded officers; `cut_off` when there are more than MOST_OFFICERS."""

    rows: list[Load]
    cut_off: bool


def open_tasks(scope: Scope) -> QuerySet[DossierTask]:
    """Live tasks of the scope's open dossiers."""
    return DossierTask.objects.filter(
        state__in=LIVE, dossier__resolving_agency__in=list(scope.agencies), dossier__status__in=OPEN_STATUSES
    )


# Of what lies with an officer, by its word in an address: which tasks, given the dossiers that are late now.
TASKS: dict[str, Callable[[datetime, Sequence[int]], Q]] = {
    "": lambda at, late: Q(),
    "qua-han-buoc": lambda at, late: Q(due_at__lt=at),
    "ho-so-qua-han": lambda at, late: Q(Among("dossier_id", late)),
}


def workload(scope: Scope, late: Sequence[int], *, at: datetime) -> Loads:
    """Dossiers with open tasks per officer, the most first; the officer None stands for what nobody has been given."""
    rows = open_tasks(scope).order_by().values("officer_id", "officer__full_name")
    n, over, of_late = (Count("dossier", filter=which(at, late), distinct=True) for which in TASKS.values())
    rows = rows.annotate(n=n, late=over, of_late=of_late)
    found = [
        Load(row["officer_id"], row["officer__full_name"] or "Chưa phân công", row["n"], row["late"], row["of_late"])
        for row in rows.order_by("-n", "officer__full_name", "officer_id")[: MOST_OFFICERS + 1]
    ]  # fmt: skip
    return Loads(found[:MOST_OFFICERS], len(found) > MOST_OFFICERS)


# Through time -------------------------------------------------------------------------------------------------------


def series(
    scope: Scope, windows: Sequence[Window], *, at: datetime, by_minute: bool = False
) -> list[Counter[str]]:
    """Received and resolved in each of the windows, that follow each other: in one pass, or from counts kept ready.
    What was carried over to a successor stands with whoever resolved it at its window's close, which only counting each window by itself can tell.
    """
    ids, whole = list(scope.agencies), Window(windows[0].start, windows[-1].end)
    if carried_over(ids, Bounds.of(whole, at).opening).exists():
        return [total(count(scope, w, at=at, tests=MONTHLY, by_minute=by_minute).values()) for w in windows]
    found = [Counter[str]() for _ in windows]
    plan = None if by_minute else kept_counts.plan(whole, at=at, by=(), tests=MONTHLY)
    read = kept_counts.by_half(plan, ids, MONTHLY) if plan else None
    for day, counted in read or ():
        found[_place(windows, day)].update(counted)
    left = plan.rest if plan and read is not None else whole
    for place, test, number in _by_window(ids, Bounds.of(left, at), windows, by_minute) if left else ():
        found[place][test] += number
    return found


def _place(windows: Sequence[Window], day: date) -> int:
    """Which of the windows a day lies in."""
    return bisect_right([window.start for window in windows], day) - 1


def _by_window(
    ids: list[int], b: Bounds, windows: Sequence[Window], by_minute: bool
) -> Iterator[tuple[int, str, int]]:
    """Of dossiers that nobody has carried over since: what ended in one pass, by the window in which it came and that in which
    it went; then what came and has not ended.
    """
    whole = [MEANING[test] for test in MONTHLY]
    meanings = {test: parts.told_by_side(MEANING[test]) for test in MONTHLY}
    columns = list(dict.fromkeys(facet for meaning in meanings.values() for facet in meaning))
    places = {"came": _window_of("received_at", windows), "went": _window_of("ended_at", windows)}
    not_ended = Q(ended_at=None) | Q(ended_at__gte=b.closing)
    for part, where in ((Part.ENDED, standing.ended(b)), (Part.OPEN, standing.received(b) & not_ended)):
        sorted_by = parts.facets(part, whole, b, by_minute=by_minute)
        classes = {name: sorted_by[name] for name in columns}
        rows = standing_of(ids).filter(where).annotate(**places, **classes).values_list(*places, *columns)
        counted: Any = rows.annotate(n=Count("*"))
        for came, went, *names_of, number in counted:
            of = dict(zip(columns, names_of, strict=True))
            for test, meaning in meanings.items():
                if all(of[facet] in names for facet, names in meaning.items()):
                    yield came if Facet.ARRIVAL in meaning else went, test.value, number


def _window_of(moment: str, windows: Sequence[Window]) -> Case:
    """Which of windows that follow each other a moment lies in, one before them all taken for the first, one after them for
    the last. Comparing is cheaper than working out its day, and groups are as few as windows.
    """
    later = reversed(list(enumerate(windows))[1:])
    cases = [When(**{f"{moment}__gte": midnight(window.start)}, then=Value(n)) for n, window in later]
    return Case(*cases, default=Value(0), output_field=SmallIntegerField())


class _Hour(Func):
    """The hour of a stored moment. Viet Nam is whole hours ahead of UTC, so its hours are those of UTC."""

    # PostgreSQL: one division, no look-up of a zone.
    template = "date_bin('1 hour', %(expressions)s, '2000-01-01 00:00+00')"
    output_field = DateTimeField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """SQLite keeps moments as text in UTC."""
        return super().as_sql(
            compiler, connection, template="substr(%(expressions)s, 1, 13) || ':00:00'", **extra
        )


def arrived(scope: Scope, window: Window, *, at: datetime) -> QuerySet[Dossier]:
    """Dossiers received in a window."""
    b = Bounds.of(window, at)
    return Dossier.objects.filter(
        resolving_agency__in=list(scope.agencies), received_at__gte=b.opening, received_at__lt=b.closing
    )


def arrived_at(scope: Scope, window: Window, weekday: int, hour: int, *, at: datetime) -> QuerySet[Dossier]:
    """Those that came on an ISO weekday in a local hour: what `arrivals` counts in one square. The oldest first."""
    zone = to_local(at).tzinfo
    rows = arrived(scope, window, at=at).alias(
        weekday=ExtractIsoWeekDay("received_at", tzinfo=zone), hour=ExtractHour("received_at", tzinfo=zone)
    )
    return rows.filter(weekday=weekday, hour=hour).order_by("received_at", "pk")


def arrivals(scope: Scope, window: Window, *, at: datetime) -> Counter[tuple[int, int]]:
    """Dossiers received in a window by ISO weekday and local hour."""
    rows = arrived(scope, window, at=at)
    hours = rows.order_by().values_list(_Hour(F("received_at"))).annotate(n=Count("*"))
    found: Counter[tuple[int, int]] = Counter()
    for hour, number in hours:
        local = to_local(hour)
        found[local.isoweekday(), local.hour] += number
    return found


def with_officer(
    scope: Scope, officer_id: int, which: str = "", *, at: datetime, by_minute: bool = False
) -> tuple[str, QuerySet[Dossier]]:
    """The name of an officer and the open dossiers with work in their hands (of one kind of TASKS); 0 stands for what nobody
    has been given.

    Raises NotFound when the person has none here, and for a kind that there is not.
    """
    tasks = open_tasks(scope).filter(officer=officer_id or None)
    name = tasks.values_list("officer__full_name", flat=True).first() if officer_id else "Chưa phân công"
    if name is None or which not in TASKS:
        raise NotFound("Không có danh sách này.")
    chosen = tasks.filter(TASKS[which](at, late_ids(scope, at=at, by_minute=by_minute)))
    return f"{_TITLES[which]}: {name}", Dossier.objects.filter(pk__in=chosen.values("dossier")).order_by("pk")


_TITLES = {
    "": "Việc đang làm",
    "qua-han-buoc": "Việc quá hạn bước",
    "ho-so-qua-han": "Hồ sơ quá hạn đang giữ",
}


def standing_at(rows: QuerySet[Dossier], agency_id: int, stage: str) -> QuerySet[Dossier]:
    """Those of the dossiers that stand at a stage with a unit; no unit: those with no work in anybody's hands."""
    live = DossierTask.objects.filter(state__in=LIVE)
    if not agency_id:
        return rows.exclude(pk__in=live.filter(dossier__in=rows.order_by()).values("dossier"))
    return rows.filter(pk__in=live.filter(agency=agency_id, stage_name=stage).values("dossier"))
