"""The pure rules: codes, permissions, roles, duties, grants, periods, settings."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules import codes, periods
from motcua.agencies.rules.duties import Duty, Separation, conflict, require_separate
from motcua.agencies.rules.grants import Holding, Reach, excess, require_no_excess
from motcua.agencies.rules.levels import LEVELS
from motcua.agencies.rules.permissions import GROUPS, LABELS, PERSONAL, Permission, grouped, known
from motcua.agencies.rules.roles import BY_CODE, STANDARD_ROLES
from motcua.agencies.rules.settings import BY_KEY, SETTINGS, Kind, check_value, describe, known_setting
from motcua.core.errors import RuleViolation

PAIRS = [
    ("000.00.12.H40", "H40.12"),
    ("000.00.00.H40", "H40"),
    ("000.12.30.H20", "H20.30.12"),
    ("005.12.30.H20", "H20.30.12.005"),
    ("005.00.30.H20", "H20.30.005"),
    ("005.00.00.H20", "H20.005"),
    ("000.00.01.G22", "G22.01"),
]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_both_forms_of_a_code_convert_into_each_other(old: str, new: str) -> None:
    assert (codes.to_new(old), codes.to_old(new)) == (new, old)
    assert (codes.to_new(new), codes.to_old(old)) == (new, old)
    assert codes.in_form(new, codes.CodeForm.OLD) == old
    assert codes.in_form(old, "new") == new
    assert codes.is_valid_code(old)
    assert codes.is_valid_code(new)


@pytest.mark.parametrize(("new", "old"), [("H40.1.2", "000.02.01.H40"), (" h40.12 ", "000.00.12.H40")])
def test_short_groups_and_small_letters_are_understood(new: str, old: str) -> None:
    assert codes.to_old(new) == old


two = st.integers(1, 99).map("{:02}".format)
three = st.integers(1, 999).map("{:03}".format)
level_1 = st.builds("{}{:02}".format, st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXY"), st.integers(0, 99))
new_codes = st.builds(
    lambda first, middle, last: ".".join([first, *middle, *last]),
    level_1,
    st.lists(two, max_size=2),
    st.lists(three, max_size=1),
)
old_codes = st.builds(
    lambda first, second, third, fourth: f"{fourth}.{third if second != '00' else '00'}.{second}.{first}",
    level_1,
    st.integers(0, 99).map("{:02}".format),
    st.integers(0, 99).map("{:02}".format),
    st.integers(0, 999).map("{:03}".format),
)


@given(new_codes)
def test_a_new_code_survives_the_way_there_and_back(code: str) -> None:
    assert codes.is_new(code)
    assert codes.is_old(codes.to_old(code))
    assert codes.to_new(codes.to_old(code)) == code


@given(old_codes)
def test_an_old_code_survives_the_way_there_and_back(code: str) -> None:
    assert codes.is_old(code)
    assert codes.to_old(codes.to_new(code)) == code


@given(st.text(max_size=40))
def test_any_text_is_converted_or_refused_but_never_breaks(text: str) -> None:
    for convert in (codes.to_new, codes.to_old):
        with suppress(RuleViolation):
            assert codes.is_valid_code(convert(text))


@pytest.mark.parametrize(
    "bad",
    ["", "H4", "40.12", "Z40.12", "H40.", "H40..12", "H40.00", "H40." + "1" * 33, "H401.12", "000.12.00.H40",
     "H40.12\n", "Ｈ40.12", "H٤٠.12", "00.00.12.H40", "0000.00.12.H40"],
)  # fmt: skip
def test_a_text_that_is_no_code_is_refused(bad: str) -> None:
    assert not codes.is_valid_code(bad)


def test_the_whole_code_has_at_most_35_characters() -> None:
    assert codes.is_new("H40." + "1" * 31)
    assert not codes.is_new("H40." + "1" * 32)


@pytest.mark.parametrize("code", ["H40.AB", "H40.1234", "H40.123.45", "H40.1.2.3.4", "H40.12.34.5678", "sai"])
def test_a_code_without_an_old_form_is_refused_with_a_reason(code: str) -> None:
    with pytest.raises(RuleViolation, match="định danh"):
        codes.to_old(code)


def test_the_new_form_rules_from_15_9_2020_unless_a_setting_moves_it() -> None:
    assert codes.form_on(date(2020, 9, 14)) is codes.CodeForm.OLD
    assert codes.form_on(date(2020, 9, 15)) is codes.CodeForm.NEW
    assert codes.form_on(date(2021, 1, 1), since=date(2021, 6, 1)) is codes.CodeForm.OLD


def test_every_permission_has_a_label_and_a_group() -> None:
    assert LABELS.keys() == set(Permission)
    assert {prefix for prefix, _ in GROUPS} == {p.value.split(".")[0] for p in Permission}
    assert {code for _, items in grouped() for code, _ in items} == {p.value for p in Permission}
    assert known(["dossier.sign", "dossier.fly"]) == {"dossier.sign"}


def test_standard_roles_are_distinct_and_made_of_known_permissions() -> None:
    assert len(BY_CODE) == len(STANDARD_ROLES)
    assert len({role.name for role in STANDARD_ROLES}) == len(STANDARD_ROLES)
    assert all(role.permissions for role in STANDARD_ROLES)


@pytest.mark.parametrize(
    "code", ["administrator", "agency_administrator", "chairperson", "inspector", "auditor"]
)
def test_who_watches_or_administers_sees_no_personal_data(code: str) -> None:
    assert not BY_CODE[code].permissions & PERSONAL


def test_nobody_but_the_heads_and_partner_desks_combines_reception_with_resolution() -> None:
    both = {
        r.code
        for r in STANDARD_ROLES
        if {Permission.DOSSIER_RECEIVE, Permission.DOSSIER_PROCESS} <= r.permissions
    }
    assert both == {"police_desk", "insurance_desk", "tax_desk", "land_desk"}
    assert not any(
        {Permission.DOSSIER_RECEIVE, Permission.DOSSIER_SIGN} <= r.permissions for r in STANDARD_ROLES
    )


def test_the_district_ended_on_30_6_2025() -> None:
    assert {level.code: level.valid_to for level in LEVELS if level.valid_to} == {
        "district": date(2025, 6, 30)
    }


@pytest.mark.parametrize(
    ("duty", "done", "separation", "same_day", "found"),
    [
        (Duty.SIGN, {Duty.RECEIVE: [1]}, Separation.STRICT, False, Duty.RECEIVE),
        (Duty.SIGN, {Duty.RESOLVE: [2, 1]}, Separation.STRICT, False, Duty.RESOLVE),
        (Duty.RESOLVE, {Duty.RECEIVE: [1]}, Separation.STRICT, True, Duty.RECEIVE),
        (Duty.RECEIVE, {Duty.SIGN: [1]}, Separation.STRICT, False, Duty.SIGN),
        (Duty.SIGN, {Duty.RECEIVE: [2]}, Separation.STRICT, False, None),
        (Duty.SIGN, {Duty.SIGN: [1]}, Separation.STRICT, False, None),
        (Duty.SIGN, {Duty.RECEIVE: [1]}, Separation.SAME_DAY_EXEMPT, True, None),
        (Duty.SIGN, {Duty.RECEIVE: [1]}, Separation.SAME_DAY_EXEMPT, False, Duty.RECEIVE),
        (Duty.SIGN, {Duty.RECEIVE: [1]}, "off", False, None),
        (Duty.SIGN, {}, "strict", False, None),
    ],
)
def test_one_person_does_not_combine_duties_on_a_dossier(duty, done, separation, same_day, found) -> None:
    assert conflict(duty, 1, done, separation=separation, same_day=same_day) == found


def test_a_forbidden_combination_says_who_should_do_it() -> None:
    with pytest.raises(RuleViolation, match="tiếp nhận hồ sơ này nên không được ký duyệt"):
        require_separate(Duty.SIGN, 1, {Duty.RECEIVE: {1}})
    require_separate(Duty.SIGN, 2, {Duty.RECEIVE: {1}})


@pytest.mark.parametrize(
    ("mine", "other", "covers"),
    [
        (Reach("/1/", True), Reach("/1/4/", True), True),
        (Reach("/1/", True), Reach("/1/", False), True),
        (Reach("/1/", False), Reach("/1/", False), True),
        (Reach("/1/", False), Reach("/1/", True), False),
        (Reach("/1/", False), Reach("/1/4/", False), False),
        (Reach("/1/4/", True), Reach("/1/", False), False),
        (Reach("/1/", True), Reach("/11/", False), False),
    ],
)
def test_a_reach_covers_what_lies_in_it(mine: Reach, other: Reach, covers: bool) -> None:
    assert mine.covers(other) is covers


def test_one_gives_what_one_holds_or_may_grant_and_no_more() -> None:
    mine = [Holding(Reach("/1/4/", True), frozenset({"people.edit"}), frozenset({"dossier.receive"}))]
    fine = Holding(Reach("/1/4/9/", False), frozenset({"dossier.receive", "people.edit"}))
    assert excess(mine, fine) == frozenset()
    assert excess(mine, Holding(Reach("/1/", False), frozenset({"people.edit"}))) == {"people.edit"}
    assert excess(mine, Holding(Reach("/1/4/", False), frozenset(), frozenset({"audit.read"}))) == {
        "audit.read"
    }
    require_no_excess(mine, [fine], act="giao")
    with pytest.raises(RuleViolation, match=r"Không thể giao: vượt quá quyền.*dossier\.sign"):
        require_no_excess(mine, [Holding(Reach("/1/4/", False), frozenset({"dossier.sign"}))], act="giao")


D = date


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ((D(2026, 1, 1), None), (D(2020, 1, 1), None), True),
        ((D(2026, 1, 1), D(2026, 1, 5)), (D(2026, 1, 5), None), True),
        ((D(2026, 1, 1), D(2026, 1, 4)), (D(2026, 1, 5), None), False),
        ((D(2026, 1, 5), None), (D(2026, 1, 1), D(2026, 1, 4)), False),
    ],
)
def test_periods_share_a_day_or_not(first, second, share) -> None:
    assert periods.overlap(first, second) is share
    assert periods.overlap(second, first) is share


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ((D(2026, 1, 1), None), (D(2026, 1, 1), None), True),
        ((D(2025, 12, 31), None), (D(2026, 1, 1), None), False),
        ((D(2026, 1, 1), None), (D(2026, 1, 1), D(2026, 2, 1)), False),
        ((D(2026, 1, 1), D(2026, 2, 1)), (D(2026, 1, 1), D(2026, 2, 1)), True),
        ((D(2026, 1, 1), D(2026, 2, 2)), (D(2026, 1, 1), D(2026, 2, 1)), False),
    ],
)
def test_a_period_lies_inside_another_or_not(inner, outer, inside) -> None:
    assert periods.within(inner, outer) is inside
    if inside:
        periods.require_within(inner, outer, what="cơ quan")
    else:
        with pytest.raises(RuleViolation, match="hiệu lực của cơ quan"):
            periods.require_within(inner, outer, what="cơ quan")


def test_an_end_before_the_beginning_is_refused() -> None:
    periods.require_order(D(2026, 1, 1), None)
    periods.require_order(D(2026, 1, 1), D(2026, 1, 1))
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        periods.require_order(D(2026, 1, 2), D(2026, 1, 1))


def test_an_open_end_is_later_than_any_date() -> None:
    assert periods.earlier(None, D(2026, 1, 1)) == D(2026, 1, 1)
    assert periods.earlier(D(2025, 1, 1), D(2026, 1, 1)) == D(2025, 1, 1)
    assert periods.earlier(None, None) is None


def test_every_default_is_a_value_that_its_own_check_accepts() -> None:
    for setting in SETTINGS:
        assert check_value(setting.key, str(setting.default)) == setting.default
        assert describe(setting.key, setting.default)
    assert {setting.key for setting in SETTINGS} < set(BY_KEY)  # apps above add theirs
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    assert {setting.kind for setting in SETTINGS} == set(Kind)


@pytest.mark.parametrize(
    ("key", "typed", "value", "read"),
    [
        ("same_day_cutoff", "15h30", "15:30", "15:30"),
        ("same_day_cutoff", " 7:05 ", "07:05", "07:05"),
        ("reception_cutoff", "", "", "để trống"),
        ("reception_cutoff", "16:00", "16:00", "16:00"),
        ("due_soon_days", "5", 5, "5 ngày làm việc"),
        ("totp_for_all_staff", "Có", True, "có"),
        ("totp_for_all_staff", "0", False, "không"),
        ("standing_granularity", "minute", "minute", "theo phút"),
        ("code_form_new_since", "2021-01-31", "2021-01-31", "31-01-2021"),
    ],
)
def test_a_typed_value_is_taken_in_the_type_of_its_setting(key, typed, value, read) -> None:
    assert check_value(key, typed) == value
    assert describe(key, value) == read


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("same_day_cutoff", "25:00"),
        ("same_day_cutoff", "15:75"),
        ("same_day_cutoff", ""),
        ("due_soon_days", "31"),
        ("due_soon_days", "-1"),
        ("due_soon_days", "3.5"),
        ("due_soon_days", "٣"),
        ("totp_for_all_staff", "maybe"),
        ("standing_granularity", "hour"),
        ("code_form_new_since", "31/01/2021"),
    ],
)
def test_a_value_of_another_type_is_refused(key: str, typed: str) -> None:
    with pytest.raises(RuleViolation):
        check_value(key, typed)


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(RuleViolation, match="Không có tham số"):
        known_setting("favourite_colour")
