"""The citizen's pages in English: chosen by a switch that needs no JavaScript; staff pages stay Vietnamese."""

import re
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from motcua.core.due import badge
from motcua.dossiers.queries import notice_token
from motcua.dossiers.testing import make_world, moment, ready, receive
from motcua.portal.queries import words
from motcua.procedures.models import Fee, FeeExemption, ProcedureVersion
from motcua.procedures.models.catalogue import Channel
from motcua.workdays.rules.limits import Unit

pytestmark = pytest.mark.django_db
SWITCH = reverse("portal:language")
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def reader(client):
    client.cookies[COOKIE] = "en"
    return client


def _text(answer) -> str:
    return answer.content.decode()


def test_the_switch_keeps_the_page_and_the_choice(client, world):
    page = reverse("portal:catalogue") + "?q=thu"
    before = _text(client.get(page))
    assert '<html lang="vi">' in before
    assert 'value="/thu-tuc/?q=thu"' in before
    assert re.search(r'<button [^>]*value="en" lang="en">English</button>', before)
    assert '<span lang="vi" aria-current="true">Tiếng Việt</span>' in before
    answer = client.post(SWITCH, {"language": "en", "next": page})
    assert (answer.status_code, answer.url) == (302, page)
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
    assert not cookie["secure"]
    after = client.get(page)
    assert (after["Content-Language"], "Cookie" in after["Vary"]) == ("en", True)
    assert '<html lang="en">' in _text(after)
    assert "Administrative procedures" in _text(after)
    client.post(SWITCH, {"language": "vi", "next": page})
    assert '<html lang="vi">' in _text(client.get(page))


def test_behind_tls_the_choice_is_never_sent_without(client, world, settings):
    settings.SESSION_COOKIE_SECURE = True
    assert client.post(SWITCH, {"language": "en"}).cookies[COOKIE]["secure"]


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "http:///evil.example"]
)
def test_the_switch_leads_to_no_other_site(client, to):
    assert client.post(SWITCH, {"language": "en", "next": to}).url == reverse("portal:home")


@pytest.mark.parametrize("wanted", ["", "fr", "../en"])
def test_a_language_that_we_do_not_speak_is_not_kept(client, wanted):
    answer = client.post(SWITCH, {"language": wanted, "next": "/"})
    assert COOKIE not in answer.cookies
    client.cookies[COOKIE] = wanted
    assert '<html lang="vi">' in _text(client.get("/"))


def test_the_switch_is_not_followed_as_a_link(client):
    assert client.get(SWITCH).status_code == 405


@pytest.mark.parametrize("name", ["home", "catalogue", "track", "verify", "help"])
def test_no_word_of_a_page_is_left_in_vietnamese_unless_it_is_marked(reader, name):
    page = _text(reader.get(reverse(f"portal:{name}")))
    page = re.sub(r"<title>.*?</title>|placeholder=\"[^\"]*\"", "", page, flags=re.S)
    bare = re.sub(r'<(\w+)[^>]* lang="vi"[^>]*>.*?</\1>', "", page, flags=re.S)
    left = re.findall(r"[^<>]*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^<>]*", bare)
    assert [text for text in left if "Một Cửa" not in text] == []


def test_staff_pages_and_sign_in_stay_vietnamese(reader, world):
    assert "Đăng nhập" in _text(reader.get(reverse("account_login")))
    reader.force_login(world.officer)
    page = reader.get(reverse("dossiers:inbox"))
    assert "Content-Language" not in page
    assert '<html lang="vi">' in _text(page)
    assert "Hộp việc" in _text(page)


