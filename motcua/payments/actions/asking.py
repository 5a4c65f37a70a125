"""What the timer does about orders and refunds: asks gateways, gives receipts that wait."""

from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.payments import queries
from motcua.payments.actions.online_refunds import ask_refund
from motcua.payments.actions.orders import ask, give_waiting_receipt
from motcua.payments.models import OnlineRefund, PaymentOrder
from motcua.payments.rules.orders import OPEN

LEASE = timedelta(minutes=2)  # longer than any gateway is waited for

PATIENCE = timedelta(seconds=5)


def ask_due(*, actor: User | None, at: datetime, limit: int = 100) -> int:
    """Ask about every order and refund whose time has come, and give receipts that wait; how many were dealt with.

    Call it outside of a transaction. Each is leased first, so that two timers never ask about the same one at once; one that
    a crash left leased is asked about again when the lease ends.
    """
    done = 0
    for order in queries.orders_to_ask(at, limit):
        mine = PaymentOrder.objects.filter(pk=order.pk, next_ask_at=order.next_ask_at)
        if mine.update(next_ask_at=at + LEASE):
            ask(order.pk, actor=actor, at=at)
            done += 1
    for refund in queries.refunds_to_ask(at, limit):
        own = OnlineRefund.objects.filter(pk=refund.pk, next_ask_at=refund.next_ask_at)
        if own.update(next_ask_at=at + LEASE):
            ask_refund(refund.pk, actor=actor, at=at)
            done += 1
    for order_id in queries.orders_without_receipt(limit):
        given = give_waiting_receipt(order_id, actor=actor, at=at)
        done += not given.wants_receipt
    return done


def look_again(order_id: int, *, actor: User | None, at: datetime) -> PaymentOrder:
    """Ask about one order now because its payer has come back: while its end is open, and not again within seconds."""
    order = queries.order_with_gateway(order_id)
    if order.state not in OPEN or order.next_ask_at is None or queries.asked_since(order, at - PATIENCE):
        return order
    mine = PaymentOrder.objects.filter(pk=order.pk, next_ask_at=order.next_ask_at)
    return ask(order.pk, actor=actor, at=at) if mine.update(next_ask_at=at + LEASE) else order
