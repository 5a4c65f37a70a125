"""Reporting periods of Decree 09/2019, and shares as people read them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.statistics.rules.periods import Basis, Kind, Period, Window, containing, parse
from motcua.statistics.rules.shares import decimal_text, is_small, percent


@pytest.mark.parametrize(
    ("code", "start", "end", "label"),
    [
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14), "quý I năm 2026"),
        ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14), "quý IV năm 2026"),
        ("2026-03", date(2026, 2, 15), date(2026, 3, 14), "tháng 3 năm 2026"),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14), "tháng 1 năm 2026"),
        ("2026-11", date(2026, 10, 15), date(2026, 11, 14), "tháng 11 năm 2026"),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026"),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14), "6 tháng cuối năm 2026"),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14), "9 tháng năm 2026"),
        ("2026", date(2025, 12, 15), date(2026, 12, 14), "năm 2026"),
    ],
)
def test_periods_of_the_law_close_on_the_fourteenth(code, start, end, label):
    period = parse(code)
    assert (period.start, period.end, period.label, period.code) == (start, end, label, code)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_of_the_calendar_are_whole_months(code, start, end):
    period = parse(code, Basis.CALENDAR)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-13", "26-Q1", "quý 1", "2026-H3", "1999", "2026-Q1 x"])
def test_what_names_no_period_is_refused_with_the_forms(text):
    with pytest.raises(RuleViolation, match=r"Kỳ báo cáo"):
        parse(text)


def test_a_window_has_its_days_in_order():
    assert Window(date(2026, 1, 1), date(2026, 1, 1)).name == "từ ngày 01-01-2026 đến ngày 01-01-2026"
    with pytest.raises(RuleViolation):
        Window(date(2026, 1, 2), date(2026, 1, 1))


@given(
    kind=st.sampled_from([Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR]),
    basis=st.sampled_from(Basis),
    day=st.dates(date(2010, 1, 1), date(2030, 12, 31)),
)
def test_periods_follow_each_other_without_gap_and_hold_their_days(kind, basis, day):
    period = containing(day, kind, basis)
    assert period.start <= day <= period.end
    assert period.after().start == period.end + timedelta(days=1)
    assert period.after().before() == period
    assert parse(period.code, basis) == period


def test_nine_months_do_not_cover_the_year():
    assert containing(date(2026, 10, 1), Kind.NINE_MONTHS) == Period(Kind.NINE_MONTHS, 2026)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (2561, 2604, "98,35"),
        (1, 3, "33,33"),
        (2, 3, "66,67"),
        (99996, 100000, "99,99"),
        (271999, 272000, "99,99"),
        (1, 272000, "0,01"),
        (0, 5, "0,00"),
        (5, 5, "100,00"),
        (1, 800, "0,13"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_never_all_while_one_is_missing(part, whole, shown):
    assert decimal_text(percent(part, whole)) == shown


@given(part=st.integers(0, 10**6), extra=st.integers(0, 10**6))
def test_a_share_lies_between_nothing_and_all_and_says_so_honestly(part, extra):
    whole = part + extra
    share = percent(part, whole)
    if whole == 0:
        assert share is None
    else:
        assert (share == 100) == (part == whole)
        assert (share == 0) == (part == 0)
        assert abs(share - Decimal(100) * part / whole) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("number", "shown"), [(1510, "1.510"), (272000, "272.000"), (Decimal("-1234.5"), "-1.234,5"), (0, "0")]
)
def test_numbers_have_dots_and_a_comma(number, shown):
    assert decimal_text(number) == shown


def test_few_are_marked():
    assert [is_small(n) for n in (0, 1, 29, 30)] == [False, True, True, False]
