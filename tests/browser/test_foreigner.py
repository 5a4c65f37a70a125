"""A foreigner on a phone: finds, asks, looks for the nearest office, makes an account, has the passport seen at the counter and
files in English; nothing is left in Vietnamese but what bears a Vietnamese name.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.accounts.models import Profile
from motcua.core.text import fold
from motcua.dossiers.models import Dossier
from motcua.eforms.starting import text_of
from motcua.eforms.testing import make_form
from motcua.filing.testing import make_online
from motcua.places.testing import make_units
from motcua.procedures import actions as catalogue
from motcua.procedures.actions import AnswerData, QuestionData
from motcua.procedures.models import Paper, ProcedureVersion
from tests.browser.conftest import Seat
from tests.browser.filling import fill, go_on, hold_phone, live_at, look, sign_in_by_code
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
CODE, NAME = "1.000001", "Temporary residence"
WHO, PHONE, PASSPORT = "Jane Smith", "0900000009", "TK0000001"
# What stands on the page in Vietnamese letters and is not said to be Vietnamese.
LETTERS = "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]"
MARKS = re.compile(LETTERS, re.IGNORECASE)
LEFT = """() => {
  const found = [], marks = /LETTERS/i;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, around = node.parentElement.closest("[lang]");
    if (around && around.lang === "vi" || node.parentElement.closest("script, style, datalist")) continue;
    if (marks.test(node.data)) found.push(node.data.trim());
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const text = one.getAttribute(name), around = one.closest("[lang]");
      if (text && marks.test(text) && around.lang !== "vi") found.push(`${name}: ${text}`);
    }
  if (marks.test(document.title)) found.push(`title: ${document.title}`);
  return found;
}""".replace("LETTERS", LETTERS)
# Names of places and offices, which have no English words, where the page cannot say that they are Vietnamese.
NAMES = (
    "Bộ phận Một cửa UBND xã An Phú",
    "Bộ phận Một cửa UBND xã Bình Yên",
    "Thôn Đông, Phường Hải Vân, Thành phố Đà Nẵng",
    "Một Cửa",
    "Tiếng Việt",
)
left: list[str] = []


@pytest.fixture
def phone(stage: Province, settings: Any, browser: Any, live_server: Any) -> Iterator[Seat]:
    """Jane Smith's phone; the procedure has English words, the form its own."""
    settings.UPLOAD_UNSCANNED, settings.PUBLIC_URL = "accept", live_server.url
    make_units(NOW)
    online = make_online(stage.base)
    ProcedureVersion.objects.filter(pk=online.version.pk).update(
        name="Đăng ký tạm trú", search_text=fold(f"{CODE} Đăng ký tạm trú")
    )
    make_form(
        online.version,
        json.loads(text_of("tam-tru")),
        paper=Paper.objects.get(version=online.version, name="Tờ khai"),
    )
    keeper: dict[str, Any] = {"actor": stage.cast.controller, "at": NOW}
    words = {"summary": "Báo nơi ở", "name_en": NAME, "summary_en": "Tell the police where you stay."}
    catalogue.write_words(CODE, **words, **keeper)
    guide = catalogue.draft_guide(CODE, **keeper)
    question = QuestionData("Bạn ở trên 30 ngày?", "", "Do you stay for more than 30 days?", "")
    asked = catalogue.add_question(guide.pk, question, **keeper)
    catalogue.add_answer(asked.pk, AnswerData("Có", label_en="More than 30 days"), **keeper)
    catalogue.add_answer(asked.pk, AnswerData("Không", "stop", reason="Không phải đăng ký.", label_en="Less", reason_en="No need."), **keeper)  # fmt: skip
    catalogue.publish_guide(guide.pk, **keeper)
    office, other = stage.base.office, stage.neighbour_office
    type(office).objects.filter(pk=office.pk).update(coordinates="15.68000,108.22000")
    type(other).objects.filter(pk=other.pk).update(coordinates="16.10000,108.20000")
    wrong: list[str] = []
    place = {"latitude": 16.0987, "longitude": 108.2043}
    context, seat = hold_phone(
        browser, live_server, wrong, locale="en-GB", permissions=["geolocation"], geolocation=place
    )
    left.clear()
    yield seat
    context.close()
    assert wrong == []


def english(page: Page, where: str) -> None:
    """Note what this page says in Vietnamese without need."""
    page.wait_for_load_state("domcontentloaded")  # a page that is still on its way has no body
    for text in page.evaluate(LEFT):
        for name in NAMES:
            text = text.replace(name, "").strip()
        said = text.removeprefix("title:").strip(" –")
        if MARKS.search(said):
            left.append(f"{where}: {text[:100]}")


def onward(page: Page, heading: str, button: str = "Continue") -> None:
    """Note what is left on this page, then go on."""
    english(page, f"before {heading}")
    go_on(page, heading, button)


