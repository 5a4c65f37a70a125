"""What anyone may learn from the QR code on a paper: that it is genuine, of whom and when, and nothing about persons."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from motcua.agencies.models import OneStopOffice
from motcua.core import moments
from motcua.core.errors import NotFound
from motcua.core.money import dong
from motcua.dossiers.models import Dossier, DossierTask, Handover, Notice, ResultPaper
from motcua.dossiers.rules.forms_by_date import form_for
from motcua.dossiers.rules.states import LABELS, Status, TaskState
from motcua.payments.models import Receipt
from motcua.printing import tokens
from motcua.printing.tokens import verify_url

__all__ = [
    "Verified",
    "control_slip_token",
    "handover_token",
    "notice_token",
    "register_token",
    "verify_token",
    "verify_url",
]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the public page shows: no name, address, phone or identity number. `facts`: (label, value); `note`: what has
    changed since the paper was printed; `state`: why a result is no longer valid, when its store knows more.
    """

    kind: str
    title: str
    number: str
    agency: str
    issued_on: date
    code: str
    valid: bool = True
    note: str = ""
    state: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())


# Tokens -----------------------------------------------------------------------------------------------------------------


def notice_token(notice_id: int) -> str:
    """The token of a numbered slip."""
    return tokens.token(tokens.SLIP, notice_id)


def control_slip_token(dossier_id: int, passes: int) -> str:
    """The token of a control slip printed when so many hand-overs stood on it."""
    return tokens.token(tokens.CONTROL_SLIP, dossier_id, passes)


def handover_token(handover_id: int) -> str:
    """The token of a hand-over list."""
    return tokens.token(tokens.HANDOVER_LIST, handover_id)


def register_token(office_id: int, year: int, day: date, count: int, last: int) -> str:
    """The token of a register of a year as printed on a day: how many dossiers, and the last register number."""
    return tokens.token(tokens.REGISTER, office_id, year, day.toordinal(), count, last)


def verify_token(token: str) -> Verified:
    """What may be shown for a token. Raises NotFound for a forged or unknown one."""
    text = token.strip()
    read = tokens.read_token(text)
    found = _READERS[read[0]](*read[1]) if read and read[0] in _READERS else _result(text)
    if found is None:
        raise NotFound("Mã xác minh không đúng. Giấy tờ này không do hệ thống cấp, hoặc mã bị chép sai.")
    return found


# Papers -----------------------------------------------------------------------------------------------------------------


def _slip(notice_id: int) -> Verified | None:
    rows = Notice.objects.select_related("dossier__office", "dossier__procedure", "dossier__version")
    notice = rows.filter(pk=notice_id).first()
    if notice is None:
        return None
    dossier, day = notice.dossier, moments.legal_date(notice.issued_at)
    form = form_for(notice.kind, day)
    return Verified(
        kind=notice.kind,
        title=form.title,
        number=f"{notice.number:02d}/{form.suffix}",
        agency=str(notice.data.get("agency", "")),
        issued_on=day,
        code=dossier.code or dossier.temporary_number,
        facts=(
            ("Thủ tục", _matter(dossier)),
            ("Tiếp nhận", _moment(dossier.received_at)),
            *_promised(notice),
            ("Trạng thái hiện nay", LABELS[Status(dossier.status)]),
        ),
    )


def _promised(notice: Notice) -> tuple[tuple[str, str], ...]:
    """When the result is due today; before it what a receipt slip promised, if that has changed since. Of an
    apology for an error: when the right result comes.
    """
    if notice.kind == Notice.Kind.ERROR_APOLOGY:
        return (("Trả kết quả đúng chậm nhất", f"{date.fromisoformat(notice.data['new_due']):%d/%m/%Y}"),)
    present = ("Hẹn trả kết quả", _moment(notice.dossier.due_at))
    printed = notice.data.get("due_at") if notice.kind == Notice.Kind.RECEIPT else None
    if not printed:
        return (present,)
    said = f"{datetime.fromisoformat(printed):%H:%M ngày %d/%m/%Y}"
    return (present,) if said == present[1] else (("Hẹn trả ghi trên giấy", said), present)


