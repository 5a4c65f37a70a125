"""A year of a calendar as a sheet of twelve months, for preview and print."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .calendar import DayNote, WorkCalendar
from .sessions import Sessions

# What a cell is: worked as usual, worked in other sessions than usual, worked instead, weekly day off, day
# off.
WORK, SHORT, INSTEAD, WEEKEND, OFF = "work", "short", "instead", "weekend", "off"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the sheet."""

    day: date
    kind: str
    note: DayNote | None

    @property
    def title(self) -> str:
        """Why the day is what it is; empty for an ordinary day."""
        return self.note.name if self.note and self.kind not in (WORK, WEEKEND) else ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None fills the days of other months."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class YearSheet:
    """A year: months, how many working days, whether it is computed and not yet announced."""

    year: int
    months: tuple[Month, ...]
    working_days: int
    provisional: bool


def year_sheet(calendar: WorkCalendar, year: int) -> YearSheet:
    """The sheet of a year. Raises BeyondCalendar when the calendar does not know it."""
    months = tuple(_month(calendar, year, number) for number in range(1, 13))
    total = sum(month.working_days for month in months)
    return YearSheet(year, months, total, calendar.is_provisional(date(year, 12, 31)))


def _month(calendar: WorkCalendar, year: int, number: int) -> Month:
    before, length = monthrange(year, number)
    cells: list[Cell | None] = [None] * before
    cells += [_cell(calendar, date(year, number, day)) for day in range(1, length + 1)]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
    return Month(number, weeks, sum(1 for cell in cells if cell and cell.kind in (WORK, SHORT, INSTEAD)))


def _cell(calendar: WorkCalendar, day: date) -> Cell:
    sessions, note = calendar.minutes_on(day), calendar.day_note(day)
    return Cell(day, _kind(sessions, calendar.weekday_sessions(day), day, note), note)


def _kind(sessions: Sessions, usual: Sessions, day: date, note: DayNote | None) -> str:
    if not sessions:
        return WEEKEND if note and not usual and day.weekday() >= 5 and not note.source else OFF
    if sessions == usual:
        return WORK
    return SHORT if usual else INSTEAD
