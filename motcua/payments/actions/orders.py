"""Payment orders: made, sent to their gateway, settled by its news. Money is recorded once, whoever tells of it how often.

Whatever may settle an order locks its charges first and the order afterwards, as every act on money does; questions to
gateways are asked outside of transactions.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from motcua.accounts.models import User
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.payments import adapters, queries
from motcua.payments.actions import _events
from motcua.payments.actions._receipts import alike
from motcua.payments.actions._settling import learn_reference, take_news
from motcua.payments.actions._steps import lock
from motcua.payments.actions._taking import give_receipt
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import Charge, Gateway, GatewayEvent, OrderLine, PaymentOrder
from motcua.payments.rules import orders as rules

Kind, Outcome, State = GatewayEvent.Kind, GatewayEvent.Outcome, PaymentOrder.State
MOST_TRIES = 20  # orders of one record in a day


def pay_online(
    charge_ids: Sequence[int],
    *,
    gateway_id: int,
    back: Callable[[PaymentOrder], str],
    actor: User | None,
    at: datetime,
) -> PaymentOrder:
    """Make an order and have its gateway take it: who pays goes to `pay_address` then. Not inside a transaction.

    An order of the same charges that can still be paid is given again. `back`: the page to which the gateway leads the payer
    afterwards.
    """
    order, is_new = open_order(charge_ids, gateway_id=gateway_id, actor=actor, at=at)
    if not is_new:
        return order
    asked = queries.asked(order.gateway, at, legal_date(at))
    adapter, callback = (
        adapters.adapter_of(order.gateway.adapter),
        queries.callback_address(order.gateway),
    )
    reply = adapter.create(asked, order, callback, back(order))
    if reply.sort == Sort.UNCLEAR:  # the same key: taken once, however often it is sent
        reply = adapter.create(asked, order, callback, back(order))
    return note_sent(order.pk, reply, actor=actor, at=at)


@transaction.atomic
def open_order(
    charge_ids: Sequence[int], *, gateway_id: int, actor: User | None, at: datetime
) -> tuple[PaymentOrder, bool]:
    """An order for due charges that one receipt can hold, and whether it is new. Raises RuleViolation."""
    charges = lock(charge_ids)
    one = alike(charges)
    if any(charge.state != Charge.State.DUE for charge in charges):
        raise RuleViolation(
            "Khoản này đã nộp hoặc không còn phải nộp. Tải lại trang để xem tình trạng mới nhất."
        )
    gateway = next((g for g in queries.gateways_of(one, legal_date(at)) if g.pk == gateway_id), None)
    if gateway is None:
        raise RuleViolation("Cổng thanh toán này không dùng cho khoản này. Chọn cách nộp khác.")
    if waiting := queries.waiting_order(charge_ids, gateway, at):
        return waiting, False
    if queries.orders_since(one.reference, at - timedelta(days=1)) >= MOST_TRIES:
        raise RuleViolation("Đã thử quá nhiều lần trong ngày. Nộp bằng mã QR hoặc tại bộ phận một cửa.")
    order = _new_order(charges, gateway, at)
    about = {"key": str(order.key), "amount": order.amount, "gateway": gateway.code, "charges": [c.key for c in charges]}  # fmt: skip
    append(f"payment-order/{order.pk}", "payment_order.made", actor=actor, at=at, data=about, first=True)
    return order, True


def _new_order(charges: Sequence[Charge], gateway: Gateway, at: datetime) -> PaymentOrder:
    order = PaymentOrder.objects.create(
        gateway=gateway,
        agency=charges[0].agency,
        reference=charges[0].reference,
        code=charges[0].code,
        amount=sum(one.amount for one in charges),
        created_at=at,
        expires_at=at + timedelta(minutes=gateway.order_minutes),
        next_ask_at=at + rules.FIRST_PAUSE,
    )
    OrderLine.objects.bulk_create(OrderLine(order=order, charge=one, amount=one.amount) for one in charges)
    return order


@transaction.atomic
def note_sent(order_id: int, reply: Reply, *, actor: User | None, at: datetime) -> PaymentOrder:
    """Keep what the gateway said to a new order: taken, refused, or nothing clear (then it is asked about)."""
    order = queries.lock_order(order_id)
    news = {Sort.ACCEPTED: "accepted", Sort.REFUSED: "refused", Sort.UNCLEAR: "unclear"}[reply.sort]
    address = str(reply.said.get("pay_url", ""))
    if reply.sort == Sort.ACCEPTED and not (
        _leads_out(address, order.gateway) and reply.said.get("reference")
    ):
        news, reply = "unclear", Reply(Sort.UNCLEAR, {}, "cổng không cho trang trả tiền")
    outcome = {"accepted": Outcome.TAKEN, "refused": Outcome.REFUSED, "unclear": Outcome.FAILED}[news]
    _events.note(order.gateway, Kind.ORDER, outcome, at, order=order, reason=reply.detail)
    order.state = rules.after(order.state, news)
    if news == "accepted":
        order.gateway_reference, order.pay_address = str(reply.said["reference"])[:100], address
    if order.state == State.FAILED:
        order.next_ask_at = None
    order.save(update_fields=["state", "gateway_reference", "pay_address", "next_ask_at"])
    return order


def _leads_out(address: str, gateway: Gateway) -> bool:
    """Whether a page to pay on is a web page, no longer than we keep; http only for a gateway that is spoken to so."""
    secure = address.startswith("https://") or gateway.address.startswith("http://")
    return secure and address.startswith(("https://", "http://")) and len(address) <= 500


def ask(order_id: int, *, actor: User | None, at: datetime) -> PaymentOrder:
    """Ask the gateway what became of an order, and take its answer. Not inside a transaction."""
    order = PaymentOrder.objects.select_related("gateway", "agency").get(pk=order_id)
    asked = queries.asked(order.gateway, at, legal_date(at))
    return note_status(order_id, adapters.adapter_of(order.gateway.adapter).status(asked, order), actor=actor, at=at)  # fmt: skip


@transaction.atomic
def note_status(order_id: int, reply: Reply, *, actor: User | None, at: datetime) -> PaymentOrder:
    """Take the believed answer to our own question: the gateway's last word on an order, whatever came before."""
    charges = lock(queries.charges_on(order_id))
    order = queries.lock_order(order_id)
    if reply.sort != Sort.ACCEPTED:
        gone = reply.error == "unknown_order"
        _events.note(order.gateway, Kind.STATUS, Outcome.FAILED, at, order=order, reason=reply.detail)
        take_news(order, charges, "failed" if gone else "expired" if at > order.expires_at else "unclear", at)
        return _ask_later(order, at, is_last=gone)
    told = rules.Told.of(reply.said)
    wrong = rules.mismatch(told, order=str(order.key), amount=order.amount, reference=order.gateway_reference)
    if wrong:
        _events.note(order.gateway, Kind.STATUS, Outcome.REFUSED, at, order=order, reason=wrong, told=told)
        return _ask_later(order, at, is_last=False)
    _events.note(order.gateway, Kind.STATUS, Outcome.TAKEN, at, order=order, told=told)
    learn_reference(order, told)
    late = told.state == "pending" and at > order.expires_at
    take_news(order, charges, "expired" if late else _news(told), at)
    return _ask_later(order, at, is_last=told.state != "pending")


def _news(told: rules.Told) -> str:
    """The news in what a gateway told: that an order is being paid back says that it was paid."""
    return {"pending": "accepted", "refunded": "paid"}.get(told.state, told.state)


def _ask_later(order: PaymentOrder, at: datetime, *, is_last: bool) -> PaymentOrder:
    done = is_last or order.state in (State.PAID, State.REFUNDED)
    order.asks = min(order.asks + 1, 1000)
    order.next_ask_at = None if done else rules.next_ask(order.asks, at, order.expires_at)
    order.save(update_fields=["asks", "next_ask_at"])
    return order


@transaction.atomic
def give_waiting_receipt(order_id: int, *, actor: User | None, at: datetime) -> PaymentOrder:
    """The receipt of a paid order that could not be given when the money came: no open book, or a closed day."""
    lock(queries.charges_on(order_id))
    order = queries.lock_order(order_id)
    if order.wants_receipt:
        lines = order.lines.filter(settled=True).select_related("charge__agency", "charge__counter")
        give_receipt(order, [line.charge for line in lines], at)
    return order
