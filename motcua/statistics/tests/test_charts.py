"""Charts: geometry, and that what is drawn is allowed by the policy of our pages, has words, and has its table."""

import re
from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from motcua.statistics.rules import charts

ROOM = charts.WIDTH - charts.LABELS - charts.VALUES
COUNTS = st.integers(0, 300_000)


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=12))
def test_bars_keep_proportion_and_never_leave_the_drawing(rows):
    drawn = charts.bars([("x", row, ()) for row in rows])
    longest = max(map(sum, rows))
    for bar, row in zip(drawn.rows, rows, strict=True):
        assert bar.total == sum(row)
        assert bar.end <= charts.LABELS + ROOM + 0.3
        for piece in bar.segments:
            assert piece.width == pytest.approx(piece.value / (longest or 1) * ROOM, abs=0.06)


@given(st.lists(COUNTS, min_size=1, max_size=20), st.one_of(st.none(), COUNTS))
def test_lines_stay_inside_the_grid_with_their_target(values, target):
    drawn = charts.lines([str(n) for n in range(len(values))], [("a", values)], target=target)
    bottom = charts.HEIGHT - charts.BOTTOM
    assert all(charts.TOP <= point.y <= bottom for point in drawn.lines[0].points)
    assert drawn.target_y is None or charts.TOP <= drawn.target_y <= bottom
    assert all(value == int(value) for value, _ in drawn.grid)


def test_a_month_without_value_breaks_the_line_and_is_not_drawn_as_nothing():
    line = charts.lines("abcde", [("x", [1, None, 3, 4, None])]).lines[0]
    assert [point.label for point in line.points] == ["a", "c", "d"]
    assert [piece.count(",") for piece in line.pieces] == [1, 2]


def test_the_target_line_of_bars_stands_at_its_value_even_beyond_the_longest_bar():
    drawn = charts.bars([("x", (Decimal("40.00"),), ())], target=50)
    assert drawn.target_x == charts.LABELS + ROOM
    assert charts.bars([("x", (1,), ())]).target_x is None


@pytest.mark.parametrize(("value", "level"), [(0, 0), (1, 1), (25, 1), (26, 2), (75, 3), (76, 4), (100, 4)])
def test_heat_has_four_levels_and_nothing_is_its_own(value, level):
    assert charts.heat_level(value, 100) == level


def test_a_heat_map_shows_hours_outside_the_usual_when_something_happened_there():
    assert charts.hours_of({}) == list(range(7, 18))
    assert charts.hours_of({(1, 5): 2, (2, 20): 1, (3, 23): 0}) == list(range(5, 21))


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (3, 4), (5, 8), (9, 20), (21, 40), (80, 80), (81, 200), (1501, 2000)]
)
def test_the_grid_ends_at_a_round_number(most, top):
    assert charts.nice_top(most) == top


def drawn(tag: str, **context) -> str:
    return Template("{% load charts %}{% " + tag + " %}").render(Context(context))


BARS = drawn("chart_bars rows 'Tỷ lệ <xã>' '%' 'Cơ quan' target=50", rows=[("UBND xã <A>", Decimal("98.35"), "/x?a=1&b=2")])  # fmt: skip
STACKED = drawn("chart_stacked rows names 'Kết quả'", rows=[("A", (5, 3, 0), ("/a", "/b", "/c"))], names=["Trước hạn", "Đúng hạn", "Quá hạn"])  # fmt: skip
LINES = drawn("chart_lines labels series 'Mười hai tháng' target=50", labels=["T1", "T2"], series=[("Nhận", (1, 1200), ("/t1", "")), ("Xong", (None, 3))])  # fmt: skip
HEAT = drawn("chart_heat counts 'Giờ nộp'", counts={(1, 8): 12, (6, 9): 1})


@pytest.mark.parametrize("page", [BARS, STACKED, LINES, HEAT])
def test_a_chart_needs_nothing_that_the_policy_forbids_and_is_named_and_has_its_table(page):
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|javascript:", page)
    assert 'role="img"' in page
    assert re.search(r"<title id=.+?</title><desc id=.+?</desc>", page)
    assert page.count("<table") == 1
    names = re.findall(r'\sid="([^"]+)"', page)
    assert len(names) == len(set(names))
    for used in (
        re.findall(r"url\(#([^)]+)\)", page)
        + " ".join(re.findall(r'aria-labelledby="([^"]+)"', page)).split()
    ):
        assert used in names
    assert not re.search(
        r'(?:x|y|width|height|cx|cy|x1|points)="[^"]*\d+,\d+"', page.replace("points=", "p=")
    )


def test_values_are_written_as_vietnamese_writes_them_and_link_to_what_is_behind():
    assert '<a href="/x?a=1&amp;b=2">98,35</a>' in BARS
    assert "UBND xã &lt;A&gt;" in BARS
    assert '<a href="/b">3</a>' in STACKED
    assert '<a href="/t1">1</a>' in LINES
    assert "1.200" in LINES
    assert '<td class="num">–</td>' in LINES


def test_a_series_is_told_by_pattern_or_shape_too_and_a_target_is_said_in_words():
    assert set(re.findall(r"-p\d\)", STACKED)) == {"-p1)", "-p2)"}
    assert "đúng hạn: 3</title>" in STACKED
    assert "quá hạn: 0</title>" not in STACKED  # what is nothing is not drawn
    assert '<circle class="point point-0"' in LINES
    assert '<rect class="point point-1"' in LINES
    assert "mục tiêu 50" in BARS
    assert "mục tiêu 50" in LINES


def test_saturday_stands_on_the_heat_map_when_somebody_came_then():
    assert "Thứ bảy" in HEAT
    assert "Thứ bảy" not in drawn("chart_heat counts 'x'", counts={(1, 8): 1})


def test_an_empty_chart_says_so():
    assert "Chưa có số liệu." in drawn("chart_bars rows 'x'", rows=[])
