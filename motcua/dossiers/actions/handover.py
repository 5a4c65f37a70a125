"""Hand-over from the office to agencies, taking over, who does a task (NĐ 61/2018, Điều 18)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions import _flow, _numbers
from motcua.dossiers.actions._doors import locked_by_task, locked_many, tasks_by_dossier
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import Dossier, DossierTask, Handover
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import stages
from motcua.dossiers.rules.states import Status, TaskState
from motcua.dossiers.rules.transitions import Act, line_for


@store.act
def hand_over(
    dossier_ids: Iterable[int], *, to_agency_id: int | None = None, actor: User, at: datetime
) -> list[Handover]:
    """Carry received dossiers to the agencies of their first stage: one list for each agency, all tasks of the stage at
    once in parallel. `to_agency_id` says that all of them must go to this agency (among others).
    """
    desk = Desk(actor, at)
    dossiers = locked_many(desk, dossier_ids)
    tasks = tasks_by_dossier(desk, dossiers)
    work: list[tuple[Dossier, int]] = []
    for dossier in dossiers:
        access.require_side(desk, dossier, line_for(dossier.status, Act.HAND_OVER))
        work.append((dossier, _first_stage(dossier, tasks[dossier.pk], to_agency_id)))
    lists = _lists(desk, work, tasks)
    for dossier, stage in work:
        _give(desk, dossier, tasks[dossier.pk], stage, lists)
    return list(lists.values())


def _first_stage(dossier: Dossier, tasks: list[DossierTask], to_agency_id: int | None) -> int:
    stage = stages.first_work_stage(_flow.views(tasks))
    here = {t.agency_id for t in tasks if t.stage == stage}
    if to_agency_id is not None and to_agency_id not in here:
        raise RuleViolation(
            f"Hồ sơ {dossier.code} không chuyển đến cơ quan này theo quy trình. Bỏ hồ sơ này khỏi danh sách."
        )
    if stage is None:  # pragma: no cover - a plan always has a stage beyond the counter's first
        raise RuleViolation(f"Hồ sơ {dossier.code} không còn bước nào để chuyển.")
    return stage


def _lists(
    desk: Desk, work: list[tuple[Dossier, int]], tasks: dict[int, list[DossierTask]]
) -> dict[int, Handover]:
    """One numbered list for each receiving agency. Two statements."""
    agencies: dict[int, Agency] = {}
    for dossier, stage in work:
        agencies |= {t.agency_id: t.agency for t in tasks[dossier.pk] if t.stage == stage}
    office = work[0][0].office
    key = f"handover/{office.pk}/{desk.day.year}"
    made = []
    for agency in agencies.values():
        number = _numbers.take([key])[key]
        made.append(
            store.new(
                Handover,
                number=f"{number:04d}/{desk.day.year}",
                office=office,
                to_agency=agency,
                giver=desk.actor,
                given_at=desk.at,
            )
        )
    return {h.to_agency_id: h for h in store.insert(made)}


def _give(
    desk: Desk, dossier: Dossier, tasks: list[DossierTask], stage: int, lists: dict[int, Handover]
) -> None:
    """Close the counter's own steps before the stage, open the stage, move the dossier, log."""
    own = [t for t in tasks if t.stage < stage and t.state not in stages.ENDED]
    for task in own:
        _flow.finish(desk, task, "handed_over")
    opened = _flow.open_stage(desk, tasks, stage, giver=desk.actor, handovers=lists, ended=own)
    _flow.move(dossier, Act.HAND_OVER)
    dossier.current_stage = stage
    store.update(dossier, "status", "current_stage")
    agencies = sorted({t.agency_id for t in opened})
    log(
        desk,
        dossier,
        entry(Act.HAND_OVER, stage=stage, agencies=agencies, lists=[lists[a].number for a in agencies]),
    )


@store.act
def take_over(
    task_ids: Sequence[int] = (),
    *,
    handover_id: int | None = None,
    claim: bool = True,
    actor: User,
    at: datetime,
) -> list[DossierTask]:
    """Sign for tasks that were given: some tasks, or all of a list that nobody signed for yet. Who may process takes them
    in hand unless `claim` is False; the rest wait for assignment. A list whose last task is signed for has its receiver.
    """
    desk = Desk(actor, at)
    given, dossiers = _given(desk, handover_id, task_ids)
    tasks = tasks_by_dossier(desk, dossiers)
    taken = [t for d in dossiers for t in _take(desk, d, tasks[d.pk], given, claim)]
    _flow.sign_lists(desk, taken)
    return taken


