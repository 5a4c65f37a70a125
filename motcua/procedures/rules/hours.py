"""Time limits made comparable: everything in working hours, 8 to a day. The one yardstick, for every app.

The sum of the stages of a process, in working hours, is held against a limit in calendar days: any seven days running
hold five working ones, wherever they begin, so a calendar day counts 8 × 5/7 hours and no more. Rounded up to 5,75 the
stages of 20 calendar days could take 115 hours where the limit holds 114,28. Public holidays are left out: a process is
issued once for dossiers of all dates. A month counts 22 working days (the month of the compliance-cost guidance of
Thông tư 02/2017/TT-VPCP: 22 days of 8 hours), a same-day procedure one day. For the sums of stages, the hours of a plan
where no process was issued, and the time-cut ratio; the due date of a dossier is never reckoned with them.
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
