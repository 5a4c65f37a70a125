"""A birth registered without paper: found, asked about, filed on a phone, accepted, signed, in the store, verified, rated."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from motcua.agencies.testing import make_system_user
from motcua.core.text import fold
from motcua.dossiers.models import Dossier, DossierForm, DossierPaper, ResultPaper
from motcua.eforms.starting import text_of
from motcua.eforms.testing import make_form
from motcua.filing.testing import POOR, Online, charge_copies, make_online
from motcua.notifications.models import Message
from motcua.places.testing import make_units
from motcua.printing.tests.tools import needs_poppler, pictures_of
from motcua.printing.tokens import verify_url
from motcua.procedures import actions as catalogue
from motcua.procedures.actions import AnswerData, QuestionData
from motcua.procedures.models import Paper, ProcedureVersion
from motcua.surveys.actions import install_topics
from motcua.surveys.models import Ballot
from tests.browser.conftest import Seat
from tests.browser.filling import fill, go_on, hold_phone, live_at, look, sign_in_by_code
from tests.world import NOW, Province

pytestmark = [needs_poppler, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, CODE = "Đăng ký khai sinh", "1.000001"


@pytest.fixture
def online(stage: Province, settings: Any, live_server: Any) -> Online:
    """Births are registered online: with the form that ships, a guide and a paper beside the form."""
    settings.UPLOAD_UNSCANNED = "accept"
    settings.PUBLIC_URL = live_server.url
    make_units(NOW)
    online = charge_copies(make_online(stage.base))
    form_stands_for = Paper.objects.get(version=online.version, name="Tờ khai")
    Paper.objects.create(version=online.version, position=3, name="Giấy chứng sinh")
    ProcedureVersion.objects.filter(pk=online.version.pk).update(
        name=NAME, search_text=fold(f"{CODE} {NAME}")
    )
    make_form(online.version, json.loads(text_of("khai-sinh")), paper=form_stands_for)
    keeper = {"actor": stage.cast.controller, "at": NOW}
    guide = catalogue.draft_guide(CODE, **keeper)
    asked = catalogue.add_question(guide.pk, QuestionData("Trẻ sinh ở Việt Nam?", ""), **keeper)
    poor = catalogue.add_question(guide.pk, QuestionData("Nhà bạn là hộ nghèo?", ""), **keeper)
    catalogue.add_answer(asked.pk, AnswerData("Sinh ở Việt Nam", "question", next_id=poor.pk), **keeper)
    catalogue.add_answer(
        asked.pk, AnswerData("Sinh ở nước ngoài", "stop", reason="Đến cơ quan đại diện."), **keeper
    )
    catalogue.add_answer(poor.pk, AnswerData("Đúng, hộ nghèo", exemption=POOR), **keeper)
    catalogue.add_answer(poor.pk, AnswerData("Không phải"), **keeper)
    catalogue.publish_guide(guide.pk, **keeper)
    install_topics(actor=make_system_user(), at=NOW)
    return online


@pytest.fixture
def phone(online: Online, browser: Any, live_server: Any) -> Iterator[Seat]:
    """The phone of the citizen, who is not signed in."""
    wrong: list[str] = []
    context, seat = hold_phone(browser, live_server, wrong)
    yield seat
    context.close()
    assert wrong == []


@pytest.mark.both_engines
def test_a_birth_is_registered_from_the_search_to_the_rating(
    online: Online, phone: Seat, sit: Callable[[str], Seat], tmp_path: Path
) -> None:
    found = find(phone) + file_it(phone, online, tmp_path)
    dossier = Dossier.objects.get(channel="online")
    assert (
        DossierForm.objects.get(dossier=dossier).answers["nguoi_duoc_khai_sinh"]["con_ho_ten"]
        == "Nguyễn Gia Bảo"
    )
    assert DossierPaper.objects.get(dossier=dossier, name="Tờ khai").file is not None  # the signed copy
    found += work(sit, dossier)
    found += receive_and_rate(phone, sit, dossier)
    assert found == []


def find(phone: Seat) -> list[str]:
    """From the first page, with a slip of the finger, through the guide to the door of filing."""
    page = phone.page
    phone.go("portal:home")
    page.locator("#q").fill("dang ky khai sihn")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator("h1")).to_have_text(NAME)
    found = look(phone, "sheet")
    page.locator("a[href$='/huong-dan/']").click()
    page.get_by_label("Sinh ở Việt Nam").check()
    go_on(page, "Nhà bạn là hộ nghèo?")
    page.get_by_label("Đúng, hộ nghèo").check()
    go_on(page, "Bạn cần chuẩn bị")
    page.get_by_role("link", name="Nộp trực tuyến").click()
    page.get_by_role("link", name=re.compile("Đăng nhập")).last.click()
    sign_in_by_code(page, "0900 000 001")
    return found


def file_it(phone: Seat, online: Online, tmp_path: Path) -> list[str]:
    """Page by page to the acknowledgement."""
    page = phone.page
    found = look(phone, "start")
    page.get_by_role("button", name="Bắt đầu soạn hồ sơ").click()
    page.get_by_label(online.world.office.name).check()
    go_on(page, "Bạn nộp hồ sơ cho ai?")
    go_on(page, "Thông tin của bạn")
    found += look(phone, "party")
    fill(page, {"address": "Thôn Đông, xã An Phú"})
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    go_on(page, "Người yêu cầu")
    expect(page.locator("[name='nguoi_yeu_cau.nyc_ho_ten']")).to_have_value("Nguyễn Thị Na")
    live_at(page, "nguoi_yeu_cau.nyc_cu_tru")
    fill(page, {"nguoi_yeu_cau.nyc_dien_thoai": "0900000001", "nguoi_yeu_cau.nyc_quan_he": "me"})
    go_on(page, "Người được khai sinh")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".error-summary")).to_be_focused()
    found += look(phone, "section with errors")
    child = "nguoi_duoc_khai_sinh.con"
    who = {
        f"{child}_ho_ten": "Nguyễn Gia Bảo",
        f"{child}_ngay_sinh": "01/11/2026",
        f"{child}_gioi_tinh": "nam",
    }
    fill(page, {**who, f"{child}_noi_sinh": "co_so_y_te"})
    fill(page, {f"{child}_co_so": "Trạm y tế", f"{child}_dan_toc": "Kinh", f"{child}_quoc_tich": "Việt Nam"})
    live_at(page, f"{child}_dia_chi_sinh")
    live_at(page, f"{child}_que_quan")
    fill(page, {"nguoi_duoc_khai_sinh.giay_chung_sinh": "chung_sinh"})
    go_on(page, "Người mẹ")
    mother = "nguoi_me.me"
    fill(
        page,
        {"nguoi_me.biet_me": "yes", f"{mother}_ho_ten": "Nguyễn Thị Na", f"{mother}_ngay_sinh": "05/01/1999"},
    )
    fill(page, {f"{mother}_dan_toc": "Kinh", f"{mother}_quoc_tich": "Việt Nam"})
    live_at(page, f"{mother}_cu_tru")
    go_on(page, "Người cha")
    fill(page, {"nguoi_cha.biet_cha": "no"})
    go_on(page, "Đề nghị và cam đoan")
    fill(page, {"de_nghi.cam_doan": "1", "de_nghi.chu_ky.agree": "1", "de_nghi.chu_ky.name": "Nguyễn Thị Na"})
    go_on(page, "Phí, lệ phí của hồ sơ này")
    expect(page.locator(f"[name=exemption][value='{POOR}']")).to_be_checked()  # as the guide was told
    fill(page, {"copies": "3"})
    found += look(phone, "fees")
    go_on(page, "Giấy tờ gửi kèm")
    found += look(phone, "papers")
    photo = tmp_path / "giấy chứng sinh.jpg"
    Image.new("RGB", (800, 600), "white").save(photo)
    panel = page.locator("section", has_text="Giấy chứng sinh")
    with page.expect_navigation():
        panel.locator("input[capture]").set_input_files(photo)
    expect(panel).to_contain_text("giấy chứng sinh.jpg")
    go_on(page, "Nhận kết quả")
    page.get_by_label("Bản điện tử").check()
    go_on(page, "Kiểm tra lại trước khi nộp")
    found += look(phone, "review")
    expect(page.locator("main")).to_contain_text(f"Được miễn vì {POOR}")
    page.get_by_role("link", name="Sửa cách nhận").click()
    go_on(page, "Kiểm tra lại trước khi nộp")  # a change leads straight back
    go_on(page, "Đã nộp hồ sơ", button="Nộp hồ sơ")
    assert Dossier.objects.get(channel="online").temporary_number in phone.text
    assert "11/11/2026" in phone.text  # by when the office must answer
    copy = page.request.get(str(page.url).replace("da-nop", "ban-sao"))
    assert copy.body().startswith(b"%PDF")
    return found + look(phone, "done")


def work(sit: Callable[[str], Seat], dossier: Dossier) -> list[str]:
    """The office's part: accepted from the queue, passed on, checked, signed with a certificate, returned."""
    clerk, officer, leader, returner = sit("clerk"), sit("officer"), sit("leader"), sit("returner")
    clerk.go("counter:waiting")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("n")
    expect(clerk.page.locator("main")).to_contain_text(
        "Nguyễn Gia Bảo"
    )  # what was filled in, not typed again
    expect(clerk.page.locator("main")).to_contain_text("Người nộp khai: 3 bản")
    found = look(clerk, "check")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("a")
    dossier.refresh_from_db()
    assert (bool(dossier.code), dossier.payment) == (True, "exempt")
    clerk.act(dossier, "hand_over", button="Chuyển")
    officer.act(dossier, "take_over", button="Ký nhận")
    officer.act(dossier, "complete_task", button="Hoàn thành", note="Đã thẩm tra")
    leader.act(dossier, "sign", button="Ký kết quả", number="45/GKS", electronic="x")
    clerk.act(dossier, "mark_ready", button="Báo có kết quả")
    returner.go("counter:return_one", dossier.pk)
    found += look(returner, "return")
    form = returner.page.locator("main form[method=post]").first
    expect(form.get_by_label("Điện tử")).to_be_checked()  # as the citizen asked
    returner.send(form, "Trả kết quả")
    dossier.refresh_from_db()
    assert (dossier.status, dossier.delivery) == ("returned", "online")
    return found


