"""Tasks against the limit of their stage: one rule for criterion 2 of Circular 01/2018, for officers and for stages."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, LessThan

from motcua.accounts.models import User
from motcua.core.errors import NotFound
from motcua.core.text import sort_key
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.states import TaskState
from motcua.statistics.queries.facets import WITHOUT, class_of
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, LocalDate
from motcua.statistics.rules.figures import REGISTRY, required
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.tasks import SIDES
from motcua.statistics.rules.things import Subject

MOST = 30  # officers and stages in a table; it says when there are more
NOBODY = "Chưa phân công"


def side(end: Any, due: Any) -> Any:
    """Before, on or after ("late") the date laid down: by date, whatever the hour."""
    day, last = LocalDate(end), LocalDate(due)
    return class_of((LessThan(day, last), "before"), (Exact(day, last), "on"), other="late")


def judged_tasks(bounds: Bounds) -> QuerySet[Any]:
    """Tasks begun by the close of a window that have a limit, with `end`, `side` and `person`. One that the end of the dossier
    cut short is its officer's, and ended with it; `end` is None for one that has not ended, and `side` then says nothing.
    """
    return _judged(bounds, Coalesce(F("done_at"), F("dossier__ended_at")))


def _judged(bounds: Bounds, end: Any) -> QuerySet[Any]:
    rows = DossierTask.objects.order_by().filter(given_at__lt=bounds.closing, due_at__isnull=False)
    person = Coalesce(F("done_by_id"), F("officer_id"))
    return rows.annotate(end=end, side=side(end, F("due_at")), person=person)


def ended_tasks(scope: Scope, window: Window, *, at: datetime) -> QuerySet[Any]:
    """The judged tasks of the scope's agencies that ended in a window; not those cut short because the citizen withdrew or the
    work was stopped: nobody has done them.
    """
    idle = Exists(Dossier.objects.filter(pk=OuterRef("dossier_id"), status__in=WITHOUT))
    return _ended(scope, window, at).filter(~(CUT_SHORT & Q(idle)))


# Ended by nobody's hand: with the dossier.
CUT_SHORT = Q(state=TaskState.CANCELLED, done_by=None)


def _ended(scope: Scope, window: Window, at: datetime) -> QuerySet[Any]:
    """What has ended says itself when it did: no dossier is asked."""
    bounds = Bounds.of(window, at)
    rows = _judged(bounds, F("done_at")).filter(agency__in=list(scope.agencies))
    return rows.filter(done_at__gte=bounds.opening, done_at__lt=bounds.closing)


@dataclass(frozen=True)
class Line:
    """One officer or stage: its name, the value that its list is narrowed by, how many tasks ended on each side."""

    name: str
    key: int | str
    counts: Counter[str]


@dataclass(frozen=True)
class Done:
    """Work done in a window, by officer (the busiest first) and by stage (most late first), MOST of each; `more`: which of the two
    had more.
    """

    officers: list[Line]
    stages: list[Line]
    more: frozenset[str]


def work_done(scope: Scope, window: Window, *, at: datetime) -> Done:
    """Tasks that ended in a window. Three statements, whatever the number of officers and stages."""
    people: defaultdict[int, Counter[str]] = defaultdict(_none)
    stages: defaultdict[str, Counter[str]] = defaultdict(_none)
    for done_by, officer, stage, *numbers in _counted(scope, window, at, "done_by", "officer", "stage_name"):
        counts = dict(zip(SIDES.values(), numbers, strict=True))
        people[done_by or officer or 0].update(counts)
        stages[stage].update(counts)
    names = {0: NOBODY} | dict(User.objects.filter(pk__in=list(people)).values_list("pk", "full_name"))
    officers = _sorted((Line(names[pk], pk, counts) for pk, counts in people.items()), late_first=False)
    by_stage = _sorted((Line(name, name, counts) for name, counts in stages.items()), late_first=True)
    more = {name for name, rows in (("officers", officers), ("stages", by_stage)) if len(rows) > MOST}
    return Done(officers[:MOST], by_stage[:MOST], frozenset(more))


def by_stage(scope: Scope, window: Window, *, at: datetime) -> dict[tuple[int, int], Counter[str]]:
    """The same tasks by procedure and by the number of the stage in its process. Two statements."""
    found: defaultdict[tuple[int, int], Counter[str]] = defaultdict(_none)
    for procedure, stage, *numbers in _counted(scope, window, at, "dossier__procedure", "stage"):
        found[procedure, stage].update(dict(zip(SIDES.values(), numbers, strict=True)))
    return dict(found)


def _counted(scope: Scope, window: Window, at: datetime, *by: str) -> Iterable[tuple[Any, ...]]:
    """Counts by plain columns, which PostgreSQL can estimate and hash; only what was cut short is joined to its dossier: `ended_tasks`
    in two statements that can each be read in parallel.
    """
    rows, which = _ended(scope, window, at), {name: Count("pk", filter=Q(side=name)) for name in SIDES}
    for part in (rows.filter(~CUT_SHORT), rows.filter(CUT_SHORT).exclude(dossier__status__in=WITHOUT)):
        yield from part.values_list(*by).annotate(**which)


def _none() -> Counter[str]:
    """No task on any side, which is known: it is not the same as not counted."""
    return Counter(dict.fromkeys(SIDES.values(), 0))


def _sorted(lines: Iterable[Line], *, late_first: bool) -> list[Line]:
    def order(line: Line) -> Any:
        late = line.counts[SIDES["late"]] if late_first else 0
        return -late, -line.counts.total(), sort_key(line.name)

    return sorted(lines, key=order)


def tasks_behind(
    figure: str, scope: Scope, window: Window, *, at: datetime, officer: int | None = None, stage: str | None = None,
    procedure: int | None = None, number: int | None = None,
) -> QuerySet[Any]:  # fmt: skip
    """The tasks that a figure counts, of an officer (0: of nobody), a stage by its name, a procedure, the stage of its process by
    `number` if given. Raises NotFound for other figures.
    """
    if figure not in REGISTRY or REGISTRY[figure].subject is not Subject.TASK:
        raise NotFound("Không có chỉ tiêu này.")
    known = REGISTRY[figure]
    wanted = required((known.share_of[0],)) if known.share_of else required((figure,))
    rows = ended_tasks(scope, window, at=at).filter(side__in=[name for name, key in SIDES.items() if key in wanted])  # fmt: skip
    if officer is not None:
        rows = rows.filter(person=officer) if officer else rows.filter(person=None)
    asked = {"stage_name": stage, "dossier__procedure": procedure, "stage": number}
    return rows.filter(**{column: value for column, value in asked.items() if value is not None})


def name_of(officer: int) -> str:
    """Who a list is narrowed to. Raises NotFound for nobody that there is."""
    name = User.objects.filter(pk=officer).values_list("full_name", flat=True).first() if officer else NOBODY
    if name is None:
        raise NotFound("Không có danh sách này.")
    return str(name)
