"""The working calendar: which days are worked, in which sessions, by which document.

A calendar is a stack of layers, nearest agency first, the nation last. A day entry of the nearest layer
wins, then the sessions of its weekday, again from the nearest layer that has any in force. Days are unrolled
once into a table of running totals, so that counting N working days or hours is one look-up, however long
the limit.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from threading import Lock
from typing import Any

from .limits import ClockError
from .sessions import WEEKDAY_NAMES, Sessions, as_times

MINUTE = 60_000_000  # microseconds
_EPOCH_DAYS = 400  # the table grows by at least this many days


class BeyondCalendar(ClockError):
    """The date lies outside the years that the calendar knows: an error, not a guess."""


class NoWorkingDays(ClockError):
    """The calendar has no working day left: no due date can be set."""


@dataclass(frozen=True, slots=True)
class DayNote:
    """Why a day is off, or worked although it would be off."""

    name: str
    source: str = ""
    provisional: bool = False
    works: bool = False


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day off (`works` false), or a day worked instead: in its own sessions, or (None) in Monday's."""

    works: bool
    sessions: Sessions | None = None
    name: str = ""
    source: str = ""
    provisional: bool = False

    @property
    def note(self) -> DayNote:
        name = self.name or ("làm việc bù" if self.works else "ngày nghỉ")
        return DayNote(name, self.source, self.provisional, self.works)


@dataclass(frozen=True, slots=True)
class Plan:
    """Sessions of one weekday (0 is Monday) from `valid_from` to `valid_to`, inclusive; None is open."""

    weekday: int
    sessions: Sessions
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Layer:
    """What one agency, or the nation, lays down."""

    plans: tuple[Plan, ...] = ()
    days: Mapping[date, DayEntry] = field(default_factory=dict)

    def plan(self, weekday: int, day: date) -> Plan | None:
        """The plan in force; of several, the one that began last."""
        found = [p for p in self.plans if p.weekday == weekday and p.in_force(day)]
        return max(found, key=lambda p: p.valid_from or date.min) if found else None


