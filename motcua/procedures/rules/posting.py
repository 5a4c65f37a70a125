"""When a procedure must hang at a place, and when it must be gone.

Nghị định 63/2010/NĐ-CP, Điều 16-17: published at once and completely; a commune posts within 5 working days of
receiving the decision (a dated setting, [likely]); what is repealed is taken down the day it ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

POSTING_DAYS = 5


@dataclass(frozen=True)
class Duty:
    """One thing to do at a place: hang or take down, by a day; `days_late` working days past it (0 when not late)."""

    due_on: date
    days_late: int

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.days_late > 0


WorkingDays = Callable[[date, date], int]
"""Working days after the first date up to and including the second; negative when the second is earlier."""


def hang_duty(in_force_from: date, due_on: date, today: date, between: WorkingDays) -> Duty:
    """Until when a version in force had to hang. Never before it is in force."""
    due = max(due_on, in_force_from)
    return Duty(due, max(0, between(due, today)))


def take_down_duty(last_day: date, today: date, between: WorkingDays) -> Duty:
    """A version that has ended must be gone on the day after its last one."""
    return Duty(last_day, max(0, between(last_day, today)))
