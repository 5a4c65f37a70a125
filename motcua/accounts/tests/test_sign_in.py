"""Signing in and out, as a browser does it."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from motcua.accounts import receivers
from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.core.errors import RuleViolation

PASSWORD = "Mua thu Ha Noi 2026"
pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/dang-nhap/"


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("lan", PASSWORD, full_name="Trần Thị Lan")


def sign_in(client: Client, name: str = "lan", password: str = PASSWORD, **extra: Any):
    return client.post(LOGIN, {"login": name, "password": password}, **extra)


def kinds(user: User) -> list[str]:
    return list(Event.objects.filter(chain=f"user/{user.pk}").order_by("seq").values_list("kind", flat=True))


def test_an_officer_signs_in_and_out_and_both_are_logged(client: Client, officer: User) -> None:
    before = client.get(LOGIN)
    assert "Đăng nhập" in before.content.decode()
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, reverse("core:start"))
    client.post("/tai-khoan/dang-xuat/")
    assert kinds(officer) == ["user.signed_in", "user.signed_out"]
    assert client.get("/tai-khoan/").status_code == 302


def test_the_session_key_changes_at_sign_in(client: Client, officer: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert client.session.session_key != planted


@pytest.mark.parametrize("name", ["lan", "khong-co-ai"])
def test_a_wrong_password_says_the_same_for_known_and_unknown_names(
    client: Client, officer: User, name: str
) -> None:
    page = sign_in(client, name, "sai mat khau roi").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert "Trần Thị Lan" not in page


def test_a_closed_account_is_told_nothing_else(client: Client, officer: User) -> None:
    officer.is_active = False
    officer.save()
    page = sign_in(client, follow=True).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert "_auth_user_id" not in client.session


def test_a_next_address_of_another_site_is_not_followed(client: Client, officer: User) -> None:
    answer = client.post(LOGIN, {"login": "lan", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == reverse("core:start")


@pytest.mark.parametrize("name", ["lan", "khong-co-ai"])
def test_six_failures_lock_the_name_from_that_address_even_with_the_right_password(
    client: Client, officer: User, name: str
) -> None:
    for _ in range(6):
        last = sign_in(client, name, "sai mat khau roi")
    assert last.status_code == 429
    locked = sign_in(client, name)
    assert locked.status_code == 429
    assert "Tạm khóa đăng nhập" in locked.content.decode()
    assert "_auth_user_id" not in client.session
    if name == "lan":
        assert kinds(officer).count("user.sign_in_failed") <= 6
        assert "user.locked_out" in kinds(officer)


def test_a_lock_holds_for_the_address_only(client: Client, officer: User) -> None:
    for _ in range(7):
        sign_in(client, "lan", "sai mat khau roi")
    assert sign_in(client, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_once_locked_further_tries_do_not_swell_the_log(client: Client, officer: User) -> None:
    for _ in range(7):
        sign_in(client, "lan", "sai mat khau roi")
    before = len(kinds(officer))
    sign_in(client, "lan", "sai mat khau roi")
    assert len(kinds(officer)) == before


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "password/reset/", "confirm-email/", "3rdparty/", "password/set/", "dang-ky/"],
)
def test_there_is_no_sign_up_and_no_mail_page(client: Client, path: str) -> None:
    assert client.get(f"/tai-khoan/{path}").status_code == 404
    assert client.get(f"/accounts/{path}").status_code == 404


def test_a_change_of_password_is_kept_logged_and_ends_other_sessions(client: Client, officer: User) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    new = "Con duong den truong 81"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = client.post("/tai-khoan/mat-khau/", fields)
    assert answer.status_code == 302, answer.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(new)
    assert officer.password_changed_at is not None
    assert "user.password_changed" in kinds(officer)
    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("ngan qua", "12"),
        ("matkhau123456789", "phổ biến"),
        ("123456789012345", "phổ biến"),
        ("Trần Thị Lan 2026", "tên của bạn"),
        ("password12345678", "phổ biến"),
        (PASSWORD, "phải khác"),
    ],
)
def test_a_weak_new_password_is_refused_with_a_reason(
    client: Client, officer: User, new: str, why: str
) -> None:
    client.force_login(officer)
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = client.post("/tai-khoan/mat-khau/", fields).content.decode()
    assert why in page
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_two_different_new_passwords_and_a_wrong_old_one_are_refused(client: Client, officer: User) -> None:
    client.force_login(officer)
    fields = {"oldpassword": "sai", "password1": "Con duong den truong 81", "password2": "Con duong 81 khac"}
    page = client.post("/tai-khoan/mat-khau/", fields).content.decode()
    assert "Mật khẩu hiện tại không đúng." in page
    assert "không giống nhau" in page


def test_behind_our_proxy_the_lock_and_the_log_see_the_clients_address(
    client: Client, officer: User, settings: Any
) -> None:
    settings.PROXIES = 1
    for _ in range(6):
        sign_in(client, "lan", "sai mat khau roi", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.5"})
    assert sign_in(client, headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 429
    assert sign_in(client, headers={"X-Forwarded-For": "203.0.113.6"}).status_code == 302
    addresses = Event.objects.filter(chain=f"user/{officer.pk}").values_list("data__ip", flat=True)
    assert set(addresses) == {"203.0.113.5", "203.0.113.6"}


def test_small_and_capital_letters_are_one_name_for_the_lock(client: Client, officer: User) -> None:
    for name in ("lan", "LAN", " Lan", "lAn", "LaN", "lan "):
        sign_in(client, name, "sai mat khau roi")
    assert sign_in(client).status_code == 429


def test_the_owner_sees_what_happened_to_the_account(client: Client, officer: User) -> None:
    sign_in(client, "lan", "sai mat khau roi")
    sign_in(client)
    page = client.get("/tai-khoan/").content.decode()
    assert "Đăng nhập sai mật khẩu" in page
    assert "127.0.0.1" in page


@pytest.mark.parametrize(("failures", "works"), [(2, True), (3, False)])
def test_a_sign_in_that_meets_another_one_in_the_log_tries_again(
    client: Client, officer: User, monkeypatch: pytest.MonkeyPatch, failures: int, works: bool
) -> None:
    left = [failures]

    def contended(*args: Any, **kwargs: Any) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise RuleViolation("Có người vừa cập nhật")

    monkeypatch.setattr(receivers, "append", contended)
    assert sign_in(client).status_code == (302 if works else 422)


def test_signing_out_twice_is_no_error(client: Client, officer: User) -> None:
    assert client.post("/tai-khoan/dang-xuat/").status_code == 302
    assert kinds(officer) == []


@pytest.mark.parametrize("name", ["lan", "khong-co-ai", "khong-mat-khau", "dong"])
def test_a_wrong_password_costs_one_hash_whether_or_not_the_name_exists(
    client: Client, officer: User, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    User.objects.create_user("khong-mat-khau", None)
    User.objects.create_user("dong", PASSWORD, is_active=False)
    hashed = []
    real = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    client.post(LOGIN, {"login": name, "password": "sai mat khau roi"})
    assert len(hashed) == 1


def test_one_backend_checks_passwords_behind_the_lock() -> None:
    assert settings.AUTHENTICATION_BACKENDS == [
        "axes.backends.AxesStandaloneBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    ]
