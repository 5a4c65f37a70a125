"""Who works on a feedback, how long, and whether a rule should be reviewed because of it."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import required_text
from motcua.agencies.queries import setting
from motcua.agencies.rules.permissions import Permission as P
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date, to_local
from motcua.feedback import queries
from motcua.feedback.actions._steps import managed, reckoned, step, tell
from motcua.feedback.actions.sorting import _worker
from motcua.feedback.models import Feedback
from motcua.feedback.rules.conflict import require_free
from motcua.feedback.rules.deadlines import require_in_time
from motcua.feedback.rules.states import Act


@transaction.atomic
def assign(feedback_id: int, *, handler: User, note: str = "", actor: User, at: datetime) -> Feedback:
    """Give it to somebody of the agency who may handle feedback: never the officer complained of, nor (setting) who works under
    that officer. Raises RuleViolation.
    """
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    require_free(queries.speaks_against(handler, found, at), field="handler")
    if handler not in queries.choosable(found, P.FEEDBACK_HANDLE, at):
        raise RuleViolation(
            "Người này không có quyền xử lý phản ánh của cơ quan. Chọn người khác.", field="handler"
        )
    step(found, Act.ASSIGN, actor=actor, at=at, note=note.strip(), handler=handler)
    return found


@transaction.atomic
def extend(feedback_id: int, *, days: int, reason: str, document: str, actor: User, at: datetime) -> Feedback:
    """Extend once, before the due date, with reason and notice to the sender. Raises RuleViolation."""
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    if found.steps.filter(act=Act.EXTEND, at__gte=found.clock_from).exists():
        raise RuleViolation("Đã gia hạn một lần; không gia hạn nữa.")
    most = int(setting("feedback_extension_days", found.agency, legal_date(at)))
    if not 1 <= days <= most:
        raise RuleViolation(f"Gia hạn từ 1 đến {most} ngày làm việc.", field="days")
    require_in_time(to_local(at), to_local(found.due_at), queries.calendar_for(found))
    why = required_text(reason, "Nêu lý do gia hạn.", field="reason")
    number = required_text(document, "Ghi số văn bản thông báo gia hạn.", field="document")
    step(
        found, Act.EXTEND, actor=actor, at=at, note=why, days=days, document=number,
        said=f"Gia hạn xử lý thêm {days} ngày làm việc: {why} (thông báo {number}).",
    )  # fmt: skip
    found.due_at = reckoned(found)
    found.save(update_fields=["due_at"])
    tell(found, "feedback_extended", actor=actor, at=at)
    return found


@transaction.atomic
def flag(feedback_id: int, *, review_note: str, actor: User, at: datetime) -> Feedback:
    """Say that a rule should be reviewed because of it, and why; the programme of reviews takes it from there."""
    found = _worker(feedback_id, actor=actor, at=at)
    words = required_text(review_note, "Nêu quy định và vấn đề cần rà soát.", field="review_note")[:500]
    step(found, Act.FLAG, actor=actor, at=at, note=words, review_note=words)
    return found
