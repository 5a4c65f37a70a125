"""A dossier received from the keyboard alone, in a real browser: procedure, card, phone, Ctrl+Enter."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import World, make_procedure, make_world
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
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
    yield page
    # A preview that is still on its way would meet the tables being emptied.
    page.wait_for_load_state("networkidle")


def choose(page: Page) -> None:
    expect(page.locator("#procedure-search")).to_be_focused()
    page.keyboard.type("thu nghiem")
    expect(page.locator("#procedure-options a[role=option]")).to_have_count(1)
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


def test_enter_before_the_list_has_settled_waits_for_it_and_keeps_page_and_keyboard(desk, world):
    expect(desk.locator("#procedure-search")).to_be_focused()
    desk.evaluate("() => { window.samePage = true; htmx.config.defaultSettleDelay = 1500; }")
    desk.keyboard.type("thu nghiem")
    expect(desk.locator("#procedure-options a[role=option]")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(desk.locator(".chosen-name")).to_be_visible()
    expect(desk.locator("[name=applicant-identity_number]")).to_be_focused()
    assert desk.evaluate("() => window.samePage === true")


def test_a_page_opened_with_its_procedure_chosen_begins_at_the_persons_first_field(desk, world):
    expect(desk.locator("#procedure-search")).to_be_focused()
    desk.keyboard.type("thu nghiem")
    option = desk.locator("#procedure-options a[role=option]").first
    desk.goto(desk.url + "?" + str(option.get_attribute("href")).partition("?")[2])
    expect(desk.locator(".chosen-name")).to_be_visible()
    expect(desk.locator("[name=applicant-identity_number]")).to_be_focused()


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


@pytest.fixture
def crowded(world):
    """Two more procedures that the same words find."""
    return [make_procedure(code, world.commune) for code in ("1.000002", "1.000003")]


def test_a_quick_hand_gets_the_procedure_that_it_typed(crowded, desk):
    """Enter right after the last letter, while the box still shows an older list, waits for the answer."""
    expect(desk.locator("#procedure-search")).to_be_focused()
    desk.keyboard.type("thu nghiem")
    expect(desk.locator("#procedure-options a[role=option]")).to_have_count(3)
    desk.keyboard.press("Control+a")
    desk.keyboard.insert_text("1.000003")
    desk.keyboard.press("Enter")
    expect(desk.locator(".chosen .code")).to_have_text("1.000003")
