"""Filing on a bad day: a connection lost in the middle of a file; a phone without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Route, expect

from motcua.dossiers.models import Dossier, DossierForm
from motcua.eforms.testing import make_form
from motcua.filing.models import Application, Upload
from motcua.filing.rules import steps
from motcua.filing.rules.chunks import PART_BYTES
from motcua.filing.testing import Online, make_online
from motcua.places.testing import make_units
from motcua.procedures.models import Paper
from tests.browser.conftest import Seat
from tests.browser.filling import PHONE, go_on
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def online(stage: Province, settings: Any) -> Online:
    """The world's procedure, filed online."""
    settings.UPLOAD_UNSCANNED = "accept"
    make_units(NOW)
    return make_online(stage.base)


@pytest.fixture
def phone(online: Online, browser: Any, live_server: Any) -> Iterator[Seat]:
    """The citizen's phone, signed in; it complains of any error in a script."""
    from django.test import Client

    client = Client()
    client.force_login(online.citizen)
    context = browser.new_context(locale="vi-VN", viewport=PHONE)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield Seat(page, live_server.url)
    context.close()
    assert wrong == []


@pytest.mark.both_engines
def test_a_connection_lost_in_the_middle_of_a_file_loses_nothing(
    online: Online, phone: Seat, tmp_path: Path
) -> None:
    made, page, photo = online.begin(at=NOW), phone.page, tmp_path / "to-khai.jpg"
    Image.effect_noise((1400, 1400), 90).convert("RGB").save(photo, quality=95)
    assert photo.stat().st_size > 2 * PART_BYTES
    offsets: list[int] = []
    broken = True

    def network(route: Route) -> None:
        """The first part arrives, then nothing more until the network is back."""
        if route.request.method == "PUT":
            offsets.append(int(route.request.headers["upload-offset"]))
            if broken and len(offsets) > 1:
                route.abort("connectionreset")
                return
        route.continue_()

    page.route(re.compile("/tai-len/"), network)
    phone.go("portal:file_step", made.pk, "giay-to")
    panel = page.locator("section", has_text="Tờ khai")
    panel.locator("input[multiple]").set_input_files(photo)
    expect(panel.locator("[data-progress]")).to_contain_text("Mất kết nối")
    assert Upload.objects.get().received == PART_BYTES
    page.goto("about:blank")  # the phone was locked, the page is gone
    broken = False
    offsets.clear()
    phone.go("portal:file_step", made.pk, "giay-to")
    expect(panel).to_contain_text("đang tải dở")
    with page.expect_navigation():
        panel.locator("input[multiple]").set_input_files(photo)
    expect(panel).not_to_contain_text("đang tải dở")
    assert offsets[0] == PART_BYTES  # it went on where it had stopped
    assert Upload.objects.get().state == "stored"
    assert Application.objects.get(pk=made.pk).is_draft


@pytest.mark.both_engines
def test_a_connection_lost_while_one_types_loses_nothing(online: Online, phone: Seat) -> None:
    made, page = online.begin(at=NOW), phone.page
    phone.go("portal:file_step", made.pk, steps.PARTY)
    said = page.locator("[data-saved]")
    with page.expect_response(re.compile("/luu/$")):
        page.locator("[name=address]").fill("Thôn Đông")
    page.context.set_offline(True)
    page.locator("[name=address]").fill("Thôn Đông Hải, xã An Phú")
    expect(said).to_contain_text("Mất kết nối: chưa lưu. Máy sẽ lưu khi có mạng lại.")
    page.locator("[name=phone]").fill("0900 000 002")  # one goes on typing
    assert Application.objects.get(pk=made.pk).party["address"] == "Thôn Đông"
    page.context.set_offline(False)
    expect(said).to_contain_text("Đã lưu lúc")
    expect(said).not_to_contain_text("chưa lưu")
    kept = Application.objects.get(pk=made.pk).party
    assert (kept["address"], kept["phone"]) == ("Thôn Đông Hải, xã An Phú", "0900 000 002")


def test_who_saves_too_fast_is_told_when_the_page_goes_on_and_it_does(online: Online, phone: Seat) -> None:
    made, page, turns = online.begin(at=NOW), phone.page, []

    def brake(route: Route) -> None:
        """The first save is put off for a second."""
        turns.append(route.request.post_data)
        if len(turns) == 1:
            route.fulfill(status=429, json={"message": "Máy tạm dừng đến 09:35.", "wait": 1})
            return
        route.continue_()

    page.route(re.compile("/luu/$"), brake)
    phone.go("portal:file_step", made.pk, steps.PARTY)
    page.locator("[name=address]").fill("Thôn Đông")
    expect(page.locator("[data-saved]")).to_contain_text("tạm dừng đến 09:35")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    assert Application.objects.get(pk=made.pk).party["address"] == "Thôn Đông"


