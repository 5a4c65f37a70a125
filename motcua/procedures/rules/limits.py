"""Figures of the catalogue as limits of the clock, and in words."""

from datetime import time
from decimal import Decimal

from motcua.core.errors import RuleViolation
from motcua.procedures.rules.hours import HOURS_A_DAY
from motcua.workdays.rules.limits import SAME_DAY_CUTOFF, Limit, Unit


def as_limit(amount: Decimal | None, unit: str, cutoff: time = SAME_DAY_CUTOFF) -> Limit:
    """Figures of the catalogue as a limit of the clock; nothing stated means no limit.

    A fraction of a working day becomes hours, 8 to a day. Raises RuleViolation for a fraction of a calendar day or of a
    month, which no rule of law reckons.
    """
    if unit == Unit.SAME_DAY:
        return Limit(Decimal(0), Unit.SAME_DAY, cutoff)
    if amount is None or unit in ("", Unit.NONE):
        return Limit(Decimal(0), Unit.NONE, cutoff)
    if unit == Unit.WORKING_DAY and amount != int(amount):
        return Limit(amount * HOURS_A_DAY, Unit.WORKING_HOUR, cutoff)
    return Limit(amount, Unit(unit), cutoff)


def can_be_reckoned(amount: Decimal | None, unit: str) -> bool:
    """Whether the clock can make a due date of the figures."""
    try:
        as_limit(amount, unit)
    except (RuleViolation, ValueError):
        return False
    return True


def describe(amount: Decimal | None, unit: str, unit_text: str = "") -> str:
    """A limit in words for pages: "10 ngày làm việc", "trong ngày làm việc", "3 (chưa xác định đơn vị)".

    Never raises: a page must open to be corrected.
    """
    if unit and can_be_reckoned(amount, unit):
        return as_limit(amount, unit).describe()
    if amount is None and not unit_text:
        return "không quy định thời hạn"
    shown = "" if amount is None else f"{amount.normalize():f}".replace(".", ",")
    if unit:
        return f"{shown} {Unit(unit).label.lower()} (không tính được, cần sửa)"
    return f"{shown} {unit_text} (chưa xác định đơn vị)".replace("  ", " ").strip()
