"""Halves of months, the days 1-14 and 15-end: every reporting period of the law and of the calendar is made of whole ones."""

from datetime import date, timedelta

from motcua.statistics.rules.figures import Test as T
from motcua.statistics.rules.periods import Window

# Counts that are kept for every half. What happened adds up over halves; what stands is that of the last half, what was
# carried in that of the first.
CARRIED = (T.CARRIED,)
STANDING = (T.OPEN_IN_TIME, T.OPEN_LATE, T.WAITING)
HAPPENED = (
    T.RECEIVED_ONLINE, T.RECEIVED_COUNTER, T.RECEIVED_POST, T.RESOLVED_BEFORE, T.RESOLVED_ON, T.RESOLVED_LATE, T.REFUSED,
    T.STOPPED, T.WITHDRAWN, T.NOT_ACCEPTED, T.LATE_A, T.LATE_B, T.LATE_C, T.LATE_D,
)  # fmt: skip
KEPT = (*HAPPENED, *CARRIED, *STANDING)
GROUPS = frozenset({"agency", "field"})
MIDDLE = 15  # the second half begins


def half_of(day: date) -> Window:
    """The half in which a day lies."""
    following = (
        day.replace(day=MIDDLE)
        if day.day < MIDDLE
        else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    )
    return Window(day.replace(day=1 if day.day < MIDDLE else MIDDLE), following - timedelta(days=1))


def halves_in(window: Window) -> list[Window]:
    """The whole halves with which a window begins; none when its first day is not the first of one."""
    found = []
    half = half_of(window.start)
    while half.start >= window.start and half.end <= window.end:
        found.append(half)
        half = half_of(half.end + timedelta(days=1))
    return found
