"""One commune for each file of tests; every test rolls back to it."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from motcua.privacy.testing import Desk, fill, make_desk


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker) -> Iterator[Desk]:
    """The people and what is held about the citizen, for the whole file."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_desk()
        fill(made)
        connection.check_constraints()  # once, not after each test
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def desk(filled: Desk, db) -> Desk:
    """The same, as nobody has touched it."""
    for person in (filled.citizen, filled.officer):
        person.refresh_from_db()
    filled.citizen.profile.refresh_from_db()
    return filled
