"""A citizen without a pointer: from a procedure's page to the acknowledgement, a file included, by the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier, DossierForm
from motcua.eforms.testing import make_form
from motcua.filing.testing import Online, make_online
from motcua.places.testing import make_units
from motcua.procedures.models import Paper
from tests.browser.conftest import Seat
from tests.browser.filling import hold_phone, reach
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
FORBIDDEN = "for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, () => { throw Error(kind) }, true)"


@pytest.fixture
def online(stage: Province, settings: Any) -> Online:
    """The world's procedure, filed online with a form and one paper to photograph."""
    settings.UPLOAD_UNSCANNED = "accept"
    make_units(NOW)
    online = make_online(stage.base)
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    Paper.objects.create(version=online.version, position=3, name="Bản chụp")
    return online


@pytest.fixture
def keyboard(online: Online, browser: Any, live_server: Any) -> Iterator[Seat]:
    """The citizen's phone with a keyboard, signed in; a pointer that is used is an error."""
    wrong: list[str] = []
    client = Client()
    client.force_login(online.citizen)
    context, seat = hold_phone(browser, live_server, wrong)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    seat.page.add_init_script(FORBIDDEN)
    yield seat
    context.close()
    assert wrong == []


def test_a_dossier_is_filed_by_the_keyboard_alone(online: Online, keyboard: Seat, tmp_path: Path) -> None:
    page = keyboard.page
    page.goto(keyboard.server + reverse("portal:procedure", args=[online.world.procedure.code]))
    leave(page, f"a[href='{reverse('portal:file_start', args=[online.world.procedure.code])}']")
    leave(page, "main form button.btn-primary")
    choose(page, "input[name=place]")
    go_on(page, "Bạn nộp hồ sơ cho ai?")
    go_on(page, "Thông tin của bạn")
    type_into(page, "address", "Thôn Đông, xã An Phú")
    go_on(page, "Người khai")
    choose(page, "input[name='nguoi_khai.uy_quyen']")  # the first answer is yes: a question comes by itself
    expect(page.locator("[name='nguoi_khai.quan_he']")).to_be_visible()
    expect(page.locator("form[data-refreshing]")).to_have_count(0)
    type_into(page, "nguoi_khai.quan_he", "Con")
    go_on(page, "Nội dung")
    type_into(page, "noi_dung.so_ban", "2")
    go_on(page, "Ký")
    choose(page, "input[name='ky.chu_ky.agree']")
    type_into(page, "ky.chu_ky.name", "Nguyễn Thị Na")
    go_on(page, "Giấy tờ gửi kèm")
    photograph(page, tmp_path)
    go_on(page, "Nhận kết quả")
    choose(page, "input[name=way][value=online]")
    go_on(page, "Kiểm tra lại trước khi nộp")
    leave(page, "main form button.btn-primary")
    expect(page.locator("main")).to_contain_text("Số tạm")
    dossier = Dossier.objects.get(channel="online")
    expect(page.locator("main")).to_contain_text(dossier.temporary_number)
    answers = DossierForm.objects.get(dossier=dossier).answers
    assert (answers["nguoi_khai"]["quan_he"], answers["noi_dung"]["tien"]) == ("Con", 16000)


def press(page: Page, selector: str, key: str) -> None:
    """Go to the element by Tab and press a key on it."""
    reach(page, selector)
    page.keyboard.press(key)


def leave(page: Page, selector: str) -> None:
    """A link or a button that leads to another page."""
    with page.expect_navigation():
        press(page, selector, "Enter")


def choose(page: Page, selector: str) -> None:
    """A radio button or a tick, as a keyboard sets it."""
    press(page, selector, "Space")
    expect(page.locator(f"{selector}:checked")).to_have_count(1)


def type_into(page: Page, name: str, text: str) -> None:
    """Type over what stands in a field."""
    reach(page, f"[name='{name}']")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)


def go_on(page: Page, heading: str) -> None:
    """The page's own button; the next page has this heading."""
    leave(page, "main form button.btn-primary")
    expect(page.locator("h1")).to_have_text(heading)


def photograph(page: Page, folder: Path) -> None:
    """The file is chosen in the system's own dialogue, which the keyboard opens."""
    photo, panel = folder / "ban-chup.jpg", page.locator("section", has_text="Bản chụp")
    Image.new("RGB", (200, 100), "white").save(photo)
    with page.expect_file_chooser() as dialogue:
        press(page, f"#{panel.locator('input[multiple]').get_attribute('id')}", "Enter")
    with page.expect_navigation():
        dialogue.value.set_files(photo)
    expect(panel).to_contain_text("ban-chup.jpg")
