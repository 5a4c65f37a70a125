"""Gateways, orders and what gateways said."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, setting
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.validity import in_force
from motcua.payments.adapters import Asked
from motcua.payments.keys import secret_of
from motcua.payments.models import (
    Charge,
    Gateway,
    GatewayEvent,
    GatewayUse,
    OnlineRefund,
    OrderLine,
    PaymentOrder,
    ReceiptBook,
)
from motcua.payments.queries.receipts import usable_books
from motcua.payments.rules.orders import BLOCKING, Owed


def gateways_for(agency: Agency, day: date) -> list[Gateway]:
    """The gateways through which an agency's charges can be paid on a day: its own, else those of the nearest agency above."""
    above = [int(part) for part in agency.path.split("/") if part]
    used = in_force(day) & in_force(day, "gateway")
    uses = GatewayUse.objects.filter(used, agency_id__in=above)
    found = list(uses.select_related("gateway").order_by("gateway__name", "gateway_id"))
    nearest = max((above.index(use.agency_id) for use in found), default=-1)
    return [use.gateway for use in found if above.index(use.agency_id) == nearest]


def gateways_of(charge: Charge, day: date) -> list[Gateway]:
    """The gateways through which one charge can be paid: of the agency that it is owed to, else of its counter."""
    elsewhere = gateways_for(charge.counter, day) if charge.counter else []
    return gateways_for(charge.agency, day) or elsewhere


def asked(gateway: Gateway, at: datetime, day: date) -> Asked:
    """What a question to a gateway needs."""
    private = bool(setting("payment_private_hosts", None, day, default=False))
    return Asked(gateway, secret_of(gateway), private, at)


def callback_address(gateway: Gateway) -> str:
    """Where a gateway tells what became of orders."""
    return f"{settings.PUBLIC_URL}/thu-phi/cong-bao/{gateway.code}/"


def gateways_visible(authority: Authority) -> QuerySet[Gateway]:
    """Gateways that this person may manage."""
    return Gateway.objects.filter(authority.where(Permission.FEE_GATEWAY, "agency")).select_related("agency")


def access_gateway(authority: Authority, gateway_id: int) -> Gateway:
    """A gateway that this person may manage. Raises NotFound."""
    if found := gateways_visible(authority).filter(pk=gateway_id).first():
        return found
    raise NotFound()


def gateway_by_code(code: str) -> Gateway:
    """A gateway that tells something; one that has ended may still do so. Raises NotFound."""
    if found := Gateway.objects.filter(code=code).first():
        return found
    raise NotFound()


def orders_visible(authority: Authority) -> QuerySet[PaymentOrder]:
    """Orders of agencies whose charges this person may see, newest first."""
    found = PaymentOrder.objects.filter(authority.where(Permission.FEE_VIEW, "agency"))
    return found.select_related("gateway", "agency", "receipt__book").order_by("-id")


def access_order(authority: Authority, order_id: int) -> PaymentOrder:
    """An order that this person may see. Raises NotFound."""
    if found := orders_visible(authority).filter(pk=order_id).first():
        return found
    raise NotFound()


def orders_to_look_into(orders: QuerySet[PaymentOrder]) -> QuerySet[PaymentOrder]:
    """Those that a person must do something about: money to give back, no receipt yet, unclear."""
    excess = Q(excess__gt=0, excess_note="")
    return orders.filter(excess | Q(wants_receipt=True) | Q(state=PaymentOrder.State.UNKNOWN))


def order_by_key(key: str, gateway: Gateway | None = None) -> PaymentOrder | None:
    """The order with a key (of a gateway); None for what is no key, or nobody's."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    orders = PaymentOrder.objects.select_related("gateway", "agency", "receipt__book", "receipt__day__agency")
    found = orders.filter(key=wanted)
    return (found.filter(gateway=gateway) if gateway else found).first()


def access_use(gateway: Gateway, use_id: int) -> GatewayUse:
    """Who uses a gateway since when: one row. Raises NotFound."""
    if found := gateway.uses.select_related("agency", "gateway").filter(pk=use_id).first():
        return found
    raise NotFound()


def order_with_gateway(order_id: int) -> PaymentOrder:
    """An order, not locked. Raises NotFound."""
    found = PaymentOrder.objects.select_related("gateway", "agency", "receipt__book")
    if order := found.filter(pk=order_id).first():
        return order
    raise NotFound()


def asked_since(order: PaymentOrder, since: datetime) -> bool:
    """Whether the gateway was asked about an order, or the order made, after a moment."""
    asked = order.events.filter(kind=GatewayEvent.Kind.STATUS, at__gt=since)
    return order.created_at > since or asked.exists()


def order_lines(order: PaymentOrder) -> list[OrderLine]:
    """What an order is to pay; never empty."""
    return list(order.lines.select_related("charge__agency", "charge__counter"))


def order_line(order: PaymentOrder, charge: str) -> OrderLine | None:
    """The line of one charge, by its number as an address has it; None when none is named. Raises NotFound for another's."""
    if not charge:
        return None
    if found := [line for line in order_lines(order) if str(line.charge_id) == charge]:
        return found[0]
    raise NotFound()


