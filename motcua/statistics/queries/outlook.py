"""What will be late: open dossiers due soon, against how long their remaining stages usually take."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.models.tasks import LIVE
from motcua.dossiers.rules.states import TaskState
from motcua.statistics.queries.dashboard import due_soon
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.spans import Clocks, usual_times
from motcua.statistics.rules.stages import Ahead, Forecast, Usual, forecast

HORIZON = 5  # working days
MOST = 1000


@dataclass(frozen=True)
class Outlook:
    """A dossier that is expected to be late, and why."""

    dossier: Dossier
    stage: str
    holder: str
    forecast: Forecast


def expected_late(scope: Scope, *, at: datetime, days: int = HORIZON) -> list[Outlook]:
    """Open dossiers due within so many working days that are expected to be late, the soonest due first. Reads at most MOST
    of them; a fixed number of statements.
    """
    planned = DossierTask.objects.filter(state__in=[*LIVE, TaskState.PLANNED.value]).select_related("officer")
    rows = due_soon(scope, at=at, days=days).select_related("version", "resolving_agency")
    found = list(
        rows.prefetch_related(Prefetch("tasks", planned.order_by("stage", "position"), to_attr="ahead"))[
            :MOST
        ]
    )
    clocks = Clocks(scope)
    usual = (
        usual_times(scope, {dossier.procedure_id for dossier in found}, at=at, clocks=clocks) if found else {}
    )
    outlooks = (_outlook(dossier, usual, clocks, at) for dossier in found)
    return [outlook for outlook in outlooks if outlook.forecast.late]


def _outlook(dossier: Dossier, usual: dict[tuple[int, int], Usual], clocks: Clocks, at: datetime) -> Outlook:
    tasks: list[DossierTask] = dossier.ahead  # type: ignore[attr-defined]
    past = {stage: times for (procedure, stage), times in usual.items() if procedure == dossier.procedure_id}
    left = clocks.hours(dossier.resolving_agency_id, at, dossier.due_at)
    live = next((task for task in tasks if task.state in LIVE), None)
    holder = live.officer.full_name if live and live.officer else ""
    stages = list(_ahead(tasks, clocks, dossier, at))
    return Outlook(dossier, live.stage_name if live else "", holder, forecast(left, stages, past))


def _ahead(tasks: Iterable[DossierTask], clocks: Clocks, dossier: Dossier, at: datetime) -> Iterable[Ahead]:
    """One entry per stage: the longest plan of its tasks, the time spent since the first of them was given."""
    stages: dict[int, list[DossierTask]] = {}
    for task in tasks:
        stages.setdefault(task.stage, []).append(task)
    for stage, group in sorted(stages.items()):
        begun = min((task.given_at for task in group if task.given_at), default=None)
        spent = clocks.hours(dossier.resolving_agency_id, begun, at) if begun else None
        yield Ahead(stage, group[0].stage_name, max(task.hours for task in group), spent)
