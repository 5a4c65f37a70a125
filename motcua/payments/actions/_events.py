"""Noting what passed between a gateway and us."""

import logging
from datetime import datetime

from motcua.payments import queries
from motcua.payments.models import Gateway, GatewayEvent, PaymentOrder
from motcua.payments.rules.orders import Told

log = logging.getLogger(__name__)


def note(
    gateway: Gateway,
    kind: str,
    outcome: str,
    at: datetime,
    *,
    order: PaymentOrder | None = None,
    reason: str = "",
    told: Told | None = None,
    nonce: str = "",
) -> None:
    """Add a line. Once a gateway's door is flooded with what is refused, the rest goes to the server's log alone."""
    if outcome == GatewayEvent.Outcome.REFUSED and queries.is_flooded(gateway, at):
        log.warning("gateway %s: %s refused: %s", gateway.code, kind, reason)
        return
    amount = told.amount if told and type(told.amount) is int and abs(told.amount) < 10**15 else None
    GatewayEvent.objects.create(
        gateway=gateway,
        order=order,
        kind=kind,
        outcome=outcome,
        reason=reason[:300],
        state_told=told.state[:10] if told else "",
        amount_told=amount,
        nonce=nonce[:64],
        at=at,
    )
