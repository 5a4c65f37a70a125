"""The arithmetic of the index: points by target, totals with and without what cannot be counted, ranks, what would raise it."""

import json
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.statistics.actions.index766 import SHIPPED
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.index766 import (
    Band,
    Component,
    Group,
    Line,
    Missing,
    Ratio,
    Scheme,
    State,
    gains,
    line_of,
    lines_of,
    measure_of,
    more_needed,
    ranks,
    score,
    short_of,
    sums_of,
)
from motcua.statistics.rules.index766_measures import BY_FIGURES, COUNTED, MEASURES, Of
from motcua.statistics.rules.shares import decimal_text

BANDS = (
    Band("Xuất sắc", D(90)),
    Band("Tốt", D(80)),
    Band("Khá", D(70)),
    Band("Trung bình", D(50)),
    Band("Yếu", D(0)),
)


def component(points="20", target="100", measure="progress", code="2.1") -> Component:
    return Component(1, code, code, D(points), D(target) if target else None, measure_of(measure))


def scheme(*components: Component) -> Scheme:
    return Scheme(1, "Bộ", "QĐ", "", "", (Group("1", "Nhóm", components),), BANDS, D(80), D(50))


def scored(part: int, whole: int, **about) -> Line:
    one = component(**about)
    return line_of(one, Ratio(part, whole), scheme(one))


def test_the_worked_example_of_que_son_gives_19_67_of_20() -> None:
    line = scored(2561, 2604)
    assert (decimal_text(line.rate), line.points, line.state) == ("98,35", D("19.67"), State.GREEN)
    assert (line.missing, line.short, line.more) == (D("0.33"), 43, None)


@pytest.mark.parametrize(
    ("part", "whole", "points", "target", "expected"),
    [
        (50, 100, "6", "50", "6.00"),  # reached
        (25, 100, "6", "50", "3.00"),  # half of the target
        (49, 100, "6", "50", "5.88"),
        (30, 100, "6", None, "1.80"),  # no target: P × R / 100
        (99_999, 100_000, "6", "100", "5.99"),  # never all of it while one is missing
        (1, 1, "0", "100", "0.00"),
        (0, 7, "4", "80", "0.00"),
        (1, 3, "4", "80", "1.67"),
    ],
)
def test_points_by_ratio_and_target(
    part: int, whole: int, points: str, target: str | None, expected: str
) -> None:
    assert score(D(points), D(target) if target else None, Ratio(part, whole)) == D(expected)


