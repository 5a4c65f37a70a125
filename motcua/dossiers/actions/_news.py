"""Word to the citizen, queued in the act's transaction (NĐ 61/2018, Điều 17: one notification for each event)."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from motcua.core import store
from motcua.core.money import dong
from motcua.dossiers.models import Dossier, DossierHolder, ResultPaper
from motcua.dossiers.queries.news import appointment_for, context_of
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.fees import Settled
from motcua.dossiers.rules.states import Payment
from motcua.notifications.actions import queue
from motcua.payments.actions import Settlement
from motcua.payments.models import Charge
from motcua.payments.queries import pay_link


def tell(desk: Desk, dossier: Dossier, kind: str, *, due: date | None = None, **more: str) -> None:
    """Queue a message to who submitted (else to the applicant) by mail and SMS, without names; nothing without an address.
    `due` is the date that the message speaks of, by default the dossier's; letters that set a date carry a calendar file.
    `more`: further places that the texts of this kind fill.
    """
    party = dossier.submitter or dossier.applicant
    if not (party.email or party.phone):
        return
    appointment = appointment_for(kind, dossier, desk.at, due)
    queue(
        kind,
        reference=f"dossier/{dossier.pk}",
        context={**context_of(dossier, due), **_own_page(dossier), **more},
        email=party.email,
        phone=party.phone,
        agency=dossier.receiving_agency,
        calendar=appointment.as_json() if appointment else None,
        actor=desk.actor,
        at=desk.at,
    )


def tell_submitted(desk: Desk, dossier: Dossier, charges: Sequence[Charge]) -> None:
    """Say that a filing has arrived; where it is charged at once, how much and where to pay it."""
    if charges:
        amount = dong(sum(charge.amount for charge in charges))
        tell(desk, dossier, "submitted_fee", amount=amount, pay=pay_link(charges[0]))
    else:
        tell(desk, dossier, "submitted")


def tell_settled(
    desk: Desk, dossier: Dossier, money: Settlement, reason: str, *, told_owed: bool = False
) -> None:
    """Say what has changed of the charges of a filing: that money goes back, that nothing is to be paid any more, what is to be
    paid from now on (unless `told_owed`: another message says so).
    """
    if not money.changed:
        return
    if money.to_give_back:
        tell(desk, dossier, "refund_due", amount=dong(money.to_give_back), reason=reason)
    if money.owed:
        if not told_owed:
            _tell_owed(desk, dossier, "fee_changed", money.owed, reason=reason)
    elif money.cancelled:
        gone = dong(sum(charge.amount for charge in money.cancelled))
        tell(desk, dossier, "fee_cancelled", amount=gone, reason=reason)
    elif not money.to_give_back:
        _tell_owed(desk, dossier, "fee_changed", money.charges, reason=reason)


def _tell_owed(desk: Desk, dossier: Dossier, kind: str, charges: Sequence[Charge], reason: str = "") -> None:
    """Say how much of some charges is to be paid, where, and why if there is something to explain."""
    owed = dong(sum(charge.amount for charge in charges if charge.state == Charge.State.DUE))
    pay = pay_link(charges[0])
    if reason:
        tell(desk, dossier, kind, amount=owed, pay=pay, reason=reason)
    else:
        tell(desk, dossier, kind, amount=owed, pay=pay)


def tell_received(
    desk: Desk, dossier: Dossier, charges: Sequence[Charge], settled: Settled | None, changed: str = ""
) -> None:
    """Say that a dossier by post is received, or a filing (`settled`) accepted; where something is owed, how much and where to
    pay it, why an exemption that was asked for is not given, and why (`changed`) it is not what was charged when filing. Where
    nothing is owed, money is not spoken of.
    """
    kind = "accepted" if settled else "received"
    owed = [charge for charge in charges if charge.state == Charge.State.DUE]
    if not owed:
        tell(desk, dossier, kind)
        return
    if settled and settled.refusal:
        _tell_owed(desk, dossier, "accepted_unexempt", owed, reason=settled.refusal)
    elif changed:
        _tell_owed(desk, dossier, "accepted_changed", owed, reason=changed)
    else:
        _tell_owed(desk, dossier, f"{kind}_fee", owed)


def tell_ready(desk: Desk, dossier: Dossier) -> None:
    """Say that the result is there. Who asked for it electronically, has it so and owes nothing need not come: it lies in
    their store (NĐ 45/2020, Điều 15, 16).
    """
    if dossier.delivery == "online" and dossier.payment != Payment.DUE and _lies_in_store(dossier):
        tell(desk, dossier, "ready_online", link=f"{settings.PUBLIC_URL}/kho-giay-to/")
    else:
        tell(desk, dossier, "ready")


def _lies_in_store(dossier: Dossier) -> bool:
    """Whether every result that stands has a file, and an account holds the dossier. Two statements."""
    papers = store.find(ResultPaper, dossier_id=dossier.pk, revoked_at=None)
    return bool(papers) and all(one.file_id for one in papers) and bool(_own_page(dossier))


def _own_page(dossier: Dossier) -> dict[str, str]:
    """Who filed with an account is led to the dossier's own page, where it can be answered. One statement, online only."""
    if dossier.channel != "online" or not store.exists(DossierHolder, dossier_id=dossier.pk, until=None):
        return {}
    return {"link": f"{settings.PUBLIC_URL}/ho-so-cua-toi/{dossier.pk}/"}
