"""The legal clock of a feedback, on the working calendar of the agency that has it. Moments are naive local time.

Passed on to the competent agency within 5 working days (NĐ 20/2008/NĐ-CP); the other limits are dated settings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from motcua.core.errors import RuleViolation
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import (
    Derivation,
    Extension,
    History,
    Limit,
    Standing,
    Suspension,
    Unit,
    derive,
    due_at,
    is_in_time_for_extension,
    standing,
)

LAW = "Nghị định 20/2008/NĐ-CP"


@dataclass(frozen=True, slots=True)
class Days:
    """Limits in working days, as the dated settings have them."""

    classify: int
    transfer: int
    resolve: int


@dataclass(frozen=True, slots=True)
class Dues:
    """Until when it must be classified, passed on, answered."""

    classify: datetime
    transfer: datetime
    resolve: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """The sender was asked at `since` and answered at `until`; None while nobody has answered."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Longer:
    """One extension: told at `at`, so many working days, with a document."""

    at: datetime
    days: int
    reason: str
    document: str


def dues(start: datetime, days: Days, calendar: WorkCalendar) -> Dues:
    """The three due dates of a feedback that begins at `start`."""
    classify, transfer, resolve = (
        due_at(_limit(n), start, calendar) for n in (days.classify, days.transfer, days.resolve)
    )
    assert classify
    assert transfer
    assert resolve
    return Dues(classify, transfer, resolve)


def _limit(days: int) -> Limit:
    return Limit(Decimal(days), Unit.WORKING_DAY)


def history(start: datetime, days: int, pauses: Iterable[Pause], longer: Longer | None) -> History:
    """What the due date of the answer rests on: the wait for the sender suspends it, one extension moves it."""
    events: list[Suspension | Extension] = [
        Suspension(one.since, one.until, "chờ người gửi làm rõ") for one in pauses
    ]
    if longer:
        events.append(Extension(longer.at, longer.days, longer.reason, longer.document))
    return History(_limit(days), start, tuple(events), "thời hạn xử lý phản ánh, kiến nghị", LAW)


def derived(
    start: datetime, days: int, pauses: Iterable[Pause], longer: Longer | None, calendar: WorkCalendar
) -> Derivation:
    """The due date of the answer with every step in words."""
    return derive(history(start, days, pauses, longer), calendar)


def require_in_time(at: datetime, due: datetime, calendar: WorkCalendar) -> None:
    """An extension is told at least one working day before the due date. Raises RuleViolation."""
    if not is_in_time_for_extension(at, due, calendar):
        raise RuleViolation(
            "Chỉ gia hạn được trước ngày hết hạn ít nhất 1 ngày làm việc. Trả lời ngay và nêu lý do chậm."
        )


def is_late(due: datetime | None, then: datetime) -> bool:
    """Whether a moment lies after the due date, by date."""
    return standing(due, then) is Standing.LATE
