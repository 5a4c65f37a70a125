"""What else the demonstration's citizen has: a finished dossier with its result in the store, a fee to pay, a draft."""

from datetime import timedelta

import pytest

from motcua.accounts.testing import make_citizen
from motcua.agencies.testing import make_user_with
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import make_procedure, make_world, moment, receive
from motcua.filing.models import Application
from motcua.filing.testing import make_online
from motcua.holdings.models import HeldPaper
from motcua.payments.models import Charge
from motcua.scenarios.demo import finished
from motcua.scenarios.demo.own import file_own
from motcua.workdays.actions import load_national_calendar

pytestmark = pytest.mark.django_db
NOW = moment(days=14)


@pytest.fixture
def world():
    return make_world()


def test_the_result_is_signed_electronically_and_lies_in_the_store(world, monkeypatch):
    make_citizen()
    make_user_with("returner", world.commune)
    load_national_calendar(actor=world.admin, at=moment())
    monkeypatch.setattr(finished, "FINISHED", world.procedure.code)
    found = finished.finish_one(world.office, NOW)
    assert (found.status, found.delivery) == ("returned", "online")
    assert HeldPaper.objects.get().dossier_id == found.pk


def test_a_draft_is_begun_once(world, monkeypatch):
    make_online(world)
    monkeypatch.setattr(finished, "DRAFTED", world.procedure.code)
    assert [finished.begin_draft(world.office, NOW) for _ in range(2)] == [True, True]
    assert Application.objects.count() == 1


def test_others_owe_before_and_the_citizen_owes_last(world):
    make_citizen()
    for number in (2, 3):
        make_procedure(f"1.00000{number}", world.commune)
    other, cashier = receive(world), make_user_with("cashier", world.commune)
    file_own(world.office, NOW)
    assert finished.owe(world.commune, cashier, NOW) == 1
    assert Charge.objects.get(state="due").reference == f"dossier/{other.pk}"
    assert finished.owe_own(world.office, NOW + timedelta(hours=1)) == 1
    assert Dossier.objects.filter(payment="due").count() == 2


def test_without_the_citizen_there_is_nothing(world):
    assert finished.finish_one(world.office, NOW) is None
    assert not finished.begin_draft(world.office, NOW)
    assert finished.owe_own(world.office, NOW) == 0
