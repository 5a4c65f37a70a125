"""The counter's small world with two lines."""

import pytest

from motcua.dossiers.testing import World, make_world
from motcua.tickets.models import QueueLine
from motcua.tickets.testing import make_line


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def line(world) -> QueueLine:
    return make_line(world)


@pytest.fixture
def other(world) -> QueueLine:
    return make_line(world, "B", "Đất đai")
