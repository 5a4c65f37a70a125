"""How a dossier moves: change of state by the table, opening of stages, the end."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.duties import Duty, require_separate
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.moments import to_local, to_utc
from motcua.dossiers.actions import _clock, _news
from motcua.dossiers.actions._journal import Entry, entry
from motcua.dossiers.models import Dossier, DossierTask, Handover, Opinion
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import lateness, stages
from motcua.dossiers.rules.states import Status, TaskState
from motcua.dossiers.rules.transitions import Act, line_for
from motcua.workdays.rules.clock import add_working_hours

SAME_DAY = "same_day"
# What opening and what ending a task set.
OPENED = ("state", "given_by", "given_at", "due_at", "handover")
FINISHED = (
    "state", "outcome", "note", "done_by", "done_at", "taken_by", "taken_at", "officer", "late_cause", "external_code",
)  # fmt: skip


def move(dossier: Dossier, act: Act, target: Status | None = None) -> None:
    """Set the state that the table gives; the caller saves. Raises RuleViolation."""
    dossier.status = line_for(dossier.status, act, target).target.value


def views(tasks: Iterable[DossierTask]) -> list[stages.TaskView]:
    """Tasks as the rules see them."""
    return [
        stages.TaskView(t.pk, t.stage, t.round, t.stage_kind, t.state, t.required, t.at_office) for t in tasks
    ]


def local_or_none(moment: Any) -> Any:
    """An aware moment as local time, None as None."""
    return to_local(moment) if moment else None


def by_minute(desk: Desk, agency: Agency) -> bool:
    """Whether lateness is judged by the minute, by the agency's dated setting."""
    return bool(desk.setting("standing_granularity", agency) == "minute")


def separate(desk: Desk, dossier: Dossier, tasks: Sequence[DossierTask], duty: Duty) -> None:
    """Raise RuleViolation when the actor already did another duty on this dossier that excludes this one."""
    resolving = (t for t in tasks if t.stage_kind in ("review", "finance") and not t.at_office)
    done = {
        Duty.RECEIVE: {dossier.received_by_id or 0},
        Duty.RESOLVE: {t.done_by_id or 0 for t in resolving},
        Duty.SIGN: {t.done_by_id or 0 for t in tasks if t.stage_kind == "signature"},
    }
    policy = desk.setting("separation_of_duties", dossier.resolving_agency)
    if not desk.authority.everything:
        require_separate(
            duty, desk.actor.pk, done, separation=policy, same_day=dossier.limit_unit == SAME_DAY
        )


def open_stage(
    desk: Desk,
    tasks: Iterable[DossierTask],
    stage: int,
    *,
    giver: User,
    handovers: dict[int, Handover] | None = None,
    ended: Sequence[DossierTask] = (),
) -> list[DossierTask]:
    """Open the planned tasks of a stage: given now, due after their hours by their agency's calendar. One statement, which
    saves also the tasks that have just ended.
    """
    opened = [t for t in tasks if t.stage == stage and t.state == TaskState.PLANNED]
    for task in opened:
        task.state = TaskState.OPEN.value
        task.given_by, task.given_at = giver, desk.at
        task.due_at = to_utc(add_working_hours(desk.local, task.hours, desk.calendar(task.agency)))
        task.handover = (handovers or {}).get(task.agency_id)
    save_tasks([*opened, *ended], [*OPENED, *FINISHED] if ended else OPENED)
    return opened


def save_tasks(tasks: list[DossierTask], fields: Collection[str]) -> None:
    """Save named fields of some tasks in one statement."""
    store.update_many(tasks, fields)


def sign_lists(desk: Desk, taken: Iterable[DossierTask]) -> None:
    """The hand-over lists on which these tasks were the last to be signed for get their receiver. Two statements for a list,
    none for tasks that came on no list. Their rows are locked first, or two receivers at once would each wait for the other.
    """
    ids = {task.handover_id for task in taken if task.handover_id}
    for sheet in store.find(Handover, lock=True, id=ids):
        if sheet.receiver_id is None and not _is_waited_for(sheet):
            sheet.receiver, sheet.received_at = desk.actor, desk.at
            store.update(sheet, "receiver", "received_at")


def _is_waited_for(sheet: Handover) -> bool:
    """Whether a task on the list has not been signed for."""
    return store.exists(DossierTask, handover_id=sheet.pk, state=TaskState.OPEN.value, taken_at=None)


def finish(desk: Desk, task: DossierTask, outcome: str, note: str = "") -> None:
    """Mark a task as done by the actor, taken over by them when nobody did; FINISHED is to be saved."""
    task.state, task.outcome, task.note = TaskState.DONE.value, outcome, note or task.note
    task.done_by, task.done_at = desk.actor, desk.at
    if task.taken_at is None:
        task.taken_by, task.taken_at = desk.actor, desk.at
    task.officer_id = task.officer_id or desk.actor.pk