def test_the_sheet_of_a_procedure_has_english_limits_and_prices_and_vietnamese_law(reader, world):
    fee = Fee.objects.create(
        procedure=world.procedure, kind="le_phi", name="Lệ phí hộ tịch", per="copy", amount_dong=8000,
        cap_dong=1_000_000, legal_basis="NQ 1", valid_from="2020-01-01",
    )  # fmt: skip
    FeeExemption.objects.create(fee=fee, reason="Hộ nghèo")
    page = _text(reader.get(reverse("portal:procedure", args=[world.procedure.code])))
    assert "5 working days" in page
    assert "8,000 VND/copy, at most 1,000,000 VND" in page
    assert '<span lang="vi">Lệ phí hộ tịch</span>' in page
    assert 'Exempt or reduced: <span lang="vi">Hộ nghèo</span>' in page
    assert "1 original" in page
    assert f'<h1 lang="vi">{world.procedure.versions.get().name}</h1>' in page
    assert "In person" in page


def test_the_same_sheet_in_vietnamese_is_as_it_was(client, world):
    Fee.objects.create(
        procedure=world.procedure,
        kind="phi",
        name="Phí",
        per="page",
        amount_dong=2000,
        valid_from="2020-01-01",
    )
    page = _text(client.get(reverse("portal:procedure", args=[world.procedure.code])))
    assert "5 ngày làm việc" in page
    assert "2.000 đ/trang" in page


def test_a_dossier_is_followed_in_english_and_the_switch_keeps_its_code(reader, world):
    dossier = ready(world)
    page = _text(reader.post(reverse("portal:track"), {"code": dossier.code, "last4": "5678"}))
    assert "Result ready" in page
    assert "17:30 on 9 November 2026" in page
    assert "Finished early" in page
    assert '<span lang="vi">Bước 1</span>' in page
    assert '<ol class="derivation" lang="vi">' in page
    assert f'value="{reverse("portal:track")}?ma={dossier.code}"' in page
    wrong = _text(reader.post(reverse("portal:track"), {"code": dossier.code, "last4": "12"}))
    assert "1 thing to correct" in wrong
    assert "Error: " in wrong


def test_a_paper_is_verified_in_english(reader, world):
    dossier = receive(world)
    page = _text(reader.get(reverse("portal:verify_token", args=[notice_token(dossier.notices.get().pk)])))
    assert "This paper was issued by the agency" in page
    assert "2 November 2026" in page
    assert "<dt>Present status</dt>" in page


def test_an_error_on_the_site_is_told_in_english_and_the_next_reader_has_vietnamese_again(reader, world):
    page = reader.get(reverse("portal:procedure", args=["0.000000"]))
    assert page.status_code == 404
    assert "This procedure is not in the catalogue." in _text(page)
    assert translation.get_language() == "vi"
    del reader.cookies[COOKIE]
    assert "Thủ tục hành chính" in _text(reader.get(reverse("portal:catalogue")))


@pytest.mark.parametrize(
    ("amount", "unit", "vietnamese", "english"),
    [
        ("1", Unit.WORKING_DAY, "1 ngày làm việc", "1 working day"),
        ("30", Unit.CALENDAR_DAY, "30 ngày", "30 days"),
        ("1.5", Unit.WORKING_HOUR, "1,5 giờ làm việc", "1.5 working hours"),
        ("2", Unit.MONTH, "2 tháng", "2 months"),
        ("0", Unit.SAME_DAY, "trong ngày làm việc", "within the working day"),
        ("3", "", "3", "3"),
        (None, "none", "Không quy định", "Not specified"),
    ],
)
def test_limits_are_said_in_both_languages(amount, unit, vietnamese, english):
    value = Decimal(amount) if amount else None
    assert words.limit(value, unit) == vietnamese
    with translation.override("en"):
        assert words.limit(value, unit) == english


def test_every_word_that_other_apps_lend_to_the_site_has_a_translation():
    now = moment()
    with time_machine.travel(now, tick=False):
        badges = {badge(now, moment(days=n), finished_at=moment(days=n)).word for n in (-1, 0, 1)}
    labels = {*Channel.labels, *ProcedureVersion.OnlineLevel.labels, *Fee.Per.labels, *badges}
    with translation.override("en"):
        assert [label for label in labels if translation.gettext(label) == label] == []
