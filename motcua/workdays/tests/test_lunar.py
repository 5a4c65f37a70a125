"""The Vietnamese lunar calendar against dates that everybody knows."""

from datetime import date

import pytest

from motcua.workdays.rules.holidays import Choices, provisional_days
from motcua.workdays.rules.lunar import hung_kings_day, new_year, solar_date

CHINA = 8.0


@pytest.mark.parametrize(
    "tet",
    [
        "1968-01-29", "1985-01-21", "2000-02-05", "2007-02-17", "2012-01-23", "2013-02-10", "2014-01-31",
        "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12",
        "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26",
        "2029-02-13", "2030-02-02",
    ],
)  # fmt: skip
def test_tet_falls_on_the_known_day(tet):
    day = date.fromisoformat(tet)
    assert new_year(day.year) == day


@pytest.mark.parametrize(
    ("year", "vietnam", "china"),
    [
        (1968, "1968-01-29", "1968-01-30"),
        (1985, "1985-01-21", "1985-02-20"),
        (2007, "2007-02-17", "2007-02-18"),
        (2030, "2030-02-02", "2030-02-03"),
    ],
)
def test_viet_nam_and_china_differ_in_these_years(year, vietnam, china):
    assert new_year(year).isoformat() == vietnam
    assert new_year(year, zone=CHINA).isoformat() == china


@pytest.mark.parametrize(
    "day",
    [
        "2012-03-31", "2013-04-19", "2014-04-09", "2015-04-28", "2016-04-16", "2017-04-06", "2018-04-25",
        "2019-04-14", "2020-04-02", "2021-04-21", "2022-04-10", "2023-04-29", "2024-04-18", "2025-04-07",
        "2026-04-26", "2027-04-16",
    ],
)  # fmt: skip
def test_the_hung_kings_day_falls_on_the_known_day(day):
    assert hung_kings_day(int(day[:4])).isoformat() == day


@pytest.mark.parametrize(
    ("year", "month"),
    [
        (1985, 2),
        (2004, 2),
        (2006, 7),
        (2009, 5),
        (2012, 4),
        (2014, 9),
        (2017, 6),
        (2020, 4),
        (2023, 2),
        (2025, 6),
    ],
)
def test_leap_months_stand_where_the_calendar_has_them(year, month):
    leap = solar_date(year, month, 1, leap=True)
    assert 29 <= (leap - solar_date(year, month, 1)).days <= 30


def test_a_year_without_that_leap_month_says_so():
    with pytest.raises(ValueError, match="lunar year 2026 has no month 6 leap"):
        solar_date(2026, 6, 1, leap=True)


def test_every_year_from_1900_to_2100_has_twelve_or_thirteen_months_that_join():
    for year in range(1900, 2100):
        length = (new_year(year + 1) - new_year(year)).days
        assert length in (353, 354, 355, 383, 384, 385), year
        assert date(year, 1, 20) <= new_year(year) <= date(year, 2, 21), year


def test_the_autumn_festival_of_2026():
    assert solar_date(2026, 8, 15) == date(2026, 9, 25)


def test_provisional_days_follow_the_choices_of_the_last_announcement():
    days = provisional_days(2027, Choices(-2, 1), culture_day=False)
    tet = [d.isoformat() for d, entry in days.items() if "Tết Nguyên đán" in entry.name]
    assert tet == ["2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10"]
    assert date(2027, 9, 3) in days
    assert date(2027, 9, 1) not in days
    assert date(2027, 11, 24) not in days
    assert date(2027, 9, 3) not in provisional_days(2027, Choices(-2, 0))


def test_two_holidays_on_one_weekend_give_two_days_of_compensation():
    days = provisional_days(2022, Choices(-1, -1))  # 30-4 a Saturday, 1-5 a Sunday
    assert date(2022, 5, 2) in days
    assert date(2022, 5, 3) in days
    assert all(entry.provisional for entry in days.values())
