"""What a signed-in officer must do before work, and how long they may be away."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.agencies.models import DatedSetting, Role
from motcua.agencies.testing import PASSWORD
from motcua.agencies.tests.conftest import AT, DAY, World

LOGIN, WORK = "/tai-khoan/dang-nhap/", "/tai-khoan/"
CHANGE, FACTOR = "/tai-khoan/mat-khau/", "/tai-khoan/hai-lop/bat/"


@pytest.fixture(autouse=True)
def _quick(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def signed_in(client: Client, world: World) -> Client:
    """The clerk, signed in through the page."""
    world.clerk.set_password(PASSWORD)
    world.clerk.save()
    assert client.post(LOGIN, {"login": "clerk", "password": PASSWORD}).status_code == 302
    return client


def test_a_temporary_password_is_changed_before_anything_else(signed_in: Client, world: World) -> None:
    world.clerk.must_change_password = True
    world.clerk.save()
    for path in (WORK, "/co-quan/", "/bat-dau/", "/khong-co-trang-nay/"):
        assert signed_in.get(path)["Location"] == CHANGE
    assert signed_in.get(CHANGE).status_code == 200
    new = "Con duong den truong 81"
    signed_in.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert signed_in.get(WORK).status_code == 200
    world.clerk.refresh_from_db()
    assert not world.clerk.must_change_password


def test_a_temporary_password_does_not_hinder_signing_out(signed_in: Client, world: World) -> None:
    world.clerk.must_change_password = True
    world.clerk.save()
    signed_in.post("/tai-khoan/dang-xuat/")
    assert "_auth_user_id" not in signed_in.session


def test_a_role_that_demands_a_second_factor_forces_its_set_up(signed_in: Client, world: World) -> None:
    Role.objects.filter(code="receptionist").update(requires_totp=True)
    assert signed_in.get(WORK)["Location"] == FACTOR
    assert signed_in.get(FACTOR)["Location"].startswith("/tai-khoan/xac-nhan/")
    world.clerk.has_totp = True
    world.clerk.save()
    assert signed_in.get(WORK).status_code == 200


def test_htmx_is_led_to_the_duty_as_a_whole_page(signed_in: Client, world: World) -> None:
    Role.objects.filter(code="receptionist").update(requires_totp=True)
    answer = signed_in.get(WORK, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, FACTOR)


@pytest.mark.parametrize("everywhere", [False, True])
def test_an_agency_may_demand_it_of_all_its_staff(client: Client, world: World, everywhere: bool) -> None:
    agency = None if everywhere else world.commune
    DatedSetting.objects.create(
        key="totp_for_all_staff",
        value=True,
        agency=agency,
        valid_from=DAY,
        source="Quy chế an toàn thông tin",
    )
    for user, forced in ((world.clerk, True), (world.stranger, everywhere)):
        user.set_password(PASSWORD)
        user.save()
        browser = Client()
        browser.post(LOGIN, {"login": user.username, "password": PASSWORD})
        assert browser.get(WORK).status_code == (302 if forced else 200)


@pytest.mark.parametrize(("minutes", "stays"), [(59, True), (61, False)])
def test_an_idle_session_ends_after_an_hour(signed_in: Client, minutes: int, stays: bool) -> None:
    with time_machine.travel(AT + timedelta(minutes=minutes), tick=False):
        answer = signed_in.get(WORK)
        assert answer.status_code == (200 if stays else 302)
        if not stays:
            assert answer["Location"] == f"{LOGIN}?next=%2Ftai-khoan%2F"
            assert "không thao tác" in signed_in.get(answer["Location"]).content.decode()


def test_work_keeps_a_session_alive(signed_in: Client) -> None:
    for minutes in (40, 80, 120):
        with time_machine.travel(AT + timedelta(minutes=minutes), tick=False):
            assert signed_in.get(WORK).status_code == 200


def test_the_session_is_not_written_on_every_request(signed_in: Client) -> None:
    with time_machine.travel(AT + timedelta(seconds=30), tick=False):
        signed_in.get(WORK)
        before = signed_in.session["seen"]
        signed_in.get(WORK)
    assert signed_in.session["seen"] == before == int(AT.timestamp())


def test_how_long_one_may_be_away_is_a_dated_setting(client: Client, world: World) -> None:
    DatedSetting.objects.create(
        key="staff_idle_minutes", value=10, agency=world.province, valid_from=DAY, source="Quy chế"
    )
    world.clerk.set_password(PASSWORD)
    world.clerk.save()
    client.post(LOGIN, {"login": "clerk", "password": PASSWORD})
    with time_machine.travel(AT + timedelta(minutes=11), tick=False):
        assert client.post("/tai-khoan/mat-khau/")["Location"] == LOGIN


def test_a_visitor_is_left_alone(client: Client, world: World) -> None:
    assert client.get(LOGIN).status_code == 200
    assert client.get(reverse("agencies:tree")).status_code == 302


def test_nobody_signs_in_as_the_system(client: Client, world: World) -> None:
    for password in ("!", "", PASSWORD):
        client.post(LOGIN, {"login": "he-thong", "password": password})
        assert "_auth_user_id" not in client.session
