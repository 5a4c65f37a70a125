"""What an undone act must not leave behind in the memory of the process."""

import pytest
from django.db import transaction

from motcua.dossiers.models import CalendarSnapshot, ClockEntry
from motcua.dossiers.testing import World, make_world, receive


class Undone(Exception):
    """Something later in the same transaction went wrong."""


def undone(world: World) -> None:
    """Receive a dossier and undo it."""
    with transaction.atomic():
        receive(world)
        raise Undone


@pytest.mark.django_db(transaction=True)
def test_the_first_act_after_one_that_was_rolled_back_writes_its_own_calendar() -> None:
    """The undone act was the first that wrote the calendar's snapshot; the next one may not trust that it is there."""
    world = make_world()
    with pytest.raises(Undone):
        undone(world)
    assert not CalendarSnapshot.objects.exists()
    dossier = receive(world)
    kept = ClockEntry.objects.get(dossier=dossier).calendar_id
    assert CalendarSnapshot.objects.filter(pk=kept).exists()
