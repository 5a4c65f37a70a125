"""The leader's way from a number to its reason: three clicks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.world import Province

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
    where.locator("td.num a").first.click()
    page.get_by_role("link", name=late.code).click()
    expect(page.locator("main")).to_contain_text(late.code)
    expect(page.locator("main")).to_contain_text("Quá hạn")


def test_every_number_of_a_chart_is_in_the_table_beneath_it(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    leader = sit("leader")
    leader.go("statistics:dashboard")
    for box in leader.page.locator(".chart-own").all():
        box.locator("summary").click()
        expect(box.locator("table")).to_be_visible()
    assert leader.page.locator(".chart-own svg[role=img]").count() >= 4
