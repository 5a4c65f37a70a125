"""The arithmetic of the legal clock: when an answer is due. Pure; moments are naive local time,
Asia/Ho_Chi_Minh.

Counting follows Bộ luật Dân sự 2015, Điều 145-148: the day of receipt is not counted; a period that ends on
a day off ends on the next working day. docs/decisions/0010-clock-doubtful-cases.md says how the doubtful
cases are decided.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from .calendar import MINUTE, WorkCalendar
from .events import Event, Extension, History, Restart, Suspension, moment_of
from .limits import HOUR, ClockError, Limit, Unit

_SECOND = 1_000_000
_WORKING_DAY, _CALENDAR_DAY = Unit.WORKING_DAY, Unit.CALENDAR_DAY  # looked up once: this is the hot path
_WORKING_HOUR, _MONTH = Unit.WORKING_HOUR, Unit.MONTH
_LAST_DAY = date.max.toordinal()


def counted_moment(moment: datetime, calendar: WorkCalendar, cutoff: time | None = None) -> datetime:
    """The moment that counts: itself inside a session (both ends included), else the opening of the next
    session.

    After `cutoff` (a local reception cut-off, off by default) it is the opening of the next working day.
    Raises BeyondCalendar, NoWorkingDays.
    """
    ordinal = moment.toordinal()
    if cutoff is None or moment.time() <= cutoff:
        minute = moment.hour * 60 + moment.minute
        over = moment.second or moment.microsecond
        for start, end in calendar.sessions_at(ordinal):
            if minute < end or (minute == end and not over):
                return moment if minute >= start else _at(ordinal, start * MINUTE)
    return calendar.opening_of(calendar.working_up_to(ordinal))


def due_at(
    limit: Limit,
    received_at: datetime,
    calendar: WorkCalendar,
    suspensions: Iterable[Suspension] = (),
    *,
    reception_cutoff: time | None = None,
) -> datetime | None:
    """When the answer is due (local, a whole minute); None without a time limit. Raises ClockError.

    An open suspension counts for nothing until it ends.
    """
    if limit.unit is Unit.NONE:
        return None
    clock = Clock(limit, received_at, calendar, reception_cutoff)
    for suspension in sorted(suspensions, key=moment_of) if suspensions else ():
        clock.suspend(suspension)
    return clock.due


class Clock:
    """One running clock. `number` is the due working day's running number in the calendar; `due` the due
    moment.
    """

    __slots__ = ("calendar", "cutoff", "due", "exact", "limit", "number", "raw", "start")

    def __init__(
        self, limit: Limit, received_at: datetime, calendar: WorkCalendar, cutoff: time | None = None
    ) -> None:
        self.limit, self.calendar, self.cutoff = limit, calendar, cutoff
        self.restart(received_at)

    def restart(self, received_at: datetime) -> None:
        """Run the whole limit from a moment of (complete) receipt."""
        calendar, unit, count = self.calendar, self.limit.unit, self.limit.count
        self.start = start = counted_moment(received_at, calendar, self.cutoff)
        self.raw = 0  # the ordinal before rolling, of day and month limits
        if unit is _WORKING_DAY:
            self._end_on(calendar.working_from(start.toordinal()) + count)
        elif unit is _CALENDAR_DAY:
            self._roll(start.toordinal() + count)
        elif unit is _WORKING_HOUR:
            self._exact(_add_worked(start, count, calendar))
        elif unit is _MONTH:
            self._roll(_months_later(start, count).toordinal())
        else:  # same day
            late = start.time() > self.limit.same_day_cutoff
            self._end_on(calendar.working_from(start.toordinal()) + late)

    def takes(self, suspension: Suspension) -> bool:
        """Whether the suspension changes the due date: one that starts after it (by date) does not."""
        return self.limit.unit is not Unit.SAME_DAY and suspension.start.date() <= self.due.date()

    def suspend(self, suspension: Suspension) -> int:
        """Move the due date by a finished suspension; says by how much: working days, days, or
        microseconds.
        """
        start, end = suspension.start, suspension.end
        if end is None or not self.takes(suspension):
            return 0
        if end < start:
            raise ClockError(
                f"Tạm dừng kết thúc ngày {end:%d/%m/%Y}, trước khi bắt đầu ngày {start:%d/%m/%Y}. Sửa lại hai ngày.",
                field="suspensions",
            )
        if self.limit.unit is Unit.WORKING_DAY:
            added = self.calendar.working_days_between(start.date(), end.date())
            self._end_on(self.number + added)
        elif self.limit.unit is Unit.WORKING_HOUR:
            added = worked_between(start, end, self.calendar)
            self._exact(_add_worked(self.exact, added, self.calendar))
        else:
            added = end.toordinal() - start.toordinal()
            self._roll(self.raw + added)
        return added

    def extend(self, extension: Extension) -> None:
        """Move the due date to the end of so many working days after it (Mẫu số 04)."""
        number = self.calendar.working_from(self.due.toordinal()) + extension.amount_working_days
        self.raw = self.calendar.working_ordinal(number)
        self._end_on(number)

    def _end_on(self, number: int) -> None:
        self.number = number
        self.due = self.exact = self.calendar.end_of(number)

    def _roll(self, raw: int) -> None:
        if raw > _LAST_DAY:
            raise ClockError(
                "Thời hạn quá dài, vượt quá năm 9999. Kiểm tra lại số ngày, số tháng.", field="amount"
            )
        self.raw = raw
        self._end_on(self.calendar.working_from(raw))

    def _exact(self, moment: datetime) -> None:
        """Set an exact moment; the due date that people read is a whole minute, rounded up."""
        self.exact = moment
        part = moment.second * _SECOND + moment.microsecond
        self.due = moment + timedelta(microseconds=MINUTE - part) if part else moment


@dataclass(slots=True)
class Run:
    """The outcome of a history: due dates, and whether the clock rests now."""

    due_at: datetime | None
    original_due_at: datetime | None
    paused: bool = False


def run(history: History, calendar: WorkCalendar) -> Run:
    """The due date after all events, without the words: for projecting many dossiers. Raises ClockError."""
    if history.limit.unit is Unit.NONE:
        return Run(None, None)
    clock = Clock(history.limit, history.received_at, calendar, history.reception_cutoff)
    outcome = Run(clock.due, clock.due)
    extended = False
    for event in in_order(history.events):
        if isinstance(event, Suspension):
            clock.suspend(event)
            outcome.paused = outcome.paused or (event.end is None and clock.takes(event))
        elif isinstance(event, Restart):
            clock.restart(event.at)
            outcome.paused = False
        elif not extended:
            clock.extend(event)
            extended = True
    outcome.due_at = clock.due
    return outcome


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events by the moment at which they take effect."""
    return sorted(events, key=moment_of)


