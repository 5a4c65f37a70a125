"""Time limits made comparable: everything in working hours, 8 to a day. The one yardstick, for every app.

The sum of the stages of a process, in working hours, is held against a limit in calendar days: any seven days running
hold five working ones, wherever they begin, so a calendar day counts 8 × 5/7 hours and no more. Rounded up to 5,75 the
stages of 20 calendar days could take 115 hours where the limit holds 114,28. Public holidays are left out: a process is
issued once for dossiers of all dates. A month counts 22 working days (the month of the compliance-cost guidance of
Thông tư 02/2017/TT-VPCP: 22 days of 8 hours), a same-day procedure one day. For the sums of stages, the hours of a plan
where no process was issued, and the time-cut ratio; the due date of a dossier is never reckoned with them.

Times that are added up and divided are kept as whole parts of an hour: whatever an agency's page, a report or a scenario adds up is
exact, so that the ratio is rounded once and is the same in all three.
"""

from decimal import ROUND_HALF_UP, Decimal

from motcua.core.percent import percent

HOURS_A_DAY = Decimal(8)
_HOURS = {
    "working_day": HOURS_A_DAY,
    "calendar_day": HOURS_A_DAY * 5 / 7,
    "month": HOURS_A_DAY * 22,
    "working_hour": Decimal(1),
}
# The least number that divides hundredths of an hour, sevenths of hundredths (calendar days) and minutes: limits have two decimals.
PARTS_AN_HOUR = 4200


def comparable_hours(amount: Decimal | None, unit: str) -> Decimal | None:
    """The limit in working hours; None when there is no limit or its unit has not been settled."""
    if unit == "same_day":
        return HOURS_A_DAY
    if amount is None or unit not in _HOURS:
        return None
    return Decimal(amount) * _HOURS[unit]


def parts(hours: Decimal) -> int:
    """Comparable hours of one limit in whole parts of an hour (`PARTS_AN_HOUR`), exactly."""
    return int((hours * PARTS_AN_HOUR).to_integral_value(ROUND_HALF_UP))


def hours_of(found: int) -> Decimal:
    """Parts of an hour as people read them: hours with two decimals, half up."""
    return (Decimal(found) / PARTS_AN_HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)


def percent_cut(statutory: int | None, reduced: int | None) -> Decimal | None:
    """(statutory − reduced) / statutory, both in parts of an hour, in per cent as reports round it; None when it cannot be told."""
    if not statutory or reduced is None:
        return None
    return percent(statutory - reduced, statutory)


def total_cut(pairs: list[tuple[int | None, int | None]]) -> Decimal | None:
    """1 − ΣT_new / ΣT_old over all procedures (parts of an hour) in per cent; those without a comparable limit are left out of both sums.

    A procedure without a reduced time counts its statutory one on both sides.
    """
    known = [(old, old if new is None else new) for old, new in pairs if old]
    return percent_cut(sum(old for old, _ in known), sum(new for _, new in known))
