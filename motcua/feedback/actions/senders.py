"""What the sender does, who has proved to know code and secret (or holds the link of the message)."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare

from motcua.accounts.models import User
from motcua.agencies.acting import required_text
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.feedback.actions._steps import chain, clock, locked, step, tell
from motcua.feedback.models import Feedback, Sender
from motcua.feedback.queries.tracking import secret_hash
from motcua.feedback.rules.states import SATISFACTION, Act

MOST_TRIES = 5


@transaction.atomic
def confirm_contact(feedback_id: int, *, number: str, actor: User | None, at: datetime) -> bool:
    """Prove the address by the number sent to it; False for a wrong one. Five tries, thirty minutes, then no messages.
    Raises RuleViolation when there is nothing to prove any more.
    """
    found = locked(feedback_id)
    sender = Sender.objects.select_for_update().get(feedback=found)
    open_ = sender.confirm_until and at < sender.confirm_until and sender.confirm_tries < MOST_TRIES
    if sender.confirmed_at or not sender.confirm_hash or not open_:
        raise RuleViolation("Mã xác nhận đã hết hạn. Bạn vẫn tra cứu được bằng mã phản ánh và mã bí mật.")
    if not constant_time_compare(sender.confirm_hash, secret_hash(found.code, "".join(number.split()))):
        sender.confirm_tries += 1
        sender.save(update_fields=["confirm_tries"])
        return False
    sender.confirmed_at, sender.confirm_hash = at, ""
    sender.save(update_fields=["confirmed_at", "confirm_hash"])
    append(chain(found), "feedback.confirm", actor=actor, at=at, data={"code": found.code})
    tell(found, "feedback_received", actor=actor, at=at)
    return True


@transaction.atomic
def rate(
    feedback_id: int, *, satisfaction: str, comment: str = "", actor: User | None, at: datetime
) -> Feedback:
    """Say whether the answer satisfies, once for each answer. Raises RuleViolation."""
    found = locked(feedback_id)
    if satisfaction not in SATISFACTION:
        raise RuleViolation("Chọn một mức hài lòng.", field="satisfaction")
    if found.satisfaction:
        raise RuleViolation("Bạn đã cho ý kiến về trả lời này.")
    step(
        found, Act.RATE, actor=actor, at=at, note=comment.strip()[:1000], satisfaction=satisfaction, satisfied_at=at,
        said=f"Bạn đã cho ý kiến: {SATISFACTION[satisfaction]}.",
    )  # fmt: skip
    return found


@transaction.atomic
def reopen(feedback_id: int, *, reason: str, actor: User | None, at: datetime) -> Feedback:
    """Ask, once, to have it handled again, because the answer does not satisfy. The clock begins anew; the first answer keeps
    its own due date in the statistics. Raises RuleViolation.
    """
    found = locked(feedback_id)
    why = required_text(reason, "Nêu điều chưa được giải quyết.", field="reason")[:1000]
    if found.reopened_at is not None:
        raise RuleViolation(
            "Đã yêu cầu xử lý lại một lần. Nếu vẫn không đồng ý, bạn có quyền khiếu nại theo Luật Khiếu nại."
        )
    if found.satisfaction != "unsatisfied":
        raise RuleViolation("Chỉ yêu cầu xử lý lại khi bạn không hài lòng với trả lời.")
    step(
        found, Act.REOPEN, actor=actor, at=at, note=why, reopened_at=at, handler=None, **clock(found.agency, at),
        said="Bạn đã yêu cầu xử lý lại.",
    )  # fmt: skip
    return found
