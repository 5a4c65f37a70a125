"""What anyone may learn from the QR code on a slip or a result: that it is genuine, and nothing about persons."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.core import moments
from motcua.core.errors import NotFound
from motcua.dossiers.models import Notice, ResultPaper
from motcua.dossiers.rules.forms_by_date import form_for
from motcua.dossiers.rules.states import LABELS, Status

SALT = "motcua.dossiers.notice"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Verified:
    """What the public page shows: no name, address, phone or identity number. `facts`: (label, value)."""

    kind: str
    title: str
    number: str
    agency: str
    issued_on: date
    code: str
    valid: bool = True
    note: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())


def notice_token(notice_id: int) -> str:
    """The short token of a slip: its id and a keyed hash of it, so that tokens cannot be guessed."""
    return f"p{_base36(notice_id)}-{_mark(notice_id)}"


def verify_url(token: str) -> str:
    """The address behind the QR code."""
    return f"{settings.PUBLIC_URL}/xac-minh/{token}"


def verify_token(token: str) -> Verified:
    """What may be shown for a token. Raises NotFound for a forged or unknown one."""
    text = token.strip()
    found = _slip(text) if text.startswith("p") and "-" in text else _result(text)
    if found is None:
        raise NotFound("Mã xác minh không đúng. Giấy tờ này không do hệ thống cấp, hoặc mã bị chép sai.")
    return found


def _slip(token: str) -> Verified | None:
    head, _, mark = token[1:].partition("-")
    try:
        pk = int(head, 36)
    except ValueError:
        return None
    if not constant_time_compare(mark, _mark(pk)):
        return None
    notice = (
        Notice.objects.select_related("dossier__office", "dossier__procedure", "dossier__version")
        .filter(pk=pk)
        .first()
    )
    return _verified_slip(notice) if notice else None


def _verified_slip(notice: Notice) -> Verified:
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
            ("Thủ tục", f"{dossier.procedure.code} – {dossier.version.name}"),
            ("Tiếp nhận", _moment(dossier.received_at)),
            ("Hẹn trả kết quả", _moment(dossier.due_at)),
            ("Trạng thái hiện nay", LABELS[Status(dossier.status)]),
        ),
    )


def _result(token: str) -> Verified | None:
    rows = ResultPaper.objects.select_related(
        "dossier__resolving_agency", "dossier__procedure", "dossier__version"
    )
    paper = rows.filter(token=token).first() if token else None
    if paper is None:
        return None
    revoked = paper.revoked_at is not None
    return Verified(
        kind="result",
        title=paper.name,
        number=paper.number,
        agency=paper.dossier.resolving_agency.name,
        issued_on=paper.signed_on,
        code=paper.dossier.code or "",
        valid=not revoked,
        note=f"Đã thu hồi: {paper.revoked_reason}" if revoked else "",
        facts=(
            ("Thủ tục", f"{paper.dossier.procedure.code} – {paper.dossier.version.name}"),
            ("Chức vụ người ký", paper.signer_title),
        ),
    )


def _moment(moment: datetime | None) -> str:
    return f"{moments.to_local(moment):%H:%M ngày %d/%m/%Y}" if moment else "–"


def _mark(pk: int) -> str:
    return salted_hmac(SALT, str(pk), algorithm="sha256").hexdigest()[:16]


def _base36(number: int) -> str:
    text = ""
    while number or not text:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text