def test_a_page_sent_while_it_saves_itself_is_not_taken_for_one_of_another_device(
    online: Online, phone: Seat
) -> None:
    made, page, waiting = online.begin(at=NOW), phone.page, []
    place = f"{online.world.office.pk}-{online.world.commune.pk}"
    online.save(made, steps.OFFICE, place=place, at=NOW)
    online.save(made, steps.FOR, acting="self", at=NOW)
    page.route(
        re.compile("/luu/$"), lambda route: waiting.append(route)
    )  # a slow network: the save stays on its way
    phone.go("portal:file_step", made.pk, steps.PARTY)
    with page.expect_request(re.compile("/luu/$")):
        page.locator("[name=address]").fill("Thôn Đông, xã An Phú")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("h1")).to_have_text("Thông tin của bạn")
    waiting[0].continue_()
    expect(page.locator("h1")).to_have_text("Giấy tờ gửi kèm")
    assert Application.objects.get(pk=made.pk).party["address"] == "Thôn Đông, xã An Phú"


HOME = {
    "title": "Tờ khai nơi ở",
    "sections": [
        {"key": "noi_o", "title": "Nơi ở", "fields": [{"key": "xa", "type": "address", "label": "Nơi ở"}]}
    ],
}  # fmt: skip


def test_who_answers_before_the_scripts_have_come_gets_what_they_bring_all_the_same(
    online: Online, phone: Seat
) -> None:
    make_form(online.version, data=HOME, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    made, page, waiting = online.begin(at=NOW), phone.page, []
    page.route(re.compile("eforms/section"), lambda route: waiting.append(route))
    address = reverse("portal:file_step", args=[made.pk, "to-khai-noi_o"])
    page.goto(phone.server + address, wait_until="commit")
    page.locator("[name='noi_o.xa.province']").select_option("48")
    communes = page.locator("datalist option[value='Phường Hải Vân']")
    expect(communes).to_have_count(0)
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(communes).to_have_count(1)


def test_a_photo_chosen_before_the_scripts_have_come_is_sent_when_they_come(
    online: Online, phone: Seat, tmp_path: Path
) -> None:
    made, page, waiting = online.begin(at=NOW), phone.page, []
    photo = tmp_path / "giay.jpg"
    Image.new("RGB", (900, 600), "white").save(photo)
    page.route(
        re.compile("portal/filing.*js"),
        lambda route: route.continue_() if waiting else waiting.append(route),
    )
    page.goto(phone.server + reverse("portal:file_step", args=[made.pk, "giay-to"]), wait_until="commit")
    page.locator("input[capture]").first.set_input_files(photo)
    files = page.locator("[data-files] li")
    expect(files).to_have_count(0)
    waiting[0].continue_()
    expect(files).to_have_count(1)
    assert Upload.objects.count() == 1


def test_without_scripts_a_dossier_is_filed_all_the_same(
    online: Online, phone: Seat, browser: Any, tmp_path: Path
) -> None:
    form = make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    Paper.objects.create(version=online.version, position=3, name="Bản chụp")
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    context.add_cookies(phone.page.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(phone.server + reverse("portal:file_start", args=["1.000001"]))
    page.get_by_role("button", name="Bắt đầu soạn hồ sơ").click()
    page.get_by_label(online.world.office.name).check()
    go_on(page, "Bạn nộp hồ sơ cho ai?")
    go_on(page, "Thông tin của bạn")
    page.locator("[name=address]").fill("Thôn Đông, xã An Phú")
    go_on(page, "Người khai")
    page.locator("[name='nguoi_khai.uy_quyen'][value=yes]").check()
    page.get_by_role("button", name="Cập nhật câu hỏi").click()  # what scripts do by themselves
    page.locator("[name='nguoi_khai.quan_he']").fill("Con")
    go_on(page, "Nội dung")
    page.locator("[name='noi_dung.so_ban']").fill("2")
    go_on(page, "Ký")
    page.locator("[name='ky.chu_ky.agree']").check()
    page.locator("[name='ky.chu_ky.name']").fill("Nguyễn Thị Na")
    go_on(page, "Giấy tờ gửi kèm")
    photo, panel = tmp_path / "ban-chup.jpg", page.locator("section", has_text="Bản chụp")
    Image.new("RGB", (200, 100), "white").save(photo)
    panel.locator("input[multiple]").set_input_files(photo)
    panel.get_by_role("button", name="Tải lên").click()
    assert "ban-chup.jpg" in panel.inner_text()
    go_on(page, "Nhận kết quả")
    page.get_by_label("Bản điện tử").check()
    go_on(page, "Kiểm tra lại trước khi nộp")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    dossier = Dossier.objects.get(channel="online")
    assert dossier.temporary_number in page.locator("main").inner_text()
    filed = DossierForm.objects.get(dossier=dossier)
    assert (filed.form_version_id, filed.answers["noi_dung"]["tien"]) == (form.pk, 16000)
    context.close()
