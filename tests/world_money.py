"""What the cast has paid online: a gateway, an order that it took, a statement, a closed day."""

from datetime import timedelta
from typing import Any

from motcua.core.moments import legal_date
from motcua.dossiers.testing import moment
from motcua.payments import actions
from motcua.payments.actions.orders import note_sent, note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import BankStatement, GatewayUse, Reconciliation, StatementLayout


def pay_online(province: Any, charge_ids: list[int]) -> None:
    """Charges of ours paid through a gateway of ours."""
    world, cast, things, at = province.base, province.cast, province.things, moment(days=7, hours=1)
    fields = {"name": "Cổng Mẫu", "adapter": "http", "address": "https://cong.example.test/api", "merchant": "DV-1", "timeout_seconds": 5, "order_minutes": 30, "valid_from": legal_date(moment()), "valid_to": None, "secret_env": "", "source": "HĐ 1"}  # fmt: skip
    gateway = things["gateway"] = actions.create_gateway(world.commune, code="cong-mau", secret="bi-mat-cua-cong", actor=cast.local_admin, at=moment(), **fields)  # fmt: skip
    things["gateway_use"] = GatewayUse.objects.get(gateway=gateway)
    order, _ = actions.open_order(charge_ids, gateway_id=gateway.pk, actor=None, at=at)
    taken = Reply(Sort.ACCEPTED, {"reference": "G-1", "pay_url": "https://cong.example.test/tra/1"})
    note_sent(order.pk, taken, actor=None, at=at)
    told = {"order": str(order.key), "state": "paid", "amount": order.amount, "currency": "VND", "reference": "G-1"}  # fmt: skip
    things["order"] = note_status(order.pk, Reply(Sort.ACCEPTED, told), actor=None, at=at)
    _books(province, at)


def _books(province: Any, at: Any) -> None:
    world, cast, things = province.base, province.cast, province.things
    layout, day = StatementLayout.objects.get(kind="csv"), legal_date(at)
    things["statement"] = BankStatement.objects.create(account=things["account"], agency=world.commune, layout=layout, name="sao-ke.csv", digest="0" * 64, imported_by=cast.cashier, imported_at=at)  # fmt: skip
    past = day - timedelta(days=5)
    things["sheet"] = Reconciliation.objects.create(agency=world.commune, first_day=past, last_day=past, figures=[{"label": "Biên lai", "number": 0, "amount": 0}], closed_by=cast.head, closed_at=at)  # fmt: skip
