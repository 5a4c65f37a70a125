"""Holes of a process; comparable hours; cuts; drawing."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.diagram import StageBox, TaskBox, draw
from motcua.procedures.rules.hours import (
    PARTS_AN_HOUR,
    comparable_hours,
    hours_of,
    parts,
    percent_cut,
    total_cut,
)
from motcua.procedures.rules.process import (
    StageData,
    TaskData,
    check,
    errors,
    plain,
    total_hours,
    totals,
)


def task(hours="4", **more):
    return TaskData(
        **({"name": "Thẩm tra", "place": "resolving", "hours": D(hours), "role_code": "officer"} | more)
    )


def stage(*tasks, kind="review", name="Bước"):
    return StageData(name, kind, tasks or (task(),))


GOOD = (stage(), stage(kind="signature"), stage(kind="result"))


def messages(stages, **more):
    return [f.message for f in check(stages, **({"limit_amount": D(3), "limit_unit": "working_day"} | more))]


def test_a_whole_process_has_no_hole():
    assert check(GOOD, limit_amount=D(3), limit_unit="working_day") == ()


@pytest.mark.parametrize(
    ("stages", "words", "is_error"),
    [
        ((), "chưa có bước nào", True),
        ((StageData("x", "review"), *GOOD[1:]), "chưa có công việc", True),
        ((stage(name=" "), *GOOD[1:]), "chưa có tên", True),
        ((stage(task(is_lead=False)), *GOOD[1:]), "không có công việc chủ trì", True),
        ((stage(task(), task()), *GOOD[1:]), "nhiều công việc chủ trì", False),
        ((stage(task(required=False)), *GOOD[1:]), "Không công việc nào bắt buộc", True),
        ((stage(task(name="")), *GOOD[1:]), "chưa đặt tên", True),
        ((stage(task("0")), *GOOD[1:]), "0 giờ", False),
        ((stage(task("-1")), *GOOD[1:]), "số giờ âm", True),
        ((stage(task(role_code="")), *GOOD[1:]), "vai trò", True),
        ((stage(task(place="fixed")), *GOOD[1:]), "chưa chọn cơ quan", True),
        ((stage(task(place="division")), *GOOD[1:]), "chưa ghi tên phòng", False),
        ((stage(task(place="police", agency_found=False)), *GOOD[1:]), "không tìm thấy cơ quan", True),
        ((GOOD[0], GOOD[2]), "không có bước trình ký", True),
        (GOOD[:2], "Bước cuối phải phát hành", True),
        ((stage(kind="result"), *GOOD[1:]), "đứng trước bước trình ký", True),
        ((stage(task("100")), *GOOD[1:]), "vượt thời hạn 24 giờ", True),
    ],
)
def test_each_hole_is_found(stages, words, is_error):
    found = check(stages, limit_amount=D(3), limit_unit="working_day")
    assert any(words in f.message and f.is_error == is_error for f in found)
    assert bool(errors(found)) == any(f.is_error for f in found)


def test_a_fixed_agency_that_is_chosen_is_no_hole():
    assert (
        check(
            (stage(task(place="fixed", agency_id=1)), *GOOD[1:]), limit_amount=D(3), limit_unit="working_day"
        )
        == ()
    )


def test_an_obligation_wants_a_finance_stage():
    assert any("nghĩa vụ tài chính" in m for m in messages(GOOD, has_financial_obligation=True))
    finance = (stage(), stage(kind="finance"), *GOOD[1:])
    assert messages(finance, has_financial_obligation=True) == []


@pytest.mark.parametrize(
    ("unit", "words"), [("", "chưa xác định đơn vị"), ("none", "không quy định thời hạn")]
)
def test_without_a_limit_it_is_only_said(unit, words):
    found = check(GOOD, limit_unit=unit)
    assert [f.is_error for f in found] == [False]
    assert words in found[0].message


def test_parallel_tasks_take_as_long_as_the_longest_required_one():
    both = stage(task("4"), task("10", is_lead=False), task("99", is_lead=False, required=False))
    assert both.hours == 10
    assert stage(task("3", required=False)).hours == 3
    assert StageData("x", "review").hours == 0
    assert total_hours((both, stage())) == 14


def test_totals_against_the_limit():
    total = totals(GOOD, D(2), "working_day")
    assert (total.hours, total.days, total.left_hours, total.exceeds, total.share, total.over_hours) == (
        12,
        D("1.5"),
        4,
        False,
        75,
        0,
    )
    assert totals(GOOD, D(1), "working_day").over_hours == 4
    assert totals(GOOD, None, "none").left_hours is None
    assert totals(GOOD, None, "none").share == 0


@pytest.mark.parametrize(
    ("amount", "unit", "hours"),
    [
        (3, "working_day", 24),
        (7, "calendar_day", 40),
        (1, "month", 176),
        (5, "working_hour", 5),
        (None, "same_day", 8),
        (1, "", None),
        (None, "working_day", None),
        (1, "none", None),
    ],
)
def test_limits_are_made_comparable(amount, unit, hours):
    assert comparable_hours(None if amount is None else D(amount), unit) == hours


def test_cuts():
    assert percent_cut(40, 28) == D("30.00")
    assert percent_cut(None, 1) is None
    assert percent_cut(8, None) is None
    # Quế Sơn's measure: 1 − ΣT_new / ΣT_old, a procedure without a reduction counts on both sides.
    assert total_cut([(80, 40), (20, None), (None, 5)]) == D("40.00")
    assert total_cut([]) is None
    assert percent_cut(800, 799) == D("0.13")  # 0,125: half up, as every share is rounded
    assert percent_cut(8, 10) == D("-25.00")


@pytest.mark.parametrize(
    ("amount", "unit"), [("7", "calendar_day"), ("0.01", "calendar_day"), ("0.01", "working_hour")]
)
def test_no_limit_loses_anything_when_it_is_added_up(amount, unit):
    hours = comparable_hours(D(amount), unit)
    assert parts(hours) * 7 == round(hours * 7 * PARTS_AN_HOUR)
    assert parts(comparable_hours(D(amount) * 700, unit)) == 700 * parts(hours)
    assert hours_of(parts(D("114.285"))) == D("114.29")


@given(st.lists(st.tuples(st.integers(1, 1000), st.none() | st.integers(0, 1000)), min_size=1, max_size=9))
def test_the_total_cut_is_below_100_and_not_negative_when_nothing_grows(pairs):
    shorter = [(old, None if new is None else min(old, new)) for old, new in pairs]
    assert 0 <= total_cut(shorter) <= 100


@pytest.mark.parametrize(("number", "text"), [("1.50", "1,5"), ("8", "8"), ("0.333", "0,33")])
def test_numbers_are_written_the_vietnamese_way(number, text):
    assert plain(D(number)) == text


def test_a_process_is_drawn_with_its_parallel_tasks_and_arrows():
    two = [
        TaskBox("Việc A", "Phòng", D(4)),
        TaskBox("Việc B", "Công an", D(2), is_lead=False, required=False),
    ]
    picture = draw([StageBox("Một", "review", D(4), two), StageBox("Hai", "result", D(1), [])])
    assert len(picture.boxes) == 2
    assert picture.boxes[0].thick
    assert picture.boxes[1].dashed
    assert len(picture.arrows) == 1
    assert any("→ Công an" in text.text for text in picture.texts)
    assert picture.height > picture.boxes[1].y
    assert draw([]).width == 0
