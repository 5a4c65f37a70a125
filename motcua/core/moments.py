"""Moments and legal dates. Stored moments are UTC; legal dates are Asia/Ho_Chi_Minh (UTC+7 all year)."""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC. Read it once, at the edge, and pass it in."""
    return timezone.now()


def to_local(moment: datetime) -> datetime:
    """An aware moment as naive local time of Viet Nam, as rules want it. Raises ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("to_local needs an aware moment")
    return _local(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=1024)
def _local(moment: datetime) -> datetime:
    """An act asks this of the same few moments some thirty times. In UTC equal moments are one moment."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def to_utc(local: datetime) -> datetime:
    """Naive local time of Viet Nam as an aware UTC moment."""
    return local.replace(tzinfo=VIETNAM).astimezone(UTC)


def legal_date(moment: datetime) -> date:
    """The date in Viet Nam on which an aware moment falls."""
    return to_local(moment).date()


def today() -> date:
    """Today's date in Viet Nam."""
    return legal_date(now())
