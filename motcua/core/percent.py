"""Shares in per cent as reports print them: two decimals, half up, never 100 while one is missing."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


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


def text(value: Decimal | float | int | None) -> str:
    """A percentage in Vietnamese writing without the sign: 98,35; a dash when there is none."""
    if value is None:
        return "–"
    return f"{Decimal(str(value)).quantize(CENT, ROUND_HALF_UP):f}".replace(".", ",")
