"""Charges of a record whose amount is settled anew: some stand, some are replaced, what was paid too much must go back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.audit.actions import append, append_many
from motcua.core import store
from motcua.core.text import fold
from motcua.payments import queries
from motcua.payments.actions._steps import chain_of
from motcua.payments.actions.charges import cancel_charge, charge
from motcua.payments.models import Charge, Receipt, RefundDue
from motcua.payments.rules import settling as rules
from motcua.payments.rules.lines import FeeLine, overall


@dataclass(frozen=True)
class Owing:
    """Who owes what is charged, to whom, at whose counter; `code` names the record on papers."""

    agency: Agency
    counter: Agency | None
    code: str
    payer_name: str
    payer_code: str


@dataclass(frozen=True)
class Settlement:
    """What came of it: all charges that hold now, those that fell away, đồng that must go back by this act. `changed`: whether
    that is anything else than what had been charged before.
    """

    charges: tuple[Charge, ...]
    cancelled: tuple[Charge, ...]
    to_give_back: int
    changed: bool

    @property
    def state(self) -> str:
        """One state for the record."""
        return overall(one.state for one in self.charges)

    @property
    def owed(self) -> list[Charge]:
        """What is to be paid."""
        return [one for one in self.charges if one.state == Charge.State.DUE]


@store.step
def settle_charges(
    reference: str, lines: Sequence[FeeLine], *, owing: Owing, reason: str, actor: User | None, at: datetime
) -> Settlement:
    """Bring the charges of a record to what is owed now: what is due and the same stands, else it is replaced; what was paid
    beyond must go back, by a decision (`refund`, `refund_online`); what was paid too little is charged beside it.

    Part of the act that calls it, which holds the record's lock and has checked the permission. Only charges made of lines with
    a `subject` are touched.
    """
    known = sorted(store.find(Charge, reference=reference), key=lambda one: one.pk)
    rows = [one for one in known if one.subject and one.state != Charge.State.CANCELLED]
    plan = rules.settle(queries.standing(rows, owing.agency), lines)
    made = charge(
        reference, plan.make, agency=owing.agency, counter=owing.counter, code=owing.code, payer_name=owing.payer_name,
        payer_code=owing.payer_code, actor=actor, at=at, first=not known,
    )  # fmt: skip
    gone = [cancel_charge(pk, reason=reason, actor=actor, at=at) for pk in plan.cancel]
    by_id = {one.pk: one for one in rows}
    for pk, amount in plan.give_back:
        _promise(by_id[pk], amount, reason, actor, at)
    stay = [one for one in rows if one.pk not in plan.cancel]
    _name(stay, owing.code, actor, at)
    back = sum(amount for _, amount in plan.give_back)
    other = bool(gone or plan.give_back or any(one.state == Charge.State.DUE for one in made))
    return Settlement((*stay, *made), tuple(gone), back, bool(known) and other)


def _promise(one: Charge, amount: int, reason: str, actor: User | None, at: datetime) -> None:
    """From now on so much of a paid charge must go back, whatever was said before; 0: nothing."""
    queries.movable_dues([one.pk]).update(closed_at=at)
    if amount:
        RefundDue.objects.create(charge=one, amount=amount, reason=reason[:500], made_by=actor, made_at=at)
    about = {"key": one.key, "amount": one.amount, "to_give_back": amount, "reason": reason}
    append(chain_of(one.reference), "charge.refund_due", actor=actor, at=at, data=about)


def _name(charges: Sequence[Charge], code: str, actor: User | None, at: datetime) -> None:
    """Charges of a record that has got its code bear it; the words of a transfer stay, one may be on its way."""
    old = [one for one in charges if one.code != code]
    for one in old:
        one.code = code
    store.update_many(old, ["code"])
    entries = [("charge.named", {"key": one.key, "amount": one.amount, "code": code}) for one in old]
    if entries:
        _find_by(old, code)
        append_many(chain_of(old[0].reference), entries, actor=actor, at=at)


def _find_by(charges: Sequence[Charge], code: str) -> None:
    """Receipts given before there was a code are found by it too; what they say stays."""
    rows = list(Receipt.objects.filter(lines__charge__in=charges).distinct())
    for one in rows:
        one.search_text = f"{one.search_text} {fold(code)}"[:500]
    store.update_many(rows, ["search_text"])
