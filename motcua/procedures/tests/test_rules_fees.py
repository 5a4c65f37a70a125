"""Fees: worked examples of the law, then properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.procedures.rules.fees import (
    MAX_QUANTITY,
    Bill,
    Exemption,
    FeeLine,
    Per,
    Quantities,
    Tier,
    applicable,
    compute,
    reasons,
    thousands,
    tiers_of,
)

COPY = FeeLine(
    1,
    "phi",
    "Phí chứng thực bản sao",
    2000,
    Per.PAGE,
    tiers=(Tier(2, 2000), Tier(None, 1000)),
    cap_dong=200_000,
)
CASE = FeeLine(
    2, "le_phi", "Lệ phí", 50_000, exemptions=(Exemption("Hộ nghèo"), Exemption("Hộ cận nghèo", 50))
)


@pytest.mark.parametrize(
    ("pages", "copies", "total"),
    [
        (5, 3, 21_000),
        (250, 1, 200_000),
        (250, 2, 400_000),
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (198, 1, 200_000),
        (0, 1, 0),
        (5, 0, 0),
    ],
)
def test_certified_copies_cost_what_circular_226_says(pages, copies, total):
    assert compute([COPY], Quantities(copies=copies, pages=pages)).total_dong == total


def test_the_bill_explains_itself():
    text = compute([COPY], Quantities(copies=3, pages=5)).as_text()
    assert "2 trang × 2.000 + 3 trang × 1.000 = 7.000" in text
    assert text.endswith("Tổng cộng: 21.000 đồng")
    assert "tối đa 200.000" in compute([COPY], Quantities(pages=250)).as_text()


def test_per_page_without_tiers_uses_the_amount():
    assert compute([FeeLine(3, "phi", "x", 3000, Per.PAGE)], Quantities(pages=4)).total_dong == 12_000


def test_an_empty_last_tier_is_not_spoken_of():
    assert "+" not in compute([COPY], Quantities(pages=2)).as_text()
    assert (
        compute([FeeLine(3, "phi", "x", 0, Per.PAGE, tiers=(Tier(2, 5),))], Quantities(pages=9)).total_dong
        == 10
    )


def test_per_copy_and_per_case_multiply():
    lines = [FeeLine(1, "phi", "bản", 8000, Per.COPY), FeeLine(2, "phi", "việc", 10_000)]
    assert compute(lines, Quantities(cases=2, copies=3)).total_dong == 24_000 + 20_000


def test_exemption_takes_all_or_a_share():
    assert compute([CASE], exemption_reason="Hộ nghèo").total_dong == 0
    half = compute([CASE], exemption_reason="Hộ cận nghèo")
    assert half.total_dong == 25_000
    assert "giảm 50 %" in half.as_text()
    assert half.dues[0].before_dong == 50_000


def test_exemption_leaves_lines_that_do_not_name_it():
    assert compute([CASE, COPY], Quantities(pages=1), exemption_reason="Hộ nghèo").total_dong == 2_000


def test_unknown_exemption_is_refused():
    with pytest.raises(RuleViolation, match="không thuộc đối tượng"):
        compute([CASE], exemption_reason="Người nổi tiếng")


def test_exemption_without_any_line_is_an_empty_bill():
    assert compute([], exemption_reason="Hộ nghèo") == Bill()


@pytest.mark.parametrize("quantity", [{"cases": -1}, {"copies": MAX_QUANTITY + 1}, {"pages": -5}])
def test_quantities_out_of_range_are_refused(quantity):
    with pytest.raises(RuleViolation):
        Quantities(**quantity)


@pytest.mark.parametrize(
    "stored",
    [
        "x",
        [[2]],
        [[2, 2000], [3, 1000]],
        [[None, 1000], [None, 2000]],
        [[0, 5], [None, 5]],
        [[True, 5], [None, 5]],
        [[1, -5], [None, 5]],
        [["2", 5], [None, 5]],
        [5],
    ],
)
def test_malformed_tiers_are_refused(stored):
    with pytest.raises(RuleViolation):
        tiers_of(stored)


def test_tiers_are_read():
    assert tiers_of(None) == ()
    assert tiers_of([[2, 2000], [None, 1000]]) == (Tier(2, 2000), Tier(None, 1000))


DAY = date(2026, 1, 5)


def line(**more):
    return FeeLine(**({"id": 1, "kind": "phi", "name": "Phí", "amount_dong": 1} | more))


@pytest.mark.parametrize(
    ("lines", "amounts"),
    [
        (
            [line(channel="online"), line(id=2, amount_dong=2)],
            [2],
        ),  # the online line does not hold at the counter
        (
            [line(channel="counter", amount_dong=3), line(id=2, amount_dong=2)],
            [3],
        ),  # made for the channel wins
        (
            [line(area_id=7, amount_dong=5), line(id=2, area_id=1, amount_dong=4), line(id=3)],
            [5],
        ),  # nearest area wins
        ([line(area_id=99)], []),  # another area
        ([line(valid_from=date(2026, 2, 1))], []),  # not yet
        ([line(valid_to=date(2025, 12, 31))], []),  # no longer
        (
            [line(valid_from=date(2020, 1, 1)), line(id=2, valid_from=date(2025, 1, 1), amount_dong=9)],
            [9],
        ),  # the later
        ([line(), line(id=2, name="Lệ phí", amount_dong=8)], [1, 8]),  # two different fees are both due
    ],
)
def test_the_line_that_holds_is_chosen(lines, amounts):
    found = applicable(lines, channel="counter", area_ids=(7, 1), on=DAY)
    assert [one.amount_dong for one in found] == amounts


def test_reasons_are_listed_once():
    assert reasons([CASE, CASE]) == ("Hộ nghèo", "Hộ cận nghèo")


def test_thousands_have_dots():
    assert thousands(1_234_567) == "1.234.567"


pages = st.integers(0, 500)
tiers = st.lists(st.tuples(st.integers(1, 50), st.integers(0, 10_000)), max_size=3).map(
    lambda some: (*(Tier(n, d) for n, d in some), Tier(None, 500))
)


@given(tiers, pages, st.integers(0, 9), st.none() | st.integers(1, 100_000))
def test_more_pages_never_cost_less_and_the_cap_holds(some, count, copies, cap):
    one = FeeLine(1, "phi", "x", 0, Per.PAGE, tiers=some, cap_dong=cap)
    now = compute([one], Quantities(copies=copies, pages=count)).total_dong
    more = compute([one], Quantities(copies=copies, pages=count + 1)).total_dong
    assert 0 <= now <= more
    assert cap is None or now <= cap * copies


@given(pages, st.integers(0, 9), st.integers(1, 100))
def test_an_exemption_never_raises_the_price_and_copies_add_up(count, copies, percent):
    one = FeeLine(1, "phi", "x", 2000, Per.PAGE, exemptions=(Exemption("r", percent),))
    full = compute([one], Quantities(copies=copies, pages=count)).total_dong
    less = compute([one], Quantities(copies=copies, pages=count), exemption_reason="r").total_dong
    assert 0 <= less <= full
    assert full == copies * compute([one], Quantities(pages=count)).total_dong
