"""What a history does beside the course of a dossier: fees are paid, freed and given back, papers scanned. By whom, and with what.

Nothing to do is refused as a rule refuses it: the history tries the next.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency, DatedSetting
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import DossierPaper
from motcua.files.actions import store
from motcua.payments import actions as money
from motcua.payments.actions.orders import note_sent, note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import Charge, Gateway, Receipt
from motcua.payments.rules.settings import AT_SUBMISSION
from motcua.procedures.models import Fee, FeeExemption, Procedure

State = Charge.State
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
EXEMPT = "Trẻ em"


# The stage ------------------------------------------------------------------------------------------------------------


def with_fees(procedures: Iterable[Procedure], since: date) -> None:
    """Each of these costs something, and is free for children."""
    for number, procedure in enumerate(procedures, 1):
        line = {"kind": "le_phi", "name": "Lệ phí", "amount_dong": 8000 * number, "legal_basis": "NQ 10"}
        fee = Fee.objects.create(procedure=procedure, valid_from=since, **line)
        FeeExemption.objects.create(fee=fee, reason=EXEMPT, legal_basis="NQ 10")


def with_tills(agencies: Iterable[Agency], years: Iterable[int], actor: User, at: Any) -> None:
    """Each of these has a book of receipts for each year."""
    for agency in agencies:
        for year in years:
            money.open_book(
                agency, symbol=f"{agency.pk}-{year}", year=year, source="TB 1", actor=actor, at=at
            )


def with_gateway(province: Agency, actor: User, at: Any) -> None:
    """A gateway for everybody in the province; it is never spoken to, what it says is told here."""
    since = legal_date(at)
    DatedSetting.objects.create(key="payment_private_hosts", value=True, valid_from=since, source="QĐ 1")
    terms: dict[str, Any] = {
        "name": "Cổng thử", "adapter": "http", "merchant": "DV-1", "timeout_seconds": 5, "order_minutes": 30, "code": "cong-1",
        "address": "http://127.0.0.1:9", "secret": "khoa", "secret_env": "", "valid_from": since, "valid_to": None, "source": "HĐ 1",
    }  # fmt: skip
    money.create_gateway(province, actor=actor, at=at, **terms)


def charging_when_filed(agency: Agency, since: date) -> None:
    """What is filed online here is charged as soon as it is submitted."""
    DatedSetting.objects.create(
        key="fees_charged_at", agency=agency, value=AT_SUBMISSION, valid_from=since, source="QĐ 1"
    )


# The acts -------------------------------------------------------------------------------------------------------------


def _charges(pk: int, *states: str) -> list[int]:
    """The charges of a dossier in one of these states that one receipt can hold. Raises RuleViolation when there is none."""
    found = list(Charge.objects.filter(reference=f"dossier/{pk}", state__in=states).order_by("pk"))
    if not found:
        raise RuleViolation("Không có khoản nào.")
    return [
        one.pk
        for one in found
        if (one.agency_id, one.counter_id) == (found[0].agency_id, found[0].counter_id)
    ]


def _pay_cash(pk: int, how: int, who: dict[str, Any]) -> Any:
    return money.collect_cash(_charges(pk, State.DUE), **who)


def _pay_by_transfer(pk: int, how: int, who: dict[str, Any]) -> Any:
    return money.confirm_transfer(_charges(pk, State.DUE), bank_reference=f"FT{how}", **who)


def _pay_through_gateway(pk: int, how: int, who: dict[str, Any]) -> Any:
    at, gateway = who["at"], Gateway.objects.get()
    order, _ = money.open_order(_charges(pk, State.DUE), gateway_id=gateway.pk, actor=None, at=at)
    taken = {"reference": f"G{order.pk}", "pay_url": "http://127.0.0.1:9/tra"}
    order = note_sent(order.pk, Reply(Sort.ACCEPTED, taken), actor=None, at=at)
    paid = {"order": str(order.key), "state": "paid", "amount": order.amount, "currency": "VND", "reference": order.gateway_reference}  # fmt: skip
    return note_status(order.pk, Reply(Sort.ACCEPTED, paid), actor=None, at=at)


def _exempt(pk: int, how: int, who: dict[str, Any]) -> Any:
    return money.exempt(_charges(pk, State.DUE)[0], reason="Hộ nghèo", document="GXN 1", **who)


def _cancel_receipt(pk: int, how: int, who: dict[str, Any]) -> Any:
    standing = Receipt.objects.filter(lines__charge__in=_charges(pk, State.PAID), cancelled_at=None)
    return money.cancel_receipt(standing.latest("pk").pk, reason="Ghi sai", **who)


def _refund(pk: int, how: int, who: dict[str, Any]) -> Any:
    one, method = _charges(pk, State.PAID)[-1], ("cash", "transfer")[how // 4 % 2]
    return money.refund(one, reason="Thu thừa", document="QĐ 2", method=method, **who)


def _demand(pk: int, how: int, who: dict[str, Any]) -> Any:
    asked: dict[str, Any] = {
        "kind": "phi",
        "purpose": "Phí thẩm định",
        "amount_dong": 1000 + how,
        "legal_basis": "NQ 11",
    }
    return actions.demand_fee(pk, **asked, **who)


def _scan(pk: int, how: int, who: dict[str, Any]) -> Any:
    """One of the papers without a file, on paper or electronic; when each has one, a second scan of any."""
    papers = list(DossierPaper.objects.filter(dossier=pk, replaced_at=None).order_by("position"))
    bare = [paper for paper in papers if paper.file_id is None] or papers
    paper = bare[how // 4 % len(bare)]
    return actions.attach_scan(paper.pk, store(SCAN, name="quet.pdf", made_here=True, **who).pk, **who)


Beside = Callable[[int, int, dict[str, Any]], Any]
BESIDE: dict[str, tuple[str, Beside]] = {
    "pay_cash": ("office_head", _pay_cash),
    "scan": ("receptionist", _scan),
    "pay_through_gateway": ("office_head", _pay_through_gateway),
    "demand_fee": ("office_head", _demand),
    "pay_by_transfer": ("office_head", _pay_by_transfer),
    "refund": ("office_head", _refund),
    "exempt": ("office_head", _exempt),
    "cancel_receipt": ("office_head", _cancel_receipt),
}
