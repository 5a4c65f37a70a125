"""How acts come to the dossiers that they work on: locked, with their tasks, by people who may."""

from collections import defaultdict
from collections.abc import Iterable

from motcua.core import store
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
    found = access.locked_with(task_id)
    if found is None:
        raise NotFound("Không tìm thấy công việc này hoặc bạn không có quyền.")
    dossier = access.furnished(desk, found)
    tasks = access.tasks_of(dossier, desk)
    return dossier, tasks, next(t for t in tasks if t.pk == task_id)


def locked_many(desk: Desk, ids: Iterable[int]) -> list[Dossier]:
    """Several dossiers locked in the order of their ids, so that two batches never wait for each other. Raises NotFound."""
    wanted = set(ids)
    if len(wanted) == 1:
        return [access.locked(desk, wanted.pop())]
    found = store.find(Dossier, lock=True, id=wanted)
    if not wanted or len(found) != len(wanted):
        raise NotFound("Không tìm thấy hồ sơ nào để giao nhận.")
    return [access.furnished(desk, dossier) for dossier in found]


def tasks_by_dossier(desk: Desk, dossiers: list[Dossier]) -> dict[int, list[DossierTask]]:
    """All tasks of several dossiers. One statement."""
    if len(dossiers) == 1:
        return {dossiers[0].pk: access.tasks_of(dossiers[0], desk)}
    rows = store.find(DossierTask, dossier_id=[dossier.pk for dossier in dossiers])
    by_dossier: dict[int, list[DossierTask]] = defaultdict(list)
    for task in access.in_order(rows):
        task.agency = desk.agency(task.agency_id)
        by_dossier[task.dossier_id].append(task)
    return by_dossier
