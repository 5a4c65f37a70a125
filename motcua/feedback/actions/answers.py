"""Verifying, answering, making public (NĐ 20/2008/NĐ-CP, articles 12–16)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import required_text
from motcua.agencies.rules.permissions import Permission as P
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import fold
from motcua.feedback import queries
from motcua.feedback.actions._steps import attach, managed, step, tell
from motcua.feedback.models import Feedback, Verification
from motcua.feedback.queries.access import names_to_hide
from motcua.feedback.rules import redaction
from motcua.feedback.rules.states import Act, Verdict, target


def _own(feedback_id: int, *, actor: User, at: datetime) -> Feedback:
    """For acts of the handler alone. Raises NotFound, RuleViolation."""
    found = managed(feedback_id, P.FEEDBACK_VIEW, actor=actor, at=at)
    if found.handler_id != actor.pk:
        raise RuleViolation("Việc này của người được phân công xử lý.")
    return found


@transaction.atomic
def verify(
    feedback_id: int,
    *,
    number: str,
    made_on: date,
    place: str,
    people: str,
    text: str,
    verdict: str,
    uploads: Sequence[Any] = (),
    actor: User,
    at: datetime,
) -> Verification:
    """Record the minutes of a verification with its conclusion: right, partly right, not right. By the handler."""
    found = _own(feedback_id, actor=actor, at=at)
    if verdict not in set(Verdict):
        raise RuleViolation("Chọn kết luận xác minh.", field="verdict")
    if made_on > legal_date(at):
        raise RuleViolation("Ngày xác minh không thể ở sau hôm nay.", field="made_on")
    made = Verification.objects.create(
        feedback=found, number=required_text(number, "Ghi số biên bản.", field="number"), made_on=made_on,
        place=required_text(place, "Ghi nơi xác minh.", field="place"), verdict=verdict, by=actor, at=at,
        people=required_text(people, "Ghi thành phần tham gia.", field="people"),
        text=required_text(text, "Ghi nội dung, chứng cứ.", field="text"),
    )  # fmt: skip
    attach(found, uploads, from_sender=False, at=at)
    step(
        found,
        Act.VERIFY,
        actor=actor,
        at=at,
        document=made.number,
        verdict=verdict,
        said="Đã xác minh nội dung phản ánh.",
    )
    return made


@transaction.atomic
def propose(feedback_id: int, *, answer: str, note: str = "", actor: User, at: datetime) -> Feedback:
    """Lay the draft of the answer before the leader. What is about conduct must have been verified first."""
    found = _own(feedback_id, actor=actor, at=at)
    words = required_text(answer, "Viết dự thảo trả lời.", field="answer") and answer.strip()
    if found.is_conduct and not found.verdict:
        raise RuleViolation("Phản ánh về hành vi phải có biên bản xác minh trước khi trình trả lời.")
    step(found, Act.PROPOSE, actor=actor, at=at, note=note.strip(), answer=words)
    return found


@transaction.atomic
def send_back(feedback_id: int, *, reason: str, actor: User, at: datetime) -> Feedback:
    """Give the draft back to the handler with a reason."""
    found = managed(feedback_id, P.FEEDBACK_APPROVE, actor=actor, at=at)
    why = required_text(reason, "Nêu lý do trả lại.", field="reason")
    step(found, Act.SEND_BACK, actor=actor, at=at, note=why)
    return found


@transaction.atomic
def approve(feedback_id: int, *, number: str, actor: User, at: datetime) -> Feedback:
    """The leader approves the answer; the sender is told, with a link to say whether it satisfies. Not by who drafted it."""
    found = managed(feedback_id, P.FEEDBACK_APPROVE, actor=actor, at=at)
    if found.handler_id == actor.pk:
        raise RuleViolation("Người soạn dự thảo không tự duyệt trả lời của mình.")
    target(found.state, Act.APPROVE)
    first: dict[str, Any] = {"first_answered_at": at, "first_due_at": found.due_at}
    document = required_text(number, "Ghi số văn bản trả lời.", field="number")
    step(
        found, Act.APPROVE, actor=actor, at=at, document=document, answered_at=at, answer_number=document, satisfaction="",
        satisfied_at=None, said=f"{found.agency.name} đã trả lời (văn bản {document}).",
        **({} if found.first_answered_at else first),
    )  # fmt: skip
    link = f"{settings.PUBLIC_URL}/phan-anh/danh-gia/{queries.rate_token(found)}/"
    tell(found, "feedback_answered", actor=actor, at=at, link=link)
    return found


@transaction.atomic
def publish(
    feedback_id: int,
    *,
    title: str,
    content: str,
    answer: str,
    confirmed: bool = False,
    actor: User,
    at: datetime,
) -> Feedback:
    """Make question and answer public. Raises RuleViolation while a text holds what looks like personal data, unless the person
    has looked at each piece and confirms that it is none; the names of sender and officer are never let through.
    """
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    texts = {
        "title": required_text(title, "Ghi tiêu đề.", field="title")[:160],
        "content": required_text(content, "Ghi nội dung công khai.", field="content") and content.strip(),
        "answer": required_text(answer, "Ghi trả lời công khai.", field="answer") and answer.strip(),
    }
    for field, text in texts.items():
        _require_clean(text, found, field, confirmed=confirmed)
    step(
        found, Act.PUBLISH, actor=actor, at=at, said="Kết quả đã được công khai, không nêu tên người gửi.",
        published_title=texts["title"], published_content=texts["content"], published_answer=texts["answer"], published_at=at,
        published_text=fold(f"{found.code} {texts['title']} {texts['content']} {texts['answer']}"),
    )  # fmt: skip
    return found


def _require_clean(text: str, feedback: Feedback, field: str, *, confirmed: bool) -> None:
    names = names_to_hide(feedback)
    pieces = redaction.find(text, names)
    known = [
        one
        for one in pieces
        if any(fold(one.text) in fold(name) for name in names if len(fold(one.text).split()) > 1)
    ]
    left = known if confirmed else pieces
    if left:
        said = "; ".join(f"“{one.text}” ({one.what})" for one in left[:5])
        how = "Xóa khỏi nội dung." if known else "Xóa, hoặc đánh dấu xác nhận không phải dữ liệu cá nhân."
        raise RuleViolation(f"Còn dữ liệu cá nhân: {said}. {how}", field=field)


@transaction.atomic
def close(feedback_id: int, *, actor: User, at: datetime) -> Feedback:
    """Put it away. What the sender may still ask remains answered by the register."""
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    step(found, Act.CLOSE, actor=actor, at=at, said="Hồ sơ phản ánh đã được lưu.")
    return found
