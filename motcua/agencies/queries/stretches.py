"""Powers over many days: a batch of acts (`core.store`) asks for them once between two days on which anything turns."""

from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Assignment, Delegation, Post
from motcua.agencies.queries.authority import Authority, authority_of
from motcua.core import store


def authority_in_batch(user: User, day: date) -> Authority:
    """As `authority_of`, for acts of a batch: one statement for a stretch of days in which no power begins or ends, instead of
    one a day. Asked anew after each turn, and when somebody else has written.
    """
    stretch = bisect_right(store.remember("days on which powers turn", _turning_days), day)
    key = ("authority", user.pk, user.is_active, stretch)
    held = store.remember(key, lambda: authority_of(user, day))
    return held if held.day == day else replace(held, day=day)


def _turning_days() -> list[date]:
    """The days on which a power begins, or has ended the day before; in order."""
    found: set[date] = set()
    for model in (Assignment, Delegation, Post):
        rows = model.objects.order_by().values_list("valid_from", "valid_to").distinct()
        for first, last in rows:
            found |= {first, *([last + timedelta(days=1)] if last else ())}
    for heritage in Agency.objects.exclude(heritage={}).order_by().values_list("heritage", flat=True):
        found |= {date.fromisoformat(since) for since in heritage.values()}
    return sorted(found)
