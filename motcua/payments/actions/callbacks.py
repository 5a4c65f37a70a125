"""What gateways tell by themselves. Whatever is not right changes nothing and is noted with its reason."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.payments import queries
from motcua.payments.actions import _events
from motcua.payments.actions._settling import learn_reference, take_news
from motcua.payments.actions._steps import lock
from motcua.payments.keys import secret_of
from motcua.payments.models import Gateway, GatewayEvent, PaymentOrder
from motcua.payments.rules import envelope
from motcua.payments.rules import orders as rules

Outcome = GatewayEvent.Outcome
LATE = "đến muộn: giao dịch đã đóng, sẽ hỏi lại cổng"
REPLAYED = "phát lại: số dùng một lần đã dùng"


@dataclass(frozen=True)
class Verdict:
    """What the gateway is answered: an HTTP status and one word."""

    status: int
    word: str


def take_callback(gateway: Gateway, body: bytes, path: str, *, actor: User | None, at: datetime) -> Verdict:
    """Believe a callback only when it is signed by the gateway's secret, fresh, told once, and of an order of ours with its very
    amount and currency. News of an order that is closed by our account is not believed but asked about.
    """
    said, nonce, fault = envelope.open_sealed(secret_of(gateway), envelope.Way.CALLBACK, path, body, at=at)
    if fault:
        _refuse(gateway, None, fault, at)
        return Verdict(403, "signature")
    told = rules.Told.of(said)
    order = queries.order_by_key(told.order, gateway)
    if order is None:
        _refuse(gateway, None, rules.Mismatch.ORDER, at, told)
        return Verdict(422, "unknown_order")
    try:
        return _take(order, told, nonce, at)
    except IntegrityError:  # the same callback twice at the very same time, told of two orders
        _refuse(gateway, order, REPLAYED, at, told)
        return Verdict(409, "replayed")


def _refuse(
    gateway: Gateway, order: PaymentOrder | None, reason: str, at: datetime, told: rules.Told | None = None
) -> None:
    kind = GatewayEvent.Kind.CALLBACK
    _events.note(gateway, kind, Outcome.REFUSED, at, order=order, reason=reason, told=told)


@transaction.atomic
def _take(found: PaymentOrder, told: rules.Told, nonce: str, at: datetime) -> Verdict:
    charges = lock(queries.charges_on(found.pk))
    order = queries.lock_order(found.pk)
    if queries.nonce_used(order.gateway, nonce):
        _refuse(order.gateway, order, REPLAYED, at, told)
        return Verdict(409, "replayed")
    wrong = rules.mismatch(told, order=str(order.key), amount=order.amount, reference=order.gateway_reference)
    if wrong:
        _refuse(order.gateway, order, wrong, at, told)
        return Verdict(422, "mismatch")
    learn_reference(order, told)
    news = "accepted" if told.state == "pending" else told.state
    if news == "paid" and not rules.may_settle_by_callback(order.state):
        changed, reason = False, _closed(order, at)
    else:
        changed, reason = take_news(order, charges, news, at), ""
    outcome = Outcome.TAKEN if changed else Outcome.KNOWN
    kind = GatewayEvent.Kind.CALLBACK
    _events.note(order.gateway, kind, outcome, at, order=order, reason=reason, told=told, nonce=nonce)
    return Verdict(200, "taken" if changed else "known")


def _closed(order: PaymentOrder, at: datetime) -> str:
    """News that an order which we have given up is paid: ask at once. Of one that is paid already: nothing at all."""
    if order.state not in (PaymentOrder.State.FAILED, PaymentOrder.State.EXPIRED):
        return ""
    order.asks, order.next_ask_at = 0, at
    order.save(update_fields=["asks", "next_ask_at"])
    return LATE
