"""Work on a dossier: tasks, signature, sending back, the result (NĐ 61/2018, Điều 19, 20)."""

from datetime import date, datetime

from motcua.accounts.models import User
from motcua.agencies.rules.duties import Duty
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions import _flow
from motcua.dossiers.actions._doors import locked_by_task
from motcua.dossiers.actions._journal import Entry, entry, log
from motcua.dossiers.actions._results import new_result
from motcua.dossiers.models import Dossier, DossierTask, ResultPaper
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending, lateness, stages
from motcua.dossiers.rules.states import Status, TaskState
from motcua.dossiers.rules.transitions import Act, line_for

SIGNATURE = "signature"
RESULT = "result"


@store.act
def complete_task(
    task_id: int, *, outcome: str = "done", note: str = "", late_cause: str = "", late_note: str = "",
    external_code: str = "", actor: User, at: datetime,
) -> Dossier:  # fmt: skip
    """End a task. When the stage has ended the next one opens; after the last the result is ready.

    A task, and a dossier, that end late demand a cause of `rules.lateness.CAUSES`.
    """
    desk = Desk(actor, at)
    dossier, tasks, task = locked_by_task(desk, task_id)
    _require_task(desk, dossier, tasks, task)
    task.late_cause = _late_cause(desk, task, late_cause)
    _flow.finish(desk, task, outcome, note or (late_note if task.late_cause else ""))
    task.external_code = external_code or task.external_code
    done = entry(Act.COMPLETE_TASK, task=task.pk, stage=task.stage, outcome=outcome, cause=task.late_cause)
    log(desk, dossier, done, *_flow.advance(desk, dossier, tasks, task, late_cause, late_note))
    return dossier


def _require_task(desk: Desk, dossier: Dossier, tasks: list[DossierTask], task: DossierTask) -> None:
    """The task is live, the actor may end it and does not combine duties. Raises NotFound, RuleViolation."""
    line = line_for(dossier.status, Act.COMPLETE_TASK)
    if not access.holds(desk, line.permissions, task.agency):
        raise NotFound("Không tìm thấy công việc này hoặc bạn không có quyền.")
    if task.state not in stages.LIVE:
        raise RuleViolation("Công việc này chưa mở hoặc đã xong. Tải lại trang.")
    if task.stage_kind == SIGNATURE:
        raise RuleViolation(
            "Bước ký kết thúc bằng chức năng “Ký kết quả” hoặc “Trả lại”, không hoàn thành trực tiếp."
        )
    _require_own(desk, task)
    if task.stage_kind != RESULT and not task.at_office:
        _flow.separate(desk, dossier, tasks, Duty.RESOLVE)


def _require_own(desk: Desk, task: DossierTask) -> None:
    """The task is nobody's, the actor's own, or the actor may assign there. Raises RuleViolation."""
    if task.officer_id in (None, desk.actor.pk) or desk.authority.can(Permission.DOSSIER_ASSIGN, task.agency):
        return
    if task.stage_kind != RESULT:
        raise RuleViolation("Công việc này đang do người khác thụ lý. Đề nghị lãnh đạo phân công lại.")


def _late_cause(desk: Desk, task: DossierTask, cause: str) -> str:
    by_minute = _flow.by_minute(desk, task.agency)
    late = lateness.is_late(_flow.local_or_none(task.due_at), desk.local, by_minute=by_minute)
    return lateness.require_cause(late, cause, what="Công việc")


