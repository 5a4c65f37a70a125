"""The counter's small world: one commune, its people, and a Monday morning."""

from collections.abc import Iterator

import pytest
import time_machine

from motcua.dossiers.testing import World, make_world, moment


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """08:00 on Monday 2-11-2026 in Viet Nam."""
    with time_machine.travel(moment(), tick=False) as clock:
        yield clock


@pytest.fixture
def clerk(client, world, monday):
    """The receptionist's browser."""
    client.force_login(world.clerk)
    return client
