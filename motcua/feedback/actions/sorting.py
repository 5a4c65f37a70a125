"""Sorting out what came in: received, not received, asked about, passed on (NĐ 20/2008/NĐ-CP, articles 9–11)."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import required_text
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission as P
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.dossiers.models import Dossier
from motcua.feedback import queries
from motcua.feedback.actions._steps import clock, locked, managed, reckoned, step, tell
from motcua.feedback.models import Feedback
from motcua.feedback.queries.access import staff_of
from motcua.feedback.rules.conflict import require_free
from motcua.feedback.rules.paths import PATHS
from motcua.feedback.rules.states import REFUSALS, Act, Kind, Refusal, State
from motcua.procedures.models import Procedure


@transaction.atomic
def accept(
    feedback_id: int,
    *,
    kind: str,
    officer: User | None = None,
    procedure: Procedure | None = None,
    dossier_code: str = "",
    note: str = "",
    actor: User,
    at: datetime,
) -> Feedback:
    """Classify and receive: what it is about, the officer complained of, the procedure, the dossier. From then on the officer
    named never sees it. Raises RuleViolation: anonymous ones are not received; nobody classifies a complaint about oneself.
    """
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    if found.is_anonymous:
        raise RuleViolation(
            "Không có họ tên, địa chỉ liên hệ nên không tiếp nhận; chọn “Không tiếp nhận” để giữ làm thông tin."
        )
    if kind not in set(Kind):
        raise RuleViolation("Chọn loại phản ánh.", field="kind")
    if officer is not None:
        if not staff_of(found.agency, at).filter(pk=officer.pk).exists():
            raise RuleViolation(
                "Người bị phản ánh không thuộc cơ quan này. Chuyển phản ánh đến cơ quan quản lý người đó.",
                field="officer",
            )
        require_free(queries.speaks_against(actor, found, at, officer), field="officer")
    dossier = _dossier(dossier_code) or found.dossier
    step(
        found, Act.ACCEPT, actor=actor, at=at, note=nfc(note), kind=kind, officer=officer, procedure=procedure or found.procedure,
        dossier=dossier, accepted_at=at, said=f"{found.agency.name} đã tiếp nhận và đang xem xét.",
    )  # fmt: skip
    tell(found, "feedback_received", actor=actor, at=at)
    return found


def _dossier(code: str) -> Dossier | None:
    typed = "".join(code.split()).upper()
    if not typed:
        return None
    found = Dossier.objects.filter(code=typed).first()
    if found is None:
        raise RuleViolation(
            f"Không có hồ sơ mã {typed}. Kiểm tra lại mã hoặc để trống.", field="dossier_code"
        )
    return found


@transaction.atomic
def decline(feedback_id: int, *, refusal: str, said: str, actor: User, at: datetime) -> Feedback:
    """Not to receive it, with the reason of the law and a plain word to the sender; a complaint or denunciation is directed to
    its own path. Raises RuleViolation.
    """
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    if refusal not in set(Refusal):
        raise RuleViolation("Chọn lý do không tiếp nhận.", field="refusal")
    words = required_text(said, "Viết cho người gửi một câu giải thích.", field="said")
    if path := PATHS.get(refusal):
        words = f"{words} {path.how} ({path.law})"
    step(
        found, Act.DECLINE, actor=actor, at=at, refusal=refusal, ended_at=at,
        said=f"Không tiếp nhận: {REFUSALS[Refusal(refusal)]}. {words}",
    )  # fmt: skip
    tell(found, "feedback_declined", actor=actor, at=at)
    return found


@transaction.atomic
def ask(feedback_id: int, *, question: str, actor: User, at: datetime) -> Feedback:
    """Ask the sender to make something clear; the clock rests until the answer comes. By who manages, or by the handler."""
    found = _worker(feedback_id, actor=actor, at=at)
    words = required_text(question, "Viết câu hỏi cho người gửi.", field="question")
    step(found, Act.ASK, actor=actor, at=at, said=f"Đề nghị làm rõ: {words}", asked_from=found.state)
    tell(found, "feedback_clarify", actor=actor, at=at)
    return found


def _worker(feedback_id: int, *, actor: User, at: datetime) -> Feedback:
    """For acts of the handler, or else of who manages."""
    if Feedback.objects.filter(pk=feedback_id, handler=actor).exists():
        return managed(feedback_id, P.FEEDBACK_VIEW, actor=actor, at=at)
    return managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)


@transaction.atomic
def clarify(feedback_id: int, *, text: str, actor: User | None, at: datetime) -> Feedback:
    """The sender's answer, typed by the sender (`actor` None, who has proved to know code and secret) or by an officer."""
    found = locked(feedback_id) if actor is None else _worker(feedback_id, actor=actor, at=at)
    words = required_text(text, "Viết nội dung làm rõ.", field="text")[:3000]
    if found.state != State.UNCLEAR:
        raise RuleViolation("Phản ánh này không còn chờ làm rõ.")
    step(
        found,
        Act.CLARIFY,
        actor=actor,
        at=at,
        note=words,
        said="Đã nhận nội dung làm rõ.",
        state=found.asked_from,
        asked_from="",
    )
    found.due_at = reckoned(found)
    found.content = f"{found.content}\n\n[Làm rõ] {words}"
    found.set_search_text()
    found.save(update_fields=["due_at", "content", "search_text"])
    return found


@transaction.atomic
def transfer(feedback_id: int, *, to: Agency, note: str = "", actor: User, at: datetime) -> Feedback:
    """Pass on to the competent agency in the software within 5 working days, and tell the sender (NĐ 20/2008/NĐ-CP, article 10).
    Its clock begins there anew. Raises RuleViolation when it is too late, or for the same agency.
    """
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    _require_transferable(found, at)
    there = queries.agencies_to_choose(legal_date(at)).filter(pk=to.pk).first()
    if there is None or there.pk == found.agency_id:
        raise RuleViolation("Chọn một cơ quan khác đang hoạt động.", field="to")
    before = found.agency.name
    step(
        found, Act.TRANSFER, actor=actor, at=at, note=nfc(note), agency=there, handler=None, accepted_at=None, **clock(there, at),
        said=f"{before} không có thẩm quyền giải quyết, đã chuyển đến {there.name}.",
    )  # fmt: skip
    tell(found, "feedback_transferred", actor=actor, at=at)
    return found


@transaction.atomic
def pass_on(feedback_id: int, *, to_name: str, document: str, actor: User, at: datetime) -> Feedback:
    """Pass on, by letter, to an agency that does not work with this software, and tell the sender; here it ends."""
    found = managed(feedback_id, P.FEEDBACK_MANAGE, actor=actor, at=at)
    _require_transferable(found, at)
    name = required_text(to_name, "Ghi tên cơ quan nhận.", field="to_name")
    number = required_text(document, "Ghi số công văn chuyển.", field="document")
    step(
        found, Act.PASS_ON, actor=actor, at=at, document=number, ended_at=at,
        said=f"{found.agency.name} không có thẩm quyền giải quyết, đã chuyển đến {name} bằng công văn {number}.",
    )  # fmt: skip
    tell(found, "feedback_transferred", actor=actor, at=at)
    return found


def _require_transferable(found: Feedback, at: datetime) -> None:
    """After acceptance only while the limit for passing on runs; what waits unclassified is passed on even late, and counted so."""
    if found.state == State.RECEIVED and legal_date(at) > legal_date(found.transfer_due_at):
        raise RuleViolation(
            "Đã quá 5 ngày làm việc để chuyển cơ quan khác. Xử lý trong phạm vi thẩm quyền và trả lời người gửi."
        )
