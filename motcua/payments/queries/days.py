"""Cashiers' days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.payments.models import DayClosing, Receipt, Refund
from motcua.payments.rules.days import Numbered, Totals


def totals_of(day: DayClosing) -> Totals:
    """What was taken and given back on a cashier's day; cancelled receipts do not count."""
    valid = Receipt.objects.filter(day=day, cancelled_at=None)
    sums = valid.aggregate(
        cash=Sum("amount", filter=Q(method=Receipt.Method.CASH)),
        transfer=Sum("amount", filter=~Q(method=Receipt.Method.CASH)),
    )
    refunded = Refund.objects.filter(day=day).aggregate(total=Sum("amount"))["total"]
    return Totals(sums["cash"] or 0, sums["transfer"] or 0, refunded or 0)


def numbers_of(day: DayClosing) -> Iterator[Numbered]:
    """Book and number of every receipt of the day, cancelled ones too."""
    for receipt in Receipt.objects.filter(day=day).select_related("book"):
        yield Numbered(str(receipt.book), receipt.number, receipt.is_cancelled)


def owed_to(day: DayClosing) -> list[dict[str, Any]]:
    """What a day took for each agency that it is owed to, by name: what the counter hands on. Cancelled ones do not count."""
    valid = Receipt.objects.filter(day=day, cancelled_at=None).order_by("agency__name")
    sums = {
        "cash": Sum("amount", filter=Q(method=Receipt.Method.CASH), default=0),
        "transfer": Sum("amount", filter=~Q(method=Receipt.Method.CASH), default=0),
    }
    return [dict(row) for row in valid.values("agency_id", "agency__name").annotate(**sums)]


def _days() -> QuerySet[DayClosing]:
    return DayClosing.objects.select_related("agency", "cashier")


def days_today(cashier: User, day: date) -> QuerySet[DayClosing]:
    """The days of a cashier on a date: one for each agency for which money was taken."""
    return _days().filter(cashier=cashier, day=day).order_by("id")


def my_day(cashier: User, agency_id: int | None, day: date) -> DayClosing | None:
    """The day of a cashier at an agency; None while no money has been taken."""
    return _days().filter(cashier=cashier, agency_id=agency_id, day=day).first() if agency_id else None


def days_of(authority: Authority) -> QuerySet[DayClosing]:
    """Days that this person may see: one's own, and those of agencies where one may see receipts; newest first."""
    reach = authority.where(Permission.FEE_VIEW, "agency") | Q(cashier_id=authority.user_id)
    return _days().filter(reach).order_by("-day", "-id")


def may_close(authority: Authority, agency: Agency, cashier: User) -> bool:
    """Whether a person may close a cashier's day at an agency: one's own as a cashier there, anybody's with the right to."""
    own = cashier.pk == authority.user_id and authority.can(Permission.FEE_COLLECT, agency)
    return own or authority.can(Permission.FEE_CLOSE, agency)


def access_day(authority: Authority, day_id: int) -> DayClosing:
    """A day that this person may see. Raises NotFound."""
    if found := days_of(authority).filter(pk=day_id).first():
        return found
    raise NotFound()
