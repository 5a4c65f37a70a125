"""A report from the civil servant's desk to the agency above: frozen, signed, sent, amended with a reason; its workbook and its paper."""

import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from motcua.agencies.testing import make_user_with
from motcua.printing.tests.tools import flat_text, needs_poppler
from motcua.statistics import actions
from motcua.statistics.models import IndexComponent, KeptReport
from motcua.statistics.rules.index766_sheet import BOARD_HEAD, board_rows
from motcua.statistics.rules.keeping import load
from motcua.statistics.rules.keeping_index import load_index
from motcua.statistics.tests.test_keeping import triggers_off
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Sit = Callable[[str], Seat]
OCTOBER = "?period=2026-10&basis=calendar&agency={}"


def press(seat: Seat, button: str) -> None:
    """Press a button of the page that leads somewhere."""
    with seat.page.expect_navigation():
        seat.page.get_by_role("button", name=button).click()


def workbook(seat: Seat, pk: int) -> Any:
    """The sheet of a kept report, taken from its own page."""
    answer = seat.page.request.get(seat.server + reverse("statistics:kept_file", args=[pk, "xlsx"]))
    assert answer.status == 200
    return openpyxl.load_workbook(BytesIO(answer.body())).active


def compare(sheet: Any, report: KeptReport) -> None:
    """Every cell of the workbook with the frozen figures."""
    table = load(report.content)
    first = 6 + len(table.form.heading)
    assert [cell.value for cell in sheet[first]] == list(table.form.numbers)
    for row, line in enumerate(table.all_lines, first + 1):
        values = [cell.value for cell in sheet[row]]
        assert (values[0] or "", values[1]) == (line.mark, line.label)
        assert values[2:] == [
            cell.text or None if cell.value is None else cell.value for cell in table.cells(line)
        ]


@needs_poppler
def test_a_report_is_frozen_signed_sent_and_amended_with_a_reason(story: Province, sit: Sit) -> None:
    commune = story.base.commune
    story.cast.keeper = make_user_with("reform_officer", commune, full_name="Đặng Thị Cải Cách")
    KeptReport.objects.filter(form_code="ii-06b").delete()
    officer, leader, above = sit("keeper"), sit("leader"), sit("controller")

    officer.go("statistics:report", "ii-06b", query=OCTOBER.format(commune.pk))
    expect(officer.page.locator("table.report")).to_contain_text("Tổng cộng")
    press(officer, "Chốt báo cáo")
    expect(officer.page.locator("main")).to_contain_text("Đã chốt, chờ ký")
    expect(officer.page.get_by_role("button", name="Ký báo cáo")).to_have_count(0)
    report = KeptReport.objects.get(form_code="ii-06b", agency=commune)

    leader.go("statistics:kept_reports")
    leader.page.get_by_role("link", name="Biểu số II.06b/VPCP/KSTT").first.click()
    press(leader, "Ký báo cáo")
    expect(leader.page.locator("main")).to_contain_text("Đã ký, chờ gửi")

    officer.go("statistics:kept", report.pk)
    press(officer, "Gửi cấp trên")
    expect(officer.page.locator("main")).to_contain_text("Đã gửi cấp trên")
    above.go("statistics:gathered", "ii-06b", query=OCTOBER.format(story.base.province.pk))
    expect(above.page.locator("table.report")).to_contain_text(re.compile("gửi 10-11-2026, chậm 5 ngày"))
    expect(above.page.locator("table.report")).to_contain_text("chưa gửi")
    compare(workbook(officer, report.pk), KeptReport.objects.get(pk=report.pk))
    paper = flat_text(officer.pdf("statistics:kept_file", report.pk, "pdf"))
    assert "Biểu số II.06b/VPCP/KSTT" in paper
    assert "Kỳ báo cáo: tháng 10 năm 2026 (từ ngày 01-10-2026 đến ngày 31-10-2026)" in paper

    amend(officer, report)
    new = KeptReport.objects.get(form_code="ii-06b", agency=commune, number=2)
    expect(officer.page.locator("main")).to_contain_text("Đếm sót khi chốt")
    expect(officer.page.get_by_role("region", name="Khác với lần chốt trước")).to_be_visible()
    compare(workbook(officer, new.pk), new)


def amend(officer: Seat, report: KeptReport) -> None:
    """What was frozen turns out to be wrong: as if a hand had written another number, which no page lets anybody do."""
    content = KeptReport.objects.get(pk=report.pk).content
    wrong = {**content, "total": {**content["total"], "received_counter": 99}}
    triggers_off(KeptReport.objects.filter(pk=report.pk), content=wrong)
    officer.go("statistics:kept", report.pk)
    ask_to_amend(officer, "Đếm sót khi chốt")


def ask_to_amend(officer: Seat, reason: str) -> None:
    """From the page of a frozen report, with the reason."""
    officer.page.get_by_role("link", name="Điều chỉnh").click()
    officer.page.locator("form [name='reason']").fill(reason)
    form = officer.page.locator("main form").last
    with officer.page.expect_navigation():
        form.locator("button").last.click()


def compare_index(sheet: Any, report: KeptReport) -> None:
    """Every cell of the workbook with the frozen index."""
    first = 6 + len(BOARD_HEAD)
    for number, row in enumerate(board_rows(load_index(report.content)), first + 1):
        values = [cell.value for cell in sheet[number]]
        assert (values[0] or "", values[1]) == (row.mark, row.label)
        wanted = [float(cell) if isinstance(cell, Decimal) else cell for cell in row.cells]
        assert values[2:] == [None if cell == "" else cell for cell in wanted]


