"""Results and papers to the citizen, archive, correction of the agency's errors (NĐ 61/2018, Điều 20, 21)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.core import identity
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date, to_utc
from motcua.dossiers.actions import _flow, _news
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._results import new_result
from motcua.dossiers.models import Dossier, DossierPaper, ErrorCorrection, FinancialObligation, ResultPaper
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending, payment
from motcua.dossiers.rules.post import require_postal_number
from motcua.dossiers.rules.transitions import Act, line_for
from motcua.workdays.rules.clock import add_working_hours

METHODS = {"counter": "Trực tiếp", "post": "Bưu chính công ích", "online": "Điện tử"}
HOURS_A_DAY = 8


@transaction.atomic
def notify_ready(dossier_id: int, *, actor: User, at: datetime) -> Dossier:
    """Tell the citizen that the result waits (again); the dossier waits for collection."""
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.NOTIFY_READY)
    _flow.move(dossier, Act.NOTIFY_READY)
    dossier.save(update_fields=["status"])
    _news.tell(desk, dossier, "ready")
    log(desk, dossier, entry(Act.NOTIFY_READY))
    return dossier


@transaction.atomic
def return_result(
    dossier_id: int, *, receiver_name: str, receiver_identity: str = "", with_slip: bool = True, method: str = "counter",
    postal_number: str = "", actor: User, at: datetime,
) -> Dossier:  # fmt: skip
    """Hand the result to the owner or an authorised person who shows the receipt slip; without the slip an identity number
    is checked and the loss recorded. The fee must be paid or exempted and the obligation met. By post: the item's number.
    """
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.RETURN)
    name = ending.require_text(receiver_name, "Nhập họ tên người nhận kết quả.", "receiver_name")
    number = _receiver_number(receiver_identity, with_slip, method)
    item = _postal(method, postal_number)
    payment.require_paid(
        dossier.payment, FinancialObligation.objects.filter(dossier=dossier, met_at=None).count()
    )
    _flow.move(dossier, Act.RETURN)
    _hand_out(dossier, name, actor, at)
    dossier.delivery, dossier.delivery_state, dossier.postal_number = (
        method,
        "in_transit" if method == "post" else "delivered",
        item,
    )
    fields = [
        "status",
        "returned_at",
        "returned_to",
        "returned_by",
        "delivery",
        "delivery_state",
        "postal_number",
    ]
    dossier.save(update_fields=fields)
    facts: dict[str, Any] = {
        "method": method,
        "with_slip": with_slip,
        "identity_checked": bool(number),
        "postal_number": item,
    }
    log(desk, dossier, entry(Act.RETURN, **facts))
    _news.tell(desk, dossier, "returned")
    return dossier


def _hand_out(dossier: Dossier, name: str, actor: User, at: datetime) -> None:
    """Who got the result, and when: at first in the dossier, where it stays for the registers and reports of that time; a
    corrected result in its correction.
    """
    if dossier.returned_at is None:
        dossier.returned_at, dossier.returned_to, dossier.returned_by = at, name, actor
    else:
        dossier.corrections.filter(returned_at=None).update(
            returned_at=at, returned_to=name, returned_by=actor
        )


def _receiver_number(text: str, with_slip: bool, method: str) -> str:
    if text.strip():
        return identity.identity_number(text)
    if method == "counter" and not with_slip:
        raise RuleViolation(
            "Người nhận không mang giấy hẹn: nhập số định danh để kiểm tra nhân thân; việc mất giấy hẹn được ghi nhật ký.",
            field="receiver_identity",
        )
    return ""


def _postal(method: str, number: str) -> str:
    if method not in METHODS:
        raise RuleViolation(f"Chọn hình thức trả kết quả: {', '.join(METHODS.values())}.", field="method")
    if method != "post":
        return ""
    return require_postal_number(number)


@transaction.atomic
def return_originals(
    dossier_id: int, paper_ids: Iterable[int], *, receiver_name: str, actor: User, at: datetime
) -> list[DossierPaper]:
    """Give back original papers that were kept for comparison, at any time; each one once."""
    desk = Desk(actor, at)
    dossier = access.locked(desk, dossier_id)
    line = line_for("result_ready", Act.RETURN)
    access.require_side(desk, dossier, line)
    name = ending.require_text(receiver_name, "Nhập họ tên người nhận lại bản chính.", "receiver_name")
    papers = list(
        DossierPaper.objects.filter(
            dossier=dossier, pk__in=set(paper_ids), originals__gt=0, original_returned_at=None
        )
    )
    if not papers:
        raise RuleViolation("Chọn ít nhất một bản chính chưa trả.")
    DossierPaper.objects.filter(pk__in=[p.pk for p in papers]).update(original_returned_at=at)
    log(desk, dossier, entry("return_originals", papers=[p.pk for p in papers], receiver=bool(name)))
    return papers


@transaction.atomic
def archive(dossier_id: int, *, actor: User, at: datetime) -> Dossier:
    """Put a finished dossier away."""
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.ARCHIVE)
    _flow.move(dossier, Act.ARCHIVE)
    dossier.save(update_fields=["status"])
    log(desk, dossier, entry(Act.ARCHIVE))
    return dossier


@transaction.atomic
def start_correction(
    dossier_id: int,
    *,
    reason: str,
    due_working_days: int | None = None,
    revoke_results: bool = False,
    actor: User,
    at: datetime,
) -> ErrorCorrection:
    """The agency erred in a result handed over: apology and a new one at its own cost, with a clock of its own; the
    dossier's own dates stay as they were.
    """
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.START_CORRECTION)
    text = ending.require_text(reason, "Ghi sai sót của kết quả.", "reason")
    days = due_working_days or int(
        desk.setting("correction_working_days", dossier.resolving_agency, default=3)
    )
    calendar = desk.calendar(dossier.resolving_agency)
    due = to_utc(add_working_hours(desk.local, days * HOURS_A_DAY, calendar))  # type: ignore[arg-type]
    correction = ErrorCorrection.objects.create(
        dossier=dossier, reason=text, found_at=at, found_by=actor, due_at=due
    )
    if revoke_results:
        _revoke(dossier, at, text)
    _flow.move(dossier, Act.START_CORRECTION)
    dossier.save(update_fields=["status"])
    log(desk, dossier, entry(Act.START_CORRECTION, reason=text, due=due, correction=correction.pk))
    _news.tell(desk, dossier, "apology", due=legal_date(due))
    return correction


@transaction.atomic
def finish_correction(
    dossier_id: int,
    *,
    number: str = "",
    result_name: str | None = None,
    file_id: int | None = None,
    actor: User,
    at: datetime,
) -> ErrorCorrection:
    """The corrected result is there and waits to be collected, free of charge. With a `number` a new result takes the place
    of the wrong one, which is revoked.
    """
    desk = Desk(actor, at)
    dossier = _mine(desk, dossier_id, Act.FINISH_CORRECTION)
    correction = dossier.corrections.filter(fixed_at=None).latest("found_at")
    if number.strip():
        _revoke(dossier, at, correction.reason)
        new_result(desk, dossier, number, name=result_name, file_id=file_id)
    correction.fixed_at, correction.fixed_by = at, actor
    correction.save(update_fields=["fixed_at", "fixed_by"])
    _flow.move(dossier, Act.FINISH_CORRECTION)
    dossier.save(update_fields=["status"])
    log(desk, dossier, entry(Act.FINISH_CORRECTION, correction=correction.pk, number=number.strip()))
    _news.tell(desk, dossier, "ready")
    return correction


def _revoke(dossier: Dossier, at: datetime, reason: str) -> None:
    ResultPaper.objects.filter(dossier=dossier, revoked_at=None).update(
        revoked_at=at, revoked_reason=reason[:300]
    )


def _mine(desk: Desk, dossier_id: int, act: Act) -> Dossier:
    """The dossier, locked, by somebody who may do the act."""
    dossier = access.locked(desk, dossier_id)
    line = line_for(dossier.status, act)
    access.require_side(desk, dossier, line, access.tasks_of(dossier, desk) if len(line.sides) > 1 else ())
    return dossier
