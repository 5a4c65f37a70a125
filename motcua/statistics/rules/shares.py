"""Shares as people read them: two decimals, a decimal comma, rounded half up, and never 100 % while something is missing."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
SMALL = 30  # Below this denominator a share says little: it is marked.


def percent(part: int, whole: int) -> Decimal | None:
    """The share in per cent; None without a denominator. 99.996 is 99.99 and 0.004 is 0.01: what is not all is never shown
    as all, what is not nothing is never shown as nothing (DOMAIN 3.4).
    """
    if whole <= 0:
        return None
    exact = Fraction(100 * part, whole)
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)
    if value >= 100 and part < whole:
        return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_DOWN)
    return max(value, CENT) if part > 0 else value


def is_small(whole: int) -> bool:
    """Whether a share of so few is to be marked."""
    return 0 < whole < SMALL


def decimal_text(value: Decimal | int | None) -> str:
    """ "98,35"; whole thousands by dots; a dash for nothing to divide."""
    if value is None:
        return "–"
    sign, number = ("-", -value) if value < 0 else ("", value)
    whole, _, rest = f"{Decimal(number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"
