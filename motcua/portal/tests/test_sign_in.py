"""Signing in as a citizen does it: a phone, a code, no password; and who is let in where."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import IdentityProvider, OneTimeCode, User
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.moments import now, today
from motcua.notifications.models import Message
from motcua.portal import signing_in

pytestmark = pytest.mark.django_db
START, CODE, NAME = reverse("portal:sign_in"), reverse("portal:sign_in_code"), reverse("portal:sign_in_name")
ACCOUNT = reverse("portal:account")
PHONE = "0900 000 001"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def sent() -> str:
    """The code in the last message."""
    found = re.search(r"\b([0-9]{6})\b", Message.objects.filter(kind="sign_in_code").latest("pk").body)
    assert found
    return found[1]


def ask(client: Client, address: str = PHONE) -> Any:
    return client.post(START, {"address": address})


def enter(client: Client, address: str = PHONE) -> Any:
    ask(client, address)
    return client.post(CODE, {"code": sent()})


def test_a_new_person_signs_in_with_a_phone_a_code_and_a_name(client: Client) -> None:
    assert "Gửi mã cho tôi" in client.get(START).content.decode()
    assert ask(client)["Location"] == CODE
    assert "0900 000 001" in client.get(CODE).content.decode()
    assert client.post(CODE, {"code": sent()})["Location"] == NAME
    assert not User.objects.exists()
    assert client.post(NAME, {"full_name": ""}).status_code == 422
    assert client.post(NAME, {"full_name": "Nguyễn Thị Na"})["Location"] == ACCOUNT
    page = client.get(ACCOUNT).content.decode()
    assert "Nguyễn Thị Na" in page
    assert "Chưa xác minh" in page
    kinds = Event.objects.filter(chain=f"user/{User.objects.get().pk}").values_list("kind", flat=True)
    assert set(kinds) == {"user.signed_up", "user.signed_in"}


def test_known_and_unknown_addresses_get_the_same_answers(client: Client) -> None:
    make_citizen()
    pages = []
    for phone in ("0900000001", "0900000002"):
        asked = ask(client, phone)
        shown = client.get(CODE).content.decode()
        wrong = client.post(CODE, {"code": f"{(int(sent()) + 1) % 10**6:06d}"})
        masked = re.sub(
            r"0900 000 00[12]|value=\"(?:[^\"]{64}|[0-9]{6})\"", "", shown + wrong.content.decode()
        )
        pages.append((asked.status_code, asked["Location"], wrong.status_code, masked))
    assert pages[0] == pages[1]
    assert Message.objects.filter(kind="sign_in_code").count() == 2


def test_who_is_known_goes_straight_to_where_they_wanted_to_go(client: Client) -> None:
    make_citizen()
    wanted = reverse("portal:organisations")
    led = client.get(wanted)
    assert led["Location"] == f"{START}?next={wanted.replace('/', '%2F')}"
    client.get(led["Location"])
    assert enter(client)["Location"] == wanted


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_way_back_never_leads_off_the_site(client: Client, evil: str) -> None:
    make_citizen()
    client.get(START, {"next": evil})
    assert enter(client)["Location"] == ACCOUNT


def test_a_code_works_only_in_the_browser_that_asked_for_it(client: Client) -> None:
    make_citizen()
    ask(client)
    assert Client().post(CODE, {"code": sent()})["Location"] == START
    assert client.post(CODE, {"code": "12"}).status_code == 422
    assert client.post(CODE, {"code": sent()})["Location"] == ACCOUNT


def test_the_session_key_changes_and_what_waited_is_forgotten(client: Client) -> None:
    make_citizen()
    ask(client)
    before = client.session.session_key
    client.post(CODE, {"code": sent()})
    assert client.session.session_key != before
    assert signing_in.ASKED not in client.session


def test_asking_again_ends_the_first_code_and_too_often_is_too_often(client: Client) -> None:
    make_citizen()
    again = reverse("portal:sign_in_again")
    assert client.post(again)["Location"] == START
    with time_machine.travel(now(), tick=False) as clock:
        ask(client)
        first = sent()
        assert "Chờ 31 giây" in client.post(again).content.decode()
        clock.shift(timedelta(seconds=31))
        assert client.post(again)["Location"] == CODE
        assert client.post(CODE, {"code": first}).status_code == (422 if first != sent() else 302)
        assert client.post(CODE, {"code": sent()})["Location"] == ACCOUNT


def test_a_bad_address_is_told_on_the_page(client: Client) -> None:
    answer = ask(client, "024 3825 1234")
    assert answer.status_code == 422
    assert "di động" in answer.content.decode()
    assert not OneTimeCode.objects.exists()


def test_a_closed_account_stays_closed(client: Client) -> None:
    user = make_citizen()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert enter(client)["Location"] == START
    assert "đã đóng" in client.get(START).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_name_is_asked_only_of_who_has_just_proven_an_address(client: Client) -> None:
    assert client.get(NAME)["Location"] == START
    with time_machine.travel(now(), tick=False) as clock:
        enter(client)
        clock.shift(timedelta(minutes=16))
        assert client.post(NAME, {"full_name": "Na"})["Location"] == START


def test_signing_out_ends_the_session_and_is_logged(client: Client) -> None:
    user = make_citizen()
    enter(client)
    out = reverse("portal:sign_out")
    assert client.get(out).status_code == 405
    assert client.post(out)["Location"] == "/"
    assert client.get(ACCOUNT).status_code == 302
    assert client.post(out)["Location"] == "/"
    assert Event.objects.filter(chain=f"user/{user.pk}", kind="user.signed_out").count() == 1


def test_half_an_hour_without_a_click_signs_a_citizen_out(client: Client) -> None:
    make_citizen()
    with time_machine.travel(now(), tick=False) as clock:
        enter(client)
        clock.shift(timedelta(minutes=29))
        assert client.get(ACCOUNT).status_code == 200
        clock.shift(timedelta(minutes=29))
        assert client.get(ACCOUNT).status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get(ACCOUNT)["Location"] == START
        assert "30 phút" in client.get(START).content.decode()


@pytest.mark.parametrize("name", ["core:start", "accounts:profile", "notifications:mine", "dossiers:inbox", "files:quarantine", "core:styleguide"])  # fmt: skip
def test_a_citizen_is_nobody_on_pages_for_staff(client: Client, name: str) -> None:
    client.force_login(make_citizen())
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert client.get(ACCOUNT).status_code == 200


def test_staff_are_nobody_on_a_citizens_pages_and_are_told_so(client: Client) -> None:
    client.force_login(User.objects.create_user("lan", "Mua thu Ha Noi 2026", full_name="Lan"))
    assert client.get(ACCOUNT)["Location"].startswith(START)
    assert client.post(reverse("portal:account_end_sessions"))["Location"] == START
    assert "tài khoản cán bộ" in client.get(START).content.decode()
    client.post(reverse("portal:sign_out"))
    assert "_auth_user_id" in client.session


def test_no_password_opens_a_citizens_account(client: Client) -> None:
    user = make_citizen()
    client.post(reverse("account_login"), {"login": user.username, "password": ""})
    client.post(reverse("account_login"), {"login": user.username, "password": "!"})
    assert "_auth_user_id" not in client.session


def test_staff_see_the_message_but_not_its_digits(client: Client) -> None:
    ask(client)
    message = Message.objects.get()
    assert sent() not in message.shown_body
    assert "•••••• la ma dang nhap" in message.shown_body
    assert (message.channel, message.to) == ("sms", "+84900000001")


def test_the_message_is_in_the_language_of_the_page(client: Client) -> None:
    client.post(reverse("portal:language"), {"language": "en"})
    ask(client, "na@example.vn")
    message = Message.objects.get()
    assert (message.channel, message.language) == ("email", "en")
    assert "sign-in code" in message.body


def test_the_sign_in_page_lets_its_form_lead_to_the_national_sign_on_and_nowhere_else(client: Client) -> None:
    IdentityProvider.objects.create(code="vneid", name="Định danh", issuer="https://id.example.vn/x", client_id="a", valid_from=today())  # fmt: skip
    policy = client.get(START)["Content-Security-Policy"]
    assert "form-action 'self' https://id.example.vn;" in policy + ";"
    assert "form-action 'self'" in client.get(ACCOUNT, follow=True)["Content-Security-Policy"]
