"""What will be late: open dossiers due soon, against how long their remaining stages usually take."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.models.tasks import LIVE
from motcua.dossiers.rules.states import TaskState
from motcua.statistics.queries.among import Among
from motcua.statistics.queries.dashboard import due_soon
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.spans import Clocks, usual_times
from motcua.statistics.rules.stages import Ahead, Forecast, Usual, forecast

HORIZON = 5  # working days
MOST = 1000
_DOSSIER = ("pk", "procedure_id", "resolving_agency_id", "due_at")
_TASK = ("stage", "stage_name", "hours", "given_at", "state", "officer__full_name")


@dataclass(frozen=True)
class Expected:
    """A dossier that is expected to be late, by its number."""

    dossier_id: int
    stage: str
    holder: str
    forecast: Forecast


@dataclass(frozen=True)
class Outlook:
    """A dossier that is expected to be late, and why."""

    dossier: Dossier
    stage: str
    holder: str
    forecast: Forecast


@dataclass(frozen=True)
class Expectations:
    """Who is expected to be late, the soonest due first; `cut_off` when only the MOST soonest due were looked at."""

    rows: list[Expected]
    cut_off: bool


class _Open(NamedTuple):
    """What is read of an open dossier."""

    pk: int
    procedure_id: int
    agency_id: int
    due_at: datetime


class _Task(NamedTuple):
    """What is read of one of its tasks that are not done."""

    stage: int
    stage_name: str
    hours: Decimal
    given_at: datetime | None
    state: str
    officer: str | None


def forecasts(scope: Scope, *, at: datetime, days: int = HORIZON) -> Expectations:
    """Open dossiers due within so many working days that are expected to be late, as plain rows. A fixed number of statements."""
    rows = due_soon(scope, at=at, days=days).values_list(*_DOSSIER)[: MOST + 1]
    known = [_Open(*row) for row in rows]
    found = known[:MOST]
    tasks, clocks = _tasks_ahead([one.pk for one in found]), Clocks(scope)
    procedures = {one.procedure_id for one in found}
    usual = usual_times(scope, procedures, at=at, clocks=clocks) if found else {}
    made = (_expected(one, tasks[one.pk], usual.get(one.procedure_id, {}), clocks, at) for one in found)
    return Expectations([one for one in made if one.forecast.late], len(known) > MOST)


def furnished(rows: Sequence[Expected]) -> list[Outlook]:
    """The rows with their dossiers. One statement."""
    related = Dossier.objects.select_related("version", "resolving_agency")
    dossiers = related.in_bulk(
        [row.dossier_id for row in rows] or [0]
    )  # asked also for none: a page costs the same
    return [Outlook(dossiers[row.dossier_id], row.stage, row.holder, row.forecast) for row in rows]


def _tasks_ahead(ids: list[int]) -> defaultdict[int, list[_Task]]:
    found: defaultdict[int, list[_Task]] = defaultdict(list)
    rows = DossierTask.objects.filter(Among("dossier_id", ids), state__in=[*LIVE, TaskState.PLANNED.value])
    for pk, *row in rows.order_by("stage", "position").values_list("dossier_id", *_TASK) if ids else ():
        found[pk].append(_Task(*row))
    return found


def _expected(
    one: _Open, tasks: list[_Task], past: Mapping[int, Usual], clocks: Clocks, at: datetime
) -> Expected:
    left = clocks.hours(one.agency_id, at, one.due_at)
    live = next((task for task in tasks if task.state in LIVE), None)
    stages = list(_ahead(tasks, clocks, one.agency_id, at))
    holder = (live.officer or "") if live else ""
    return Expected(one.pk, live.stage_name if live else "", holder, forecast(left, stages, past))


def _ahead(tasks: Iterable[_Task], clocks: Clocks, agency_id: int, at: datetime) -> Iterable[Ahead]:
    """One entry per stage: the longest plan of its tasks, the time spent since the first of them was given."""
    stages: dict[int, list[_Task]] = {}
    for task in tasks:
        stages.setdefault(task.stage, []).append(task)
    for stage, group in sorted(stages.items()):
        begun = min((task.given_at for task in group if task.given_at), default=None)
        spent = clocks.hours(agency_id, begun, at) if begun else None
        yield Ahead(stage, group[0].stage_name, max(task.hours for task in group), spent)
