"""The demonstration's centre that charges at submission."""

from datetime import date

import pytest

from motcua.accounts.testing import make_citizen
from motcua.agencies.testing import make_system_user
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import make_procedure, make_world, moment
from motcua.payments.actions import open_book
from motcua.payments.models import Charge, RefundDue
from motcua.procedures.models import Fee
from motcua.scenarios.demo.charged import PHONE, PROCEDURE, charge_when_filed

pytestmark = pytest.mark.django_db


def test_one_waits_unpaid_one_paid_one_is_accepted_for_less_and_one_taken_back():
    world, system, now = make_world(), make_system_user(), moment(days=1)
    procedure = make_procedure(PROCEDURE, world.commune)
    Fee.objects.create(procedure=procedure, kind="phi", name="Phí", per="copy", amount_dong=8000, legal_basis="TT", valid_from=date(2020, 1, 1))  # fmt: skip
    open_book(world.commune, symbol="AP", year=2026, actor=system, at=moment())
    citizen = make_citizen()
    type(citizen).objects.filter(pk=citizen.pk).update(phone=PHONE)
    assert charge_when_filed(world.office, system, now) == 4
    states = list(Dossier.objects.order_by("pk").values_list("status", "payment"))
    assert states == [
        ("submitted", "due"),
        ("submitted", "paid"),
        ("received", "paid"),
        ("withdrawn", "none"),
    ]
    assert [one.amount for one in Charge.objects.order_by("pk")] == [24_000, 80_000, 80_000, 40_000]
    assert RefundDue.objects.get().amount == 32_000


def test_without_the_citizen_nothing_is_filed():
    assert charge_when_filed(make_world().office, make_system_user(), moment()) == 0
