"""How acts come to the dossiers that they work on: locked, with their tasks, by people who may."""

from collections import defaultdict
from collections.abc import Iterable

from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.transitions import Act, line_for


def acting(desk: Desk, dossier_id: int, act: Act) -> tuple[Dossier, list[DossierTask]]:
    """The dossier, locked, and its tasks, for somebody who may do the act now."""
    dossier = access.locked(desk, dossier_id)
    tasks = access.tasks_of(dossier, desk)
    access.require_side(desk, dossier, line_for(dossier.status, act), tasks)
    return dossier, tasks


def locked_by_task(desk: Desk, task_id: int) -> tuple[Dossier, list[DossierTask], DossierTask]:
    """The dossier of a task, locked, with all its tasks. Two statements. Raises NotFound."""
    of_task = DossierTask.objects.filter(pk=task_id).values("dossier_id")
    found = next(iter(Dossier.objects.select_for_update().filter(pk__in=of_task)), None)
    if found is None:
        raise NotFound("Không tìm thấy công việc này hoặc bạn không có quyền.")
    dossier = access.furnished(desk, found)
    tasks = access.tasks_of(dossier, desk)
    return dossier, tasks, next(t for t in tasks if t.pk == task_id)


def locked_many(desk: Desk, ids: Iterable[int]) -> list[Dossier]:
    """Several dossiers locked in the order of their ids, so that two batches never wait for each other. Raises NotFound."""
    wanted = set(ids)
    rows = Dossier.objects.select_for_update().filter(pk__in=wanted)
    found = list(rows.order_by("pk") if len(wanted) > 1 else rows)
    if not wanted or len(found) != len(wanted):
        raise NotFound("Không tìm thấy hồ sơ nào để giao nhận.")
    return [access.furnished(desk, dossier) for dossier in found]


def tasks_by_dossier(desk: Desk, dossiers: list[Dossier]) -> dict[int, list[DossierTask]]:
    """All tasks of several dossiers. One statement."""
    rows = DossierTask.objects.filter(dossier__in=dossiers).order_by()
    by_dossier: dict[int, list[DossierTask]] = defaultdict(list)
    for task in access.in_order(rows):
        task.agency = desk.agency(task.agency_id)
        by_dossier[task.dossier_id].append(task)
    return by_dossier
