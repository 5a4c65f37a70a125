"""What a citizen of the demonstration has filed."""

import pytest

from motcua.accounts.testing import make_citizen
from motcua.agencies.testing import make_user_with
from motcua.dossiers.models import Dossier, Message
from motcua.dossiers.queries import held_by
from motcua.dossiers.testing import make_procedure, make_world, moment
from motcua.scenarios.demo.own import file_own


@pytest.mark.django_db
def test_the_citizen_has_one_to_correct_one_accepted_and_one_that_waits():
    world, citizen = make_world(), make_citizen()
    for number in (2, 3):
        make_procedure(f"1.00000{number}", world.commune)
    assert file_own(world.office, moment(days=1)) == 3
    found = held_by(citizen, moment(days=1)).order_by("pk").values_list("status", flat=True)
    assert list(found) == ["pre_supplement", "received", "submitted"]
    assert Message.objects.filter(read_at=None).count() == 2


@pytest.mark.django_db
def test_without_the_citizen_nothing_is_filed():
    world = make_world()
    make_user_with("receptionist", world.commune)
    assert file_own(world.office, moment()) == 0
    assert not Dossier.objects.exists()
