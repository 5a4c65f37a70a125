"""Percentiles, spans of work and the forecast, from values alone."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.statistics.rules.stages import (
    Ahead,
    Course,
    Spread,
    Usual,
    Work,
    average,
    forecast,
    pace,
    percentile,
    stage_times,
)

HOURS = st.decimals(0, 5000, places=2)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([], 50, None),
        (["7"], 90, "7.00"),
        (["1", "2", "3", "4"], 50, "2.50"),
        (["1", "2", "3", "4"], 90, "3.70"),
        (["10", "0"], 0, "0.00"),
        (["10", "0"], 100, "10.00"),
        (["15", "20", "35", "40", "50"], 40, "29.00"),
    ],
)
def test_percentiles_are_those_of_a_spreadsheet(values, share, found):
    assert percentile([D(v) for v in values], share) == (found and D(found))


@given(st.lists(HOURS, min_size=1, max_size=40), st.integers(0, 100), st.integers(0, 100))
def test_percentiles_rise_and_stay_between_the_least_and_the_greatest(values, one, other):
    low, high = sorted((one, other))
    found = [percentile(values, share) for share in (0, low, high, 100)]
    assert found == sorted(found)
    assert (found[0], found[3]) == (min(values), max(values))


def test_of_tasks_side_by_side_the_longest_counts_and_rounds_add_up():
    work = [Work(2, 1, D(1), D(3)), Work(2, 1, D(0), D(9)), Work(2, 2, D(2), D(1)), Work(1, 1, D(0), D(4))]
    first, second = stage_times(work)
    assert (first.stage, first.total, first.rounds) == (1, D(4), 1)
    assert (second.waited, second.held, second.total, second.rounds) == (D(2), D(10), D(12), 2)
    assert stage_times(reversed(work)) == [first, second]


@pytest.mark.parametrize(
    ("taken", "cut", "late"),
    [("40", 0, False), ("40.01", 0, True), ("28", 30, False), ("28.01", 30, True), ("0", 100, False)],
)
def test_a_cut_makes_late_what_took_longer_than_what_is_left_of_the_limit(taken, cut, late):
    assert Course(D(taken), D(40)).late_under(cut) is late


def test_the_pace_tells_who_was_late_and_who_the_cut_alone_would_have_made_late():
    found = pace([Course(D(h), D(40)) for h in (10, 20, 30, 39, 50)], 30)
    assert (found.count, found.taken, found.limit) == (5, Spread(D("29.80"), D(30), D("45.60")), D(40))
    assert (found.late, found.late_if_cut, found.made_late) == (1, 3, 2)
    assert pace([], 30).taken == Spread(None, None, None)


@given(st.lists(HOURS, min_size=1, max_size=40))
def test_an_average_lies_between_the_least_and_the_greatest(values):
    found = average(values)
    assert min(values) <= found <= max(values)
    assert abs(found * len(values) - sum(values)) <= D("0.005") * len(values)


@given(st.lists(st.builds(Course, HOURS, HOURS), max_size=20), st.integers(0, 100), st.integers(0, 100))
def test_the_deeper_the_cut_the_more_are_late(courses, one, other):
    low, high = sorted((one, other))
    assert 0 <= pace(courses, low).made_late <= pace(courses, high).made_late


AHEAD = [Ahead(1, "Thẩm tra", D(16), spent=D(6)), Ahead(2, "Ký", D(8)), Ahead(3, "Trả", D(4))]
USUAL = {1: Usual(D(10), 20), 2: Usual(D(3), 4), 3: Usual(D(1), 5)}


def test_a_forecast_takes_past_times_less_what_is_spent_and_the_plan_where_cases_are_few():
    found = forecast(D(13), AHEAD, USUAL)
    assert [(step.name, step.hours, step.known) for step in found.steps] == [
        ("Thẩm tra", D(4), True),
        ("Ký", D(8), False),
        ("Trả", D(1), True),
    ]
    assert (found.needed, found.late) == (D(13), False)
    assert forecast(D("12.99"), AHEAD, USUAL).late


def test_a_stage_that_has_taken_longer_than_usual_counts_for_nothing_more():
    assert forecast(D(1), [Ahead(1, "x", D(2), spent=D(50))], USUAL).needed == 0


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_more_time_left_never_makes_a_dossier_late(one, other):
    less, more = sorted((one, other))
    assert forecast(less, AHEAD, USUAL).late >= forecast(more, AHEAD, USUAL).late