@store.act
def sign_result(
    dossier_id: int, *, number: str, signed_on: date | None = None, result_name: str | None = None, result_code: str = "",
    file_id: int | None = None, electronic: bool = False, note: str = "", late_cause: str = "", late_note: str = "",
    signer_title: str = "", actor: User, at: datetime,
) -> ResultPaper:  # fmt: skip
    """Sign the result: its number, date and verification token; ends the signature task and opens what follows.

    A procedure answered on the same day may be signed while still at the counter (RECEIVED).
    """
    desk = Desk(actor, at)
    dossier = access.locked(desk, dossier_id)
    tasks = access.tasks_of(dossier, desk)
    access.require_side(desk, dossier, line_for(dossier.status, Act.SIGN), tasks)
    task = None if dossier.status == Status.RECEIVED else _signature_task(desk, tasks)
    _require_same_day(dossier)
    _flow.separate(desk, dossier, tasks, Duty.SIGN)
    paper = new_result(
        desk, dossier, number, signed_on=signed_on, name=result_name, code=result_code, file_id=file_id, electronic=electronic,
        title=signer_title,
    )  # fmt: skip
    signed = entry(
        Act.SIGN, result=paper.pk, number=paper.number, signed_on=paper.signed_on, electronic=electronic
    )
    log(
        desk,
        dossier,
        signed,
        *(_end_signature(desk, dossier, tasks, task, note, late_cause, late_note) if task else ()),
    )
    return paper


def _require_same_day(dossier: Dossier) -> None:
    if dossier.status == Status.RECEIVED and dossier.limit_unit != _flow.SAME_DAY:
        raise RuleViolation(
            "Chỉ thủ tục giải quyết trong ngày mới ký ngay tại quầy. Chuyển hồ sơ đến cơ quan giải quyết trước."
        )


def _signature_task(desk: Desk, tasks: list[DossierTask]) -> DossierTask:
    """The live signature task that the actor may sign. Raises RuleViolation when the stage is not a signature."""
    live = [t for t in tasks if t.state in stages.LIVE and t.stage_kind == SIGNATURE]
    mine = next((t for t in live if desk.authority.can(Permission.DOSSIER_SIGN, t.agency)), None)
    if mine is None:
        raise RuleViolation("Hồ sơ không có bước nào đang chờ bạn ký. Tải lại trang.")
    return mine


def _end_signature(
    desk: Desk,
    dossier: Dossier,
    tasks: list[DossierTask],
    task: DossierTask,
    note: str,
    late_cause: str,
    late_note: str,
) -> list[Entry]:
    task.late_cause = _late_cause(desk, task, late_cause)
    _flow.finish(desk, task, "signed", note or (late_note if task.late_cause else ""))
    return _flow.advance(desk, dossier, tasks, task, late_cause, late_note)


@store.act
def send_back(
    dossier_id: int, *, reason: str, to_stage: int | None = None, actor: User, at: datetime
) -> Dossier:
    """The signer sends the dossier back: the stages from `to_stage` (the last review before) are done anew, in a new
    round; the old rows stay on the control slip.
    """
    desk = Desk(actor, at)
    dossier = access.locked(desk, dossier_id)
    tasks = access.tasks_of(dossier, desk)
    access.require_side(desk, dossier, line_for(dossier.status, Act.SEND_BACK), tasks)
    text = ending.require_text(reason, "Ghi lý do trả lại.", "reason")
    current = _signature_task(desk, tasks).stage
    target = _stage_to_redo(tasks, current, to_stage)
    anew = _again(desk, dossier, tasks, current, target, text)
    _flow.move(dossier, Act.SEND_BACK)
    dossier.current_stage = target
    store.update(dossier, "status", "current_stage")
    log(desk, dossier, entry(Act.SEND_BACK, reason=text, stage=target, round=anew[0].round))
    return dossier


def _stage_to_redo(tasks: list[DossierTask], current: int, wanted: int | None) -> int:
    reviews = sorted(
        {
            t.stage
            for t in tasks
            if t.stage < current and t.stage_kind in ("review", "finance") and not t.at_office
        }
    )
    if not reviews:
        raise RuleViolation("Trước bước ký không có bước nào để trả lại. Từ chối hoặc ký hồ sơ.")
    if wanted is not None and wanted not in reviews:
        raise RuleViolation("Chỉ trả lại được bước xử lý trước bước ký. Chọn bước khác.", field="to_stage")
    return wanted or reviews[-1]


