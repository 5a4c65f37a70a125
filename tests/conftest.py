"""The story of tests/world.py, told once for each file that asks for it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.world import NOW, Province, make_desks, make_province, make_story


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Province]:
    """The whole story in a transaction that lasts as long as the file; each test rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_desks(make_story(make_province()))
        connection.check_constraints()  # once: PostgreSQL would go through all of the story's rows after each test
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def province(told: Province, db: None) -> Iterator[Province]:
    """The story as it was told, on Tuesday 10-11-2026 at 09:30, with nobody throttled."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield told
