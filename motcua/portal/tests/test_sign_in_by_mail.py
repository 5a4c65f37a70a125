"""Signing in by a mailbox, to the end: the code comes in a real letter, by SMTP, from a partner in a process of its own."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_string
from email.message import Message as Letter
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import OneTimeCode, Profile, User
from motcua.accounts.testing import make_citizen
from motcua.agencies.models import DatedSetting
from motcua.audit.models import Event
from motcua.core.moments import now
from motcua.notifications.actions import deliver_due
from motcua.notifications.models import Message
from motcua.notifications.tests.conftest import Simulator, make_provider

pytestmark = pytest.mark.django_db
START, CODE, NAME = reverse("portal:sign_in"), reverse("portal:sign_in_code"), reverse("portal:sign_in_name")
ACCOUNT = reverse("portal:account")
MAILBOX = "na.thu@example.vn"


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    made = Simulator(tmp_path_factory.mktemp("thu"))
    yield made
    made.stop()


@pytest.fixture
def mailbox(partner: Simulator) -> Any:
    """Send what waits; the newest letter that has arrived."""
    cache.clear()
    DatedSetting.objects.create(
        key="notify_private_hosts", value=True, valid_from=date(2020, 1, 1), source="thử"
    )
    make_provider("thu", channel="email", adapter="smtp", address=partner.smtp, sender="mot-cua@example.test")

    def newest() -> Letter:
        assert deliver_due(at=now()).sent == 1
        return message_from_string(partner.seen["letters"][-1])

    return newest


def code_in(letter: Letter) -> str:
    """The six digits, as a person reads them in the letter."""
    part = next(one for one in letter.walk() if one.get_content_type() == "text/plain")
    text = bytes(part.get_payload(decode=True)).decode()
    found = re.search(r"\b([0-9]{6})\b", text)
    assert found, text
    return found[1]


def test_a_new_person_signs_in_by_a_letter_and_has_an_account_with_that_mailbox(
    client: Client, mailbox: Any
) -> None:
    assert client.post(START, {"address": " Na.Thu@Example.VN "})["Location"] == CODE
    assert MAILBOX in client.get(CODE).content.decode()
    letter = mailbox()
    assert letter["To"] == MAILBOX
    assert code_in(letter) not in str(letter["Subject"])  # a lock screen shows subjects
    assert client.post(CODE, {"code": code_in(letter)})["Location"] == NAME
    assert client.post(NAME, {"full_name": "Nguyễn Thị Na"})["Location"] == ACCOUNT
    page = client.get(ACCOUNT).content.decode()
    assert MAILBOX in page
    profile = Profile.objects.get()
    assert (profile.email, profile.phone, profile.user.email, profile.is_proven) == (MAILBOX, "", MAILBOX, False)  # fmt: skip
    signed = Event.objects.get(kind="user.signed_in", chain=f"user/{profile.user_id}")
    assert signed.data["by"] == "email"


def test_who_is_known_by_the_mailbox_comes_back_to_the_same_account(client: Client, mailbox: Any) -> None:
    na = make_citizen(email=MAILBOX)
    client.post(START, {"address": MAILBOX})
    typed = code_in(mailbox())
    wrong = f"{(int(typed) + 1) % 10**6:06d}"
    assert client.post(CODE, {"code": wrong}).status_code == 422
    assert client.post(CODE, {"code": typed})["Location"] == ACCOUNT
    assert client.session["_auth_user_id"] == str(na.pk)
    assert User.objects.filter(kind="citizen").count() == 1
    OneTimeCode.objects.update(
        created_at=now() - timedelta(minutes=1)
    )  # between two codes passes half a minute
    again = Client()
    again.post(START, {"address": MAILBOX})
    assert (
        again.post(CODE, {"code": typed}).status_code == 422
    )  # a code opens once, in the browser that asked


def test_an_account_by_phone_adds_a_mailbox_by_a_letter_and_may_then_come_in_by_it(
    client: Client, mailbox: Any
) -> None:
    na = make_citizen()
    client.force_login(na)
    asked = client.post(reverse("portal:account_address"), {"address": MAILBOX})
    assert asked["Location"] == reverse("portal:account_code")
    assert client.post(asked["Location"], {"code": code_in(mailbox())}).status_code == 302
    na.refresh_from_db()
    assert (na.email, na.profile.email) == (MAILBOX, MAILBOX)
    OneTimeCode.objects.update(created_at=now() - timedelta(minutes=1))
    other = Client()
    other.post(START, {"address": MAILBOX})
    assert other.post(CODE, {"code": code_in(mailbox())})["Location"] == ACCOUNT
    assert other.session["_auth_user_id"] == str(na.pk)


def test_a_mailbox_that_takes_nothing_lets_nobody_in_and_the_code_stays_out_of_the_log(
    client: Client, mailbox: Any, partner: Simulator
) -> None:
    partner.behave("nobody")
    client.post(START, {"address": MAILBOX})
    assert deliver_due(at=now()).sent == 0
    partner.behave()
    told = Message.objects.get()
    found = re.search(r"\b([0-9]{6})\b", told.body)
    assert found
    assert "_auth_user_id" not in client.session
    assert found[1] not in "".join(str(event.data) for event in Event.objects.all())
    assert found[1] not in told.shown_body
