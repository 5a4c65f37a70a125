"""A helper's phone at a kitchen table: somebody without an account files online, and takes it over at home."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import expect

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import held_by
from motcua.eforms.testing import make_form
from motcua.filing.testing import Online, make_online
from motcua.places.testing import make_units
from motcua.procedures.models import Paper, ProcedureVersion
from tests.browser.conftest import Seat
from tests.browser.filling import fill, go_on, hold_phone, look, sign_in_by_code
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER, PHONE = "001099000077", "0900000077"


@pytest.fixture
def online(stage: Province, settings: Any, live_server: Any) -> Online:
    """The world's procedure, filed online with a form."""
    settings.UPLOAD_UNSCANNED = "accept"
    settings.PUBLIC_URL = live_server.url
    make_units(NOW)
    online = make_online(stage.base)
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    ProcedureVersion.objects.filter(pk=online.version.pk).update(search_text="1.000001 thu tuc thu nghiem")
    return online


@pytest.fixture
def phones(online: Online, browser: Any, live_server: Any, stage: Province) -> Iterator[tuple[Seat, Seat]]:
    """The helper's phone, signed in, and the citizen's own."""
    wrong: list[str] = []
    (theirs, helper), (own, citizen) = (hold_phone(browser, live_server, wrong) for _ in range(2))
    client = Client()
    client.force_login(stage.cast.helper)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    theirs.add_cookies([cookie])
    yield helper, citizen
    theirs.close()
    own.close()
    assert wrong == []


def test_a_neighbour_without_an_account_files_online_and_takes_it_over_at_home(
    online: Online, phones: tuple[Seat, Seat], tmp_path: Path
) -> None:
    helper, citizen = phones
    found = begin(helper) + file_it(helper, online, tmp_path)
    dossier = Dossier.objects.get(channel="online")
    assert dossier.applicant.identity_number == NUMBER
    helper.page.get_by_role("link", name="Thủ tục khác của người này").click()
    helper.page.get_by_role("button", name="Kết thúc lượt hỗ trợ").click()
    expect(helper.page.locator("main")).to_contain_text("Đã kết thúc lượt hỗ trợ")
    expect(helper.page.locator("main")).not_to_contain_text("Nguyễn Thị Na")
    claim(citizen, dossier)
    assert found == []


def begin(seat: Seat) -> list[str]:
    """Consent first, then the procedure."""
    page = seat.page
    seat.go("holdings:assist")
    found = look(seat, "assist")
    fill(page, {"full_name": "Nguyễn Thị Na", "identity_number": NUMBER, "phone": PHONE})
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Ghi nhận, khai cùng người dân").click()
    expect(page.locator("h1")).to_have_text("Nộp hồ sơ trực tuyến hộ Nguyễn Thị Na")
    found += look(seat, "visit")
    page.locator("#thu-tuc").fill("thu nghiem")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Thủ tục thử nghiệm").click()
    return found + look(seat, "begin")


def file_it(seat: Seat, online: Online, tmp_path: Path) -> list[str]:
    """The citizens' pages, inside the frame of staff."""
    page, photo = seat.page, tmp_path / "giay.jpg"
    Image.new("RGB", (900, 600), "white").save(photo)
    page.get_by_role("button", name="Bắt đầu khai cùng người dân").click()
    fill(page, {"place": f"{online.world.office.pk}-{online.world.commune.pk}"})
    go_on(page, "Bạn nộp hồ sơ cho ai?")
    expect(page.locator("main")).to_contain_text("Đang nộp hộ Nguyễn Thị Na")
    go_on(page, "Thông tin của bạn")
    found = look(seat, "party")
    expect(page.locator("[name=name]")).to_have_value("Nguyễn Thị Na")
    fill(page, {"address": "Thôn Đông"})
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    page.get_by_role("button", name="Tiếp tục").click()
    fill(page, {"nguoi_khai.ho_ten": "Nguyễn Thị Na", "nguoi_khai.so_dinh_danh": NUMBER, "nguoi_khai.uy_quyen": "no"})  # fmt: skip
    page.get_by_role("button", name="Tiếp tục").click()
    fill(page, {"noi_dung.so_ban": "2"})
    page.get_by_role("button", name="Tiếp tục").click()
    fill(page, {"ky.chu_ky.name": "Nguyễn Thị Na"})
    page.locator("[name='ky.chu_ky.agree']").check()
    go_on(page, "Giấy tờ gửi kèm")
    page.locator("input[capture]").first.set_input_files(photo)
    expect(page.locator("[data-files] li")).to_have_count(1)
    found += look(seat, "papers")
    go_on(page, "Nhận kết quả")
    page.locator("[name=way][value=counter]").check()
    go_on(page, "Kiểm tra lại trước khi nộp")
    found += look(seat, "review")
    page.locator("#confirmed").check()
    go_on(page, "Đã nộp hồ sơ", "Nộp hồ sơ")
    return found + look(seat, "done")


def claim(seat: Seat, dossier: Dossier) -> None:
    """At home: the same phone, the number, and it is one's own."""
    page = seat.page
    seat.go("portal:assisted")
    sign_in_by_code(page, PHONE)
    page.locator("main form input[name=full_name]").fill("Nguyễn Thị Na")
    page.locator("main form button").first.click()
    seat.go("portal:assisted")
    page.locator("main form input[name=identity_number]").fill(NUMBER)
    page.get_by_role("button", name="Nhận về").click()
    expect(page.locator("main")).to_contain_text("Đã nhận về hồ sơ lập hộ")
    seat.go("portal:mine_dossier", dossier.pk)
    expect(page.locator("main")).to_contain_text(dossier.temporary_number)
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Na")
    assert dossier in held_by(page_owner(), NOW.replace(hour=23))


def page_owner() -> Any:
    """The account that was made on the way."""
    from motcua.accounts.models import User

    return User.objects.get(kind=User.Kind.CITIZEN, profile__phone=f"+84{PHONE[1:]}")
