"""A cashier's day: opened by the first money, closed by counting it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.models import DayClosing
from motcua.payments.rules.days import Totals, counted, ranges


@transaction.atomic
def close_day(
    agency: Agency,
    *,
    day: date,
    counted_cash: int | None = None,
    denominations: Mapping[int, int] | None = None,
    note: str = "",
    cashier: User | None = None,
    actor: User,
    at: datetime,
) -> DayClosing:
    """Close a cashier's day (the actor's own unless `cashier` is given) with the cash counted, in whole đồng.

    The notes may be given instead of the sum. A difference must be explained. From then on nothing is added to
    the day, and its receipts cannot be cancelled.
    """
    cashier = cashier or actor
    if not queries.may_close(authority_of(actor, legal_date(at)), agency, cashier):
        raise NotFound()
    found = DayClosing.objects.select_for_update().filter(agency=agency, cashier=cashier, day=day).first()
    if found is None:
        raise NotFound(f"Ngày {day:%d/%m/%Y} không có khoản thu nào để khóa.")
    if found.is_closed:
        raise RuleViolation(f"Sổ thu ngày {day:%d/%m/%Y} đã khóa rồi.")
    _fill(found, _count(counted_cash, denominations), denominations or {}, note, at)
    found.save()
    append(f"cash-day/{found.pk}", "cash_day.closed", actor=actor, at=at, data=_about(found), first=True)
    return found


def _about(closed: DayClosing) -> dict[str, object]:
    return {
        "day": closed.day,
        "cashier": closed.cashier_id,
        "cash": closed.cash_total,
        "transfer": closed.transfer_total,
        "refunded": closed.refund_total,
        "counted": closed.counted_cash,
        "difference": closed.difference,
        "receipts": closed.ranges,
        "owed": queries.owed_to(closed),
    }


def _count(counted_cash: int | None, denominations: Mapping[int, int] | None) -> int:
    if denominations:
        try:
            summed = counted(denominations)
        except ValueError as error:
            raise RuleViolation(f"Bảng kê mệnh giá không đúng: {error}.", field="denominations") from error
        if counted_cash not in (None, summed):
            raise RuleViolation("Tiền mặt đếm được không bằng tổng bảng kê mệnh giá.", field="counted_cash")
        return summed
    if counted_cash is None or counted_cash < 0:
        raise RuleViolation("Ghi số tiền mặt đếm được.", field="counted_cash")
    return counted_cash


def _fill(found: DayClosing, cash: int, notes: Mapping[int, int], note: str, at: datetime) -> None:
    totals: Totals = queries.totals_of(found)
    difference = totals.difference(cash)
    if difference and not note.strip():
        raise RuleViolation("Tiền đếm được lệch so với sổ: ghi giải trình chênh lệch.", field="note")
    found.cash_total, found.transfer_total, found.refund_total = totals.cash, totals.transfer, totals.refunded
    found.counted_cash, found.difference, found.note = cash, difference, nfc(note)
    found.denominations = {str(value): number for value, number in notes.items() if number}
    found.ranges = ranges(queries.numbers_of(found))
    found.closed_at = at
