"""Guessing is braked by address and by code; honest use never is."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from motcua.dossiers.testing import make_world, receive
from motcua.portal.throttle import BY_ADDRESS, BY_CODE, Guesses

AT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # windows of 15 minutes and of 6 hours begin here
CODE = "H40.12-261123-0007"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


def _from(address, code=""):
    return Guesses(RequestFactory().get("/", REMOTE_ADDR=address), "track", code)


@pytest.mark.django_db
def test_a_kiosk_where_everybody_types_rightly_is_never_stopped(client):
    world = make_world()
    code = receive(world).code
    for _ in range(BY_ADDRESS.failures + 5):
        assert client.post(reverse("portal:track"), {"code": code, "last4": "5678"}).status_code == 200


@pytest.mark.django_db
def test_many_addresses_cannot_share_the_endings_of_one_code(client):
    world = make_world()
    code = receive(world).code
    for n in range(BY_CODE.failures):
        form = {"code": code, "last4": f"{n + 100:04d}"}
        answer = client.post(reverse("portal:track"), form, REMOTE_ADDR=f"10.0.0.{n}")
        assert answer.status_code == 422
    right = {"code": code.lower(), "last4": "5678"}
    answer = client.post(reverse("portal:track"), right, REMOTE_ADDR="10.0.1.1")
    assert answer.status_code == 429
    assert "Chờ 6 giờ" in answer.content.decode()


@pytest.mark.django_db
def test_forged_tokens_are_braked_with_words_and_true_ones_are_not_counted(client):
    address = reverse("portal:verify_token", args=["x" * 24])
    assert [client.get(address).status_code for _ in range(BY_ADDRESS.failures)] == [
        404
    ] * BY_ADDRESS.failures
    answer = client.get(address)
    assert answer.status_code == 429
    assert "Chờ 15 phút" in answer.content.decode()


def test_trying_on_does_not_make_the_wait_longer():
    with time_machine.travel(AT, tick=False) as clock:
        for _ in range(BY_ADDRESS.failures):
            assert not _from("10.0.0.1").barred()
            _from("10.0.0.1").failed()
        clock.shift(timedelta(minutes=14))
        for _ in range(3):
            assert _from("10.0.0.1").barred()
            _from("10.0.0.1").failed()
        clock.shift(timedelta(minutes=1))
        assert not _from("10.0.0.1").barred()


def test_addresses_and_codes_are_counted_apart():
    for n in range(BY_CODE.failures):
        _from(f"10.0.0.{n}", CODE).failed()
    assert _from("10.0.9.9", CODE).barred() == BY_CODE.words
    assert not _from("10.0.9.9", "H40.12-261123-0008").barred()
    assert not _from("10.0.0.1").barred()


def test_failures_at_the_same_moment_are_all_counted():
    with time_machine.travel(AT, tick=False), ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: _from("10.0.0.1").failed(), range(BY_ADDRESS.failures)))
        assert _from("10.0.0.1").barred()
