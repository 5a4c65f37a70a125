"""Receipts being written: steps of the acts that take money."""

from collections.abc import Sequence
from datetime import datetime

from motcua.accounts.models import User
from motcua.audit.actions import append
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.text import fold, nfc
from motcua.payments.actions._steps import next_number
from motcua.payments.models import Charge, DayClosing, Receipt, ReceiptBook, ReceiptLine


def issue(
    charges: Sequence[Charge],
    method: str,
    book_id: int | None,
    day: DayClosing,
    payer_name: str,
    reference: str,
    actor: User,
    at: datetime,
) -> Receipt:
    """The next numbered receipt for some charges, into a day. A step: the caller has locked the charges and moves them."""
    book = next_number(charges[0], book_id, at)
    receipt = _receipt(charges, method, book, day, payer_name, actor, at)
    receipt.bank_reference = nfc(reference)[:100]
    store.insert([receipt])
    store.insert(
        [ReceiptLine(receipt=receipt, charge=one, purpose=one.purpose, amount=one.amount) for one in charges]
    )
    about: dict[str, object] = {
        "method": method,
        "number": receipt.number,
        "amount": receipt.amount,
        "keys": [one.key for one in charges],
    }
    if reference:
        about["bank_reference"] = reference
    append(f"receipt-book/{book.pk}", "receipt.issued", actor=actor, at=at, data=about)
    return receipt


def alike(charges: Sequence[Charge]) -> Charge:
    """The first of some charges that one receipt can hold: owed to one agency, received at one counter."""
    if not charges:
        raise RuleViolation("Chọn ít nhất một khoản phải nộp.")
    if len({(one.agency_id, one.counter_id) for one in charges}) > 1:
        raise RuleViolation("Các khoản thuộc nhiều cơ quan thu: lập biên lai riêng cho từng cơ quan.")
    return charges[0]


def _receipt(
    charges: Sequence[Charge],
    method: str,
    book: ReceiptBook,
    day: DayClosing,
    payer_name: str,
    actor: User,
    at: datetime,
) -> Receipt:
    name = nfc(payer_name) or charges[0].payer_name
    words = [name, book.symbol, f"{book.last_number:07d}", *(one.code for one in charges)]
    return Receipt(
        book=book,
        number=book.last_number,
        agency=charges[0].agency,
        day=day,
        method=method,
        payer_name=name,
        payer_code=charges[0].payer_code,
        amount=sum(one.amount for one in charges),
        cashier=actor,
        issued_at=at,
        search_text=fold(" ".join(dict.fromkeys(words)))[:500],
    )