ratios = st.integers(1, 400_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
points = st.decimals(0, 100, places=2)
targets = st.none() | st.decimals("0.01", 100, places=2)


@given(ratios, points, targets)
def test_points_are_within_bounds_and_full_only_when_the_target_is_reached(ratio, points, target) -> None:
    found = score(points, target, Ratio(*ratio))
    reached = Fraction(100 * ratio[0], ratio[1]) >= Fraction(target or 100)
    assert 0 <= found <= points
    assert (found == points) == (reached or points == 0)
    assert found == found.quantize(D("0.01"))


@given(ratios, points, targets, st.integers(0, 400_000))
def test_more_that_counts_never_gives_fewer_points(ratio, points, target, more) -> None:
    part, whole = ratio
    better = min(whole, part + more)
    assert score(points, target, Ratio(better, whole)) >= score(points, target, Ratio(part, whole))


@given(ratios, points, targets, targets)
def test_a_higher_target_never_gives_more_points(ratio, points, target, other) -> None:
    low, high = sorted((target or D(100), other or D(100)))
    assert score(points, high, Ratio(*ratio)) <= score(points, low, Ratio(*ratio))


@given(ratios, targets)
def test_what_is_short_of_the_target_reaches_it_and_one_less_does_not(ratio, target) -> None:
    part, whole = ratio
    goal, short = Fraction(target or 100), short_of(target, Ratio(part, whole))
    assert Fraction(100 * (part + short), whole) >= goal
    assert short == 0 or Fraction(100 * (part + short - 1), whole) < goal
    more = more_needed(target, Ratio(part, whole))
    if more is None:
        assert goal == 100
        assert part < whole
    else:
        assert Fraction(100 * (part + more), whole + more) >= goal
        assert more == 0 or Fraction(100 * (part + more - 1), whole + more - 1) < goal


@given(st.lists(st.tuples(ratios, points.filter(bool), targets), max_size=8), st.integers(0, 5))
def test_totals_add_up_and_stay_within_what_can_be_had(rows, unknown) -> None:
    known = [component(p, t, code=str(n)) for n, (_, p, t) in enumerate(rows)]
    dark = [component("6", measure="synced", code=f"x{n}") for n in range(unknown)]
    whole = scheme(*known, *dark)
    lines = [line_of(c, Ratio(*r), whole) for c, (r, _, _) in zip(known, rows, strict=True)]
    sums = sums_of([*lines, *(line_of(c, None, whole) for c in dark)])
    assert sums.earned == sum((line.points for line in lines), D(0))
    assert 0 <= sums.earned <= sums.possible <= sums.points == whole.points
    if not rows:
        assert sums.value(Missing.RESCALE) is sums.value(Missing.COUNT_ZERO) is None
        return
    assert sums.earned <= sums.value(Missing.RESCALE) <= sums.points
    assert (sums.value(Missing.RESCALE) == sums.points) == (sums.earned == sums.possible)
    assert sums.value(Missing.COUNT_ZERO) == sums.earned


def test_what_cannot_be_counted_says_why_and_has_no_points() -> None:
    one = scheme(component())
    dark = line_of(component(measure="synced"), None, one)
    assert (dark.state, dark.points) == (State.UNKNOWN, None)
    assert "Cổng Dịch vụ công quốc gia" in dark.reason
    nothing = line_of(component(), Ratio(), one)
    assert (nothing.state, nothing.reason[:15]) == (State.NOTHING, "trong kỳ không ")
    assert line_of(component(), None, one).state is State.NOTHING
    assert line_of(component(), None, one, "chưa khai báo").reason == "chưa khai báo"
    info = line_of(component("0", None, "average_time"), Ratio(3, 3), one)
    assert (info.state, info.points, info.missing) == (State.INFO, None, 0)
    assert line_of(component(measure="of-another-version"), None, one).state is State.UNKNOWN
    assert (dark.short, dark.more, dark.each, dark.rate, dark.is_small) == (0, None, 0, None, False)


@pytest.mark.parametrize(
    ("part", "state"), [(80, State.GREEN), (79, State.YELLOW), (50, State.YELLOW), (49, State.RED)]
)
def test_colours_follow_the_share_of_the_points(part: int, state: State) -> None:
    assert scored(part, 100).state is state
    assert scored(0, 5, points="0").state is State.GREEN


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("90", "Xuất sắc"),
        ("89.99", "Tốt"),
        ("80", "Tốt"),
        ("70", "Khá"),
        ("69.99", "Trung bình"),
        ("49.99", "Yếu"),
        ("0", "Yếu"),
    ],
)
def test_bands_begin_at_their_limit(value: str, band: str) -> None:
    assert scheme(component()).band(D(value)) == band
    assert scheme(component()).band(None) == ""
    assert Scheme(1, "", "", "", "", (), BANDS[:1], D(80), D(50)).band(D(3)) == ""


def test_equal_values_share_a_rank_and_the_next_is_left_out() -> None:
    assert ranks([D("80"), None, D("90"), D("90"), D("10")]) == [3, None, 1, 1, 4]
    assert ranks([]) == []


@given(st.lists(st.none() | st.decimals(0, 100, places=2)))
def test_a_rank_is_one_more_than_how_many_are_better(values) -> None:
    for value, rank in zip(values, ranks(values), strict=True):
        better = sum(other > value for other in values if other is not None) if value is not None else None
        assert rank == (None if better is None else better + 1)


def test_what_would_raise_the_index_most_comes_first() -> None:
    lines = [
        scored(90, 100, code="a"), scored(10, 100, points="6", target="50", code="b"), scored(5, 5, code="c"),
    ]  # fmt: skip
    assert [line.component.code for line in gains(lines)] == ["b", "a"]
    b = gains(lines)[0]
    assert (b.missing, b.short, b.more, b.each) == (D("4.80"), 40, 80, D("0.12"))


def test_one_more_never_brings_more_than_is_missing() -> None:
    assert scored(2, 3, points="20", target="80").each == D("3.33")
    assert scored(7, 7).each == 0


def test_the_shipped_set_has_a_hundred_points_in_the_groups_of_the_decision() -> None:
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    sums = {g["code"]: sum(D(c["points"]) for c in g["components"]) for g in data["groups"]}
    assert sums == {"1": 18, "2": 20, "3": 12, "3b": 10, "4": 22, "5": 18}
    measures = [c["measure"] for g in data["groups"] for c in g["components"]]
    assert set(measures) == set(MEASURES)
    assert len(measures) == len(set(measures))


def test_every_measure_is_counted_or_says_why_not() -> None:
    assert all(measure.figures for measure in BY_FIGURES)
    for measure in BY_FIGURES:
        assert set(measure.figures) <= set(REGISTRY)
    assert all(m.of is not Of.DOSSIERS for m in COUNTED if not m.figures)
    assert all(m.part and m.whole for m in MEASURES.values())


def test_lines_ask_for_each_measure_by_its_key() -> None:
    whole = scheme(component(), component("2", measure="online_used", code="3.2"))
    lines = lines_of(
        whole, {"progress": Ratio(1, 2)}.get, lambda key: "lý do" if key == "online_used" else ""
    )
    assert [(line.points, line.reason) for line in lines] == [(D("10.00"), ""), (None, "lý do")]
