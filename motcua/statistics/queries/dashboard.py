"""The board of figures: today, this period, open work, twelve months. A fixed number of statements, whatever the rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, Func, IntegerField, Min, Q, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import setting
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier, DossierTask, FormerResolver
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.models.tasks import LIVE
from motcua.dossiers.queries.workbench import PAUSED, Days
from motcua.procedures.models import Field
from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.counting import count, placed, total
from motcua.statistics.queries.facets import facets
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.spans import procedure_names
from motcua.statistics.queries.standing import Bounds, LocalDate
from motcua.statistics.rules.figures import Test as T
from motcua.statistics.rules.meaning import MEANING, Facet
from motcua.statistics.rules.periods import Window
from motcua.workdays.queries import calendar_of

SHOWN = (
    T.RECEIVED_ONLINE, T.RECEIVED_WHOLE, T.RECEIVED_PARTIAL, T.RECEIVED_COUNTER, T.RECEIVED_POST, T.RESOLVED_BEFORE,
    T.RESOLVED_ON, T.RESOLVED_LATE, T.OPEN_IN_TIME, T.OPEN_LATE, T.WAITING, T.WAITING_LATE, T.UNCOLLECTED,
)  # fmt: skip
FLOW = SHOWN[:8]  # what happened, not what stands
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


def today_counts(scope: Scope, *, at: datetime, by_minute: bool = False) -> Counter[str]:
    """What happened today, and how things stand now."""
    day = legal_date(at)
    return total(count(scope, Window(day, day), at=at, tests=SHOWN, by_minute=by_minute).values())


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
    """The dossiers behind "open and late" as things stand now."""
    day = legal_date(at)
    rows = behind("open_late", scope, Window(day, day), at=at, by_minute=by_minute)
    return Dossier.objects.filter(pk__in=rows.order_by().values("pk")).order_by("due_at", "pk")


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


def top_delays(scope: Scope, *, at: datetime, by_minute: bool = False) -> list[Delay]:
    """Late dossiers by procedure, unit and stage, the most first; "" for a stage means at the counter, not handed over."""
    rows = late_now(scope, at=at, by_minute=by_minute).order_by()
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
    """What lies with one officer: open tasks, those past the limit of their stage, those of late dossiers."""

    officer_id: int | None
    name: str
    open: int
    late: int
    of_late: int


def open_tasks(scope: Scope) -> QuerySet[DossierTask]:
    """Live tasks of the scope's open dossiers."""
    return DossierTask.objects.filter(
        state__in=LIVE, dossier__resolving_agency__in=list(scope.agencies), dossier__status__in=OPEN_STATUSES
    )


def workload(scope: Scope, *, at: datetime) -> list[Load]:
    """Open tasks per officer, the most loaded first; the officer None stands for what nobody has been given."""
    today = Days.at(at, 0, calendar_of(scope.agency)).today
    late, of_late = Q(due_at__lt=at), Q(dossier_due_at__lt=today) & ~Q(dossier__status__in=PAUSED)
    rows = open_tasks(scope).order_by().values("officer_id", "officer__full_name")
    rows = rows.annotate(n=Count("pk"), late=Count("pk", filter=late), of_late=Count("pk", filter=of_late))
    return [
        Load(row["officer_id"], row["officer__full_name"] or "Chưa phân công", row["n"], row["late"], row["of_late"])
        for row in rows.order_by("-n", "officer__full_name")[:MOST_OFFICERS]
    ]  # fmt: skip


# Through time -------------------------------------------------------------------------------------------------------


def series(
    scope: Scope, windows: Sequence[Window], *, at: datetime, by_minute: bool = False
) -> list[Counter[str]]:
    """Received and resolved in each of the windows, that follow each other: by days, then summed. What was carried over to
    a successor stands with whoever resolved it at its window's close, which only counting each window by itself can tell.
    """
    whole = Bounds.of(Window(windows[0].start, windows[-1].end), at)
    ids = list(scope.agencies)
    if _carried_over(ids, whole).exists():
        return [total(count(scope, w, at=at, tests=FLOW, by_minute=by_minute).values()) for w in windows]
    found = [Counter[str]() for _ in windows]
    for day, counts in _by_day(ids, whole, by_minute):
        for window, counter in zip(windows, found, strict=True):
            if window.start <= day <= window.end:
                counter.update(counts)
    return found


