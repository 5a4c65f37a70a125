"""One dossier as a citizen follows it: where it is, what happens next and when, in plain words, without personal data.

Circular 01/2018/TT-VPCP, article 17: a look-up without signing in shows the code and the progress, never who is concerned.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.core.due import badge
from motcua.core.moments import now
from motcua.dossiers.models import Dossier, DossierTask, PostalItem
from motcua.dossiers.queries import derivation_of
from motcua.dossiers.queries.news import calendar_token
from motcua.dossiers.queries.post import is_on_the_way, waits_again
from motcua.dossiers.rules.states import Delivery, Payment, Status, TaskState
from motcua.payments.models import Charge
from motcua.payments.queries import pay_link_of
from motcua.surveys.queries.rights import may_be_rated, rate_token

LIVE = {TaskState.OPEN.value, TaskState.ACCEPTED.value}


@dataclass(frozen=True)
class TrackedView:
    """What the page shows; moments are aware."""

    code: str
    procedure: str
    office: str
    holder: str
    headline: str
    explanation: str
    next_step: str
    due_at: datetime | None
    original_due_at: datetime | None
    moved: bool
    provisional: bool
    no_due: str
    derivation: list[str]
    steps: list[dict[str, Any]]
    calendar: str = ""
    pay: str = ""
    rate: str = ""


_WAITING = _("Bạn không phải làm gì. Chúng tôi báo khi có kết quả.")
_BRING = _("Xem phiếu yêu cầu bổ sung và nộp thêm giấy tờ ghi trong phiếu.")
_READY = (
    _("Đã có kết quả"),
    _("Kết quả đang ở bộ phận một cửa."),
    _("Mang giấy tiếp nhận đến nhận kết quả."),
)
_READY_OWING = (
    _READY[0],
    _("Kết quả được trả khi đã nộp đủ phí, lệ phí."),
    _("Nộp khoản còn thiếu để nhận kết quả."),
)
_READY_ONLINE = (
    _READY[0],
    _("Bản điện tử có chữ ký số đã ở trong kho giấy tờ của người nộp."),
    _("Đăng nhập để tải về, không phải đến bộ phận một cửa."),
)
_SENT = (
    _("Đã gửi kết quả qua bưu chính"),
    _("Kết quả đang trên đường đến bạn."),
    _("Theo dõi bưu gửi bằng số hiệu dưới đây."),
)
_CAME_BACK = (
    _("Bưu chính đã hoàn lại kết quả"),
    _("Bưu chính không phát được nên kết quả đã về bộ phận một cửa."),
    _("Mang giấy tiếp nhận đến nhận kết quả, hoặc liên hệ bộ phận một cửa để gửi lại."),
)
# Headline, explanation and what the citizen does next, for each state.
WORDS: dict[Status, tuple[Any, Any, Any]] = {
    Status.DRAFT: (_("Hồ sơ đang kê khai"), _("Hồ sơ chưa được nộp."), ""),
    Status.SUBMITTED: (_("Hồ sơ chờ tiếp nhận"), _("Cán bộ sẽ kiểm tra trong 8 giờ làm việc."), _WAITING),
    Status.PRE_SUPPLEMENT: (_("Hồ sơ cần bổ sung"), _("Hồ sơ chưa đủ giấy tờ nên chưa được tiếp nhận."), _BRING),
    Status.NOT_ACCEPTED: (_("Hồ sơ không được tiếp nhận"), _("Lý do ghi trong phiếu từ chối đã gửi cho bạn."), ""),
    Status.RECEIVED: (_("Đã tiếp nhận hồ sơ"), _("Hồ sơ đủ và hợp lệ, sắp chuyển đến nơi giải quyết."), _WAITING),
    Status.TRANSFERRED: (_("Đã chuyển đến nơi giải quyết"), _("Cơ quan giải quyết sắp nhận hồ sơ."), _WAITING),
    Status.IN_REVIEW: (_("Đang xem xét hồ sơ"), _("Công chức đang thẩm tra hồ sơ của bạn."), _WAITING),
    Status.WAIT_OPINION: (_("Đang hỏi ý kiến cơ quan khác"), _("Ngày hẹn không thay đổi vì việc này."), _WAITING),
    Status.POST_SUPPLEMENT: (
        _("Hồ sơ cần bổ sung"), _("Thời hạn dừng lại; khi bạn bổ sung đủ, thời hạn tính lại từ đầu."), _BRING,
    ),
    Status.WAIT_FINANCE: (
        _("Chờ bạn nộp tiền theo thông báo"), _("Thời hạn tạm dừng cho đến khi bạn nộp xong."),
        _("Nộp tiền theo thông báo của cơ quan thuế rồi mang chứng từ đến bộ phận một cửa."),
    ),
    Status.FOR_SIGNATURE: (_("Đang trình lãnh đạo ký"), _("Hồ sơ đã thẩm tra xong."), _WAITING),
    Status.REFUSED: (_("Hồ sơ bị từ chối giải quyết"), _("Lý do ghi trong văn bản gửi cho bạn."), ""),
    Status.STOPPED: (_("Đã dừng giải quyết"), _("Lý do ghi trong thông báo gửi cho bạn."), ""),
    Status.WITHDRAW_REQUESTED: (_("Bạn đã đề nghị rút hồ sơ"), _("Bộ phận một cửa đang làm thủ tục trả hồ sơ."), ""),
    Status.WITHDRAWN: (_("Hồ sơ đã được rút"), _("Giấy tờ gốc trả lại bạn tại bộ phận một cửa."), ""),
    Status.RETURNED: (_("Đã trả kết quả"), _("Bạn đã nhận kết quả."), ""),
    Status.ARCHIVED: (_("Đã trả kết quả"), _("Hồ sơ đã được lưu."), ""),
    Status.ERROR_FIX: (
        _("Đang sửa sai sót trong kết quả"), _("Cơ quan có sai sót, đang cấp lại, bạn không phải nộp phí."), _WAITING,
    ),
}  # fmt: skip


_PAY_HERE = (
    *WORDS[Status.WAIT_FINANCE][:2],
    _("Nộp trên mạng được ngay. Nộp xong, thời hạn chạy tiếp; bạn không phải mang chứng từ đến."),
)


def words(status: Status) -> tuple[Any, Any, Any]:
    """Headline, explanation and next step of a state; a result that waits is the rest."""
    return WORDS.get(status, _READY)


def words_in_list(dossier: Dossier) -> tuple[Any, Any, Any]:
    """The same for one dossier of a list: also where a result sent by post is."""
    if is_on_the_way(dossier):
        return _SENT
    return _CAME_BACK if waits_again(dossier) else words(Status(dossier.status))


def words_of(dossier: Dossier) -> tuple[Any, Any, Any]:
    """The same for one dossier: what may be paid online, a result that need not be fetched or is held until paid for."""
    status, owes = Status(dossier.status), dossier.payment == Payment.DUE
    if status == Status.WAIT_FINANCE and owes and _is_paid_here(dossier):
        return _PAY_HERE
    if status in (Status.RESULT_READY, Status.WAIT_COLLECT) and owes:
        return _READY_OWING
    return _READY_ONLINE if lies_in_store(dossier) and status not in WORDS else words_in_list(dossier)


def _is_paid_here(dossier: Dossier) -> bool:
    """Whether the obligation is charged here; others are paid at the treasury or a bank, and its paper is brought."""
    due = Charge.objects.filter(reference=f"dossier/{dossier.pk}", state=Charge.State.DUE)
    return due.filter(kind=Charge.Kind.OBLIGATION).exists()


def lies_in_store(dossier: Dossier) -> bool:
    """Whether an electronic result may be taken from the store (NĐ 61/2018, Điều 20: once nothing is owed)."""
    if dossier.ready_at is None or dossier.payment == Payment.DUE or dossier.delivery != Delivery.ONLINE:
        return False
    return dossier.results.filter(revoked_at=None).exclude(file=None).exists()


def tracked(dossier: Dossier) -> TrackedView:
    """The view of a dossier that `dossiers.queries.track` has found."""
    headline, explanation, next_step = words_of(dossier)
    tasks = list(dossier.tasks.select_related("agency").exclude(state=TaskState.CANCELLED))
    derivation = derivation_of(dossier, reasons=False)
    return TrackedView(
        code=dossier.code or dossier.temporary_number,
        procedure=dossier.version.name,
        office=dossier.office.name,
        holder=_holder(dossier, tasks),
        headline=headline,
        explanation=explanation,
        next_step=next_step,
        due_at=dossier.due_at,
        original_due_at=dossier.original_due_at,
        moved=dossier.due_at != dossier.original_due_at,
        provisional=dossier.due_provisional,
        no_due=str(
            _("Không quy định thời hạn") if dossier.received_at else _("Chưa tiếp nhận nên chưa có ngày hẹn")
        ),
        derivation=[line.text for line in derivation.lines],
        steps=_steps(dossier, tasks),
        calendar="" if dossier.ready_at else calendar_token(dossier),
        pay="" if dossier.payment == Payment.NONE else pay_link_of(f"dossier/{dossier.pk}"),
        rate=rate_token(dossier.pk) if may_be_rated(dossier, now()) else "",
    )


def _holder(dossier: Dossier, tasks: list[DossierTask]) -> str:
    """Who has the dossier now, down to the department (Circular 01/2018, article 17)."""
    names = list(dict.fromkeys(t.agency.name for t in tasks if t.state in LIVE))
    return ", ".join(names) if names and not dossier.ready_at else dossier.office.name


def _steps(dossier: Dossier, tasks: list[DossierTask]) -> list[dict[str, Any]]:
    steps = []
    if dossier.submitted_at:
        steps.append({"title": _("Nộp hồ sơ"), "at": dossier.submitted_at, "state": "done"})
    if dossier.received_at:
        steps.append({"title": _("Tiếp nhận hồ sơ"), "at": dossier.received_at, "state": "done"})
    steps += [_stage(list(group)) for _number, group in groupby(tasks, key=lambda t: (t.stage, t.round))]
    return steps + _ends(dossier)


def _stage(tasks: list[DossierTask]) -> dict[str, Any]:
    """One stage: done when all its tasks are, being worked on while one is live, else still to come."""
    states = {t.state for t in tasks}
    state = "now" if states & LIVE else "done" if states <= {TaskState.DONE.value} else "next"
    ended = max((t.done_at for t in tasks if t.done_at), default=None) if state == "done" else None
    agencies = ", ".join(dict.fromkeys(t.agency.name for t in tasks))
    return {"title": tasks[0].stage_name, "at": ended, "who": agencies, "state": state, "lang": "vi"}


def _ends(dossier: Dossier) -> list[dict[str, Any]]:
    if dossier.ended_at and not dossier.ready_at:
        return [{"title": words(Status(dossier.status))[0], "at": dossier.ended_at, "state": "wrong"}]
    there = _("Có kết quả") if dossier.delivery == Delivery.ONLINE else _("Có kết quả tại bộ phận một cửa")
    ready = {"title": there, "at": dossier.ready_at, "state": "next"}
    if dossier.ready_at:
        word = (
            _(badge(dossier.due_at, dossier.ready_at, finished_at=dossier.ready_at).word)
            if dossier.due_at
            else ""
        )
        ready |= {"state": "done", "text": word}
    returned = {
        "title": _("Trả kết quả"),
        "at": dossier.returned_at,
        "state": "done" if dossier.returned_at else "next",
    }
    sent = list(dossier.postal_items.order_by("pk")) if dossier.returned_at and dossier.delivery_state else []
    return [ready, {**returned, "text": _sent_words(sent[0])} if sent else returned, *_post_steps(sent)]


def _sent_words(item: PostalItem) -> str:
    said: str = _("Đã gửi qua bưu chính công ích, số hiệu bưu gửi %(number)s.") % {"number": item.number}
    return said


def _post_steps(items: list[PostalItem]) -> list[dict[str, Any]]:
    """What became of each item: who took it is not told here, where nobody has signed in."""
    steps: list[dict[str, Any]] = []
    for number, item in enumerate(items):
        if number:
            steps.append(
                {
                    "title": _("Gửi lại kết quả"),
                    "at": item.posted_at,
                    "state": "done",
                    "text": _sent_words(item),
                }
            )
        if item.delivered_on:
            steps.append({"title": _("Bưu chính đã phát kết quả"), "at": item.delivered_on, "state": "done"})
        if item.came_back_at:
            why = _(item.get_back_reason_display())
            steps.append(
                {
                    "title": _("Bưu chính hoàn lại kết quả"),
                    "at": item.came_back_at,
                    "state": "wrong",
                    "text": why,
                }
            )
        if item.again_to and number == len(items) - 1:
            steps.append({"title": _("Trả kết quả"), "at": item.again_at, "state": "done"})
    return steps
