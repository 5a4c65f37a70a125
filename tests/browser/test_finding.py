"""Finding what one needs: by keyboard only, in English, without JavaScript, on a phone's width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import faults
from tests.browser.conftest import Seat
from tests.browser.filling import reach
from tests.world import OUR_PHONE, Province

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]


def test_by_keyboard_only_from_the_first_page_to_a_procedure_and_through_its_guide(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    seat, code = sit("anonymous"), story.base.procedure.code
    page, name = seat.page, story.base.procedure.versions.get(number=1).name
    page.set_viewport_size({"width": 390, "height": 844})
    seat.go("portal:home")
    reach(page, "input#q")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-tuc/?q=*")
    reach(page, f"a[href='/thu-tuc/{code}/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    reach(page, "a[href$='/huong-dan/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Bạn đến lần đầu?")
    reach(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("Chọn một câu trả lời")
    assert faults(seat.page, "guide without an answer") == []
    reach(page, "input[name=c]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Bạn cần chuẩn bị")
    assert faults(seat.page, "guide decided") == []
    page.go_back()
    reach(page, "input[name=c]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=c]").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_have_text("Hồ sơ cũ vẫn dùng được")
    assert faults(seat.page, "guide stopped") == []


def test_a_foreigner_finds_what_to_bring_in_english(story: Province, sit: Callable[[str], Seat]) -> None:
    seat = sit("anonymous")
    page = seat.page
    page.set_viewport_size({"width": 390, "height": 844})
    seat.go("portal:home")
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Having a child").click()
    page.get_by_role("link", name="A trial procedure").click()
    expect(page.locator("h1")).to_have_text("A trial procedure")
    expect(page.locator(".lead").first).to_be_visible()
    expect(page.get_by_text("For a trial")).to_be_visible()
    assert faults(seat.page, "procedure in English") == []


def test_without_javascript_everything_is_found_and_read(story: Province, sit: Callable[[str], Seat]) -> None:
    seat = sit("anonymous")
    browser: Browser | None = seat.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(seat.server + "/")
    page.locator("#q").fill("thu tuk")  # a slip
    page.get_by_role("button", name="Tìm").click()
    page.goto(f"{seat.server}/thu-tuc/{story.base.procedure.code}/")
    page.get_by_text("Thông tin pháp lý đầy đủ").click()
    expect(page.get_by_text("Căn cứ pháp lý")).to_be_visible()
    page.goto(f"{seat.server}/noi-nop/?xa=an+phu")
    page.locator("main a[href^='/noi-nop/']").first.click()
    expect(page.get_by_text("Giờ làm việc bảy ngày tới").first).to_be_visible()
    page.goto(f"{seat.server}/tin-tuc/")
    page.get_by_role("link", name="Tiếp nhận hồ sơ sáng thứ bảy").click()
    expect(page.locator("article strong")).to_have_text("sáng thứ bảy")
    tracked(page, seat.server, story)
    context.close()


def tracked(page: Page, server: str, story: Province) -> None:
    """A wrong number is refused, the right one opens the dossier with its steps and the reasons of its date."""
    dossier = story.ours["review"]
    page.goto(server + "/")
    page.get_by_role("link", name="Tra cứu hồ sơ").first.click()
    page.locator("[name=code]").fill(dossier.code)
    page.locator("[name=last4]").fill("0000")
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=last4]").fill(OUR_PHONE[-4:])
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.locator("dl.summary dd").first).to_have_text(dossier.code)
    page.get_by_text("Vì sao hẹn ngày này?").click()
    expect(page.locator("ol.derivation li").first).to_be_visible()
    expect(page.locator("main .timeline li").first).to_be_visible()


def test_the_nearest_office_comes_first_when_the_browser_says_where_it_is(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    office, other = story.base.office, story.neighbour_office
    type(office).objects.filter(pk=office.pk).update(coordinates="15.68000,108.22000")
    type(other).objects.filter(pk=other.pk).update(coordinates="16.10000,108.20000")
    seat = sit("anonymous")
    seat.page.context.grant_permissions(["geolocation"])
    seat.page.context.set_geolocation({"latitude": 16.0987, "longitude": 108.2043})
    seat.go("portal:offices")
    seat.page.get_by_role("button", name="Gần tôi nhất").click()
    seat.page.wait_for_url("**vi-tri=*")
    assert "16.10%2C108.20" in seat.page.url  # rounded to about a kilometre
    expect(seat.page.locator("main a[href^='/noi-nop/']").first).to_have_text(other.name)
