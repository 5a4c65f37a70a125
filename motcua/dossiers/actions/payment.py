"""What payments tell of a dossier's fees, and charges that fall away with the dossier."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.audit.actions import append_many
from motcua.dossiers.actions._journal import entry
from motcua.dossiers.models import Dossier


@transaction.atomic
def note_payment(dossier_id: int, state: str, *, actor: User | None, at: datetime) -> None:
    """Keep the dossier's payment in step with its charges; part of the act on the charges."""
    dossier = Dossier.objects.select_for_update().only("id", "payment").filter(pk=dossier_id).first()
    if dossier is None or dossier.payment == state:
        return
    dossier.payment = state
    dossier.save(update_fields=["payment"])
    append_many(f"dossier/{dossier_id}", [entry("payment", state=state)], actor=actor, at=at)
