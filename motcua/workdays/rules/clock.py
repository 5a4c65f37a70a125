"""The legal clock, whole: everything that others use of it. Moments are naive local time, Asia/Ho_Chi_Minh.

`due_at` gives the due date fast; `run` that of a whole history; `derive` the same with every step in words.
"""

from .arithmetic import (
    Run,
    Standing,
    add_working_hours,
    counted_moment,
    due_at,
    is_in_time_for_extension,
    is_overdue,
    run,
    standing,
    working_days_left,
    working_hours_between,
)
from .events import Event, Extension, History, Restart, Suspension
from .explain import Derivation, Line, derive, moment_text
from .limits import ClockError, Limit, Unit

__all__ = [
    "ClockError",
    "Derivation",
    "Event",
    "Extension",
    "History",
    "Limit",
    "Line",
    "Restart",
    "Run",
    "Standing",
    "Suspension",
    "Unit",
    "add_working_hours",
    "counted_moment",
    "derive",
    "due_at",
    "is_in_time_for_extension",
    "is_overdue",
    "moment_text",
    "run",
    "standing",
    "working_days_left",
    "working_hours_between",
]
