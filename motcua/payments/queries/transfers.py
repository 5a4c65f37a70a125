"""Bank accounts, VietQR codes and incoming transfers."""

from datetime import date

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.payments.models import BankTransfer, Charge, PaymentAccount
from motcua.payments.rules.keys import Candidate, candidates
from motcua.payments.rules.vietqr import vietqr


def account_of(agency: Agency, day: date) -> PaymentAccount | None:
    """The account that an agency collects on: its own, else that of the nearest agency above."""
    above = [int(part) for part in agency.path.split("/") if part]
    found = PaymentAccount.objects.filter(PaymentAccount.in_force(day), agency_id__in=above)
    return max(found, key=lambda account: above.index(account.agency_id), default=None)


def account_for(charge: Charge, day: date) -> PaymentAccount | None:
    """The account into which a due charge can be paid: of the agency that it is owed to, else of its counter. None when it
    is not due or there is no account.
    """
    if charge.state != Charge.State.DUE:
        return None
    elsewhere = account_of(charge.counter, day) if charge.counter else None
    return account_of(charge.agency, day) or elsewhere


def transfer_code(charge: Charge, day: date) -> str:
    """The VietQR text with which a due charge can be paid. Empty when it is not due or there is no account."""
    account = account_for(charge, day)
    if account is None:
        return ""
    return vietqr(account.bank_bin, account.account_number, amount=charge.amount, purpose=charge.key)


def candidates_for(agency: Agency, memo: str) -> list[Candidate]:
    """Charges owed to an agency or received at its counter, or at those under it, whose key stands in the memo."""
    here = Q(agency__path__startswith=agency.path) | Q(counter__path__startswith=agency.path)
    found = Charge.objects.filter(here, match_key__in=set(candidates(memo)))
    paid = (Charge.State.PAID, Charge.State.REFUNDED)
    return [
        Candidate(one.pk, one.match_key, one.amount, one.state == Charge.State.DUE, one.state in paid)
        for one in found
    ]


def accounts_visible(authority: Authority) -> QuerySet[PaymentAccount]:
    """Accounts that this person may see."""
    seen = PaymentAccount.objects.filter(authority.where(Permission.FEE_VIEW, "agency"))
    return seen.select_related("agency")


def access_account(authority: Authority, account_id: int) -> PaymentAccount:
    """An account that this person may see. Raises NotFound."""
    if found := accounts_visible(authority).filter(pk=account_id).first():
        return found
    raise NotFound()


def lock_account(account_id: int) -> PaymentAccount:
    """An account, locked. For actions."""
    locked = PaymentAccount.objects.select_for_update(of=("self",)).select_related("agency")
    if found := locked.filter(pk=account_id).first():
        return found
    raise NotFound("Không tìm thấy tài khoản này.")


def transfers_visible(authority: Authority, *, only_open: bool = False) -> QuerySet[BankTransfer]:
    """Transfers that this person may see, newest first; `only_open`: those that somebody must look into."""
    seen = BankTransfer.objects.filter(authority.where(Permission.FEE_VIEW, "agency"))
    if only_open:
        seen = seen.exclude(outcome__in=BankTransfer.SETTLED)
    return seen.select_related("agency", "charge").order_by("-id")


def access_transfer(authority: Authority, transfer_id: int) -> BankTransfer:
    """A transfer that this person may see. Raises NotFound."""
    if found := transfers_visible(authority).filter(pk=transfer_id).first():
        return found
    raise NotFound()


def lock_transfer(transfer_id: int) -> BankTransfer:
    """A transfer, locked. For actions."""
    locked = BankTransfer.objects.select_for_update(of=("self",)).select_related("agency")
    if found := locked.filter(pk=transfer_id).first():
        return found
    raise NotFound("Không tìm thấy giao dịch này.")


def accounts_to_import(authority: Authority) -> QuerySet[PaymentAccount]:
    """Accounts whose statements this person may take in."""
    found = PaymentAccount.objects.filter(authority.where(Permission.FEE_COLLECT, "agency"))
    return found.select_related("agency").order_by("agency__name", "-valid_from")
