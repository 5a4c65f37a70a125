"""The keyboard, the palette, the scanner and the quiet rules of the pages, in a real browser."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect

from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page, live_server):
    """The style guide, opened by an officer."""
    user = get_user_model().objects.create_user("mau", "mat-khau-cua-mau-1", full_name="Nguyễn Thị Mẫu")
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.complaints = []
    page.on(
        "console", lambda message: page.complaints.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{live_server.url}/mau-giao-dien/")
    yield page
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_every_component_passes_axe_and_fits_its_screen(desk, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.reload()
    assert violations(desk, "best-practice") == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(desk):
    desk.get_by_role("button", name="Lưu").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    assert desk.title().startswith("Lỗi: ")
    assert violations(desk, "best-practice") == []
    desk.get_by_role("link", name="Ngày sinh").click()
    expect(desk.locator("#id_birth")).to_be_focused()


def test_j_and_k_walk_the_rows_and_x_ticks_them(desk):
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    assert desk.locator("tr.row-at").inner_text().find("H99.12-261118-0014") >= 0
    desk.keyboard.press("k")
    desk.keyboard.press("x")
    expect(desk.locator("tbody input:checked")).to_have_value("H99.12-261116-0001")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("#H99.12-261118-0014$"))


def test_the_box_in_the_head_ticks_all(desk):
    desk.get_by_label("Chọn tất cả").check()
    assert desk.locator("tbody input:checked").count() == 3


def test_a_key_of_the_page_does_its_act_unless_somebody_is_typing(desk):
    desk.locator("#id_name").fill("")
    desk.keyboard.type("n")
    assert "#bieu-mau" not in desk.url
    desk.locator("h1").click()
    desk.keyboard.press("n")
    expect(desk).to_have_url(re.compile("#bieu-mau$"))


def test_help_lists_the_keys_of_this_page(desk):
    desk.keyboard.press("?")
    expect(desk.locator("#shortcuts")).to_contain_text("Đến biểu mẫu")
    assert violations(desk, "best-practice") == []
    desk.keyboard.press("Escape")
    assert not desk.locator("#shortcuts").is_visible()


def test_the_palette_finds_an_act_without_marks(desk):
    desk.keyboard.press("Control+k")
    desk.keyboard.type("den bieu")
    assert desk.locator("#palette-list li").first.inner_text().startswith("Đến biểu mẫu")
    assert violations(desk, "best-practice") == []
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("#bieu-mau$"))


def test_a_scanned_card_goes_to_the_field_that_takes_cards(desk):
    desk.evaluate("document.querySelector('#id_note').dataset.scanTarget = 'card'")
    desk.locator("#id_name").focus()
    card = "038200000001||Nguyen Van A|01022000|Nam|Thanh Hoa|15082021"
    desk.keyboard.type(card)
    desk.keyboard.press("Enter")
    assert desk.locator("#id_note").input_value() == card
    assert desk.locator("#id_name").input_value() == ""


def test_a_busy_computer_does_not_tear_a_scan_apart(desk):
    desk.evaluate("document.querySelector('#id_note').dataset.scanTarget = 'card'")
    desk.locator("#id_name").focus()
    parts = ["0", "38200000001||Nguyen Van A", "|01022000|Nam|Thanh Hoa|15082021"]
    for part in parts:
        desk.keyboard.type(part)
        desk.wait_for_timeout(120)
    desk.keyboard.press("Enter")
    assert desk.locator("#id_note").input_value() == "".join(parts)
    assert desk.locator("#id_name").input_value() == ""


def test_the_letters_of_a_scanned_card_are_no_keys(desk):
    desk.evaluate("document.querySelector('#id_note').dataset.scanTarget = 'card'")
    desk.locator("h1").click()
    desk.keyboard.type("038200000001||n/n?ngnxn|01022000|Nam|n|15082021n")
    desk.keyboard.press("Enter")
    desk.wait_for_timeout(200)
    assert desk.locator("#id_note").input_value().endswith("15082021n")
    assert "#bieu-mau" not in desk.url
    assert not desk.locator("#shortcuts").is_visible()


def test_slow_typing_is_no_scan(desk):
    desk.evaluate("document.querySelector('#id_note').dataset.scanTarget = 'code'")
    desk.locator("#id_birth").focus()
    desk.keyboard.type("H40.12-250715-0001", delay=90)
    assert desk.locator("#id_note").input_value() == ""


def test_a_form_is_sent_once(desk):
    sent = []
    desk.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    desk.evaluate(
        "const f = document.querySelector('main form[method=post]'); f.requestSubmit(); f.requestSubmit();"
    )
    desk.wait_for_selector(".error-summary")
    assert len(sent) == 1


def test_the_derivation_of_a_due_date_opens_and_escape_closes_it(desk):
    desk.locator("td details.due-more summary").click()
    assert "Ngày thứ 5" in desk.locator("td .due-lines").inner_text()
    desk.keyboard.press("Escape")
    assert not desk.locator("td .due-lines").is_visible()


def test_the_menu_folds_on_a_phone(desk):
    desk.set_viewport_size({"width": 390, "height": 800})
    desk.reload()
    assert not desk.locator(".menu-body").is_visible()
    desk.locator(".menu > summary").click()
    assert desk.locator(".menu").get_attribute("open") is not None


def test_an_error_of_a_fragment_is_put_among_the_messages(desk):
    desk.evaluate("htmx.ajax('GET', '/khong-co-trang-nay/', {target: 'h1'})")
    desk.wait_for_selector("#messages .alert")
    assert "Không tìm thấy" in desk.locator("#messages").inner_text()
    assert desk.evaluate("document.activeElement.closest('#messages') !== null")
    assert desk.locator("h1").inner_text() == "Mẫu giao diện"
    desk.complaints.clear()  # the browser reports the 404 itself


def test_a_page_that_comes_instead_of_a_fragment_means_signing_in_again(desk):
    desk.context.clear_cookies()
    with desk.expect_navigation():
        desk.evaluate("htmx.ajax('GET', '/mau-giao-dien/', {target: 'h1'})")
    assert desk.locator("main h1").inner_text() == "Đăng nhập"
