"""What news does to an order: steps of the acts that hear it. The order and its charges are locked."""

from collections.abc import Sequence
from datetime import datetime

from motcua.audit.actions import append
from motcua.payments import queries
from motcua.payments.actions._steps import move, system_account
from motcua.payments.actions._taking import give_receipt
from motcua.payments.models import Charge, OrderLine, PaymentOrder
from motcua.payments.rules import orders as rules

State = PaymentOrder.State


def learn_reference(order: PaymentOrder, told: rules.Told) -> None:
    """Keep the gateway's own number of an order whose taking we never heard of clearly."""
    if told.reference and not order.gateway_reference:
        order.gateway_reference = told.reference
        order.save(update_fields=["gateway_reference"])


def take_news(order: PaymentOrder, charges: Sequence[Charge], news: str, at: datetime) -> bool:
    """What news does to a locked order whose charges are locked; True when it changed anything."""
    before, order.state = order.state, rules.after(order.state, news)
    if order.state == before:
        return False
    if order.state == State.PAID:
        _settle(order, charges, at)
    else:
        order.save(update_fields=["state"])
    about = {"from": before, "to": order.state, "excess": order.excess}
    append(f"payment-order/{order.pk}", "payment_order.moved", actor=system_account(), at=at, data=about)
    return True


def _settle(order: PaymentOrder, charges: Sequence[Charge], at: datetime) -> None:
    """The money has come: pay what is still due of the order's charges and give one receipt for it; the rest goes back."""
    parts = rules.split(order.amount, queries.owed_on(order, charges))
    order.settled_at, order.next_ask_at, order.excess = at, None, parts.excess
    order.wants_receipt = bool(parts.charges)
    order.save(update_fields=["state", "settled_at", "next_ask_at", "excess", "wants_receipt"])
    due = [one for one in charges if one.pk in parts.charges]
    OrderLine.objects.filter(order=order, charge__in=due).update(settled=True)
    receipt = give_receipt(order, due, at) if due else None
    for one in due:
        one.settled_at = at
    told = {"receipt": str(receipt or ""), "method": "gateway", "order": str(order.key)}
    if due:
        move(due, "pay", "settled_at", actor=system_account(), at=at, facts=told)
