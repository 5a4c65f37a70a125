"""What payments tell of a dossier's fees, and charges that fall away with the dossier."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.audit.actions import append_many
from motcua.core import store
from motcua.core.money import dong
from motcua.dossiers.actions import _news
from motcua.dossiers.actions._journal import entry
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.states import Payment
from motcua.payments.models import Charge


@store.act
def note_payment(dossier_id: int, state: str, *, actor: User | None, at: datetime) -> None:
    """Keep the dossier's payment in step with its charges; part of the act on the charges."""
    dossier = next(iter(store.find(Dossier, lock=True, id=dossier_id)), None)
    if dossier is None or dossier.payment == state:
        return
    dossier.payment = state
    store.update(dossier, "payment")
    append_many(f"dossier/{dossier_id}", [entry("payment", state=state)], actor=actor, at=at)
    if state == Payment.PAID and dossier.channel != "counter":
        _thank(dossier, Desk(actor, at))  # type: ignore[arg-type]  # a gateway has no account


def _thank(dossier: Dossier, desk: Desk) -> None:
    """Send word that the money has come; who pays at the counter has the receipt in hand. Nothing when no money has come now:
    a dossier is paid as well when what was still due falls away.
    """
    charges = store.find(Charge, reference=f"dossier/{dossier.pk}")
    paid = [charge for charge in charges if charge.state == Charge.State.PAID]
    if any(charge.settled_at == desk.at for charge in paid):
        _news.tell(desk, dossier, "paid", amount=dong(sum(charge.amount for charge in paid)))


@store.act
def tell_returned(dossier_id: int, amount: int, *, actor: User | None, at: datetime) -> None:
    """Send word that so many đồng have gone back; part of the act on the charge."""
    for dossier in store.find(Dossier, id=dossier_id):
        _news.tell(Desk(actor, at), dossier, "refunded", amount=dong(amount))  # type: ignore[arg-type]  # as above
