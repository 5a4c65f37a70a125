"""Charges that fall away with their dossier."""

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.payments.actions import cancel_charge
from motcua.payments.models import Charge


def drop_charges(desk: Desk, dossier: Dossier, reason: str) -> None:
    """Cancel what is still unpaid on a dossier that goes back to the citizen; paid fees are refunded by an act of their own."""
    due = Charge.objects.filter(reference=f"dossier/{dossier.pk}", state=Charge.State.DUE)
    for pk in list(due.values_list("pk", flat=True)):
        cancel_charge(pk, reason=reason, actor=desk.actor, at=desk.at)
