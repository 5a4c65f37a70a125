"""Calendars: layers, notes, files, the shipped national one, provisional years."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest

from motcua.workdays.rules.calendar import (
    BeyondCalendar,
    ClockError,
    DayEntry,
    Layer,
    NoWorkingDays,
    Plan,
    WorkCalendar,
    day_text,
    weekday_name,
)
from motcua.workdays.rules.national import (
    choices_of,
    from_json,
    national,
    read_file,
    shipped_data,
    with_provisional_years,
)
from motcua.workdays.rules.sessions import parse_sessions, session_texts

OFFICE = parse_sessions(["07:30-11:30", "13:30-17:30"])
WEEK = tuple(Plan(weekday, OFFICE) for weekday in range(5))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2018, 250),
        (2019, 252),
        (2020, 252),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 250),
        (2026, 249),
        (2012, 251),
        (2013, 253),
        (2014, 252),
        (2015, 250),
        (2016, 251),
        (2017, 250),
    ],
)
def test_the_working_days_of_each_year_add_up(year, days):
    calendar = national()
    first = date(year, 1, 1)
    count = calendar.working_days_between(first, date(year, 12, 31)) + calendar.is_working(first)
    assert count == days


@pytest.mark.parametrize(
    ("year", "weekdays_off", "saturdays"),
    [
        (2012, "2/1 23/1 24/1 25/1 26/1 27/1 2/4 30/4 1/5 3/9 31/12", "4/2"),
        (2013, "1/1 11/2 12/2 13/2 14/2 15/2 19/4 29/4 30/4 1/5 2/9", "5/1 23/2 4/5"),
        (2014, "1/1 28/1 29/1 30/1 31/1 3/2 4/2 5/2 9/4 30/4 1/5 2/5 1/9 2/9", "25/1 8/2 26/4 6/9 27/12"),
        (2015, "1/1 2/1 16/2 17/2 18/2 19/2 20/2 23/2 28/4 29/4 30/4 1/5 2/9", "14/2 25/4"),
        (2016, "1/1 8/2 9/2 10/2 11/2 12/2 18/4 2/5 3/5 2/9", ""),
        (2017, "2/1 26/1 27/1 30/1 31/1 1/2 6/4 1/5 2/5 4/9", ""),
        (2018, "1/1 14/2 15/2 16/2 19/2 20/2 25/4 30/4 1/5 3/9 31/12", ""),
        (2019, "1/1 4/2 5/2 6/2 7/2 8/2 15/4 29/4 30/4 1/5 2/9", "5/1 4/5"),
        (2026, "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
        (2027, "1/1 5/2 8/2 9/2 10/2 11/2 16/4 30/4 3/5 1/9 2/9 24/11", ""),
        (2028, "3/1 25/1 26/1 27/1 28/1 31/1 4/4 1/5 2/5 1/9 4/9 24/11", ""),
    ],
)
def test_the_shipped_calendar_has_the_days_that_were_announced_or_follow_from_the_law(
    year, weekdays_off, saturdays
):
    calendar = national()
    days = [
        date(year, 1, 1) + timedelta(days=n)
        for n in range(366)
        if (date(year, 1, 1) + timedelta(days=n)).year == year
    ]
    assert [
        f"{d.day}/{d.month}" for d in days if d.weekday() < 5 and not calendar.is_working(d)
    ] == weekdays_off.split()
    assert [
        f"{d.day}/{d.month}" for d in days if d.weekday() >= 5 and calendar.is_working(d)
    ] == saturdays.split()
    assert all(calendar.is_provisional(d) == (year > 2026) for d in days)


def test_every_shipped_day_has_a_reason_and_a_source():
    for key, entry in shipped_data()["days"].items():
        day = date.fromisoformat(key)
        assert entry["name"], key
        assert entry["source"], key
        assert ("off" in entry) == (day.weekday() < 5), key


def test_notes_say_why_a_day_is_off_or_worked():
    calendar = national()
    assert calendar.day_note(date(2026, 11, 20)) is None
    assert calendar.day_note(date(2026, 11, 21)).name == "nghỉ hằng tuần"
    swapped = calendar.day_note(date(2026, 8, 22))
    assert swapped.works
    assert swapped.name == "làm bù cho ngày 31/08/2026"
    assert "2026" in swapped.source
    guess = calendar.day_note(date(2027, 2, 8))
    assert guess.provisional
    assert "tạm tính" in guess.source


def test_days_beyond_the_known_ones_are_an_error():
    for day in (date(2011, 12, 31), date(2029, 1, 1)):
        with pytest.raises(BeyondCalendar):
            national().is_working(day)


def test_next_previous_and_roll():
    calendar = national()
    assert calendar.next_working(date(2026, 11, 23)) == date(2026, 11, 25)
    assert calendar.roll(date(2026, 11, 24)) == date(2026, 11, 25)
    assert calendar.roll(date(2026, 11, 25)) == date(2026, 11, 25)
    assert calendar.previous_working(date(2026, 11, 25)) == date(2026, 11, 23)
    assert calendar.roll(date(2012, 1, 1)) == date(2012, 1, 3)
    assert calendar.working_days_between(date(2026, 11, 25), date(2026, 11, 20)) == -2
    assert day_text(date(2026, 11, 22)) == "Chủ nhật 22/11/2026"
    assert weekday_name(date(2026, 11, 23)) == "thứ Hai"
    assert list(calendar.days(date(2026, 1, 1), date(2026, 1, 2))) == [date(2026, 1, 1), date(2026, 1, 2)]


def test_there_is_no_working_day_before_the_first_known_one():
    with pytest.raises(BeyondCalendar):
        national().previous_working(date(2012, 1, 3))


def test_the_nearest_layer_decides_first_days_then_sessions():
    summer = Plan(0, parse_sessions(["07:00-11:00"]), date(2026, 6, 1), date(2026, 8, 31), "QĐ 5")
    own = Layer((summer,), {date(2026, 7, 8): DayEntry(False, None, "lễ hội", "QĐ 6")})
    nation = Layer(WEEK, {date(2026, 7, 11): DayEntry(True), date(2026, 7, 13): DayEntry(False)})
    calendar = WorkCalendar([own, nation])
    assert calendar.sessions_on(date(2026, 7, 6)) == ((time(7), time(11)),)
    assert calendar.sessions_on(date(2026, 9, 7)) == (
        (time(7, 30), time(11, 30)),
        (time(13, 30), time(17, 30)),
    )
    assert not calendar.is_working(date(2026, 7, 8))
    assert calendar.sessions_on(date(2026, 7, 11)) == ((time(7), time(11)),)  # as on the agency's Monday
    assert not calendar.is_working(date(2026, 7, 13))
    assert calendar.day_note(date(2026, 7, 11)).name == "làm việc bù"
    assert calendar.day_note(date(2026, 7, 13)).name == "ngày nghỉ"


def test_of_two_plans_in_force_the_later_one_counts():
    old, new = Plan(0, OFFICE, date(2026, 1, 1)), Plan(0, parse_sessions(["08:00-12:00"]), date(2026, 6, 1))
    calendar = WorkCalendar([Layer((new, old))])
    assert calendar.minutes_on(date(2026, 5, 25)) == OFFICE
    assert calendar.minutes_on(date(2026, 6, 1)) == ((480, 720),)


def test_a_weekday_without_sessions_says_so():
    calendar = from_json({"sessions": {"mon": ["08:00-12:00"]}})
    assert calendar.day_note(date(2026, 11, 24)).name == "không có ca làm việc"
    assert calendar.day_note(date(2026, 11, 22)).name == "nghỉ hằng tuần"


def test_plans_that_end_leave_no_working_day():
    plan = Plan(0, OFFICE, None, date(2026, 11, 23))
    calendar = WorkCalendar([Layer((plan,))])
    assert calendar.roll(date(2026, 11, 20)) == date(2026, 11, 23)
    with pytest.raises(NoWorkingDays):
        calendar.next_working(date(2026, 11, 23))


def test_what_is_entered_for_a_provisional_year_stands_above_the_computation():
    data = shipped_data()
    announced = {int(year): choices_of(entry) for year, entry in data["announced"].items()}
    day = date(2027, 2, 5)
    layer = Layer(WEEK, {day: DayEntry(True, None, "đi làm", "TB 1")})
    calendar = with_provisional_years([layer], announced, first=date(2012, 1, 1), name="thử")
    assert calendar.is_working(day)
    assert not calendar.is_working(date(2027, 2, 8))


def test_without_any_announced_year_there_is_no_national_calendar():
    with pytest.raises(ClockError, match="Chưa có năm nào"):
        with_provisional_years([], {}, first=date(2012, 1, 1), name="")


def test_days_in_a_file_may_carry_name_and_source():
    calendar = from_json(
        {
            "sessions": {"MON": ["13:30-17:30", "7:30-11:30"]},
            "days": {
                "2026-11-23": {"off": True, "name": "Lễ hội làng", "source": "QĐ 9"},
                "2026-11-22": {"work": True, "name": "làm bù"},
            },
        }
    )
    assert calendar.day_note(date(2026, 11, 23)).source == "QĐ 9"
    assert calendar.minutes_on(date(2026, 11, 22)) == OFFICE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "đối tượng JSON"),
        ({"sessions": []}, "“sessions” phải là"),
        ({"sessions": {"monday": []}}, "Thứ “monday”"),
        ({"sessions": {"mon": "07:30-11:30"}}, "danh sách"),
        ({"sessions": {"mon": 8}}, "danh sách"),
        ({"sessions": {"mon": ["07:30"]}}, "không đọc được"),
        ({"sessions": {"mon": [730]}}, "không đọc được"),
        ({"sessions": {"mon": ["07:30-24:00"]}}, "giờ không hợp lệ"),
        ({"sessions": {"mon": ["11:30-07:30"]}}, "kết thúc trước"),
        ({"sessions": {"mon": ["07:30-11:30", "11:00-12:00"]}}, "chồng lên nhau"),
        ({"days": []}, "“days” phải là"),
        ({"days": {"2026-13-01": "off"}}, "Ngày “2026-13-01”"),
        ({"days": {"2026-01-01": "nghỉ"}}, "giá trị phải là"),
        ({"days": {"2026-01-01": {"work": [], "off": True}}}, "giá trị phải là"),
        ({"days": {"2026-01-01": {"work": "08:00-12:00"}}}, "danh sách"),
    ],
)
def test_a_bad_calendar_file_is_refused_in_words(data, message):
    with pytest.raises(ClockError, match=message):
        from_json(data)


def test_a_file_that_is_no_json_is_refused_and_a_byte_order_mark_is_not(tmp_path):
    path = tmp_path / "lich.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ClockError, match="không phải JSON"):
        read_file(path)
    path.write_text(json.dumps({"sessions": {"mon": ["08:00-12:00"]}}), encoding="utf-8-sig")
    assert read_file(path).is_working(date(2026, 11, 23))


def test_no_sessions_may_be_written_as_nothing_or_as_an_empty_list():
    calendar = from_json({"sessions": {"mon": None, "tue": []}, "days": {"2026-11-25": {"work": []}}})
    for day in (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)):
        assert not calendar.is_working(day)


def test_touching_sessions_are_allowed_and_sessions_print_as_they_are_read():
    assert session_texts(parse_sessions(["11:30-17:30", "07:30-11:30"])) == ["07:30-11:30", "11:30-17:30"]


def test_the_last_days_of_all_time_are_no_trap():
    calendar = from_json({"sessions": {"mon": ["08:00-12:00"]}})
    with pytest.raises(BeyondCalendar, match="9999"):
        calendar.next_working(date(9999, 12, 27))
    assert calendar.roll(date(9999, 12, 21)) == date(9999, 12, 27)
    assert calendar.roll(date(1, 1, 1)) == date(1, 1, 1)


def test_many_threads_may_read_a_fresh_calendar_at_once():
    layers = national().layers

    def count(calendar: WorkCalendar) -> int:
        return calendar.working_days_between(date(2018, 1, 1), date(2026, 12, 31))

    expected = count(national())
    for _ in range(5):
        fresh = WorkCalendar(layers, first=date(2012, 1, 1), last=date(2028, 12, 31))
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(count, [fresh] * 16)) == {expected}