def advance(
    desk: Desk,
    dossier: Dossier,
    tasks: list[DossierTask],
    ended: DossierTask,
    late_cause: str,
    late_note: str,
) -> list[Entry]:
    """After a task ended: when its stage has ended open the next one, after the last report the result. Saves, the task too."""
    seen = views(tasks)
    over = stages.stage_ended(seen, ended.stage)
    following = stages.next_stage(seen, ended.stage) if over else None
    unsaved = [] if _save_ended(desk, ended, waits=following is not None) else [ended]
    entries = close_opinions(desk, dossier) if over else []
    if following is not None:
        return entries + enter_stage(desk, dossier, tasks, following, unsaved)
    return entries + ready(desk, dossier, late_cause, late_note) if over else []


def _save_ended(desk: Desk, ended: DossierTask, *, waits: bool) -> bool:
    """Save a task that has ended, unless it may wait for the statement that opens the next ones. It may not where the list it
    came on is to be signed for: the list asks the database which of its tasks nobody has taken.
    """
    signs = bool(ended.handover_id) and ended.taken_at == desk.at
    if waits and not signs:
        return False
    store.update(ended, *FINISHED)
    if signs:
        sign_lists(desk, [ended])
    return True


def enter_stage(
    desk: Desk, dossier: Dossier, tasks: list[DossierTask], stage: int, ended: Sequence[DossierTask]
) -> list[Entry]:
    """Open a stage and take the state that belongs to it. Saves the tasks that have just ended."""
    opened = open_stage(desk, tasks, stage, giver=desk.actor, ended=ended)
    before = Status(dossier.status)
    target = stages.status_of_stage(opened[0].stage_kind, before)
    if target is not before:
        move(dossier, Act.TO_SIGNATURE if target is Status.FOR_SIGNATURE else Act.CONTINUE)
    dossier.current_stage = stage
    store.update(dossier, "status", "current_stage")
    return [
        entry(
            "stage_opened",
            stage=stage,
            name=opened[0].stage_name,
            agencies=sorted({t.agency_id for t in opened}),
        )
    ]


def close_opinions(desk: Desk, dossier: Dossier) -> list[Entry]:
    """Before going on: opinions still within their deadline are waited for, later ones lapse (Điều 19 khoản 5)."""
    if dossier.status != Status.WAIT_OPINION:
        return []
    waiting = store.find(Opinion, dossier_id=dossier.pk, answered_at=None, lapsed_at=None)
    if any(o.due_at >= desk.at for o in waiting):
        raise RuleViolation(
            "Còn cơ quan chưa trả lời ý kiến và chưa hết hạn trả lời. Chờ trả lời, hoặc làm tiếp sau khi hết hạn trả lời."
        )
    for opinion in waiting:
        opinion.lapsed_at = desk.at
    store.update_many(waiting, ["lapsed_at"])
    move(dossier, Act.END_OPINIONS)
    return [entry(Act.END_OPINIONS, lapsed=[o.pk for o in waiting])]


def end_late(desk: Desk, dossier: Dossier, late_cause: str, late_note: str) -> bool:
    """Whether the dossier ends late; sets the cause, which is then required (DOMAIN 13, trap 24)."""
    late = lateness.is_late(
        local_or_none(dossier.due_at), desk.local, by_minute=by_minute(desk, dossier.resolving_agency)
    )
    dossier.late_cause = lateness.require_cause(late, late_cause)
    dossier.late_note = late_note[:500] if late else ""
    return late


def ready(desk: Desk, dossier: Dossier, late_cause: str, late_note: str) -> list[Entry]:
    """The result is at the counter: lateness is fixed here, whenever it is collected (DOMAIN 3.4). Saves."""
    late = end_late(desk, dossier, late_cause, late_note)
    move(dossier, Act.MARK_READY)
    dossier.ready_at = dossier.ended_at = desk.at
    store.update(dossier, "status", "ready_at", "ended_at", "late_cause", "late_note")
    _clock.record(dossier, desk, _clock.Kind.END, "Có kết quả")
    _news.tell_ready(desk, dossier)
    return [entry(Act.MARK_READY, due_at=dossier.due_at, late=late, cause=dossier.late_cause)]


def cancel_tasks(desk: Desk, tasks: Iterable[DossierTask], note: str) -> None:
    """Cancel all tasks that have not ended, in one statement."""
    left = [t for t in tasks if t.state not in stages.ENDED]
    for task in left:
        task.state, task.done_at, task.note = TaskState.CANCELLED.value, desk.at, note[:1000]
    store.update_many(left, ["state", "done_at", "note"])
