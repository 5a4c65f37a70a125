"""Taking money and giving receipts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.actions._receipts import alike, issue
from motcua.payments.actions._steps import authority_on, lock, move, open_day
from motcua.payments.models import Receipt
from motcua.payments.queries.reach import drawer_for
from motcua.payments.rules.lines import REFUSALS


@store.act
def collect_cash(
    charge_ids: Sequence[int], *, book_id: int | None = None, payer_name: str = "", actor: User, at: datetime
) -> Receipt:
    """Take cash for due charges of one agency and give one numbered receipt in its name; its number follows the last one.

    The money goes into the drawer of the counter that received when the actor collects there, else into the agency's.
    `book_id` None takes the agency's only open book, else the counter's. Raises RuleViolation when something is not due any more,
    the cashier's day is closed, or no book is open.
    """
    return _collect(charge_ids, Receipt.Method.CASH, book_id, payer_name, {}, actor, at)


@store.act
def confirm_transfer(
    charge_ids: Sequence[int],
    *,
    bank_reference: str,
    book_id: int | None = None,
    payer_name: str = "",
    actor: User,
    at: datetime,
) -> Receipt:
    """Record that due charges were paid by bank transfer, seen on the statement, and give the receipt."""
    if not bank_reference.strip():
        raise RuleViolation("Ghi số giao dịch trên sao kê ngân hàng.", field="bank_reference")
    facts = {"bank_reference": bank_reference}
    return _collect(charge_ids, Receipt.Method.TRANSFER, book_id, payer_name, facts, actor, at)


def collect(
    charges: Sequence[int],
    *,
    method: str,
    bank_reference: str = "",
    book_id: int | None = None,
    payer_name: str = "",
    actor: User,
    at: datetime,
) -> Receipt:
    """Take money in cash or by a transfer that was seen: `collect_cash` or `confirm_transfer`."""
    given = {"book_id": book_id, "payer_name": payer_name, "actor": actor, "at": at}
    if method == Receipt.Method.TRANSFER:
        return confirm_transfer(charges, bank_reference=bank_reference, **given)  # type: ignore[arg-type]  # one bag of arguments for both
    return collect_cash(charges, **given)  # type: ignore[arg-type]  # as above


def _collect(
    charge_ids: Sequence[int],
    method: str,
    book_id: int | None,
    payer_name: str,
    facts: Mapping[str, object],
    actor: User,
    at: datetime,
) -> Receipt:
    charges = lock(charge_ids)
    one = alike(charges)
    drawer = drawer_for(authority_on(actor, at), Permission.FEE_COLLECT, one)
    day = open_day(drawer, actor, legal_date(at))
    reference = str(facts.get("bank_reference", ""))
    receipt = issue(charges, method, book_id, day, payer_name, reference, actor, at)
    told = {"receipt": str(receipt), "method": method, **facts}
    for one in charges:
        one.settled_at = at
    move(charges, "pay", "settled_at", actor=actor, at=at, facts=told)
    return receipt


@store.act
def cancel_receipt(receipt_id: int, *, reason: str, actor: User, at: datetime) -> Receipt:
    """Cancel a wrong receipt: the number stays used and the row stays, its charges are due again.

    Only while its day is open; afterwards money goes back by `refund`. Raises RuleViolation.
    """
    charges = lock(queries.charge_ids_on(receipt_id))
    receipt = queries.lock_receipt(receipt_id)
    authority_of(actor, legal_date(at)).require(Permission.FEE_COLLECT, receipt.day.agency)
    _check_cancel(receipt, reason)
    if queries.refunds_of(charges) or queries.refunds_due_of(charges):
        raise RuleViolation(REFUSALS["cancel_receipt"])
    receipt.cancelled_at, receipt.cancelled_by, receipt.cancel_reason = at, actor, nfc(reason)
    receipt.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    for one in charges:
        one.settled_at = None
    told = {"receipt": str(receipt), "reason": reason}
    move(charges, "cancel_receipt", "settled_at", actor=actor, at=at, facts=told)
    about = {"number": receipt.number, "amount": receipt.amount, "reason": reason}
    append(f"receipt-book/{receipt.book_id}", "receipt.cancelled", actor=actor, at=at, data=about)
    return receipt


def _check_cancel(receipt: Receipt, reason: str) -> None:
    if not reason.strip():
        raise RuleViolation("Ghi lý do hủy biên lai.", field="reason")
    if receipt.is_cancelled:
        raise RuleViolation("Biên lai này đã hủy rồi.")
    if receipt.day.is_closed:
        raise RuleViolation(
            f"Sổ thu ngày {receipt.day.day:%d/%m/%Y} đã khóa nên biên lai không hủy được nữa; "
            "nếu thu sai thì làm hoàn trả."
        )
