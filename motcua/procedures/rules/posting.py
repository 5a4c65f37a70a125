"""When a procedure must hang at a place, and when it must be gone.

Nghị định 63/2010/NĐ-CP, Điều 16-17: published at once and completely; a commune posts within 5 working days of
receiving the decision (a dated setting, [likely]); what is repealed is taken down the day it ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.workdays.rules.calendar import WorkCalendar

POSTING_DAYS = 5
WorkingDays = Callable[[date, date], int]
"""Working days after the first date up to and including the second; negative when the second is earlier."""


@dataclass(frozen=True)
class Duty:
    """One thing to do at a place by a day; `days_late` is working days past it, 0 when there is still time."""

    due_on: date
    days_late: int

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.days_late > 0


def counting(calendar: WorkCalendar) -> WorkingDays:
    """How a calendar counts; days before it begins (2012) count for nothing."""
    first = calendar.first
    return lambda after, until: calendar.working_days_between(max(after, first), max(until, first))


def starts_on(known_on: date, placed_on: date, offered_on: date) -> date:
    """From when the days run: the decision is known, the place there, the procedure offered by who keeps the place."""
    return max(known_on, placed_on, offered_on)


def due_on(start: date, days: int, between: WorkingDays) -> date:
    """The last day for hanging: `days` working days after `start`."""
    day = start
    while between(start, day) < days:
        day += timedelta(days=1)
    return day


def hang_duty(in_force_from: date, due: date, today: date, between: WorkingDays) -> Duty:
    """Until when a version in force had to hang; never before it is in force."""
    last = max(due, in_force_from)
    return Duty(last, max(0, between(last, today)))


def take_down_duty(last_day: date, today: date, between: WorkingDays) -> Duty:
    """A version that has ended must be gone after its last day."""
    return Duty(last_day, max(0, between(last_day, today)))
