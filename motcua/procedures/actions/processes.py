"""Internal processes: drafted, edited stage by stage, published with a document. A published one never changes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.procedures.actions._building import copy_of
from motcua.procedures.actions._guard import chain, lock_procedure, require_in
from motcua.procedures.actions._writing import next_number, put_into_force
from motcua.procedures.models import Procedure, Process, Stage, TaskTemplate
from motcua.procedures.queries.process_checks import findings_of
from motcua.procedures.queries.processes import access_process, process_for
from motcua.procedures.rules.process import errors

Status = Process.Status
TASK_FIELDS = ("name", "place", "agency_id", "division_name", "role_code", "hours", "is_lead", "required")
MAX_STAGES = 60


@transaction.atomic
def draft_process(code: str, agency: Agency | None, *, actor: User, at: datetime) -> Process:
    """A draft for an agency (None: the model process), a copy of the one in force there, else empty.

    Raises RuleViolation while another draft is open there.
    """
    require_in(actor, Permission.PROCESS_EDIT, agency, at)
    procedure = lock_procedure(code)
    rows = Process.objects.filter(procedure=procedure, agency=agency)
    if rows.filter(status=Status.DRAFT).exists():
        raise RuleViolation("Đang có dự thảo quy trình. Sửa tiếp hoặc hủy dự thảo đó.")
    before = _in_force(procedure, agency, legal_date(at))
    process = Process.objects.create(
        procedure=procedure, agency=agency, number=next_number(procedure, agency)
    )
    if before is not None:
        _copy_stages(before, process)
    data = {"process": process.pk, "agency": agency.pk if agency else None, "number": process.number}
    append(chain(procedure.pk), "process.drafted", actor=actor, at=at, data=data)
    return process


def _in_force(procedure: Procedure, agency: Agency | None, day: date) -> Process | None:
    if agency is not None:
        return process_for(procedure, agency, day)
    found = (
        Process.objects.filter(Process.in_force(day), procedure=procedure, agency=None)
        .order_by("-number")
        .first()
    )
    return access_process(found.pk) if found else None


def _copy_stages(before: Process, to: Process) -> None:
    for stage in before.stages.all():
        tasks = list(stage.tasks.all())
        new = copy_of(stage, None)
        new.process = to
        new.save()
        copies = [copy_of(task, None) for task in tasks]
        for task in copies:
            task.stage = new
        TaskTemplate.objects.bulk_create(copies)


def _draft(process_id: int, actor: User, at: datetime) -> Process:
    process = access_process(process_id)
    require_in(actor, Permission.PROCESS_EDIT, process.agency, at)
    lock_procedure(process.procedure_id)
    if process.status != Status.DRAFT:
        raise RuleViolation("Quy trình đã ban hành không sửa được. Lập dự thảo phiên bản mới.")
    return process


def _stage_of(process: Process, stage_id: int) -> Stage:
    found = next((stage for stage in process.stages.all() if stage.pk == stage_id), None)
    if found is None:
        raise NotFound("Không tìm thấy bước này trong quy trình.")
    return found


def _log(process: Process, kind: str, actor: User, at: datetime, **data: Any) -> None:
    append(chain(process.procedure_id), kind, actor=actor, at=at, data={"process": process.pk, **data})


@transaction.atomic
def add_stage(process_id: int, name: str, kind: str, *, actor: User, at: datetime) -> Stage:
    """Add a stage at the end."""
    process = _draft(process_id, actor, at)
    _check_stage(name, kind)
    count = len(process.stages.all())
    if count >= MAX_STAGES:
        raise RuleViolation(f"Quy trình có tối đa {MAX_STAGES} bước.")
    stage = Stage.objects.create(process=process, position=count + 1, name=nfc(name), kind=kind)
    _log(process, "process.stage_added", actor, at, stage=stage.position, name=stage.name)
    return stage


def _check_stage(name: str, kind: str) -> None:
    if not nfc(name):
        raise RuleViolation("Đặt tên cho bước.", field="name")
    if kind not in Stage.Kind.values:
        raise RuleViolation("Chọn loại bước trong danh sách.", field="kind")


@transaction.atomic
def edit_stage(process_id: int, stage_id: int, name: str, kind: str, *, actor: User, at: datetime) -> Stage:
    """Change a stage's name and kind."""
    process = _draft(process_id, actor, at)
    stage = _stage_of(process, stage_id)
    _check_stage(name, kind)
    stage.name, stage.kind = nfc(name), kind
    stage.save(update_fields=["name", "kind"])
    _log(process, "process.stage_edited", actor, at, stage=stage.position, name=stage.name)
    return stage


@transaction.atomic
def remove_stage(process_id: int, stage_id: int, *, actor: User, at: datetime) -> None:
    """Take a stage and its tasks out; those after it move up."""
    process = _draft(process_id, actor, at)
    stage = _stage_of(process, stage_id)
    position, name = stage.position, stage.name
    others = [s for s in process.stages.all() if s.pk != stage_id]
    stage.delete()
    _number(process, others)
    _log(process, "process.stage_removed", actor, at, stage=position, name=name)


