"""Report forms as data: headings, numbers, dates, names."""

from datetime import date

import pytest

from motcua.core.errors import NotFound, RuleViolation
from motcua.statistics.rules.figures import REGISTRY, TESTS, broken_identities, required_tests
from motcua.statistics.rules.reports import (
    CODES,
    FORMS,
    Column,
    ReportForm,
    code_of,
    figure_column,
    form_on,
    forms_on,
)

NOW = date(2026, 3, 14)


def test_the_heading_of_II_06a_is_that_of_the_annex() -> None:
    form = form_on("ii-06a", NOW)
    assert form.numbers == (
        "(1)", "(2)", "(3) = (4) + (5) + (6)", "(4)", "(5)", "(6)", "(7) = (8) + (9) + (10)", "(8)", "(9)", "(10)",
        "(11) = (12) + (13)", "(12)", "(13)",
    )  # fmt: skip
    first, second, third = form.heading
    assert [(c.title, c.start, c.columns, c.rows) for c in first] == [
        ("STT", 0, 1, 3),
        ("Lĩnh vực giải quyết", 1, 1, 3),
        ("Số hồ sơ tiếp nhận", 2, 4, 1),
        ("Số lượng hồ sơ đã giải quyết", 6, 4, 1),
        ("Số lượng hồ sơ đang giải quyết", 10, 3, 1),
    ]
    assert [(c.title, c.start, c.columns, c.rows) for c in second][:3] == [
        ("Tổng số", 2, 1, 2),
        ("Trong kỳ", 3, 2, 1),
        ("Từ kỳ trước", 5, 1, 2),
    ]
    assert [(c.title, c.start) for c in third] == [("Trực tuyến", 3), ("Trực tiếp, dịch vụ bưu chính", 4)]


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f"{f.code}-{f.valid_to.year}")
def test_every_heading_covers_its_table_without_gap_or_overlap(form: ReportForm) -> None:
    depth, wide = len(form.heading), 2 + len(form.leaves)
    covered = [
        (row + down, cell.start + along)
        for row, line in enumerate(form.heading)
        for cell in line
        for down in range(cell.rows)
        for along in range(cell.columns)
    ]
    assert sorted(covered) == [(row, column) for row in range(depth) for column in range(wide)]
    assert len(form.numbers) == wide


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f"{f.code}-{f.valid_to.year}")
def test_every_column_is_a_figure_of_the_registry_or_says_why_not(form: ReportForm) -> None:
    for leaf in form.leaves:
        assert leaf.key in REGISTRY or leaf.text or leaf.blank or leaf.reason, leaf


@pytest.mark.parametrize(
    ("day", "law"),
    [(date(2017, 9, 14), "Thông tư 02/2017"), (date(2020, 10, 20), "Thông tư 02/2017"), (date(2020, 10, 21), "Thông tư 01/2020")],
)  # fmt: skip
def test_the_form_is_that_of_the_periods_last_day(day: date, law: str) -> None:
    assert law in form_on("ii-06a", day).law


def test_a_form_that_did_not_hold_yet_is_refused_with_its_first_day() -> None:
    with pytest.raises(RuleViolation, match="từ ngày 01-01-2026"):
        form_on("07a-btp", date(2025, 12, 14))
    with pytest.raises(NotFound):
        form_on("ii-99", NOW)
    assert [form.code for form in forms_on(NOW)] == list(CODES)
    assert "07a-btp" not in [form.code for form in forms_on(date(2019, 1, 1))]


@pytest.mark.parametrize(
    ("name", "code"),
    [("II.06a", "ii-06a"), ("06a", "ii-06a"), ("ii-06A", "ii-06a"), ("II.06b/VPCP/KSTT", "ii-06b"), ("07", "ii-07"),
     ("07a/BTP", "07a-btp"), ("07a", "07a-btp"), ("", ""), ("99", "")],
)  # fmt: skip
def test_forms_are_found_by_the_names_people_write(name: str, code: str) -> None:
    assert code_of(name) == code


def test_a_form_takes_further_columns_at_its_end() -> None:
    form = form_on("ii-06a", NOW).with_columns((figure_column("on_time_rate"),), code="mau-1")
    assert form.code == "mau-1"
    assert form.leaves[-1] == Column("Tỷ lệ đúng hạn (%)", "on_time_rate")
    assert form.numbers[-1] == "(14)"
    assert [c.title for c in form.heading[0]][-1] == "Chỉ tiêu bổ sung"
    assert form_on("ii-06a", NOW).with_columns(()).leaves == form_on("ii-06a", NOW).leaves
    with pytest.raises(RuleViolation, match="Không có chỉ tiêu"):
        figure_column("nothing")


def test_only_the_tests_that_a_figure_rests_on_are_counted() -> None:
    assert required_tests(["late_rate"]) == ("resolved_before", "resolved_on", "resolved_late")
    assert required_tests(["received", "stopped"]) == (
        "received_online",
        "received_counter",
        "received_post",
        "carried",
        "stopped",
    )
    assert set(required_tests(REGISTRY)) == set(TESTS)


def test_broken_identities_are_said_in_words() -> None:
    counts = {
        "received_counter": 3,
        "resolved_before": 1,
        "resolved_late": 1,
        "late_a": 2,
        "received_online": 2,
    }
    kinds = {"received_whole": 1, "received_partial": 0, "received_other": 0}
    assert broken_identities({**counts, **kinds}) == [
        "(3) = 5, nhưng (7) + (11) + dừng + rút = 2",
        "(10) = 1, nhưng nguyên nhân a–d = 2",
        "trực tuyến = 2, nhưng toàn trình + một phần + khác = 1",
    ]
