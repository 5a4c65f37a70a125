"""The leader's way from a number to its reason: three clicks."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from motcua.dossiers.testing import live_task
from motcua.printing.tests.tools import flat_text, needs_poppler
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.world import Province

A4_WIDTH = 718  # pixels between margins of ten millimetres
# What does not fit beside a paper's edge: boxes that hide or scroll what is wider than they are.
CUT = """() => [...document.querySelectorAll("main, main *:not(.visually-hidden)")].filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1
    && getComputedStyle(e).overflowX !== "visible" && e.clientWidth > 0).map(e => e.className || e.tagName)"""
# Every word of tiles and tables, those beneath charts too, but not what only a reader of screens hears.
WORDS = """() => {
    document.querySelectorAll("main .visually-hidden").forEach(e => e.remove());
    const nodes = [...document.querySelectorAll("main .stat, main table")].flatMap(box => {
        const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), found = [];
        while (walk.nextNode()) found.push(walk.currentNode.data);
        return found;
    });
    return nodes.join(" ").split(/\\s+/).filter(Boolean);
}"""
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_leader_finds_in_three_clicks_why_a_unit_is_late(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    late, leader = story.ours["late"], sit("leader")
    page = leader.page
    leader.go("core:start")
    page.get_by_role("link", name="Bảng điều hành").click()
    where = page.get_by_role("region", name="Hồ sơ quá hạn đang ở đâu")
    expect(where).to_contain_text("Hạn cũ nhất")
    task = live_task(late)
    line = where.get_by_role("row").filter(has_text=task.stage_name).filter(has_text=task.agency.name)
    line.locator("td.num a").first.click()
    page.get_by_role("link", name=late.code).click()
    expect(page.locator("main")).to_contain_text(late.code)
    expect(page.locator("main")).to_contain_text("Quá hạn")
    held = page.get_by_role("row").filter(has_text=f"{task.stage}. {task.name}")
    expect(held).to_contain_text(f"{task.agency.name}, {task.officer.full_name}")


def test_every_number_of_a_chart_is_in_the_table_beneath_it(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    leader = sit("leader")
    leader.go("statistics:dashboard")
    for box in leader.page.locator(".chart-own").all():
        box.locator("summary").click()
        expect(box.locator("table")).to_be_visible()
    assert leader.page.locator(".chart-own svg[role=img]").count() >= 4


def test_on_a_telephone_what_is_late_comes_first_and_the_rest_is_folded(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    leader = sit("leader")
    page, opened = leader.page, leader.page.locator("details[data-fold][open]")
    page.set_viewport_size({"width": 390, "height": 844})
    leader.go("statistics:dashboard")
    expect(page.get_by_role("region", name="Hồ sơ quá hạn đang ở đâu")).to_be_visible()
    table = page.get_by_role("region", name="Theo lĩnh vực")
    expect(opened).to_have_count(0)
    expect(table).not_to_be_visible()
    assert faults(page, "the board, folded", widths=(390,)) == []
    part = page.get_by_text("Kết quả theo nhóm")
    part.click()
    expect(table).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(opened).to_have_count(4)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(opened).to_have_count(1)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(opened).to_have_count(4)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(opened).to_have_count(4)  # a telephone that is turned shuts nothing


@needs_poppler
def test_the_board_on_paper_has_every_number_and_nothing_is_cut(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    leader = sit("leader")
    page = leader.page
    leader.go("statistics:dashboard")
    page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
    shown = Counter(page.evaluate(WORDS))
    paper = page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "10mm"))
    printed = Counter(flat_text(paper).replace("*", " * ").split())
    assert shown.total() >= 300
    assert shown - printed == Counter()
    assert {"lúc", "09:30"} <= set(printed)  # a paper says when


def test_an_inspector_opens_a_signal_and_the_dossiers_behind_it(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    inspector, refused = sit("inspector"), story.ours["refused"]
    page = inspector.page
    inspector.go("statistics:signals", query="?below=on")
    expect(page.locator("main")).to_contain_text("không phải kết luận về ai")
    page.get_by_role("link", name="Từ chối rồi nộp lại").click()
    expect(page.locator("main")).to_contain_text("1 trên 1")
    page.get_by_role("link", name=refused.code).click()
    expect(page.locator("h1")).to_contain_text(refused.code)
    expect(page.locator("main")).to_contain_text("Không đủ điều kiện")
    expect(page.locator("main")).not_to_contain_text(refused.applicant.name)
