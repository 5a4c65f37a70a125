"""Bank accounts that an agency collects on."""

from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.models import PaymentAccount
from motcua.payments.rules.vietqr import vietqr


@transaction.atomic
def open_account(
    agency: Agency,
    *,
    bank_bin: str,
    bank_name: str,
    account_number: str,
    holder: str,
    valid_from: date,
    source: str,
    actor: User,
    at: datetime,
) -> PaymentAccount:
    """Name the account that transfers go to from a date on; the one before ends the day before."""
    authority_of(actor, legal_date(at)).require(Permission.FEE_BOOK, agency)
    try:
        vietqr(bank_bin, account_number)
    except ValueError as error:
        raise RuleViolation(f"Tài khoản không hợp lệ: {error}.", field="account_number") from error
    if not source.strip():
        raise RuleViolation("Ghi văn bản làm căn cứ (thông báo tài khoản thu).", field="source")
    _end_earlier(agency, valid_from)
    made = PaymentAccount.objects.create(
        agency=agency,
        bank_bin=bank_bin,
        bank_name=nfc(bank_name),
        account_number=account_number,
        holder=nfc(holder),
        valid_from=valid_from,
        source=nfc(source),
    )
    about = {"bank_bin": bank_bin, "account": account_number, "from": valid_from, "source": source}
    append(f"payment-account/{made.pk}", "payment_account.opened", actor=actor, at=at, data=about, first=True)
    return made


def _end_earlier(agency: Agency, day: date) -> None:
    current = PaymentAccount.objects.select_for_update().filter(PaymentAccount.in_force(day), agency=agency)
    for account in current:
        if account.valid_from == day:
            raise RuleViolation("Đã có tài khoản thu bắt đầu từ ngày này.", field="valid_from")
        account.valid_to = day - timedelta(days=1)
        account.save(update_fields=["valid_to"])
    if PaymentAccount.objects.filter(agency=agency, valid_from__gt=day).exists():
        raise RuleViolation("Đã có tài khoản thu bắt đầu sau ngày này.", field="valid_from")


@transaction.atomic
def end_account(account_id: int, *, last_day: date, reason: str, actor: User, at: datetime) -> PaymentAccount:
    """Say until which day an account collects."""
    account = queries.lock_account(account_id)
    authority_of(actor, legal_date(at)).require(Permission.FEE_BOOK, account.agency)
    if last_day < account.valid_from:
        raise RuleViolation("Ngày cuối phải từ ngày bắt đầu trở đi.", field="last_day")
    account.valid_to = last_day
    account.save(update_fields=["valid_to"])
    about = {"last_day": last_day, "reason": reason}
    append(f"payment-account/{account.pk}", "payment_account.ended", actor=actor, at=at, data=about)
    return account
