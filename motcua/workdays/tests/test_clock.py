"""The clock, rule by rule, with dates worked out by hand."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from motcua.workdays.rules.calendar import BeyondCalendar, NoWorkingDays
from motcua.workdays.rules.clock import (
    ClockError,
    Limit,
    Standing,
    Unit,
    add_working_hours,
    counted_moment,
    due_at,
    is_overdue,
    standing,
    working_days_left,
    working_hours_between,
)
from motcua.workdays.rules.national import from_json, national


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def due(amount: str, unit: str, received: str, calendar=None) -> str:
    found = due_at(Limit.parse(amount, unit), moment(received), calendar or national())
    return found.isoformat(timespec="minutes") if found else ""


# The twelve vectors of the domain rulebook: (received, amount, unit, due).
VECTORS = [
    ("2026-08-27", "10", "working_day", "2026-09-15"),
    ("2026-08-20", "3", "working_day", "2026-08-24"),
    ("2025-12-31", "6", "working_day", "2026-01-10"),
    ("2018-12-28", "3", "working_day", "2019-01-04"),
    ("2019-04-26", "5", "working_day", "2019-05-07"),
    ("2024-02-07", "1", "working_day", "2024-02-15"),
    ("2025-04-24", "4", "working_day", "2025-04-29"),
    ("2023-04-28", "3", "working_day", "2023-05-08"),
    ("2021-04-29", "2", "working_day", "2021-05-05"),
    ("2026-02-13", "5", "working_day", "2026-02-27"),
    ("2026-11-20", "3", "working_day", "2026-11-26"),
    ("2026-02-02", "20", "calendar_day", "2026-02-23"),
]


@pytest.mark.parametrize(("received", "amount", "unit", "expected"), VECTORS)
@pytest.mark.parametrize("at", ["07:30", "09:15", "11:30", "12:10", "17:30"])
def test_the_twelve_worked_examples_come_out_at_any_hour_of_the_day_of_receipt(
    received, amount, unit, expected, at
):
    assert due(amount, unit, f"{received}T{at}") == f"{expected}T17:30"


@pytest.mark.parametrize(
    ("friday", "saturday"),
    [
        ("2019-01-04", "2019-01-05"),
        ("2019-05-03", "2019-05-04"),
        ("2024-05-03", "2024-05-04"),
        ("2025-04-25", "2025-04-26"),
        ("2026-01-09", "2026-01-10"),
        ("2026-08-21", "2026-08-22"),
    ],
)
def test_a_swapped_in_saturday_counts_as_a_working_day(friday, saturday):
    assert due("1", "working_day", f"{friday}T10:00") == f"{saturday}T17:30"


def test_a_dossier_received_on_a_swapped_in_saturday_is_received_that_day():
    assert due("1", "working_day", "2026-08-22T09:00") == "2026-08-24T17:30"
    assert due("0", "working_day", "2026-08-22T09:00") == "2026-08-22T17:30"
    assert due("9", "working_hour", "2026-08-22T09:00") == "2026-08-24T10:00"


@pytest.mark.parametrize(
    ("received", "counted"),
    [
        ("2026-11-20T07:29", "2026-11-20T07:30"),
        ("2026-11-20T07:30", "2026-11-20T07:30"),
        ("2026-11-20T11:30", "2026-11-20T11:30"),
        ("2026-11-20T11:31", "2026-11-20T13:30"),
        ("2026-11-20T13:29", "2026-11-20T13:30"),
        ("2026-11-20T17:30", "2026-11-20T17:30"),
        ("2026-11-20T17:31", "2026-11-23T07:30"),
        ("2026-11-21T10:00", "2026-11-23T07:30"),
        ("2026-11-24T10:00", "2026-11-25T07:30"),
        ("2026-11-20T00:00", "2026-11-20T07:30"),
        ("2026-11-20T23:59", "2026-11-23T07:30"),
    ],
)
def test_a_moment_outside_the_sessions_counts_as_the_next_opening(received, counted):
    assert counted_moment(moment(received), national()) == moment(counted)


@pytest.mark.parametrize(
    ("received", "amount", "unit", "expected"),
    [
        ("2026-11-20T18:00", "1", "working_day", "2026-11-25T17:30"),  # counts as Monday 23; 24 is off
        ("2026-11-21T10:00", "2", "calendar_day", "2026-11-25T17:30"),  # Monday 23 plus two
        ("2026-11-21T10:00", "1", "month", "2026-12-23T17:30"),
        ("2026-11-21T10:00", "0", "calendar_day", "2026-11-23T17:30"),
    ],
)
def test_every_unit_counts_from_the_moment_that_counts(received, amount, unit, expected):
    assert due(amount, unit, received) == expected


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2026-11-20T09:00", "0", "2026-11-20T09:00"),
        ("2026-11-20T09:00", "2", "2026-11-20T11:00"),
        ("2026-11-20T09:00", "2.5", "2026-11-20T11:30"),  # a session's end, not the next opening
        ("2026-11-20T09:00", "2.75", "2026-11-20T13:45"),
        ("2026-11-20T09:00", "6.5", "2026-11-20T17:30"),  # the day's end, not Monday's opening
        ("2026-11-20T09:00", "6.75", "2026-11-23T07:45"),
        ("2026-11-20T11:30", "4", "2026-11-20T17:30"),
        ("2026-11-20T12:00", "4", "2026-11-20T17:30"),
        ("2026-11-20T17:30", "0.5", "2026-11-23T08:00"),
        ("2026-11-20T16:00", "8", "2026-11-23T16:00"),
        ("2026-11-20T16:00", "0,1", "2026-11-20T16:06"),
        ("2026-11-20T16:00", "0.01", "2026-11-20T16:01"),  # 36 seconds: the minute that has them all
        ("2026-11-20T09:00", "40", "2026-11-30T09:00"),
    ],
)
def test_working_hours_run_inside_sessions_only(received, amount, expected):
    assert due(amount, "working_hour", received) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-20T07:00", "2026-11-20T17:30"),
        ("2026-11-20T15:00", "2026-11-20T17:30"),
        ("2026-11-20T15:01", "2026-11-23T17:30"),
        ("2026-11-20T18:00", "2026-11-23T17:30"),
        ("2026-11-21T09:00", "2026-11-23T17:30"),
        ("2026-11-21T16:00", "2026-11-23T17:30"),
        ("2026-11-23T15:01", "2026-11-25T17:30"),
    ],
)
def test_same_day_means_that_day_until_three_in_the_afternoon(received, expected):
    assert due("", "same_day", received) == expected


def test_the_cut_off_of_same_day_procedures_is_a_setting():
    limit = Limit(Decimal(0), Unit.SAME_DAY, time(16, 0))
    assert due_at(limit, moment("2026-11-20T16:00"), national()) == moment("2026-11-20T17:30")
    assert due_at(limit, moment("2026-11-20T16:01"), national()) == moment("2026-11-23T17:30")


def test_a_local_reception_cut_off_moves_receipt_to_the_next_working_day():
    limit, late = Limit.parse("1", "working_day"), moment("2026-11-18T16:01")
    assert due_at(limit, late, national()) == moment("2026-11-19T17:30")
    assert due_at(limit, late, national(), reception_cutoff=time(16, 0)) == moment("2026-11-20T17:30")
    on_time = moment("2026-11-18T16:00")
    assert due_at(limit, on_time, national(), reception_cutoff=time(16, 0)) == moment("2026-11-19T17:30")


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        ("2026-01-15T09:00", "1", "2026-02-23T17:30"),  # 15-2 is a Sunday, then the week of Tết
        ("2025-12-31T09:00", "2", "2026-03-02T17:30"),  # 28-2 is a Saturday
        ("2023-12-29T09:00", "2", "2024-02-29T17:30"),
        ("2022-12-30T09:00", "2", "2023-02-28T17:30"),  # clamped from 30-2
        ("2024-01-31T09:00", "1", "2024-02-29T17:30"),
        ("2026-08-31T09:00", "1", "2026-10-05T17:30"),  # off: counts as 3-9; 3-10 is a Saturday
        ("2026-03-31T09:00", "1", "2026-05-04T17:30"),  # clamped to 30-4, a holiday, then a weekend
        ("2026-03-31T09:00", "0", "2026-03-31T17:30"),
        ("2025-11-14T09:00", "12", "2026-11-16T17:30"),
    ],
)
def test_a_month_ends_on_the_same_day_number_clamped_and_rolled(received, months, expected):
    assert due(months, "month", received) == expected


def test_no_limit_means_no_due_date():
    assert due("", "none", "2026-11-20T09:00") == ""


MORNINGS = from_json(
    {
        "sessions": {day: ["07:30-11:30", "13:30-17:30"] for day in ("mon", "tue", "wed", "thu")}
        | {"fri": ["08:00-12:00"]},
        "days": {"2026-01-02": "off", "2026-01-10": "work", "2026-08-22": {"work": ["08:00-12:00"]}},
    }
)


@pytest.mark.parametrize(
    ("received", "amount", "unit", "expected"),
    [
        ("2026-08-20T09:00", "1", "working_day", "2026-08-21T12:00"),  # a Friday ends at noon
        ("2026-08-20T09:00", "2", "working_day", "2026-08-22T12:00"),  # its own sessions
        ("2026-08-22T13:00", "1", "working_day", "2026-08-25T17:30"),
        ("2026-08-22T11:00", "", "same_day", "2026-08-22T12:00"),
        ("2026-08-22T12:30", "", "same_day", "2026-08-24T17:30"),  # nothing is left of that day
        ("2026-01-10T16:00", "0", "working_day", "2026-01-10T17:30"),  # Monday's sessions
        ("2026-01-01T16:30", "2", "working_hour", "2026-01-05T08:30"),
        ("2026-01-08T17:00", "5", "working_hour", "2026-01-10T08:00"),
        ("2026-08-07T09:00", "14", "calendar_day", "2026-08-21T12:00"),
    ],
)
def test_a_calendar_of_its_own_is_followed_to_the_letter(received, amount, unit, expected):
    assert due(amount, unit, received, MORNINGS) == expected


@pytest.mark.parametrize("unit", ["working_day", "calendar_day", "month", "working_hour", "same_day"])
@pytest.mark.parametrize("data", [{}, {"sessions": {}}, {"sessions": {"mon": []}}])
def test_a_calendar_without_working_days_is_an_error_not_a_loop(unit, data):
    with pytest.raises(NoWorkingDays, match="không còn ngày làm việc"):
        due("1", unit, "2026-01-05T09:00", from_json(data))


def test_a_calendar_whose_last_working_day_is_past_is_an_error():
    calendar = from_json({"sessions": {}, "days": {"2026-01-05": {"work": ["08:00-12:00"]}}})
    assert due("0", "working_day", "2026-01-02T09:00", calendar) == "2026-01-05T12:00"
    with pytest.raises(NoWorkingDays):
        due("1", "working_day", "2026-01-02T09:00", calendar)
    with pytest.raises(NoWorkingDays):
        due("4.01", "working_hour", "2026-01-02T09:00", calendar)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("600", "working_day"), ("900", "calendar_day"), ("30", "month"), ("9000", "working_hour")],
)
def test_beyond_the_known_years_the_clock_says_so_and_does_not_guess(amount, unit):
    with pytest.raises(BeyondCalendar, match="chỉ có đến ngày 31/12/2028"):
        due(amount, unit, "2026-11-20T09:00")


def test_before_the_known_years_the_clock_says_so():
    with pytest.raises(BeyondCalendar, match="chỉ có từ ngày 01/01/2012"):
        due("1", "working_day", "2011-12-30T09:00")
    assert due("1", "working_day", "2012-01-01T09:00") == "2012-01-04T17:30"


def test_a_limit_past_the_last_year_of_all_is_an_error():
    calendar = from_json({"sessions": {"mon": ["08:00-12:00"]}})
    for amount, unit in (("100000", "calendar_day"), ("3000", "month"), ("100000", "working_day")):
        with pytest.raises(ClockError, match="9999"):
            due(amount, unit, "9900-01-05T09:00", calendar)


def test_very_long_limits_are_answered():
    calendar = from_json({"sessions": {day: ["08:00-12:00"] for day in ("mon", "tue", "wed", "thu", "fri")}})
    assert due("5000", "working_day", "2026-01-05T09:00", calendar) == "2045-03-06T12:00"
    assert due("20000", "working_hour", "2026-01-05T08:00", calendar) == "2045-03-03T12:00"


def test_an_earlier_question_does_not_disturb_a_later_one():
    days = {"sessions": {day: ["08:00-12:00"] for day in ("mon", "wed", "fri")}}
    fresh, used = from_json(days), from_json(days)
    for received in ("2030-01-07T09:00", "1999-05-03T09:00", "2031-01-06T09:00", "1990-01-01T09:00"):
        for amount, unit in (("7", "working_day"), ("30", "working_hour"), ("31", "calendar_day")):
            assert due(amount, unit, received, used) == due(amount, unit, received, from_json(days))
    assert used.working_days_between(date(1985, 1, 1), date(2035, 1, 1)) == fresh.working_days_between(
        date(1985, 1, 1), date(2035, 1, 1)
    )
    assert used.previous_working(date(1980, 1, 2)) == date(1979, 12, 31)


@pytest.mark.parametrize(
    ("amount", "unit", "message"),
    [
        ("0.5", "working_day", "không nguyên"),
        ("1.5", "month", "không nguyên"),
        ("-1", "calendar_day", "số âm"),
        ("-0.5", "working_hour", "số âm"),
        ("100001", "working_day", "quá dài"),
        ("ba", "working_day", "không đọc được"),
        ("", "working_day", "không đọc được"),
        ("NaN", "working_hour", "không đọc được"),
        ("1", "tuần", "chưa được biết"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_in_words(amount, unit, message):
    with pytest.raises(ClockError, match=message):
        Limit.parse(amount, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Ngày làm việc", Unit.WORKING_DAY),
        ("ngay lam viec", Unit.WORKING_DAY),
        ("Ngày", Unit.CALENDAR_DAY),
        ("Tháng", Unit.MONTH),
        ("Giờ", Unit.WORKING_HOUR),
        ("giờ làm việc", Unit.WORKING_HOUR),
        ("Trong ngày", Unit.SAME_DAY),
        ("không quy định", Unit.NONE),
        ("WORKING_DAY", Unit.WORKING_DAY),
    ],
)
def test_units_are_understood_in_vietnamese_too(text, unit):
    assert Unit.parse(text) is unit


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        ("10.0", "working_day", "10 ngày làm việc"),
        ("20", "calendar_day", "20 ngày"),
        ("3", "month", "3 tháng"),
        ("1.50", "working_hour", "1,5 giờ làm việc"),
        ("", "same_day", "trong ngày làm việc"),
        ("", "none", "không quy định thời hạn"),
    ],
)
def test_a_limit_describes_itself(amount, unit, text):
    assert Limit.parse(amount, unit).describe() == text
    assert Unit(unit).label


DUE = moment("2026-11-20T17:00")


@pytest.mark.parametrize(
    ("done", "by_date", "by_minute"),
    [
        ("2026-11-19T23:59", Standing.BEFORE, Standing.BEFORE),
        ("2026-11-20T00:00", Standing.ON, Standing.ON),
        ("2026-11-20T17:00", Standing.ON, Standing.ON),
        ("2026-11-20T17:01", Standing.ON, Standing.LATE),
        ("2026-11-21T00:00", Standing.LATE, Standing.LATE),
    ],
)
def test_before_on_and_late_by_date_or_by_minute(done, by_date, by_minute):
    assert standing(DUE, moment(done)) is by_date
    assert standing(DUE, moment(done), by_minute=True) is by_minute
    assert is_overdue(DUE, moment(done)) is (by_date is Standing.LATE)


def test_without_a_due_date_nothing_is_late():
    assert standing(None, DUE) is Standing.BEFORE
    assert not is_overdue(None, DUE)
    assert [s.label for s in Standing] == ["trước hạn", "đúng hạn", "quá hạn"]


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-20T08:00", 0),
        ("2026-11-19T08:00", 1),
        ("2026-11-13T08:00", 5),
        ("2026-11-21T08:00", 0),
        ("2026-11-23T08:00", -1),
        ("2026-11-25T08:00", -2),
    ],
)
def test_working_days_left_counts_down_through_zero(now, left):
    assert working_days_left(moment(now), DUE, national()) == left


def test_working_hours_between_two_moments():
    between = lambda a, b: working_hours_between(moment(a), moment(b), national())  # noqa: E731
    assert between("2026-11-20T10:00", "2026-11-20T14:00") == 2
    assert between("2026-11-20T12:00", "2026-11-23T07:30") == 4
    assert between("2026-11-20T17:30", "2026-11-20T23:59") == 0
    assert between("2026-11-23T08:00", "2026-11-20T08:00") == 0
    assert add_working_hours(moment("2026-11-21T08:00"), Decimal("8"), national()) == moment(
        "2026-11-23T17:30"
    )