@pytest.mark.both_engines
def test_the_index_is_frozen_signed_sent_and_amended_with_a_reason(story: Province, sit: Sit) -> None:
    commune = story.base.commune
    story.cast.keeper = make_user_with("reform_officer", commune, full_name="Đặng Thị Cải Cách")
    officer, leader, above = sit("keeper"), sit("leader"), sit("controller")

    officer.go("statistics:index766", query=OCTOBER.format(commune.pk) + "&below=on")
    press(officer, "Chốt chỉ số")
    expect(officer.page.locator("main")).to_contain_text("Đã chốt, chờ ký")
    report = KeptReport.objects.get(kind="index", agency=commune, below=True)
    found = faults(officer.page, "a frozen index")

    leader.go("statistics:kept", report.pk)
    press(leader, "Ký báo cáo")
    officer.go("statistics:kept", report.pk)
    press(officer, "Gửi cấp trên")
    expect(officer.page.locator("main")).to_contain_text("Đã gửi cấp trên")
    above.go("statistics:index766_reporting", query=OCTOBER.format(story.base.province.pk))
    expect(above.page.get_by_role("region", name="Tình hình gửi báo cáo")).to_contain_text("5 ngày")
    above.page.get_by_role("link", name="Đã gửi cấp trên").first.click()
    expect(above.page.locator("h1")).to_contain_text("Chỉ số 766, lần chốt 1")
    compare_index(workbook(officer, report.pk), report)

    target = IndexComponent.objects.filter(code="3.1")
    target.update(
        target=Decimal("55.5")
    )  # the set corrected in place: what was frozen stays, a recount differs
    compare_index(workbook(officer, report.pk), KeptReport.objects.get(pk=report.pk))
    officer.go("statistics:kept", report.pk)
    ask_to_amend(officer, "Bộ chỉ số ghi sai chỉ tiêu")
    new = KeptReport.objects.get(kind="index", agency=commune, below=True, number=2)
    expect(officer.page.get_by_role("region", name="Khác với lần chốt trước")).to_contain_text("55,5")
    compare_index(workbook(officer, new.pk), new)
    assert found + faults(officer.page, "an amended index") == []


@pytest.mark.both_engines
def test_a_sum_of_what_units_sent_is_frozen_and_opens_to_their_reports(story: Province, sit: Sit) -> None:
    province, above = story.base.province, sit("controller")
    report = story.things["kept_report"]
    story.cast.keeper = make_user_with("reform_officer", story.base.commune, full_name="Đặng Thị Cải Cách")
    actions.sign(report.pk, actor=story.cast.leader, at=NOW)
    actions.send(report.pk, actor=story.cast.keeper, at=NOW)
    above.go("statistics:gathered", "ii-06a", query=OCTOBER.format(province.pk))
    press(above, "Chốt báo cáo tổng hợp")
    made = KeptReport.objects.get(kind="gathered", agency=province)
    compare(workbook(above, made.pk), made)
    found = faults(above.page, "a frozen sum")
    parts = above.page.get_by_role("region", name="Báo cáo được cộng")
    expect(parts).to_contain_text("Chưa gửi, chưa cộng")
    above.go("statistics:kept_shares", made.pk, "received")
    expect(above.page.get_by_role("region", name="Phần của từng đơn vị")).to_contain_text(
        "chưa gửi", ignore_case=True
    )
    found += faults(above.page, "shares of a sum")
    above.page.get_by_role("link", name="Lần chốt 1").click()
    expect(above.page.locator("h1")).to_contain_text("Biểu số II.06a/VPCP/KSTT, lần chốt 1")
    assert found == []


def test_a_square_of_the_heat_map_opens_at_the_keyboard(story: Province, sit: Sit) -> None:
    leader = sit("leader")
    leader.go("statistics:dashboard", query="?period=2026-11&basis=calendar")
    square = leader.page.locator("a.heat-link").first
    count = (square.get_attribute("aria-label") or "").split(": ")[1].split()[0]
    found = faults(leader.page, "the board")
    square.focus()
    with leader.page.expect_navigation():
        leader.page.keyboard.press("Enter")
    expect(leader.page.locator("h1 .count")).to_have_text(count)
    assert found + faults(leader.page, "behind a square") == []


def test_both_due_dates_stand_side_by_side_on_request(story: Province, sit: Sit) -> None:
    leader = sit("leader")
    leader.go("statistics:report", "ii-06a", query="?period=2026-11&basis=calendar")
    expect(leader.page.locator("table.report")).not_to_contain_text("Theo hạn trả ban đầu")
    leader.page.get_by_label("Thêm số theo hạn trả ban đầu").check()
    press(leader, "Xem báo cáo")
    expect(leader.page.locator("table.report")).to_contain_text("Theo hạn trả ban đầu")
    leader.page.locator("tr.report-total td.num a").first.click()
    expect(leader.page.locator("table.behind")).to_contain_text("Hạn ban đầu")
    expect(leader.page.locator("table.behind")).to_contain_text("Hạn hiện nay")


def test_a_point_of_circular_01_2018_opens_to_its_dossiers(story: Province, sit: Sit) -> None:
    leader = sit("leader")
    leader.go("statistics:report", "tt01-2018", query="?period=2026-11&basis=calendar")
    expect(leader.page.locator("table.report")).to_contain_text("Tốt")
    leader.page.locator("tbody tr.report-row td.num a").nth(1).click()
    expect(leader.page.locator("table.behind")).to_contain_text("điểm")
    officer = sit("officer")
    officer.go("core:start")
    officer.page.get_by_role("link", name="Điểm đánh giá của tôi").first.click()
    expect(officer.page.locator("main")).to_contain_text("Mức hoàn thành")
