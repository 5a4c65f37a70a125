"""The demonstration's online payments: paid, paid twice, a statement with a rest; nothing when nothing is due."""

from datetime import timedelta

import pytest

from motcua.agencies.testing import make_system_user
from motcua.dossiers.testing import make_world, moment
from motcua.payments import actions
from motcua.payments.models import BankTransfer, Charge, PaymentOrder, Receipt
from motcua.payments.rules.lines import FeeLine
from motcua.scenarios.demo.paying import pay_online


@pytest.fixture
def world(db):
    return make_world()


def test_money_came_online_in_every_way(world):
    system, now = make_system_user(), moment(days=2)
    for number in range(6):
        line = FeeLine("le_phi", "Lệ phí", 8000, "NQ 1")
        actions.charge(f"dossier/{number}", [line], agency=world.commune, code=f"H40.12-261104-{number:04d}", payer_name="Nguyễn Văn Mẫu", actor=system, at=moment())  # fmt: skip
    actions.open_book(world.commune, symbol="AP", year=2026, actor=system, at=moment())
    fields = {
        "bank_bin": "970436",
        "bank_name": "VCB",
        "account_number": "01",
        "holder": "UBND",
        "source": "x",
    }
    since = moment().date() - timedelta(days=9)
    actions.open_account(world.commune, valid_from=since, **fields, actor=system, at=moment())
    assert pay_online(world.commune, system, now) == 5
    assert Charge.objects.filter(state="paid").count() == 5
    assert sum(order.excess for order in PaymentOrder.objects.all()) == 8000
    assert Receipt.objects.count() == 5
    outcomes = sorted(BankTransfer.objects.values_list("outcome", flat=True))
    assert outcomes == ["matched", "unknown", "wrong"]


def test_nothing_due_is_nothing_paid(world):
    assert pay_online(world.commune, make_system_user(), moment()) == 0
