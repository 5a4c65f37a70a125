"""Money that came online in the demonstration: a gateway with orders paid, open and paid twice; a statement with a rest."""

from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency, DatedSetting
from motcua.core.moments import legal_date, to_local
from motcua.payments import actions, queries
from motcua.payments.actions.orders import note_sent, note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import Charge, Gateway, PaymentOrder, StatementLayout

SOURCE = "Số liệu minh họa"
ADDRESS = "http://127.0.0.1:8200"


def pay_online(agency: Agency, system: User, now: datetime) -> int:
    """Let some due charges of an agency be paid online; how many orders were made. `motcua gateway` answers for the gateway."""
    due = list(Charge.objects.filter(agency=agency, state=Charge.State.DUE).order_by("-id")[:6])
    gateway = _gateway(agency, system, now)
    at = now - timedelta(hours=20)
    for number, charge in enumerate(due[:3]):
        _paid(gateway, charge, f"MH{number + 1:04d}", at)
    if len(due) > 3:
        first, second = (_taken(gateway, due[3], f"MH1{n}00", at + timedelta(hours=n)) for n in (0, 2))
        for order in (first, second):
            _told(order, at + timedelta(hours=3))
    if len(due) > 5:
        _statement(agency, due[4:6], system, now)
    return PaymentOrder.objects.count()


def _gateway(agency: Agency, system: User, now: datetime) -> Gateway:
    since = date(legal_date(now).year, 1, 1)
    DatedSetting.objects.get_or_create(
        key="payment_private_hosts", agency=None, valid_from=since, defaults={"value": True, "source": SOURCE}
    )
    fields: dict[str, Any] = {"name": "Cổng thanh toán giả lập", "adapter": "http", "address": ADDRESS, "merchant": "MINH-HOA", "timeout_seconds": 5, "order_minutes": 30, "valid_from": since, "valid_to": None, "secret_env": "", "source": SOURCE}  # fmt: skip
    return actions.create_gateway(agency, code="gia-lap", actor=system, at=now, **fields)


def _taken(gateway: Gateway, charge: Charge, reference: str, at: datetime) -> PaymentOrder:
    order, _ = actions.open_order([charge.pk], gateway_id=gateway.pk, actor=None, at=at)
    said = {"reference": reference, "pay_url": f"{ADDRESS}/pay/{reference}"}
    return note_sent(order.pk, Reply(Sort.ACCEPTED, said), actor=None, at=at)


def _told(order: PaymentOrder, at: datetime) -> None:
    said = {"order": str(order.key), "state": "paid", "amount": order.amount, "currency": "VND", "reference": order.gateway_reference}  # fmt: skip
    note_status(order.pk, Reply(Sort.ACCEPTED, said), actor=None, at=at)


def _paid(gateway: Gateway, charge: Charge, reference: str, at: datetime) -> None:
    _told(_taken(gateway, charge, reference, at), at + timedelta(minutes=2))


def _statement(agency: Agency, due: list[Charge], system: User, now: datetime) -> None:
    """One transfer that fits, one of too little, one that says nothing."""
    account = queries.account_of(agency, legal_date(now))
    layout = StatementLayout.objects.filter(kind=StatementLayout.Kind.CSV).first()
    if account is None or layout is None:
        return
    day = datetime.combine(to_local(now).date() - timedelta(days=1), time(9, 30))
    lines = ["Ngày giao dịch,Số giao dịch,Nội dung,Số tiền ghi nợ,Số tiền ghi có"]
    rows = [(due[0].key, due[0].amount), (due[1].key, max(due[1].amount - 1000, 1000)), ("nop phi", 8000)]
    lines += [f"{day:%d/%m/%Y %H:%M},MH26{n:04d},{memo},,{amount}" for n, (memo, amount) in enumerate(rows)]
    actions.import_statement(account.pk, layout=layout, content="\n".join(lines).encode(), name="sao-ke-minh-hoa.csv", actor=system, at=now)  # fmt: skip