def _given(
    desk: Desk, handover_id: int | None, task_ids: Sequence[int]
) -> tuple[Collection[int], list[Dossier]]:
    """The ids of the tasks that are wanted, and their dossiers, locked. Raises NotFound, RuleViolation."""
    if handover_id is None and len(task_ids) == 1:
        found = access.locked_with(task_ids[0])
        return task_ids, [access.furnished(desk, found)] if found else locked_many(desk, ())
    wanted = (
        store.find(DossierTask, handover_id=handover_id, state=TaskState.OPEN.value)
        if handover_id
        else store.find(DossierTask, id=task_ids)
    )
    if handover_id and not wanted:
        raise RuleViolation("Danh sách này không còn hồ sơ nào chờ ký nhận. Tải lại trang.")
    return {task.pk for task in wanted}, locked_many(desk, (task.dossier_id for task in wanted))


def _take(
    desk: Desk, dossier: Dossier, tasks: list[DossierTask], ids: Collection[int], claim: bool
) -> list[DossierTask]:
    line = line_for(dossier.status, Act.TAKE_OVER)
    mine = [t for t in tasks if t.pk in ids]
    for task in mine:
        if not access.holds(desk, line.permissions, task.agency):
            raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không được nhận.")
        if task.state != TaskState.OPEN:
            raise RuleViolation(
                f"Việc “{task.name}” của hồ sơ {dossier.code} không chờ ký nhận. Tải lại trang."
            )
        task.state, task.taken_by, task.taken_at = TaskState.ACCEPTED.value, desk.actor, desk.at
        if claim and task.officer_id is None and desk.authority.can(Permission.DOSSIER_PROCESS, task.agency):
            task.officer = desk.actor
    _flow.save_tasks(mine, ["state", "taken_by", "taken_at", "officer"])
    if dossier.status == Status.TRANSFERRED:
        _flow.move(dossier, Act.TAKE_OVER)
        if mine[0].stage_kind == "signature":
            _flow.move(dossier, Act.TO_SIGNATURE)
        store.update(dossier, "status")
    log(
        desk, dossier, entry(Act.TAKE_OVER, tasks=[t.pk for t in mine], officers=[t.officer_id for t in mine])
    )
    return mine


@store.act
def claim(task_id: int, *, actor: User, at: datetime) -> DossierTask:
    """Take a task in hand that nobody has; signs for it when it was not yet taken over."""
    desk = Desk(actor, at)
    dossier, task = _task(desk, task_id, Permission.DOSSIER_PROCESS)
    if task.officer_id not in (None, actor.pk):
        raise RuleViolation(f"Việc này đang do {task.officer} thụ lý. Đề nghị lãnh đạo phân công lại.")
    return _set_officer(desk, dossier, task, actor, "claimed")


@store.act
def assign(task_id: int, officer_id: int, *, actor: User, at: datetime) -> DossierTask:
    """Give a task to an officer who may process in its agency."""
    desk = Desk(actor, at)
    dossier, task = _task(desk, task_id, Permission.DOSSIER_ASSIGN)
    officer = people_with(Permission.DOSSIER_PROCESS, task.agency, desk.day).filter(pk=officer_id).first()
    if officer is None:
        raise RuleViolation(
            "Người được chọn không có quyền thụ lý tại cơ quan này. Chọn người khác.", field="officer"
        )
    return _set_officer(desk, dossier, task, officer, "assigned")


@store.act
def release(task_id: int, *, actor: User, at: datetime) -> DossierTask:
    """Put a task back for others: by its officer, or by who may assign."""
    desk = Desk(actor, at)
    dossier, task = _task(desk, task_id, Permission.DOSSIER_VIEW)
    if task.officer_id != actor.pk and not desk.authority.can(Permission.DOSSIER_ASSIGN, task.agency):
        raise NotFound("Không tìm thấy công việc này hoặc bạn không có quyền.")
    return _set_officer(desk, dossier, task, None, "released")


def _set_officer(
    desk: Desk, dossier: Dossier, task: DossierTask, officer: User | None, event: str
) -> DossierTask:
    task.officer = officer
    fields = ["officer"]
    if task.state == TaskState.OPEN and dossier.status != Status.TRANSFERRED and officer is not None:
        task.state, task.taken_by, task.taken_at = TaskState.ACCEPTED.value, desk.actor, desk.at
        fields += ["state", "taken_by", "taken_at"]
    store.update(task, *fields)
    if "taken_at" in fields:
        _flow.sign_lists(desk, [task])
    log(desk, dossier, entry(event, task=task.pk, officer=officer.pk if officer else None))
    return task


def _task(desk: Desk, task_id: int, permission: str) -> tuple[Dossier, DossierTask]:
    """A live task and its dossier, locked, where the actor holds the permission. Raises NotFound, RuleViolation."""
    dossier, _, task = locked_by_task(desk, task_id)
    if not desk.authority.can(permission, task.agency):
        raise NotFound("Không tìm thấy công việc này hoặc bạn không có quyền.")
    if task.state not in stages.LIVE:
        raise RuleViolation("Công việc này chưa mở hoặc đã xong. Tải lại trang.")
    return dossier, task
