"""Percentages: one function makes them, wherever they are shown (DOMAIN 3.4)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.percent import CENT, of_share, percent, signed_text

ROOT = Path(__file__).parents[2]
# Where a hundred stands in a reckoning that makes no percentage which anybody reads.
OTHERWISE = {
    "core/percent.py": "the one function",
    "core/identity.py": "the century of a birth",
    "dossiers/templates/dossiers/_control.html": "hours",
    "privacy/rules/retention.py": "a hundred years",
    "procedures/rules/process.py": "the width of a bar",
    "scenarios/localities/cu_mgar.py": "how a made-up total is divided",
    "statistics/rules/index766.py": "points of the index: R, P, T exact; what is shown as R goes through the one function",
    "statistics/rules/points.py": "thresholds of the circular, compared without rounding",
    "statistics/rules/stages.py": "whether a cut limit would have been exceeded",
    "statistics/templates/statistics/charts/lines.html": "marks of an axis",
    "surveys/rules/results.py": "half of an interval, in points of per cent",
    "surveys/rules/sampling.py": "the same",
    "surveys/templates/surveys/outcome.html": "an index out of a hundred",
    "surveys/templates/surveys/survey.html": "the formula of the points, in words",
    "tickets/rules/pace.py": "the rank of a percentile",
}
HUNDRED = re.compile(r"\b100 ?\*|\* ?100\b|/ ?100\b|floatformat|:\.[0-9]f?%|\}\} ?%|\{[a-z_.()]+\} ?%(?!\})")
INTEGERS = re.compile(
    r"percent_off|green_from|target\|figure_text|target\}|\bcut ?\}|\bshare \}\}%"
)  # whole numbers that somebody set


def lines() -> Iterator[tuple[str, str]]:
    """Every line of the product that may make a percentage: comments, tests and texts of figures are none."""
    for path in sorted((*ROOT.rglob("*.py"), *ROOT.rglob("*.html"))):
        name = path.relative_to(ROOT).as_posix()
        if not {"tests", "migrations"} & set(path.parts) and not name.endswith("rules/figures.py"):
            for line in path.read_text().splitlines():
                yield name, line


def test_nothing_but_the_one_function_makes_a_percentage() -> None:
    found = {name for name, line in lines() if HUNDRED.search(line) and not INTEGERS.search(line)}
    assert found == OTHERWISE.keys()


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(24_999, 25_000, "99,99%"), (25_000, 25_000, "100,00%"), (1, 3, "33,33%"), (1, 10**6, "0,01%"), (0, 4, "0,00%"), (0, 0, "–")],
)  # fmt: skip
def test_what_is_not_all_never_reads_100_and_what_is_not_nothing_never_reads_0(
    part: int, whole: int, shown: str
) -> None:
    assert signed_text(percent(part, whole)) == shown


@given(part=st.integers(0, 10**9), rest=st.integers(0, 10**9))
def test_a_share_and_its_terms_give_the_same_percentage(part: int, rest: int) -> None:
    if whole := part + rest:
        found = of_share(Fraction(part, whole))
        assert found == percent(part, whole)
        assert (found == 100, found == 0) == (rest == 0, part == 0)
        assert abs(found - Decimal(100) * part / whole) <= CENT


@pytest.mark.parametrize(("whole", "marked"), [(1, True), (29, True), (30, False), (0, False)])
def test_a_share_of_few_is_marked_for_eyes_and_for_ears(whole: int, marked: bool) -> None:
    page = Template('{% load motcua %}{% share value whole "ít phiếu" %}')
    html = page.render(Context({"value": Decimal("50.00"), "whole": whole}))
    assert ("*</span>" in html, "(ít phiếu)" in html, "50,00%" in html) == (marked, marked, True)
    assert page.render(Context({"value": None, "whole": whole})) == "–"


def test_the_name_of_a_figure_stands_above_its_column_by_its_definition() -> None:
    page = Template('{% load motcua %}{% figure_th "queue_wait_p90" %}{{ "queue_wait_p90"|figure_label }}')
    assert page.render(Context()) == (
        '<th scope="col" class="num" data-figure="queue_wait_p90">Chờ, 9/10 số</th>Thời gian chờ gọi số, P90'
    )
