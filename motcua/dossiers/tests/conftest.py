"""The small world in which dossiers are tested."""

import pytest

from motcua.dossiers.testing import World, make_world


@pytest.fixture
def world(db) -> World:
    """A commune with a counter, police seated there, one procedure of five working days."""
    return make_world()


@pytest.fixture
def same_day(db) -> World:
    """The same with a procedure answered on the same day."""
    return make_world(amount=None, unit="same_day")