@transaction.atomic
def move_stage(process_id: int, stage_id: int, position: int, *, actor: User, at: datetime) -> None:
    """Put a stage at a position, counted from 1; the others close up."""
    process = _draft(process_id, actor, at)
    stage = _stage_of(process, stage_id)
    others = [s for s in process.stages.all() if s.pk != stage_id]
    place = max(1, min(position, len(others) + 1))
    _number(process, [*others[: place - 1], stage, *others[place - 1 :]])
    _log(process, "process.stage_moved", actor, at, stage=stage.position, to=place, name=stage.name)


def _number(process: Process, stages: list[Stage]) -> None:
    """Positions 1, 2, 3 in this order; first out of the way, because a position is unique in its process."""
    for number, stage in enumerate(stages, 1):
        Stage.objects.filter(pk=stage.pk).update(position=number + MAX_STAGES + 100)
    for number, stage in enumerate(stages, 1):
        Stage.objects.filter(pk=stage.pk).update(position=number)


@transaction.atomic
def add_task(
    process_id: int, stage_id: int, task: Mapping[str, Any], *, actor: User, at: datetime
) -> TaskTemplate:
    """Add a task to a stage, beside those that are there. `task` has the fields of TASK_FIELDS."""
    process = _draft(process_id, actor, at)
    stage = _stage_of(process, stage_id)
    _check_task(task)
    row = TaskTemplate(stage=stage, position=len(stage.tasks.all()) + 1)
    _fill(row, task)
    _log(process, "process.task_added", actor, at, stage=stage.position, name=row.name)
    return row


@transaction.atomic
def edit_task(
    process_id: int, task_id: int, task: Mapping[str, Any], *, actor: User, at: datetime
) -> TaskTemplate:
    """Change a task."""
    process = _draft(process_id, actor, at)
    row = _task_of(process, task_id)
    _check_task(task)
    _fill(row, task)
    _log(process, "process.task_edited", actor, at, stage=row.stage.position, name=row.name)
    return row


@transaction.atomic
def remove_task(process_id: int, task_id: int, *, actor: User, at: datetime) -> None:
    """Take a task out of its stage."""
    process = _draft(process_id, actor, at)
    row = _task_of(process, task_id)
    stage, name = row.stage.position, row.name
    row.delete()
    _log(process, "process.task_removed", actor, at, stage=stage, name=name)


def _task_of(process: Process, task_id: int) -> TaskTemplate:
    found = next((t for s in process.stages.all() for t in s.tasks.all() if t.pk == task_id), None)
    if found is None:
        raise NotFound("Không tìm thấy công việc này trong quy trình.")
    return found


def _check_task(task: Mapping[str, Any]) -> None:
    if not nfc(task["name"]):
        raise RuleViolation("Ghi rõ công việc phải làm.", field="name")
    if not 0 <= Decimal(task["hours"]) < 100_000:
        raise RuleViolation("Số giờ làm việc phải từ 0.", field="hours")
    if task["place"] not in TaskTemplate.Place.values:
        raise RuleViolation("Chọn nơi làm trong danh sách.", field="place")
    if task["place"] == TaskTemplate.Place.FIXED and not task.get("agency_id"):
        raise RuleViolation("Chọn cơ quan chỉ định.", field="agency")


def _fill(row: TaskTemplate, task: Mapping[str, Any]) -> None:
    for name in TASK_FIELDS:
        if name in task:
            setattr(row, name, task[name])
    row.name = nfc(row.name)
    if row.place != TaskTemplate.Place.FIXED:
        row.agency_id = None
    row.save()


@transaction.atomic
def discard_process(process_id: int, *, actor: User, at: datetime) -> None:
    """Throw a draft away; the log keeps that it was."""
    process = _draft(process_id, actor, at)
    _log(process, "process.discarded", actor, at, number=process.number)
    process.delete()


@transaction.atomic
def publish_process(
    process_id: int, document: str, valid_from: date, *, actor: User, at: datetime
) -> Process:
    """Put a draft into force with its document; the one before ends the day before.

    Raises RuleViolation with every hole (see `rules.process.check`), without a document, or for a day that does not
    come after the start of the process in force.
    """
    process = _draft(process_id, actor, at)
    if not nfc(document):
        raise RuleViolation("Nhập số quyết định ban hành quy trình nội bộ.", field="document")
    holes = errors(findings_of(process, valid_from))
    if holes:
        raise RuleViolation("Chưa ban hành được quy trình: " + " ".join(hole.message for hole in holes))
    put_into_force(process, nfc(document)[:200], valid_from)
    data = {"number": process.number, "document": process.document, "from": valid_from.isoformat()}
    _log(process, "process.published", actor, at, **data)
    return process
