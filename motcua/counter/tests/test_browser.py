"""A dossier received from the keyboard alone, in a real browser: procedure, card, phone, Ctrl+Enter."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parents[3] / "tests/vendor/axe/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CARD = "038200000001||Nguyễn Văn Ấn|01022000|Nam|Thôn Đông, Xã X|15082021"


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


@pytest.fixture
def desk(page: Page, live_server, world):
    """The page of reception, open in the clerk's browser."""
    client = Client()
    client.force_login(world.clerk)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_default_timeout(30_000)
    page.goto(f"{live_server.url}/quay/")
    return page


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("names => axe.run(document, {runOnly: names})", STANDARDS)
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]


def choose(page: Page) -> None:
    page.keyboard.type("thu nghiem")
    expect(page.locator("#procedure-options [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".chosen-name")).to_be_visible()


def test_a_complete_dossier_needs_no_mouse(desk, world):
    choose(desk)
    expect(desk.locator("[name=applicant-identity_number]")).to_be_focused()
    desk.keyboard.type(CARD)
    desk.keyboard.press("Enter")
    expect(desk.locator("[name=applicant-name]")).to_have_value("Nguyễn Văn Ấn")
    expect(desk.locator("[name=applicant-phone]")).to_be_focused()
    desk.keyboard.type("0912345678")
    expect(desk.locator(".appoint-when")).to_be_visible()
    assert violations(desk) == []
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/quay/da-nhan/**")
    dossier = Dossier.objects.get()
    expect(desk.locator(".received .code-big")).to_have_text(dossier.code)
    expect(desk.get_by_role("link", name="In giấy tiếp nhận")).to_be_focused()
    assert (dossier.applicant.name, dossier.applicant.phone) == ("Nguyễn Văn Ấn", "+84912345678")
    assert violations(desk) == []


def test_a_card_scanned_with_the_cursor_elsewhere_leaves_that_field_as_it_was(desk, world):
    choose(desk)
    desk.locator("[name=applicant-address]").fill("Thôn Tây")
    desk.locator("[name=content]").fill("Xin cấp")
    desk.keyboard.type(CARD)
    desk.keyboard.press("Enter")
    expect(desk.locator("[name=applicant-identity_number]")).to_have_value("038200000001")
    expect(desk.locator("[name=content]")).to_have_value("Xin cấp")


def test_space_marks_a_paper_as_missing_and_one_key_makes_the_slip(desk, world):
    choose(desk)
    desk.locator("[name=applicant-name]").fill("Nguyễn Văn Ấn")
    desk.locator("[name=papers-0-present]").focus()
    desk.keyboard.press("Space")
    expect(desk.locator("[data-missing-note]")).to_contain_text("Thiếu 1 giấy tờ bắt buộc")
    desk.keyboard.press("Alt+b")
    desk.wait_for_url("**/quay/da-nhan/**")
    assert Dossier.objects.get().status == "pre_supplement"


def test_the_page_fits_a_phone(desk, world):
    desk.set_viewport_size({"width": 390, "height": 844})
    choose(desk)
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(desk) == []


def test_one_key_opens_the_fields_of_who_submits_and_takes_the_cursor_there(desk, world):
    choose(desk)
    desk.keyboard.press("Alt+n")
    expect(desk.locator("[name=submitter-identity_number]")).to_be_focused()
    desk.keyboard.type(CARD)
    desk.keyboard.press("Enter")
    expect(desk.locator("[name=submitter-name]")).to_have_value("Nguyễn Văn Ấn")
    expect(desk.locator("[name=applicant-name]")).to_have_value("")
