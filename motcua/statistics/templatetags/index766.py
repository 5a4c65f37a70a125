"""Numbers of the index as pages show them."""

from decimal import Decimal

from django import template

from motcua.statistics.rules.index766 import plain
from motcua.statistics.rules.shares import decimal_text

register = template.Library()


@register.filter
def points(value: Decimal | None) -> str:
    """Points reached, two decimals: "19,67"."""
    return decimal_text(value)


@register.filter
def most(value: Decimal | None) -> str:
    """Points that may be had, targets, limits: "20", "2,5"."""
    return plain(value)
