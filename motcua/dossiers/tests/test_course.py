"""The course of a dossier from the counter to the hand-over of the result."""

import pytest

from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import make_world, receive, returned

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_a_received_dossier_has_code_register_number_due_date_slip_and_tasks(world):
    dossier = receive(world)
    dossier.refresh_from_db()
    assert dossier.code == "H40.12-261102-0001"
    assert (dossier.register_year, dossier.register_number) == (2026, 1)
    assert dossier.status == Status.RECEIVED
    assert dossier.due_at == dossier.original_due_at is not None
    assert dossier.notices.count() == 1
    assert [t.state for t in dossier.tasks.all()] == ["planned"] * 3


def test_a_dossier_goes_from_the_counter_to_the_citizen(world):
    dossier = returned(world)
    assert dossier.status == Status.RETURNED
    assert dossier.ready_at < dossier.returned_at
    assert [e.kind for e in dossier.clock_entries.all()] == ["start", "end"]
