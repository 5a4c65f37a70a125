"""Signing in and out, as a browser does it."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.audit.models import Event

PASSWORD = "Mua thu Ha Noi 2026"
pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/dang-nhap/"


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("lan", PASSWORD, full_name="Trần Thị Lan")


def sign_in(client: Client, name: str = "lan", password: str = PASSWORD, **extra: str):
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