def _again(
    desk: Desk, dossier: Dossier, tasks: list[DossierTask], current: int, target: int, reason: str
) -> list[DossierTask]:
    """End the round: live tasks are cancelled, the stages from target to current are planned anew, the first one opens."""
    for task in tasks:
        if task.stage == current and task.state in stages.LIVE:
            task.state, task.done_by, task.done_at = TaskState.CANCELLED.value, desk.actor, desk.at
            task.outcome, task.note = "sent_back", reason[:1000]
            store.update(task, "state", "done_by", "done_at", "outcome", "note")
    last = max(t.round for t in tasks)
    latest = {v.id for v in stages.latest_round(_flow.views(tasks))}
    anew = [_copy(dossier, t, last + 1) for t in tasks if target <= t.stage <= current and t.pk in latest]
    store.insert(anew)
    _flow.open_stage(desk, anew, target, giver=desk.actor)
    return anew


def _copy(dossier: Dossier, task: DossierTask, round_: int) -> DossierTask:
    """The same task planned for a new round; its officer keeps it. The due date is the dossier's of now: the old round may
    have ended before it moved."""
    kept = (
        "dossier_id",
        "stage",
        "stage_name",
        "stage_kind",
        "position",
        "name",
        "role_code",
        "is_lead",
        "required",
        "hours",
        "at_office",
    )
    values = {name: getattr(task, name) for name in kept}
    officer_id = task.officer_id if task.stage_kind != SIGNATURE else None
    return store.new(
        DossierTask,
        **values,
        agency=task.agency,
        officer_id=officer_id,
        round=round_,
        dossier_due_at=dossier.due_at,
    )


@store.act
def mark_ready(
    dossier_id: int, *, late_cause: str = "", late_note: str = "", actor: User, at: datetime
) -> Dossier:
    """Report the result at the counter: the statistical end. What is left may only be result tasks; a procedure answered
    on the same day goes straight from the counter (no control slip is asked for, the dossier is recorded all the same).
    """
    desk = Desk(actor, at)
    dossier = access.locked(desk, dossier_id)
    tasks = access.tasks_of(dossier, desk)
    access.require_side(desk, dossier, line_for(dossier.status, Act.MARK_READY), tasks)
    if dossier.status == Status.RECEIVED:
        _close_same_day(desk, dossier, tasks)
    else:
        _close_results(desk, dossier, tasks, late_cause)
    entries = _flow.close_opinions(desk, dossier)
    log(desk, dossier, *entries, *_flow.ready(desk, dossier, late_cause, late_note))
    return dossier


def _close_same_day(desk: Desk, dossier: Dossier, tasks: list[DossierTask]) -> None:
    if dossier.limit_unit != _flow.SAME_DAY:
        raise RuleViolation(
            "Chỉ thủ tục giải quyết trong ngày mới có kết quả ngay tại quầy. Chuyển hồ sơ đến cơ quan giải quyết trước."
        )
    _flow.cancel_tasks(desk, tasks, "Giải quyết ngay trong ngày tại quầy")


def _close_results(desk: Desk, dossier: Dossier, tasks: list[DossierTask], late_cause: str) -> None:
    """Required work other than bringing the result must be done. Raises RuleViolation."""
    left = [t for t in tasks if t.state not in stages.ENDED]
    undone = [t for t in left if t.required and t.stage_kind != RESULT]
    if undone:
        raise RuleViolation(
            f"Còn công việc chưa xong: {'; '.join(f'{t.name} ({t.agency.name})' for t in undone)}."
        )
    for task in left:
        if task.stage_kind == RESULT:
            task.due_at = task.due_at or dossier.due_at
            task.given_by_id, task.given_at = task.given_by_id or desk.actor.pk, task.given_at or desk.at
            task.late_cause = _late_cause(desk, task, late_cause)
            _flow.finish(desk, task, "done")
            store.update(task, *_flow.FINISHED, "due_at", "given_by", "given_at")
    _flow.cancel_tasks(desk, (t for t in left if t.stage_kind != RESULT), "Không bắt buộc")
