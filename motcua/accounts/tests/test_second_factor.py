"""The second factor: set up, asked for, recovered, guessed at."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from motcua.accounts.models import User
from motcua.audit.models import Event

PASSWORD = "Mua thu Ha Noi 2026"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("lan", PASSWORD, full_name="Trần Thị Lan")


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up(client: Client, user: User) -> str:
    """Set a second factor up through the pages; returns its secret."""
    client.post("/tai-khoan/dang-nhap/", {"login": user.username, "password": PASSWORD})
    asked = client.get("/tai-khoan/hai-lop/bat/")
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get("/tai-khoan/hai-lop/bat/").content.decode()
    assert "data:image/svg+xml;base64," in page
    secret = re.search(r'<code class="code">([A-Z2-7]+)</code>', page)[1]
    answer = client.post("/tai-khoan/hai-lop/bat/", {"code": code_for(secret)})
    assert answer.status_code == 302, answer.content.decode()
    user.refresh_from_db()
    return secret


def test_setting_up_shows_recovery_codes_and_notes_it_on_the_account(
    client: Client, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client, officer)
    assert officer.has_totp
    page = client.get("/tai-khoan/hai-lop/ma-du-phong/").content.decode()
    assert len(re.findall(r"<li><code>", page)) == 10
    assert "user.factor_added" in Event.objects.filter(chain=f"user/{officer.pk}").values_list(
        "kind", flat=True
    )
    assert client.get("/tai-khoan/hai-lop/ma-du-phong/tep/").status_code == 200
    assert client.get("/tai-khoan/hai-lop/").status_code == 200
    assert client.get("/tai-khoan/hai-lop/tat/").status_code == 200
    assert client.get("/tai-khoan/hai-lop/ma-du-phong/tao/").status_code == 200


def test_the_secret_is_not_stored_in_the_clear(client: Client, officer: User) -> None:
    secret = set_up(client, officer)
    row = Authenticator.objects.get(user=officer, type="totp")
    assert secret not in str(row.data)
    assert get_adapter().decrypt(row.data["secret"]) == secret


def test_sign_in_asks_for_the_code_and_gives_nothing_before_it(client: Client, officer: User) -> None:
    secret = set_up(client, officer)
    other = Client()
    answer = other.post("/tai-khoan/dang-nhap/", {"login": "lan", "password": PASSWORD})
    assert answer["Location"] == "/tai-khoan/hai-lop/nhap-ma/"
    assert other.get("/tai-khoan/").status_code == 302
    assert "Mã xác thực" in other.get("/tai-khoan/hai-lop/nhap-ma/").content.decode()
    wrong = other.post("/tai-khoan/hai-lop/nhap-ma/", {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    # The code that set it up is spent: allauth refuses to take one twice.
    cache.clear()
    right = other.post("/tai-khoan/hai-lop/nhap-ma/", {"code": code_for(secret)})
    assert right.status_code == 302
    assert other.get("/tai-khoan/").status_code == 200


def test_a_recovery_code_works_once(client: Client, officer: User) -> None:
    set_up(client, officer)
    page = client.get("/tai-khoan/hai-lop/ma-du-phong/").content.decode()
    code = re.findall(r"<li><code>(\w+)</code>", page)[0]
    for status in (302, 200):
        other = Client()
        other.post("/tai-khoan/dang-nhap/", {"login": "lan", "password": PASSWORD})
        assert other.post("/tai-khoan/hai-lop/nhap-ma/", {"code": code}).status_code == status


def test_codes_cannot_be_guessed_without_end(client: Client, officer: User) -> None:
    set_up(client, officer)
    other = Client()
    other.post("/tai-khoan/dang-nhap/", {"login": "lan", "password": PASSWORD})
    for number in range(9):
        page = other.post("/tai-khoan/hai-lop/nhap-ma/", {"code": f"{number:06}"}).content.decode()
    assert "thử quá nhiều lần" in page


def test_turning_it_off_asks_who_one_is_and_notes_it(client: Client, officer: User) -> None:
    secret = set_up(client, officer)
    assert officer.has_totp
    session = client.session
    session["account_authentication_methods"] = [
        {**method, "at": time.time() - 3600} for method in session["account_authentication_methods"]
    ]
    session.save()
    asked = client.get("/tai-khoan/hai-lop/tat/")
    assert "/xac-nhan/" in asked["Location"]
    assert client.get("/tai-khoan/xac-nhan/").status_code == 200
    page = client.get("/tai-khoan/hai-lop/xac-nhan/?next=/tai-khoan/hai-lop/tat/")
    assert page.status_code == 200
    cache.clear()
    client.post("/tai-khoan/hai-lop/xac-nhan/", {"code": code_for(secret)})
    assert client.post("/tai-khoan/hai-lop/tat/").status_code == 302
    officer.refresh_from_db()
    assert not officer.has_totp
