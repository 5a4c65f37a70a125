"""Throwing away all drafts of a person who asked for it."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.audit.actions import append
from motcua.filing.actions._cleaning import chain_of, forget
from motcua.filing.models import Application


@transaction.atomic
def forget_drafts_of(owner: User, *, reason: str, actor: User, at: datetime) -> int:
    """Delete what all drafts of a person hold, words and files; what was submitted stays. How many. The caller has checked
    that the person asked for it.
    """
    rows = (
        Application.objects.select_for_update(of=("self",)).filter(owner=owner, state="draft").order_by("pk")
    )
    found = list(rows)
    for one in found:
        forget(one, reason, actor=actor, at=at)
        append(chain_of(one), "application.discarded", actor=actor, at=at)
    return len(found)
