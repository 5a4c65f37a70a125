"""The sheet of a year."""

from datetime import date

import pytest

from motcua.workdays.rules.limits import ClockError
from motcua.workdays.rules.national import from_json, national, read_file
from motcua.workdays.rules.year import INSTEAD, OFF, SHORT, WEEKEND, WORK, year_sheet


def cell(sheet, day: date):
    return next(c for week in sheet.months[day.month - 1].weeks for c in week if c and c.day == day)


def test_a_year_has_its_days_once_in_weeks_from_monday():
    sheet = year_sheet(national(), 2026)
    days = [c.day for month in sheet.months for week in month.weeks for c in week if c]
    assert days == list(national().days(date(2026, 1, 1), date(2026, 12, 31)))
    assert all(len(week) == 7 for month in sheet.months for week in month.weeks)
    assert all(
        c is None or c.day.weekday() == n for m in sheet.months for w in m.weeks for n, c in enumerate(w)
    )


def test_working_days_are_counted_by_month_and_year():
    sheet = year_sheet(national(), 2026)
    assert sheet.working_days == 249
    assert sheet.months[10].working_days == 20
    assert not sheet.provisional
    assert year_sheet(national(), 2027).provisional


def test_each_cell_says_what_its_day_is():
    sheet = year_sheet(national(), 2026)
    assert cell(sheet, date(2026, 11, 23)).kind == WORK
    assert cell(sheet, date(2026, 11, 23)).title == ""
    assert cell(sheet, date(2026, 11, 22)).kind == WEEKEND
    assert cell(sheet, date(2026, 11, 22)).title == ""
    assert cell(sheet, date(2026, 11, 24)).kind == OFF
    assert cell(sheet, date(2026, 11, 24)).title == "Ngày Văn hóa Việt Nam"
    assert cell(sheet, date(2026, 8, 22)).kind == INSTEAD
    own = from_json(
        {
            "sessions": {"mon": ["08:00-12:00"]},
            "days": {"2026-11-23": {"work": ["08:00-09:00"]}, "2026-11-22": {"off": True, "source": "QĐ"}},
        }
    )
    sheet = year_sheet(own, 2026)
    assert cell(sheet, date(2026, 11, 23)).kind == SHORT
    assert cell(sheet, date(2026, 11, 24)).kind == OFF
    assert cell(sheet, date(2026, 11, 22)).kind == OFF
    assert cell(sheet, date(2026, 11, 21)).kind == WEEKEND


def test_a_calendar_file_that_is_broken_says_where(tmp_path):
    path = tmp_path / "lich.json"
    path.write_text('{"a": }')
    with pytest.raises(ClockError, match="dòng 1, cột 7"):
        read_file(path)
    path.write_bytes('{"tên": "Lịch"}'.encode("utf-16-le"))
    with pytest.raises(ClockError):
        read_file(path)
    path.write_bytes(b'{"a": "\xff\xfe"}')
    with pytest.raises(ClockError, match="UTF-8"):
        read_file(path)
