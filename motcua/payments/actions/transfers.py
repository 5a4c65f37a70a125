"""Lines of the bank statement: matched by key and amount, or kept for a person to decide."""

from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.actions.collecting import confirm_transfer
from motcua.payments.models import BankTransfer
from motcua.payments.rules.keys import Outcome, match


@transaction.atomic
def record_transfer(
    agency: Agency,
    *,
    bank_reference: str,
    memo: str,
    amount: int,
    paid_at: datetime,
    book_id: int | None = None,
    actor: User,
    at: datetime,
) -> BankTransfer:
    """Record one line of the statement; when key and amount fit a due charge it is paid and its receipt issued.

    A wrong amount, a second payment and an unknown memo are kept as such. The same bank reference is refused.
    """
    authority_of(actor, legal_date(at)).require(Permission.FEE_COLLECT, agency)
    if amount <= 0 or not bank_reference.strip():
        raise RuleViolation("Ghi số giao dịch và số tiền lớn hơn 0.", field="bank_reference")
    found = queries.candidates_for(agency, memo)
    outcome, charge_id = match(amount, found)
    transfer = BankTransfer(
        agency=agency,
        bank_reference=nfc(bank_reference),
        memo=nfc(memo)[:300],
        amount=amount,
        paid_at=paid_at,
        charge_id=charge_id,
        outcome=outcome.value,
        recorded_by=actor,
        recorded_at=at,
    )
    _save_once(transfer)
    about = {"bank_reference": transfer.bank_reference, "amount": amount, "outcome": outcome.value}
    append(f"transfer/{transfer.pk}", "transfer.recorded", actor=actor, at=at, data=about, first=True)
    if outcome is Outcome.MATCHED and charge_id:
        transfer.receipt = confirm_transfer(
            [charge_id], bank_reference=transfer.bank_reference, book_id=book_id, actor=actor, at=at
        )
        transfer.save(update_fields=["receipt"])
    return transfer


def _save_once(transfer: BankTransfer) -> None:
    try:
        with transaction.atomic():
            transfer.save(force_insert=True)
    except IntegrityError as error:
        raise RuleViolation(
            f"Giao dịch {transfer.bank_reference} đã được ghi.", field="bank_reference"
        ) from error
