"""Shares in per cent as screens and reports print them: two decimals, half up, never 100 while one is missing (DOMAIN 3.4)."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
SMALL = 30  # Below this denominator a share says little: it is marked.


def percent(part: int, whole: int) -> Decimal | None:
    """The share in per cent; None without a denominator."""
    return None if whole <= 0 else of_share(Fraction(part, whole))


def of_share(share: Fraction) -> Decimal:
    """A share of one in per cent. 99.996 is 99.99 and 0.004 is 0.01: what is not all is never shown as all, what is not nothing is
    never shown as nothing.
    """
    exact = Decimal((100 * share).numerator) / Decimal((100 * share).denominator)
    value = exact.quantize(CENT, ROUND_HALF_UP)
    if value >= 100 and share < 1:
        return exact.quantize(CENT, ROUND_DOWN)
    return max(value, CENT) if share > 0 else value


def is_small(whole: int) -> bool:
    """Whether a share of so few is to be marked."""
    return 0 < whole < SMALL


def text(value: Decimal | float | int | None) -> str:
    """A percentage in Vietnamese writing without the sign: 98,35; a dash when there is none."""
    if value is None:
        return "–"
    return f"{Decimal(str(value)).quantize(CENT, ROUND_HALF_UP):f}".replace(".", ",")


def signed_text(value: Decimal | None) -> str:
    """A percentage as people read it: 98,35%; a dash when there is none."""
    return "–" if value is None else f"{text(value)}%"
