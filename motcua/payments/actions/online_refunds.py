"""Giving money back through the gateway it came by: decided by a person, done by the gateway, once for its key."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import powers, required_text
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments import adapters, queries
from motcua.payments.actions import _events
from motcua.payments.actions._giving_back import give_back
from motcua.payments.actions._steps import lock
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import Charge, GatewayEvent, OnlineRefund, PaymentOrder, Refund, RefundDue
from motcua.payments.queries.reach import require
from motcua.payments.rules.orders import next_ask

State = OnlineRefund.State


def refund_online(
    order_id: int, *, charge_id: int | None = None, reason: str, document: str, actor: User, at: datetime
) -> OnlineRefund:
    """Give back a settled charge of an order (None: what was paid beyond) through its gateway. Not inside a transaction.

    The charge counts as refunded when the gateway has done it; until then it is asked again with the same key.
    """
    made = open_refund(order_id, charge_id=charge_id, reason=reason, document=document, actor=actor, at=at)
    return ask_refund(made.pk, actor=actor, at=at)


@transaction.atomic
def open_refund(
    order_id: int, *, charge_id: int | None, reason: str, document: str, actor: User, at: datetime
) -> OnlineRefund:
    """The decision to give back, before the gateway is asked. Raises RuleViolation when nothing is to be given back."""
    charges = lock(queries.charges_on(order_id))
    order = queries.lock_order(order_id)
    require(powers(actor, at), Permission.FEE_REFUND, charges[0])
    amount, due = _to_give_back(order, charges, charge_id)
    made = OnlineRefund(
        order=order,
        charge_id=charge_id,
        due=due,
        amount=amount,
        reason=required_text(reason, "Ghi lý do hoàn trả.", field="reason"),
        document=required_text(document, "Ghi quyết định hoàn trả.", field="document"),
        made_by=actor,
        made_at=at,
        next_ask_at=at,
    )
    if any(one.charge_id == charge_id for one in order.refunds.filter(state=State.ASKED)):
        raise RuleViolation("Khoản này đã có yêu cầu hoàn tiền qua cổng.")
    made.save()
    about = {"amount": made.amount, "charge": charge_id, "reason": made.reason, "document": made.document}
    append(f"payment-order/{order.pk}", "payment_order.refund_asked", actor=actor, at=at, data=about)
    return made


def _to_give_back(
    order: PaymentOrder, charges: list[Charge], charge_id: int | None
) -> tuple[int, RefundDue | None]:
    """How much, and what it meets: what is due to go back of a charge, else all of it that is left."""
    if charge_id is None:
        if not order.has_open_excess:
            raise RuleViolation("Giao dịch này không có tiền nộp thừa cần hoàn.")
        return order.excess, None
    one = next((charge for charge in charges if charge.pk == charge_id), None)
    if one is None:
        raise NotFound()
    settled = order.lines.filter(charge=one, settled=True).exists()
    if one.state != Charge.State.PAID or not settled:
        raise RuleViolation("Khoản này không phải do giao dịch này trả, hoặc đã hoàn trả.")
    return queries.to_give_back(one), queries.next_due(one)


def ask_refund(refund_id: int, *, actor: User | None, at: datetime) -> OnlineRefund:
    """Have the gateway do a refund that was decided, or say how far it is. Not inside a transaction."""
    found = OnlineRefund.objects.select_related("order__gateway", "charge").get(pk=refund_id)
    gateway = found.order.gateway
    reply = adapters.adapter_of(gateway.adapter).refund(queries.asked(gateway, at, legal_date(at)), found)
    return note_refund(refund_id, reply, actor=actor, at=at)


@transaction.atomic
def note_refund(refund_id: int, reply: Reply, *, actor: User | None, at: datetime) -> OnlineRefund:
    """Take the gateway's answer to a refund. Only what it refuses in signed words is refused; all else is asked again."""
    order_id = OnlineRefund.objects.values_list("order_id", flat=True).get(pk=refund_id)
    charges = lock(queries.charges_on(order_id))
    order = queries.lock_order(order_id)
    refund = OnlineRefund.objects.select_for_update().get(pk=refund_id)
    if refund.state != State.ASKED:
        return refund
    state = str(reply.said.get("state", "")) if _is_about(refund, reply) else ""
    outcome = GatewayEvent.Outcome.TAKEN if state else GatewayEvent.Outcome.FAILED
    reason = reply.detail or state
    _events.note(order.gateway, GatewayEvent.Kind.REFUND, outcome, at, order=order, reason=reason)
    if state == "done":
        _done(refund, order, charges, at)
    elif state == "refused" or (reply.sort == Sort.REFUSED and reply.error):
        refund.state, refund.next_ask_at = State.REFUSED, None
    else:
        refund.asks += 1
        refund.next_ask_at = next_ask(refund.asks, at, at)
    refund.detail = nfc(reason)[:300]
    refund.save(update_fields=["state", "next_ask_at", "asks", "detail", "done_at"])
    return refund


def _is_about(refund: OnlineRefund, reply: Reply) -> bool:
    same = reply.said.get("refund") == str(refund.key) and reply.said.get("amount") == refund.amount
    return reply.sort == Sort.ACCEPTED and same


def _done(refund: OnlineRefund, order: PaymentOrder, charges: list[Charge], at: datetime) -> None:
    refund.state, refund.done_at, refund.next_ask_at = State.DONE, at, None
    if refund.charge_id is None:
        order.excess_note = f"hoàn qua cổng theo {refund.document}"[:500]
    else:
        one = next(charge for charge in charges if charge.pk == refund.charge_id)
        method, reason, document = Refund.Method.GATEWAY, refund.reason, refund.document
        give_back(
            one, refund.amount, refund.due, method=method, reason=reason, document=document, actor=refund.made_by, at=at
        )  # fmt: skip
    refund.save(update_fields=["state", "done_at", "next_ask_at"])
    _close_when_empty(order)


def _close_when_empty(order: PaymentOrder) -> None:
    """An order of which everything went back is refunded."""
    left = order.lines.filter(settled=True).exclude(charge__state=Charge.State.REFUNDED).exists()
    if not left and not order.has_open_excess:
        order.state = PaymentOrder.State.REFUNDED
    order.save(update_fields=["state", "excess_note"])


@transaction.atomic
def settle_excess(order_id: int, *, note: str, document: str, actor: User, at: datetime) -> PaymentOrder:
    """Note that what was paid beyond went back by hand (by transfer, at the counter), by which decision."""
    charges = lock(queries.charges_on(order_id))
    order = queries.lock_order(order_id)
    require(powers(actor, at), Permission.FEE_REFUND, charges[0])
    if not order.has_open_excess:
        raise RuleViolation("Giao dịch này không có tiền nộp thừa cần hoàn.")
    asked = OnlineRefund.objects.filter(order=order, charge=None, state=State.ASKED)
    if asked.exists():
        raise RuleViolation("Đã yêu cầu cổng hoàn khoản này; chờ cổng trả lời.")
    text = required_text(note, "Ghi cách đã hoàn trả.", field="note")
    decision = required_text(document, "Ghi quyết định hoàn trả.", field="document")
    order.excess_note = f"{text}; {decision}"[:500]
    _close_when_empty(order)
    about = {"excess": order.excess, "note": text, "document": decision}
    append(f"payment-order/{order.pk}", "payment_order.excess_returned", actor=actor, at=at, data=about)
    return order
