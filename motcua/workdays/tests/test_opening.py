"""Open now, closed, open again when: sessions, weekends, Tết, the end of the known years."""

from datetime import date, datetime

import pytest

from motcua.workdays.rules.calendar import DayEntry, Layer, Plan, WorkCalendar
from motcua.workdays.rules.opening import opening_at

WEEK = tuple(Plan(day, ((450, 690), (810, 1050))) for day in range(5))
TET = {date(2026, 2, day): DayEntry(False, None, "Tết Nguyên đán", "TB 1") for day in range(16, 21)}
CALENDAR = WorkCalendar([Layer(WEEK, TET)], first=date(2026, 1, 1), last=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("moment", "until"),
    [((2026, 11, 2, 7, 30), (11, 30)), ((2026, 11, 2, 11, 29), (11, 30)), ((2026, 11, 2, 17, 29), (17, 30))],
)
def test_an_office_is_open_in_its_sessions_until_their_end(moment, until):
    found = opening_at(CALENDAR, datetime(*moment))
    assert found.is_open
    assert (found.until.hour, found.until.minute) == until


@pytest.mark.parametrize(
    ("moment", "again"),
    [
        ((2026, 11, 2, 7, 29), (2026, 11, 2, 7, 30)),
        ((2026, 11, 2, 11, 30), (2026, 11, 2, 13, 30)),
        ((2026, 11, 2, 17, 30), (2026, 11, 3, 7, 30)),
        ((2026, 11, 6, 18, 0), (2026, 11, 9, 7, 30)),  # Friday evening
        ((2026, 2, 14, 9, 0), (2026, 2, 23, 7, 30)),  # the Saturday before Tết
    ],
)
def test_a_closed_office_says_when_it_opens_again(moment, again):
    found = opening_at(CALENDAR, datetime(*moment))
    assert not found.is_open
    assert found.again == datetime(*again)


def test_a_holiday_says_which():
    assert opening_at(CALENDAR, datetime(2026, 2, 17, 9, 0)).note.name == "Tết Nguyên đán"


def test_beyond_the_known_years_nothing_is_promised():
    assert opening_at(CALENDAR, datetime(2027, 1, 4, 9, 0)).again is None
    assert opening_at(CALENDAR, datetime(2026, 12, 31, 20, 0)).again is None


def test_an_office_that_never_opens_says_nothing():
    assert opening_at(WorkCalendar([Layer()]), datetime(2026, 11, 2, 9, 0)).again is None
