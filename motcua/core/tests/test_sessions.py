"""The session of a request: read by a statement of its own, otherwise Django's."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.core.sessions import SessionStore


@pytest.fixture
def key(db: None) -> str:
    session = SessionStore()
    session["seen"] = 7
    session.save()
    return str(session.session_key)


def test_what_was_kept_is_read_again(key: str) -> None:
    assert SessionStore(key)["seen"] == 7


def test_a_session_that_has_expired_is_empty_and_its_key_is_forgotten(key: str) -> None:
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    found = SessionStore(key)
    assert found.get("seen") is None
    assert found.session_key is None


def test_nobody_chooses_the_key_of_their_session(db: None) -> None:
    found = SessionStore("b" * 32)
    assert found.get("seen") is None
    assert found.session_key is None