def _control_slip(dossier_id: int, passes: int) -> Verified | None:
    rows = Dossier.objects.select_related("office", "procedure", "version")
    dossier = rows.filter(pk=dossier_id).first()
    if dossier is None:
        return None
    day = dossier.received_on or moments.legal_date(dossier.submitted_at)  # type: ignore[arg-type] # one of both is there
    given = DossierTask.objects.filter(dossier=dossier, given_at__isnull=False).count()
    more = f"Từ khi in đã ghi thêm {given - passes} lượt giao nhận. Bản in lại có đủ các lượt."
    return Verified(
        kind="control_slip",
        title=form_for("control_slip", day).title,
        number="",
        agency=dossier.office.name,
        issued_on=day,
        code=dossier.code or dossier.temporary_number,
        note=more if given > passes else "",
        facts=(
            ("Thủ tục", _matter(dossier)),
            ("Số lượt giao nhận khi in", str(passes)),
            ("Trạng thái hiện nay", LABELS[Status(dossier.status)]),
        ),
    )


def _handover(handover_id: int) -> Verified | None:
    rows = Handover.objects.select_related("office", "to_agency")
    handover = rows.filter(pk=handover_id).first()
    if handover is None:
        return None
    waiting = handover.tasks.filter(state=TaskState.OPEN, taken_at=None).exists()
    taken = f"Đã ký nhận lúc {_moment(handover.received_at)}" if handover.received_at else "Đã ký nhận"
    return Verified(
        kind="handover_list",
        title="Danh sách bàn giao hồ sơ",
        number=handover.number,
        agency=handover.office.name if handover.office else "",
        issued_on=moments.legal_date(handover.given_at),
        code="",
        facts=(
            ("Cơ quan nhận", handover.to_agency.name),
            ("Số hồ sơ", str(handover.tasks.count())),
            ("Trạng thái hiện nay", "Chờ ký nhận" if waiting else taken),
        ),
    )


def _register(office_id: int, year: int, ordinal: int, count: int, last: int) -> Verified | None:
    office = OneStopOffice.objects.filter(pk=office_id).first()
    if office is None:
        return None
    day = date.fromordinal(ordinal)
    entries = Dossier.objects.filter(office=office, register_year=year)
    now = entries.aggregate(last=Max("register_number"))["last"] or 0
    more = f"Sổ hiện nay ghi đến số thứ tự {now}; bản in này dừng ở số {last}."
    return Verified(
        kind="register",
        title=form_for("register", day).title,
        number=f"Quyển số {year}",
        agency=office.name,
        issued_on=day,
        code="",
        note=more if now > last else "",
        facts=(("Số hồ sơ", str(count)), ("Số thứ tự cuối cùng", str(last))),
    )


def _receipt(receipt_id: int) -> Verified | None:
    rows = Receipt.objects.select_related("book", "agency")
    receipt = rows.filter(pk=receipt_id).first()
    if receipt is None:
        return None
    cancelled = receipt.cancelled_at
    return Verified(
        kind="payment_receipt",
        title="Biên lai thu tiền phí, lệ phí",
        number=f"{receipt.number:07d}, ký hiệu {receipt.book.symbol}",
        agency=receipt.agency.name,
        issued_on=moments.legal_date(receipt.issued_at),
        code="",
        valid=cancelled is None,
        note=f"Đã hủy lúc {_moment(cancelled)}." if cancelled else "",
        facts=(
            ("Tổng số tiền", dong(receipt.amount)),
            ("Hình thức thanh toán", receipt.get_method_display()),
        ),
    )


def _result(token: str) -> Verified | None:
    rows = ResultPaper.objects.select_related(
        "dossier__resolving_agency", "dossier__procedure", "dossier__version"
    )
    paper = rows.filter(token=token).first() if token else None
    if paper is None:
        return None
    revoked = paper.revoked_at
    return Verified(
        kind="result",
        title=paper.name,
        number=paper.number,
        agency=paper.dossier.resolving_agency.name,
        issued_on=paper.signed_on,
        code=paper.dossier.code or "",
        valid=revoked is None,
        note=f"Đã thu hồi lúc {_moment(revoked)}." if revoked else "",
        facts=(("Thủ tục", _matter(paper.dossier)), ("Chức vụ người ký", paper.signer_title)),
    )


_READERS: dict[str, Callable[..., Any]] = {
    tokens.SLIP: _slip,
    tokens.CONTROL_SLIP: _control_slip,
    tokens.HANDOVER_LIST: _handover,
    tokens.REGISTER: _register,
    tokens.PAYMENT_RECEIPT: _receipt,
}


def _matter(dossier: Dossier) -> str:
    return f"{dossier.procedure.code} – {dossier.version.name}"


def _moment(moment: datetime | None) -> str:
    return f"{moments.to_local(moment):%H:%M ngày %d/%m/%Y}" if moment else "–"
