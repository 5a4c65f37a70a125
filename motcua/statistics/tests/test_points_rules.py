"""The nine criteria of Circular 01/2018/TT-VPCP as values: worked vectors, and what holds for any values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.statistics.rules import points as rules
from motcua.statistics.rules.points import Online

LIMITS = {setting.key: int(setting.default) for setting in rules.POINT_SETTINGS}
VALUES = st.one_of(st.none(), st.integers(0, 20).map(lambda n: Decimal(n) / 10))


@pytest.mark.parametrize(
    ("side", "point"), [("before", 2), ("on", 1), ("late_plain", 0), ("late_apologised", 0), ("late", 0)]
)
def test_criteria_1_and_2_shorter_equal_longer(side: str, point: int) -> None:
    assert rules.time_point(side) == point


@pytest.mark.parametrize(("contacts", "point"), [(0, 2), (1, 1), (2, 0), (7, 0)])
def test_criteria_3_and_4_none_one_more(contacts: int, point: int) -> None:
    assert rules.contact_point(contacts) == point


@pytest.mark.parametrize(
    ("whole", "received", "offered", "least", "point"),
    [
        (10, 10, 10, 100, 2),  # xã: all of them
        (9, 10, 10, 100, 1),  # one is not done there from end to end, all are handed in there
        (9, 9, 10, 100, 0),
        (5, 5, 10, 50, 2),  # huyện: half, whatever the others are
        (4, 10, 10, 50, 1),
        (2, 2, 10, 20, 2),  # tỉnh
        (1, 9, 10, 20, 0),
        (0, 0, 0, 20, None),
    ],
)
def test_criterion_5_by_the_share_of_the_level(whole, received, offered, least, point) -> None:
    assert rules.office_point(whole, received, offered, least) == point


def test_criterion_6_posted_on_site_and_electronically() -> None:
    assert [rules.publicity_point(a, b) for a in (True, False) for b in (True, False)] == [2, 1, 1, 0]


@pytest.mark.parametrize(
    ("side", "complaints", "point"),
    [("before", 0, 2), ("on", 0, 1), ("late_plain", 0, None), ("before", 1, 0), ("late_plain", 1, 0)],
)
def test_criterion_7_a_founded_complaint_takes_all(side, complaints, point) -> None:
    assert rules.attitude_point(side, complaints) == point


@pytest.mark.parametrize(
    ("on_time", "handled", "prolonged", "point"),
    [(0, 0, False, 2), (10, 10, False, 2), (9, 10, False, 1), (89, 100, False, 0), (10, 10, True, 0)],
)
def test_criterion_8_none_or_all_in_time(on_time, handled, prolonged, point) -> None:
    assert rules.feedback_point(on_time, handled, 90, prolonged=prolonged) == point


@pytest.mark.parametrize(
    ("facts", "point"),
    [
        (Online(100, 20, 100, 30, 0), 2),
        (Online(100, 20, 100, 30, 1), 1),  # one late
        (Online(100, 19, 100, 30, 0), 1),  # too few procedures
        (Online(100, 20, 100, 29, 0), 1),
        (Online(100, 0, 100, 15, 0), 1),
        (Online(100, 100, 100, 14, 0), 0),
        (Online(0, 0, 100, 30, 0), None),
        (Online(100, 20, 0, 0, 0), None),
    ],
)
def test_criterion_9_procedures_dossiers_and_none_late(facts: Online, point: int | None) -> None:
    assert rules.online_point(facts, 20, 30, 15) == point


@pytest.mark.parametrize(
    ("points", "count", "value"), [(0, 0, None), (5, 3, "1.7"), (1, 20, "0.1"), (1, 21, "0.0"), (6, 3, "2.0")]
)
def test_an_index_is_points_over_dossiers_with_one_decimal_half_up(points, count, value) -> None:
    assert rules.index_value(points, count) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("values", "indices", "whole"),
    [
        ({1: "2.0", 2: "1.5", 3: "2.0", 4: "2.0", 7: "1.0"}, rules.OFFICER, "8.5"),
        ({1: "2.0", 2: "1.5", 3: "2.0", 4: "2.0", 7: None}, rules.OFFICER, "9.4"),  # 7,5 of 8 is 9,375 of 10
        ({1: "1.0"}, rules.OFFICER, "5.0"),
        ({}, rules.OFFICER, None),
        (dict.fromkeys(map(str, range(1, 10))), rules.AGENCY, None),
    ],
)
def test_what_is_missing_is_left_out_and_the_sum_is_stretched(values, indices, whole) -> None:
    found = rules.score({k: None if v is None else Decimal(v) for k, v in values.items()}, indices)
    assert found == (None if whole is None else Decimal(whole))


@pytest.mark.parametrize(
    ("whole", "name"),
    [
        ("10", "100%"),
        ("5.0", "100%"),
        ("4.9", "từ 70%"),
        ("3.5", "từ 70%"),
        ("3.4", "dưới 70%"),
        ("0", "dưới 70%"),
    ],
)
def test_what_an_officers_sum_says(whole: str, name: str) -> None:
    assert name in rules.band(Decimal(whole), rules.officer_bands(LIMITS))


@pytest.mark.parametrize(
    ("whole", "name"),
    [("18", "Xuất sắc"), ("15", "Xuất sắc"), ("14.9", "Tốt"), ("12", "Tốt"), ("11.9", "Khá"), ("9", "Khá"),
     ("8.9", "Trung bình"), ("6", "Trung bình"), ("5.9", "Yếu"), ("0", "Yếu")],
)  # fmt: skip
def test_what_an_agencys_sum_says(whole: str, name: str) -> None:
    assert rules.band(Decimal(whole), rules.agency_bands(LIMITS)) == name
    assert rules.band(None, rules.agency_bands(LIMITS)) == ""


@given(st.dictionaries(st.sampled_from(rules.AGENCY), VALUES), st.sampled_from([rules.OFFICER, rules.AGENCY]))
def test_a_sum_stays_on_its_scale_and_full_marks_are_full(values, indices) -> None:
    found = rules.score(values, indices)
    known = [values[i] for i in indices if values.get(i) is not None]
    if not known:
        assert found is None
        return
    assert 0 <= found <= 2 * len(indices)
    assert (found == 2 * len(indices)) == all(value == 2 for value in known)


@given(
    st.dictionaries(st.sampled_from(rules.AGENCY), VALUES), st.sampled_from(rules.AGENCY), st.integers(0, 19)
)
def test_a_better_value_never_lowers_the_sum(values, index, tenths) -> None:
    worse = rules.score({**values, index: Decimal(tenths) / 10}, rules.AGENCY)
    better = rules.score({**values, index: Decimal(tenths + 1) / 10}, rules.AGENCY)
    assert worse <= better


@given(st.lists(st.integers(0, 2), min_size=1, max_size=200))
def test_an_index_lies_between_its_worst_and_its_best_point(points) -> None:
    found = rules.index_value(sum(points), len(points))
    assert min(points) <= found <= max(points)