def is_in_time_for_extension(at: datetime, due: datetime, calendar: WorkCalendar) -> bool:
    """Whether an apology is told at least one working day before the due date (NĐ 61/2018, Điều 19 khoản
    9).
    """
    return counted_moment(at, calendar).date() < calendar.roll(due.date())


# Before, on, after --------------------------------------------------------------------------------


class Standing(StrEnum):
    """Where a moment stands to a due date: trước hạn, đúng hạn, quá hạn."""

    BEFORE = "before"
    ON = "on"
    LATE = "late"

    @property
    def label(self) -> str:
        return {"before": "trước hạn", "on": "đúng hạn", "late": "quá hạn"}[self.value]


def standing(due: datetime | None, done_or_now: datetime, *, by_minute: bool = False) -> Standing:
    """Before the due date, on it, or late. By date unless `by_minute`: then later on the due date itself is
    late too.

    Without a due date nothing is ever late.
    """
    if due is None or done_or_now.date() < due.date():
        return Standing.BEFORE
    late = done_or_now > due if by_minute else done_or_now.date() > due.date()
    return Standing.LATE if late else Standing.ON


def is_overdue(due: datetime | None, now: datetime, *, by_minute: bool = False) -> bool:
    """Whether an open dossier is late now: derived, never stored."""
    return standing(due, now, by_minute=by_minute) is Standing.LATE


def working_days_left(now: datetime, due: datetime, calendar: WorkCalendar) -> int:
    """Working days after today up to and including the due date: 0 on the day, negative when late."""
    return calendar.working_days_between(now.date(), due.date())


# Working hours ------------------------------------------------------------------------------------


def add_working_hours(start: datetime, hours: Decimal, calendar: WorkCalendar) -> datetime:
    """The earliest moment by which so many working hours have elapsed inside sessions, exact to the
    microsecond.

    A start outside sessions counts as the next opening; if the moment is a session's end, that end. Raises
    ClockError.
    """
    limit = Limit(hours, Unit.WORKING_HOUR)
    return _add_worked(counted_moment(start, calendar), limit.count, calendar)


def working_hours_between(start: datetime, end: datetime, calendar: WorkCalendar) -> Decimal:
    """Working time between two moments in hours; 0 when the end is not after the start."""
    return Decimal(worked_between(start, end, calendar)) / HOUR if end > start else Decimal(0)


def _of_day(moment: datetime) -> int:
    """Microseconds since midnight."""
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * _SECOND + moment.microsecond


def _at(ordinal: int, microseconds: int) -> datetime:
    return datetime.fromordinal(ordinal) + timedelta(microseconds=microseconds)


def _worked_up_to(moment: datetime, calendar: WorkCalendar) -> int:
    """Working time from the start of the calendar's table to a moment, in microseconds."""
    ordinal, of_day = moment.toordinal(), _of_day(moment)
    inside = (
        max(0, min(of_day, end * MINUTE) - start * MINUTE) for start, end in calendar.sessions_at(ordinal)
    )
    return calendar.worked_before(ordinal) + sum(inside)


def worked_between(start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Working time from one moment to a later one, in microseconds."""
    before = _worked_up_to(start, calendar)
    return _worked_up_to(end, calendar) - before


def _add_worked(start: datetime, microseconds: int, calendar: WorkCalendar) -> datetime:
    """`start` is inside a session; the moment by which so much more working time has elapsed."""
    if not microseconds:
        return start
    target = _worked_up_to(start, calendar) + microseconds
    ordinal = calendar.day_worked_up(target)
    rest = target - calendar.worked_before(ordinal)
    for opening, end in calendar.sessions_at(ordinal):
        length = (end - opening) * MINUTE
        if rest <= length:
            return _at(ordinal, opening * MINUTE + rest)
        rest -= length
    raise AssertionError("the day found holds the target")  # pragma: no cover


def _months_later(start: datetime, months: int) -> date:
    """The same day number so many months later, clamped to the month's end (BLDS 2015, Điều 148 khoản 3)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > 9999:
        raise ClockError("Thời hạn quá dài, vượt quá năm 9999. Kiểm tra lại số tháng.", field="amount")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
