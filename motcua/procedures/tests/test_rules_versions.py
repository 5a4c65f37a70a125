"""Completeness, online levels, diffs, posting duties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.procedures.rules.completeness import LimitPart, VersionParts, check_version
from motcua.procedures.rules.diff import compare
from motcua.procedures.rules.facts import Facts, LimitRow, by_channel, merge
from motcua.procedures.rules.limits import describe
from motcua.procedures.rules.online import check_level, level_on, levels_on, takes_online
from motcua.procedures.rules.posting import due_on, hang_duty, take_down_duty
from motcua.procedures.rules.process import errors

DAY = date(2026, 11, 20)
WHOLE = {
    "name": "Tên", "steps_text": "Bước 1", "agency_text": "UBND xã", "audiences": ["Công dân"], "copies_of_dossier": 1,
    "limits": [LimitPart("counter", Decimal(3), "working_day")], "paper_names": ["Tờ khai"], "results": ["Giấy"],
    "legal_bases": ["1/2020/NĐ-CP"], "online_level": "none", "partial_reason": "",
}  # fmt: skip


def findings(**more):
    return check_version(VersionParts(**(WHOLE | more)), DAY)


def test_a_whole_version_has_no_hole():
    assert findings() == ()


@pytest.mark.parametrize(
    ("change", "is_error"),
    [
        ({"name": " "}, True),
        ({"limits": []}, True),
        ({"copies_of_dossier": 0}, True),
        ({"limits": [LimitPart("counter", Decimal(1), "")]}, True),
        ({"limits": [LimitPart("counter", Decimal("1.5"), "month")]}, True),
        (
            {
                "limits": [
                    LimitPart("counter", Decimal(1), "month"),
                    LimitPart("counter", Decimal(2), "month"),
                ]
            },
            False,
        ),
        ({"online_level": "level_3"}, True),
        ({"online_level": "partial"}, True),
        ({"online_level": "full"}, False),
        ({"steps_text": ""}, False),
        ({"agency_text": ""}, False),
        ({"audiences": []}, False),
        ({"paper_names": []}, False),
        ({"results": []}, False),
        ({"legal_bases": []}, False),
    ],
)
def test_each_missing_part_is_found(change, is_error):
    assert bool(errors(findings(**change))) == is_error
    assert findings(**change)


def test_a_limit_for_a_case_beside_the_general_one_is_no_hole():
    limits = [
        LimitPart("counter", Decimal(1), "month"),
        LimitPart("counter", Decimal(2), "month", "Có xác minh"),
    ]
    assert findings(limits=limits) == ()


def test_limits_of_a_channel_begin_with_the_general_one():
    rows = [
        LimitRow(Decimal(8), "working_day", case="Có xác minh"),
        LimitRow(Decimal(3), "working_day", "Tuần trăng"),
    ]
    found = by_channel([("counter", row) for row in rows] + [("online", LimitRow())])
    assert list(found) == ["online", "counter"]
    assert [(row.case, row.unit_text) for row in found["counter"]] == [("", ""), ("Có xác minh", "")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([LimitRow(case="A")], "chưa có thời hạn chung"),
        ([LimitRow(), LimitRow(case="A"), LimitRow(case="A")], "ghi hai lần"),
        ([LimitRow(Decimal("1.5"), "calendar_day")], "không nguyên"),
    ],
)
def test_limits_that_cannot_be_told_apart_or_reckoned_are_refused(rows, words):
    with pytest.raises(RuleViolation, match=words):
        by_channel([("counter", row) for row in rows])


def test_a_limit_that_cannot_be_reckoned_still_has_words():
    assert describe(Decimal("1.50"), "month") == "1,5 tháng (không tính được, cần sửa)"


@pytest.mark.parametrize(
    ("day", "levels"),
    [
        (date(2022, 8, 14), ("none", "level_1", "level_2", "level_3", "level_4")),
        (date(2022, 8, 15), ("none", "partial", "full")),
    ],
)
def test_the_levels_of_online_service_change_with_the_law(day, levels):
    assert levels_on(day) == levels


@pytest.mark.parametrize(
    ("old", "new"), [("level_4", "full"), ("level_3", "partial"), ("level_2", "none"), ("full", "full")]
)
def test_old_levels_have_their_place_in_the_new_law(old, new):
    assert level_on(old, DAY) == new
    assert level_on("level_4", date(2020, 1, 1)) == "level_4"


def test_only_levels_from_3_on_take_dossiers_online():
    assert [
        takes_online(level) for level in ("none", "level_2", "level_3", "level_4", "partial", "full")
    ] == [False, False, True, True, True, True]


def test_a_partial_service_says_why_from_july_2026():
    check_level("partial", "", date(2026, 6, 30))
    check_level("partial", "vì", date(2026, 7, 1))
    with pytest.raises(RuleViolation, match="224/2026"):
        check_level("partial", " ", date(2026, 7, 1))
    with pytest.raises(RuleViolation, match="43/2011"):
        check_level("full", "", date(2020, 1, 1))


def test_a_diff_names_what_came_and_what_went():
    before = {"Tên": "A", "Giấy tờ": ["x", "y"], "Bỏ": "b", "Giữ": ["k"]}
    after = {"Tên": "B", "Giấy tờ": ["y", "z"], "Giữ": ["k"]}
    found = {change.label: (change.gone, change.come) for change in compare(before, after)}
    assert found == {"Tên": (("A",), ("B",)), "Giấy tờ": (("x",), ("z",)), "Bỏ": (("b",), ())}


def test_a_new_order_is_a_change():
    assert compare({"a": ["x", "y"]}, {"a": ["y", "x"]})[0].come == ("y", "x")


def calendar(after: date, until: date) -> int:
    """Monday to Friday."""
    low, high = min(after, until), max(after, until)
    days = sum((low + timedelta(n)).weekday() < 5 for n in range(1, (high - low).days + 1))
    return days if until >= after else -days


def test_a_commune_posts_within_five_working_days():
    assert due_on(date(2026, 11, 19), 5, calendar) == date(2026, 11, 26)
    assert due_on(date(2026, 11, 19), 0, calendar) == date(2026, 11, 19)


def test_late_days_are_counted_in_working_days_and_never_before_force():
    duty = hang_duty(date(2026, 11, 1), date(2026, 11, 13), date(2026, 11, 18), calendar)
    assert (duty.due_on, duty.days_late, duty.is_late) == (date(2026, 11, 13), 3, True)
    early = hang_duty(date(2026, 12, 1), date(2026, 11, 13), date(2026, 11, 18), calendar)
    assert (early.due_on, early.is_late) == (date(2026, 12, 1), False)


def test_what_ended_must_be_gone_the_day_after():
    assert take_down_duty(date(2026, 11, 19), date(2026, 11, 20), calendar).days_late == 1
    assert not take_down_duty(date(2026, 11, 20), date(2026, 11, 20), calendar).is_late


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_the_due_day_leaves_exactly_so_many_working_days(start, days):
    assert calendar(start, due_on(start, days, calendar)) == days


def test_a_source_that_knows_no_limit_of_a_channel_leaves_none_there():
    known = Facts("1.000001", channels={"counter": (LimitRow(Decimal(5), "working_day"),)})
    assert merge(known, Facts("1.000001", channels={"counter": ()})).channels["counter"] == ()
