"""The opinions of the demonstration: votes and surveys, from whatever dossiers there are."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import make_world, moment
from motcua.scenarios.demo.opinions import give_opinions
from motcua.surveys.models import Ballot, Response, Survey
from motcua.surveys.testing import finished, install


@pytest.mark.django_db
def test_the_demonstration_has_votes_that_have_come_out_and_a_survey_in_two_states():
    world = make_world()
    for number in range(1, 16):
        finished(world, number)
    Dossier.objects.update(returned_at=moment(days=1, hours=1))
    agencies = {"suoi_ngoc": world.commune, "tan_lam": world.commune}
    give_opinions(SimpleNamespace(system=install(), agencies=agencies), moment() + timedelta(days=40))
    assert Ballot.objects.filter(about="agency", released=True).count() == 15
    assert set(Survey.objects.values_list("status", flat=True)) == {"open", "closed"}
    assert Response.objects.count() > 15
