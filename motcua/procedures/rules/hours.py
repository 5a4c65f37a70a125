"""Time limits made comparable: everything in working hours, 8 to a day.

A calendar day counts 5/7 of a working day, a month 22 working days (the month of the compliance-cost guidance of
Thông tư 02/2017/TT-VPCP: 22 days of 8 hours). A same-day procedure counts one day. These are yardsticks for
comparing limits and for the time-cut ratio; the due date of a dossier is never reckoned with them.
"""

from decimal import Decimal

HOURS_A_DAY = Decimal(8)
_HOURS = {
    "working_day": HOURS_A_DAY,
    "calendar_day": HOURS_A_DAY * 5 / 7,
    "month": HOURS_A_DAY * 22,
    "working_hour": Decimal(1),
}


def comparable_hours(amount: Decimal | None, unit: str) -> Decimal | None:
    """The limit in working hours; None when there is no limit or its unit has not been settled."""
    if unit == "same_day":
        return HOURS_A_DAY
    if amount is None or unit not in _HOURS:
        return None
    return Decimal(amount) * _HOURS[unit]


def percent_cut(statutory: Decimal | None, reduced: Decimal | None) -> Decimal | None:
    """(statutory − reduced) / statutory in per cent with two decimals; None when it cannot be told."""
    if not statutory or reduced is None:
        return None
    return ((statutory - reduced) / statutory * 100).quantize(Decimal("0.01"))


def total_cut(pairs: list[tuple[Decimal | None, Decimal | None]]) -> Decimal | None:
    """1 − ΣT_new / ΣT_old over all procedures in per cent; those without a comparable limit are left out of both sums.

    A procedure without a reduced time counts its statutory one on both sides.
    """
    known = [(old, old if new is None else new) for old, new in pairs if old]
    return percent_cut(sum((old for old, _ in known), Decimal(0)), sum((new for _, new in known), Decimal(0)))