def test_a_foreigner_finds_and_files_in_english(
    stage: Province, phone: Seat, sit: Callable[[str], Seat]
) -> None:
    page = phone.page
    phone.go("portal:home")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    english(page, "home")
    page.locator("#q").fill("temporary residense")
    page.locator("#q").press("Enter")
    english(page, "found")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator("h1")).to_have_text(NAME)
    english(page, "sheet")
    bad = look(phone, "sheet in English")
    page.locator("a[href$='/huong-dan/']").click()
    page.get_by_label("More than 30 days").check()
    onward(page, "What you need")
    english(page, "decided")
    bad += look(phone, "decided in English")
    nearest(phone, stage)
    page.goto(f"{phone.server}/nop-ho-so/{CODE}/")
    english(page, "start")
    page.locator("main a.btn-primary").click()
    english(page, "sign in")
    sign_in_by_code(page, PHONE)
    bad += make_account(phone)
    show_passport(sit("clerk"))
    bad += file_it(phone, stage)
    dossier = Dossier.objects.get(channel="online")
    assert dossier.temporary_number in phone.text
    assert (dossier.applicant.identity_number, dossier.applicant.identity_country) == (PASSPORT, "JPN")
    phone.go("portal:mine_dossier", dossier.pk)
    english(page, "own dossier")
    bad += look(phone, "own dossier in English")
    assert bad == []
    assert not left, "\n".join(left)


def make_account(phone: Seat) -> list[str]:
    """New here: a name, then the passport as it stands in the account, proven by nobody yet."""
    page = phone.page
    english(page, "name")
    fill(page, {"full_name": "Jane"})
    with page.expect_navigation():
        page.locator("main form button").first.click()
    phone.go("portal:account_edit")
    english(page, "own details")
    bad = look(phone, "own details in English")
    fill(page, {"document_country": "JPN", "identity_number": "tk 000 0001"})
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main dl")).to_contain_text(PASSPORT)
    english(page, "account")
    assert not Profile.objects.get(identity_number=PASSPORT).is_proven
    return bad + look(phone, "account in English")


def show_passport(desk: Seat) -> None:
    """At the counter a clerk sees the passport and who holds it."""
    desk.go("agencies:prove_citizen")
    told = {
        "contact": PHONE,
        "country": "JPN",
        "number": PASSPORT,
        "full_name": WHO,
        "birth_date": "05/01/1990",
    }
    fill(desk.page, told)
    desk.page.get_by_label("Đã xem bản chính").check()
    desk.send(desk.page.locator("main form"), "Xác minh")
    assert "Đã xác minh" in desk.page.inner_text("body")
    assert Profile.objects.get(identity_number=PASSPORT).is_proven


def nearest(phone: Seat, stage: Province) -> None:
    """Where to go, should the need be."""
    phone.go("portal:offices")
    phone.page.get_by_role("button", name="Nearest").click()
    phone.page.wait_for_url("**vi-tri=*")
    expect(phone.page.locator("main a[href^='/noi-nop/']").first).to_have_text(stage.neighbour_office.name)
    english(phone.page, "offices")
    phone.page.locator("main a[href^='/noi-nop/']").first.click()
    english(phone.page, "office")


def file_it(phone: Seat, stage: Province) -> list[str]:
    """Page by page, with one mistake."""
    page = phone.page
    page.goto(f"{phone.server}/nop-ho-so/{CODE}/")
    page.locator("main form button.btn-primary").click()
    page.get_by_label(stage.base.office.name).check()
    button = page.locator("main form button.btn-primary")
    english(page, "where")
    button.click()
    english(page, "for whom")
    button.click()
    english(page, "party")
    expect(page.locator("[name=identity_number]")).to_have_value(PASSPORT)
    expect(page.locator("[name=name]")).to_have_value(WHO)
    expect(page.locator("[name=identity_number]")).not_to_be_editable()
    fill(page, {"address": "12 Beach Road"})
    button.click()
    page.locator("[name='nguoi_khai.ngay_sinh']").wait_for()
    button.click()
    expect(page.locator(".error-summary")).to_be_visible()
    english(page, "section with errors")
    bad = look(phone, "section in English")
    fill(page, {"nguoi_khai.ngay_sinh": "05/01/1990", "nguoi_khai.gioi_tinh": "nu"})
    button.click()
    live_at(page, "noi_o.thuong_tru")
    live_at(page, "noi_o.tam_tru")
    fill(page, {"noi_o.tu_ngay": "12/11/2026", "noi_o.den_ngay": "12/05/2027", "noi_o.ly_do": "lam_viec"})
    english(page, "places")
    button.click()
    fill(page, {"chu_ho.cho_o": "cua_minh"})
    button.click()
    fill(page, {"cung_di.co_nguoi_cung": "no"})
    button.click()
    fill(page, {"ky.cam_doan": "1", "ky.chu_ky.agree": "1", "ky.chu_ky.name": "Jane Smith"})
    english(page, "signature")
    button.click()
    page.locator("form[data-upload]").first.wait_for()
    english(page, "papers")
    button.click()
    page.locator("[name=way][value=online]").check()
    english(page, "delivery")
    button.click()
    page.locator("form[action$='/nop/'] button").wait_for()
    english(page, "review")
    bad += look(phone, "review in English")
    page.locator("form[action$='/nop/'] button").click()
    page.locator(".code-big").wait_for()
    english(page, "done")
    return bad + look(phone, "done in English")
