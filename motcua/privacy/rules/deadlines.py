"""The legal clock of a request, on the working calendar of the agency. Moments are naive local time; days are dated settings."""

from datetime import datetime
from decimal import Decimal

from motcua.core.errors import RuleViolation
from motcua.privacy.rules.requests import LAW
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import (
    Derivation,
    Extension,
    History,
    Limit,
    Unit,
    derive,
    due_at,
    is_in_time_for_extension,
)


def due(start: datetime, days: int, calendar: WorkCalendar) -> datetime:
    """Until when something that came at `start` must be done."""
    found = due_at(Limit(Decimal(days), Unit.WORKING_DAY), start, calendar)
    assert found
    return found


def derived(
    start: datetime, days: int, taken: datetime | None, longer: int | None, calendar: WorkCalendar
) -> Derivation:
    """The due date of the answer with every step in words; one extension of so many days moves it."""
    events = (Extension(taken or start, longer, "vụ việc phức tạp", "thông báo gia hạn"),) if longer else ()
    limit = Limit(Decimal(days), Unit.WORKING_DAY)
    return derive(History(limit, start, events, "thời hạn trả lời yêu cầu về dữ liệu cá nhân", LAW), calendar)


def require_extension(days: int, most: int, at: datetime, due_on: datetime, calendar: WorkCalendar) -> None:
    """Raises RuleViolation for an extension that is too long, or told too late."""
    if not 1 <= days <= most:
        raise RuleViolation(f"Gia hạn từ 1 đến {most} ngày làm việc.", field="days")
    if not is_in_time_for_extension(at, due_on, calendar):
        raise RuleViolation("Chỉ gia hạn được trước ngày hết hạn ít nhất 1 ngày làm việc.", field="days")