def receive_and_rate(phone: Seat, sit: Callable[[str], Seat], dossier: Dossier) -> list[str]:
    """The paper in the citizen's store, checked by a stranger, and what the citizen thinks of it all."""
    page = phone.page
    ready = Message.objects.filter(
        reference=f"dossier/{dossier.pk}", kind="ready_online", channel="sms"
    ).get()
    assert "/kho-giay-to/" in ready.body
    phone.go("portal:mine")
    page.get_by_role("link", name=NAME).first.click()
    found = look(phone, "own dossier")
    page.get_by_role("link", name="Mở kho giấy tờ").click()
    page.get_by_role("link", name="Kết quả").first.click()
    found += look(phone, "paper of the store")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải về").click()
    paper = Path(taken.value.path()).read_bytes()
    result = ResultPaper.objects.get(dossier=dossier)
    assert paper.startswith(b"%PDF")
    assert b"/ByteRange" in paper  # signed
    stranger = sit("anonymous")
    stranger.page.goto(qr_address(paper, result))
    expect(stranger.page.locator("h1")).to_contain_text("Giấy tờ do cơ quan phát hành")
    assert "45/GKS" in stranger.text
    assert "Nguyễn" not in stranger.text
    told = Message.objects.filter(reference=f"dossier/{dossier.pk}", kind="returned", channel="sms").get()
    stranger.page.goto(re.search(r"https?://\S+/danh-gia/\S+", told.body)[0])  # type: ignore[index]
    found += look(stranger, "rating")
    for topic in stranger.page.locator("fieldset.rating-topic").all():
        if topic.locator("input[type=radio]").count():
            topic.locator("input[type=radio]").first.check()
    stranger.send(stranger.page.locator("form.rating"), "Gửi")
    expect(stranger.page.locator("h1")).to_contain_text("Cảm ơn")
    assert Ballot.objects.exists()
    return found + look(stranger, "rated")


def qr_address(paper: bytes, result: ResultPaper) -> str:
    """What the code printed on the result leads to."""
    (address,) = [code.text for code in zxingcpp.read_barcodes(pictures_of(paper, 150)[0])]
    assert address == verify_url(result.token)
    return address
