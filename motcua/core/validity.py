"""Rows with a first and a last day, `valid_from` and `valid_to`, both included; without a last day they hold until further notice.

`through` names the relation whose days are meant ("seats"); `day` may also be an expression.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet


def in_force(day: Any, through: str = "") -> Q:
    """Those that hold on a day."""
    return in_force_during(day, day, through)


def in_force_during(first: Any, last: Any, through: str = "") -> Q:
    """Those that hold on some day of these."""
    return Q(**{f"{_at(through)}valid_from__lte": last}) & not_over(first, through)


def not_over(day: Any, through: str = "") -> Q:
    """Those that hold on a day or are still to come."""
    name = f"{_at(through)}valid_to"
    return Q(**{name: None}) | Q(**{f"{name}__gte": day})


def end_before(rows: QuerySet[Any], day: date) -> int:
    """Let rows end on the day before, unless they ended earlier; how many."""
    return rows.filter(not_over(day)).update(valid_to=day - timedelta(days=1))


def _at(through: str) -> str:
    return f"{through}__" if through else ""
