"""Charges made while a dossier is worked on, and charges that fall away."""

from motcua.core import store
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.states import Payment
from motcua.payments.actions import cancel_charge, charge
from motcua.payments.models import Charge
from motcua.payments.queries import pay_link
from motcua.payments.rules.lines import FeeLine


def drop_charges(desk: Desk, dossier: Dossier, reason: str) -> None:
    """Cancel what is still unpaid on a dossier that goes back to the citizen; paid fees are refunded by an act of their own."""
    due = store.find(Charge, reference=f"dossier/{dossier.pk}", state=Charge.State.DUE.value)
    for pk in sorted(one.pk for one in due):
        cancel_charge(pk, reason=reason, actor=desk.actor, at=desk.at)


def add_charge(desk: Desk, dossier: Dossier, line: FeeLine) -> Charge:
    """One more charge on a locked dossier, which then owes. A step of an act."""
    payer = dossier.applicant
    (made,) = charge(
        f"dossier/{dossier.pk}",
        [line],
        agency=dossier.resolving_agency,
        counter=dossier.office.agency,
        code=str(dossier.code),
        payer_name=payer.name,
        payer_code=(payer.tax_code or payer.identity_number)[:14],
        actor=desk.actor,
        at=desk.at,
    )
    dossier.payment = Payment.DUE
    store.update(dossier, "payment")
    return made


def charge_obligation(desk: Desk, dossier: Dossier, amount_dong: int, notice: str) -> str:
    """Charge a financial obligation that is paid here; the link to pay it by."""
    purpose = f"Nghĩa vụ tài chính theo thông báo số {notice}"[:300]
    line = FeeLine(Charge.Kind.OBLIGATION, purpose, amount_dong, f"Thông báo số {notice}")
    return pay_link(add_charge(desk, dossier, line))


def drop_obligations(desk: Desk, dossier: Dossier, document: str) -> None:
    """An obligation that was met elsewhere is not owed here any more."""
    due = store.find(Charge, reference=f"dossier/{dossier.pk}", state=Charge.State.DUE.value)
    for one in due:
        if one.kind == Charge.Kind.OBLIGATION:
            cancel_charge(one.pk, reason=f"đã nộp nơi khác: {document}", actor=desk.actor, at=desk.at)