def _carried_over(ids: list[int], b: Bounds) -> QuerySet[Any]:
    touched = Q(agency__in=ids) | Q(dossier__resolving_agency__in=ids)
    return FormerResolver.objects.filter(touched, until__gte=b.opening)


def _by_day(ids: list[int], b: Bounds, by_minute: bool) -> Iterable[tuple[date, dict[str, int]]]:
    for moment, wanted in (
        ("received_at", (Facet.ARRIVAL, Facet.LEVEL)),
        ("ended_at", (Facet.FATE, Facet.SIDE)),
    ):
        names = [facet.value for facet in wanted]
        tests = [t for t in FLOW if set(MEANING[t]) <= set(wanted)]
        inside = {f"{moment}__gte": b.opening, f"{moment}__lt": b.closing}
        rows = (
            placed(b, ids)
            .filter(**inside)
            .annotate(day=LocalDate(F(moment)), **facets(wanted, b, by_minute=by_minute))
        )
        for row in rows.order_by().values("day", *names).annotate(n=Count("pk")):
            meant = [t for t in tests if all(row[facet.value] in MEANING[t][facet] for facet in MEANING[t])]
            yield row["day"], {test.value: row["n"] for test in meant}


class _Slot(Func):
    """Weekday (ISO) times 100 plus hour of a stored moment, in Viet Nam."""

    output_field = IntegerField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL keeps moments with their zone."""
        local = "((%(expressions)s AT TIME ZONE 'UTC') + interval '7 hours')"
        template = f"(EXTRACT(ISODOW FROM {local}) * 100 + EXTRACT(HOUR FROM {local}))::integer"
        sql, params = compiler.compile(self.source_expressions[0])
        return template % {"expressions": sql}, (*params, *params)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite counts from Sunday as 0."""
        template = "CAST(strftime('%%%%w%%%%H', substr(%(expressions)s, 1, 19), '+7 hours') AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, **extra)


def arrivals(scope: Scope, window: Window, *, at: datetime) -> dict[tuple[int, int], int]:
    """Dossiers received in a window by ISO weekday and local hour."""
    b = Bounds.of(window, at)
    rows = Dossier.objects.filter(
        resolving_agency__in=list(scope.agencies), received_at__gte=b.opening, received_at__lt=b.closing
    )
    found = rows.order_by().annotate(slot=_Slot(F("received_at"))).values("slot").annotate(n=Count("pk"))
    return {(row["slot"] // 100 or 7, row["slot"] % 100): row["n"] for row in found}


def with_officer(scope: Scope, officer_id: int) -> tuple[str, QuerySet[Dossier]]:
    """The name of an officer and the open dossiers with work in their hands; 0 stands for what nobody has been given.

    Raises NotFound when the person has none here.
    """
    tasks = open_tasks(scope).filter(officer=officer_id or None)
    name = tasks.values_list("officer__full_name", flat=True).first() if officer_id else "Chưa phân công"
    if name is None:
        raise NotFound("Không có danh sách này.")
    return f"Việc đang làm: {name}", Dossier.objects.filter(pk__in=tasks.values("dossier")).order_by("pk")


def standing_at(rows: QuerySet[Dossier], agency_id: int, stage: str) -> QuerySet[Dossier]:
    """Those of the dossiers that stand at a stage with a unit; no unit: those with no work in anybody's hands."""
    live = DossierTask.objects.filter(state__in=LIVE)
    if not agency_id:
        return rows.exclude(pk__in=live.filter(dossier__in=rows.order_by()).values("dossier"))
    return rows.filter(pk__in=live.filter(agency=agency_id, stage_name=stage).values("dossier"))
