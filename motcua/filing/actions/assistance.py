"""What was filed with help becomes the citizen's own."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import Assistance, User
from motcua.audit.actions import append
from motcua.filing.actions._cleaning import chain_of
from motcua.filing.queries.drafts import filed_in
from motcua.holdings.actions import give_dossiers


@transaction.atomic
def take_over(visit: Assistance, *, actor: User, at: datetime) -> int:
    """Give a citizen what was begun and sent for them in a visit that is theirs now: drafts go on in their account, dossiers are
    owned by it. How many. The caller checked that the visit is the actor's.
    """
    rows = list(filed_in(visit).exclude(owner=actor).select_for_update(of=("self",)))
    for one in rows:
        one.owner = actor
        one.save(update_fields=["owner"])
        append(chain_of(one), "application.claimed", actor=actor, at=at, data={"assistance": visit.pk})
    give_dossiers([one.dossier for one in rows if one.dossier], actor=actor, at=at)
    return len(rows)
