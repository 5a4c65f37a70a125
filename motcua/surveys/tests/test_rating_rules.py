"""Marks, reasons, batches and small groups."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.surveys.rules.ratings import (
    OVERALL,
    Asked,
    Kind,
    batches,
    checked_marks,
    checked_reasons,
    month_before,
    shown_groups,
    tallies,
)

TOPICS = (
    Asked("overall", Kind.SCALE, ("o1",)),
    Asked("attitude", Kind.SCALE, ("a1", "a2")),
    Asked("contacts", Kind.COUNT, ("c1",)),
    Asked("extra_costs", Kind.YES_NO),
)


def test_marks_are_taken_by_topic_and_what_is_left_out_stays_out():
    assert checked_marks(TOPICS, {"overall": "4", "contacts": " 0 ", "attitude": "", "other": "9"}) == {
        "overall": 4,
        "contacts": 0,
    }


@pytest.mark.parametrize(
    ("raw", "field"),
    [({}, "overall"), ({"overall": "6"}, "overall"), ({"overall": "0"}, "overall"), ({"overall": "3", "contacts": "5"}, "contacts"), ({"overall": "½"}, "overall"), ({"attitude": "4"}, "overall")],
)  # fmt: skip
def test_a_mark_that_there_is_not_and_no_overall_mark_are_refused(raw, field):
    with pytest.raises(RuleViolation) as caught:
        checked_marks(TOPICS, raw)
    assert caught.value.field == field


def test_reasons_count_only_with_a_low_mark_of_their_topic():
    marks = {"overall": 5, "attitude": 2, "contacts": 1}
    assert checked_reasons(TOPICS, marks, ["a2", "o1", "c1", "a2", "made up"]) == ("a2", "c1")


def test_what_complains_differs_by_topic():
    scale, count, yes = TOPICS[0], TOPICS[2], TOPICS[3]
    assert [scale.is_low(m) for m in range(1, 6)] == [True, True, False, False, False]
    assert [scale.is_good(m) for m in range(1, 6)] == [False, False, False, True, True]
    assert [count.is_low(m) for m in (0, 1, 2)] == [False, True, True]
    assert [yes.is_good(m) for m in (0, 1)] == [True, False]


def test_a_tally_has_share_mean_and_index_and_leaves_out_what_is_no_mark():
    overall, _, contacts, _ = tallies(
        TOPICS, [{"overall": 5, "contacts": 0}, {"overall": 2}, {"overall": 4, "contacts": 9}]
    )
    assert (overall.valid, overall.good, overall.low, overall.percent, overall.mean, overall.index) == (3, 2, 1, Decimal("66.67"), Decimal("3.67"), Decimal("66.67"))  # fmt: skip
    assert (contacts.valid, contacts.percent, contacts.index) == (1, Decimal("100.00"), None)


def test_a_tally_of_nothing_has_no_figures():
    [empty, *_] = tallies(TOPICS, [])
    assert (empty.percent, empty.mean, empty.index) == (None, None, None)


def test_months_are_gathered_until_there_are_enough():
    jan, feb, mar, apr = (date(2026, m, 1) for m in range(1, 5))
    assert batches({jan: 2, feb: 3, mar: 9, apr: 1}, 5) == {jan: feb, feb: feb, mar: mar}
    assert batches({}, 5) == {}
    assert month_before(jan) == date(2025, 12, 1)


MONTHS = st.dictionaries(
    st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(lambda d: d.replace(day=1)), st.integers(1, 20)
)


@given(MONTHS, st.integers(1, 30))
def test_every_batch_holds_enough_and_what_waits_is_less(waiting, minimum):
    plan = batches(waiting, minimum)
    for seen in set(plan.values()):
        assert sum(n for month, n in waiting.items() if plan.get(month) == seen) >= minimum
    assert all(month <= seen for month, seen in plan.items())
    assert sum(n for month, n in waiting.items() if month not in plan) < minimum


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 40)), st.integers(1, 15))
def test_nobody_can_subtract_a_small_group_from_the_whole(sizes, minimum):
    shown = shown_groups(sizes, minimum)
    assert all(sizes[key] >= minimum for key in shown)
    rest = sum(sizes.values()) - sum(sizes[key] for key in shown)
    assert rest == 0 or rest >= minimum or not shown


def test_one_who_complains_among_many_keeps_the_share_below_all():
    overall = Asked(OVERALL, Kind.SCALE)
    many = [{OVERALL: 5}] * 24_999
    assert tallies([overall], [*many, {OVERALL: 1}])[0].percent == Decimal("99.99")
    assert tallies([overall], many)[0].percent == Decimal("100.00")
    assert tallies([overall], [*([{OVERALL: 1}] * 24_999), {OVERALL: 5}])[0].percent == Decimal("0.01")
