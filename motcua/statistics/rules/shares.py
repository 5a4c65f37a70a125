"""Shares as people read them: two decimals, a decimal comma, rounded half up, and never 100 % while something is missing."""

from decimal import Decimal

from motcua.core.percent import CENT, SMALL, is_small, percent, signed_text

__all__ = ["CENT", "SMALL", "decimal_text", "is_small", "percent", "signed_text"]


def decimal_text(value: Decimal | int | None) -> str:
    """ "98,35"; whole thousands by dots; a dash for nothing to divide."""
    if value is None:
        return "–"
    sign, number = ("-", -value) if value < 0 else ("", value)
    whole, _, rest = f"{Decimal(number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"
