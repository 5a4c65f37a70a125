"""Money of a charge that goes back: a step of the acts that give it."""

from datetime import datetime
from typing import Any

from motcua.accounts.models import User
from motcua.audit.actions import append
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.actions._steps import chain_of, move
from motcua.payments.models import Charge, DayClosing, Refund, RefundDue
from motcua.payments.signals import money_returned


def give_back(
    one: Charge, amount: int, due: RefundDue | None, *, method: str, reason: str, document: str, day: DayClosing | None = None,
    actor: User, at: datetime,
) -> Refund:  # fmt: skip
    """Give back so much of a paid, locked charge: it is refunded once all of it has gone back, and stays paid until then."""
    facts: dict[str, Any] = {"reason": reason, "document": document, "method": method}
    texts = {"reason": nfc(reason), "document": nfc(document)}
    made = Refund.objects.create(charge=one, amount=amount, method=method, **texts, day=day, made_by=actor, made_at=at)  # fmt: skip
    if due is not None:
        due.refund, due.closed_at = made, at
        due.save(update_fields=["refund", "closed_at"])
    if queries.left_of(one) == 0:
        one.refunded_at = at
        move([one], "refund", "refunded_at", actor=actor, at=at, facts=facts)
    else:
        about = {"key": one.key, "amount": one.amount, "given_back": amount, **facts}
        append(chain_of(one.reference), "charge.part_refunded", actor=actor, at=at, data=about)
    money_returned.send(Charge, charge=one, amount=amount, actor=actor, at=at)
    return made