class WorkCalendar:
    """Working days and sessions, with notes. Local dates, Asia/Ho_Chi_Minh.

    `first` and `last` bound the known days (None: unbounded); days from `provisional_from` on are computed
    from the law, not yet announced. Asking beyond the bounds raises BeyondCalendar.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        first: date | None = None,
        last: date | None = None,
        provisional_from: date | None = None,
        name: str = "",
    ) -> None:
        self.layers = tuple(layers)
        self.first, self.last = first or date.min, last or date.max
        self.provisional_from, self.name = provisional_from, name
        self._base = self._next = 0  # ordinals: the table holds _base <= day < _next
        self._lock = Lock()
        self._settled = self._find_settled()
        self._sessions: list[Sessions] = []
        self._count: list[int] = []  # working days up to and including the row
        self._worked: list[int] = []  # microseconds worked up to the end of the row
        self._ordinals: list[int] = []  # of working days
        self._openings: list[datetime] = []  # of working days
        self._ends: list[datetime] = []  # of working days
        self.texts: dict[int, Any] = {}  # what a derivation says of a day, kept for the next
        self._shift = self._count_origin = self._worked_origin = 0

    # What a day is --------------------------------------------------------------------------------

    def sessions_on(self, day: date) -> tuple[tuple[time, time], ...]:
        """The sessions of a day as pairs of local times; empty on a day off. Raises BeyondCalendar."""
        return as_times(self.minutes_on(day))

    def minutes_on(self, day: date) -> Sessions:
        """The sessions of a day as pairs of minutes of the day."""
        return self._sessions[self.index(day.toordinal())]

    def is_working(self, day: date) -> bool:
        """Whether the day has any session."""
        return bool(self.minutes_on(day))

    def day_note(self, day: date) -> DayNote | None:
        """Why the day is off, or worked instead; None for an ordinary working day."""
        entry = self._entry(day)
        if entry is not None:
            return entry.note
        if self.is_working(day):
            return None
        return DayNote("nghỉ hằng tuần" if day.weekday() >= 5 else "không có ca làm việc")

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        return date.fromordinal(self.working_ordinal(self.working_up_to(day.toordinal())))

    def roll(self, day: date) -> date:
        """The day itself when worked, else the next working day."""
        return date.fromordinal(self.working_ordinal(self.working_from(day.toordinal())))

    def previous_working(self, day: date) -> date:
        """The last working day before `day`."""
        return date.fromordinal(self.working_ordinal(self.working_from(day.toordinal()) - 1))

    def working_days_between(self, after: date, until: date) -> int:
        """Working days after `after` up to and including `until`; negative when `until` is earlier."""
        low, high = min(after, until).toordinal(), max(after, until).toordinal()
        count = self.working_up_to(high) - self.working_up_to(low)
        return count if until >= after else -count

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies in a year computed from the law, not yet announced."""
        return self.provisional_from is not None and day >= self.provisional_from

    def days(self, first: date, last: date) -> Iterator[date]:
        """Every day from `first` to `last`, inclusive."""
        return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))

    # The table: ordinals and microseconds, for the clock ------------------------------------------

    def index(self, ordinal: int) -> int:
        """The row of a day in the table, grown as needed. Raises BeyondCalendar."""
        if not self._base <= ordinal < self._next:
            self._grow(ordinal)
        return ordinal - self._base

    def sessions_at(self, ordinal: int) -> Sessions:
        """The sessions of a day by its ordinal."""
        if not self._base <= ordinal < self._next:
            self._grow(ordinal)
        return self._sessions[ordinal - self._base]

    def working_up_to(self, ordinal: int) -> int:
        """The running number of the first working day after a day: how many the table holds up to it."""
        return self._count[self.index(ordinal)]

    def working_from(self, ordinal: int) -> int:
        """The running number of the first working day on or after a day."""
        row = self.index(ordinal)
        return self._count[row] - bool(self._sessions[row])

    def working_ordinal(self, number: int) -> int:
        """The ordinal of the working day with this running number. Raises BeyondCalendar, NoWorkingDays."""
        return self._ordinals[self._place(number)]

    def opening_of(self, number: int) -> datetime:
        """The opening of the first session of the working day with this running number."""
        return self._openings[self._place(number)]

    def end_of(self, number: int) -> datetime:
        """The end of the last session of the working day with this running number."""
        return self._ends[self._place(number)]

    def worked_before(self, ordinal: int) -> int:
        """Working time in microseconds from the start of the table to the start of a day."""
        row = self.index(ordinal)
        return self._worked[row] - _length(self._sessions[row])

    def day_worked_up(self, target: int) -> int:
        """The ordinal of the first day by whose end `target` microseconds of the table have been worked."""
        while not self._worked or self._worked[-1] < target:
            self._grow_later()
        return self._base + bisect_left(self._worked, target)

    def _place(self, number: int) -> int:
        """Where a running number stands in the lists of working days."""
        place = number + self._shift
        while not 0 <= place < len(self._ordinals):
            if place < 0:
                self._grow(self._base - 1)
            else:
                self._grow_later()
            place = number + self._shift
        return place

    def _grow(self, ordinal: int) -> None:
        """Extend the table so that it holds a day. Running numbers already given stay true.

        A bounded calendar is unrolled whole at first use, under a lock: its readers may be many threads. An
        unbounded one (from a file) grows both ways as asked, and belongs to one thread.
        """
        if not self.first.toordinal() <= ordinal <= self.last.toordinal():
            raise BeyondCalendar(self._beyond(ordinal))
        with self._lock:
            if not self._next:
                self._base = self._first_row(ordinal)
                self._next = self._base
            if ordinal < self._base:
                self._fill_before(
                    max(min(ordinal - _EPOCH_DAYS, 2 * self._base - self._next), self.first.toordinal())
                )
            elif ordinal >= self._next:
                self._fill(max(ordinal + _EPOCH_DAYS, 2 * self._next - self._base))

    def _first_row(self, ordinal: int) -> int:
        first = self.first.toordinal()
        return first if self.last != date.max else max(ordinal - _EPOCH_DAYS, first)

    def _grow_later(self) -> None:
        """Extend the table at its end. Raises BeyondCalendar at the last known day, NoWorkingDays when none
        can come.
        """
        if self._next > self.last.toordinal():
            raise BeyondCalendar(self._beyond(self._next))
        week = range(self._next, min(self._next + 6, self.last.toordinal()) + 1)
        if self._next > self._settled and not any(self._plain(date.fromordinal(n)) for n in week):
            raise NoWorkingDays(
                "Lịch không còn ngày làm việc nào, nên không tính được hạn. Kiểm tra ca làm việc."
            )
        self._grow(self._next)

    def _fill_before(self, start: int) -> None:
        """Unroll earlier days in front of the table; their running numbers and totals count down from
        zero.
        """
        earlier = WorkCalendar(
            self.layers, first=date.fromordinal(start), last=date.fromordinal(self._base - 1)
        )
        earlier._base = earlier._next = start
        earlier._fill(self._base - 1)
        count, worked = earlier._count[-1], earlier._worked[-1]
        self._count[:0] = [n - count + self._count_origin for n in earlier._count]
        self._worked[:0] = [n - worked + self._worked_origin for n in earlier._worked]
        self._sessions[:0], self._ordinals[:0] = earlier._sessions, earlier._ordinals
        self._openings[:0], self._ends[:0] = earlier._openings, earlier._ends
        self._count_origin, self._worked_origin = self._count_origin - count, self._worked_origin - worked
        self._shift += count
        self._base = start

    def _fill(self, until: int) -> None:
        """Unroll the days from the table's end to an ordinal; to the last day of a bounded calendar."""
        until = until if self.last == date.max else self.last.toordinal()
        count, worked = (self._count[-1], self._worked[-1]) if self._count else (0, 0)
        for ordinal in range(self._next, min(until, self.last.toordinal()) + 1):
            day = date.fromordinal(ordinal)
            sessions = self._on(day)
            if sessions:
                count += 1
                worked += _length(sessions)
                self._openings.append(datetime(day.year, day.month, day.day, *divmod(sessions[0][0], 60)))
                self._ends.append(datetime(day.year, day.month, day.day, *divmod(sessions[-1][1], 60)))
                self._ordinals.append(ordinal)  # last: a reader goes by its length
            self._sessions.append(sessions)
            self._count.append(count)
            self._worked.append(worked)
            self._next = ordinal + 1  # last: now readers may see the row

    # From the layers ------------------------------------------------------------------------------

    def _entry(self, day: date) -> DayEntry | None:
        return next((layer.days[day] for layer in self.layers if day in layer.days), None)

    def _on(self, day: date) -> Sessions:
        entry = self._entry(day)
        if entry is None:
            return self._plain(day)
        if not entry.works:
            return ()
        return self._plain(day, 0) if entry.sessions is None else entry.sessions

    def weekday_sessions(self, day: date) -> Sessions:
        """The sessions that the weekday of a day has as a rule, whatever is entered for the day itself."""
        return self._plain(day)

    def sessions_of_weekday(self, weekday: int, day: date) -> Sessions:
        """The sessions that a weekday (0 is Monday) has as a rule at the time of a day."""
        return self._plain(day, weekday)

    def _plain(self, day: date, weekday: int | None = None) -> Sessions:
        """The sessions of a weekday in force on a day, from the nearest layer that has any."""
        wanted = day.weekday() if weekday is None else weekday
        for layer in self.layers:
            plan = layer.plan(wanted, day)
            if plan is not None:
                return plan.sessions
        return ()

    def _find_settled(self) -> int:
        """The ordinal from which on every week is like the one before: after the last entry and change of
        plan.
        """
        marks = [day for layer in self.layers for day in layer.days]
        for layer in self.layers:
            marks += [d for p in layer.plans for d in (p.valid_from, p.valid_to) if d is not None]
        return max(marks, default=date.min).toordinal()

    def _beyond(self, ordinal: int) -> str:
        if ordinal < self.first.toordinal():
            return (
                f"Lịch làm việc chỉ có từ ngày {self.first:%d/%m/%Y}; nhập lịch những năm trước rồi tính lại."
            )
        if self.last == date.max:
            return "Thời hạn quá dài, vượt quá năm 9999. Kiểm tra lại số ngày."
        return (
            f"Lịch làm việc chỉ có đến ngày {self.last:%d/%m/%Y}; hạn rơi sau ngày đó nên không tính được. "
            "Nhập lịch nghỉ của những năm tiếp theo rồi tính lại."
        )


def _length(sessions: Sessions) -> int:
    return sum(end - start for start, end in sessions) * MINUTE


def weekday_name(day: date) -> str:
    """The weekday in Vietnamese, e.g. "thứ Hai", "Chủ nhật"."""
    return WEEKDAY_NAMES[day.weekday()]


@lru_cache(maxsize=20_000)
def day_text(day: date) -> str:
    """A day as people read it: "thứ Bảy 22/08/2026"."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {day.day:02d}/{day.month:02d}/{day.year}"