def keys_in(texts: Iterable[str]) -> list[UUID]:
    """Those of some texts that are keys of orders."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def lock_order(order_id: int) -> PaymentOrder:
    """An order, locked. For actions, after its charges."""
    locked = PaymentOrder.objects.select_for_update(of=("self",)).select_related("gateway", "agency")
    if found := locked.filter(pk=order_id).first():
        return found
    raise NotFound()


def charges_on(order_id: int) -> list[int]:
    """Which charges an order is to pay; that never changes."""
    return list(OrderLine.objects.filter(order_id=order_id).values_list("charge_id", flat=True))


def owed_on(order: PaymentOrder, charges: Sequence[Charge]) -> list[Owed]:
    """The order's charges as they stand now, for `rules.orders.split`."""
    amounts = dict(OrderLine.objects.filter(order=order).values_list("charge_id", "amount"))
    due = Charge.State.DUE
    return [Owed(one.pk, amounts[one.pk], one.state == due) for one in charges]


def waiting_order(charge_ids: Sequence[int], gateway: Gateway, at: datetime) -> PaymentOrder | None:
    """An order of exactly these charges that its payer can still pay: who asks twice is led to the same page."""
    some = Q(lines__charge_id__in=list(charge_ids))
    found = PaymentOrder.objects.filter(
        some, gateway=gateway, state__in=BLOCKING, expires_at__gt=at + timedelta(minutes=1)
    )
    wanted = set(charge_ids)
    orders = found.distinct().order_by("-id")
    return next((one for one in orders if set(charges_on(one.pk)) == wanted and one.pay_address), None)


def orders_since(reference: str, since: datetime) -> int:
    """How many orders were made for a record since a moment."""
    return PaymentOrder.objects.filter(reference=reference, created_at__gte=since).count()


def orders_of(reference: str) -> list[PaymentOrder]:
    """The orders of a record, newest first."""
    found = PaymentOrder.objects.filter(reference=reference).select_related("gateway", "receipt__book")
    return list(found.order_by("-id")[:20])


def orders_to_ask(at: datetime, limit: int) -> list[PaymentOrder]:
    """Orders about which their gateway is to be asked now."""
    due = PaymentOrder.objects.filter(next_ask_at__lte=at).select_related("gateway", "agency")
    return list(due.order_by("next_ask_at", "id")[:limit])


def orders_without_receipt(limit: int) -> list[int]:
    """Paid orders whose receipt could not be given yet."""
    found = PaymentOrder.objects.filter(wants_receipt=True).order_by("id")
    return list(found.values_list("pk", flat=True)[:limit])


def refunds_to_ask(at: datetime, limit: int) -> list[OnlineRefund]:
    """Refunds about which their gateway is to be asked now."""
    due = OnlineRefund.objects.filter(state=OnlineRefund.State.ASKED, next_ask_at__lte=at)
    return list(due.select_related("order__gateway").order_by("next_ask_at", "id")[:limit])


def paid_by(charge: Charge) -> PaymentOrder | None:
    """The order that settled a charge, None when it was paid otherwise."""
    line = OrderLine.objects.filter(charge=charge, settled=True).select_related("order__gateway").first()
    return line.order if line else None


def online_book(owed: Charge, year: int) -> ReceiptBook | None:
    """The book from which receipts of online payments come: an electronic one first, of the agency that the money is owed to."""
    books = list(usable_books(owed, year))
    return min(
        books, key=lambda book: (not book.is_electronic, book.agency_id != owed.agency_id), default=None
    )


def is_flooded(gateway: Gateway, at: datetime) -> bool:
    """Whether so much was refused in the last hour that more of it goes to the server's log alone."""
    since = at - timedelta(hours=1)
    refused = GatewayEvent.objects.filter(
        gateway=gateway, at__gte=since, outcome=GatewayEvent.Outcome.REFUSED
    )
    return refused[:500].count() >= 500


def nonce_used(gateway: Gateway, nonce: str) -> bool:
    """Whether a callback with this nonce was taken before."""
    return GatewayEvent.objects.filter(gateway=gateway, kind=GatewayEvent.Kind.CALLBACK, nonce=nonce).exists()
