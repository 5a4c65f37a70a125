"""Reads of accounts."""

from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.models import User
from motcua.accounts.rules.history import LABELS, label
from motcua.audit.models import Event


@dataclass(frozen=True)
class Happening:
    """Something that happened to an account: what, when, from which address, by whom if not by its owner."""

    text: str
    at: datetime
    address: str
    by: str


def recent_history(user: User, limit: int = 10) -> list[Happening]:
    """The latest events of a person's own account, the newest first: strange ones should catch the
    owner's eye.
    """
    rows = Event.objects.filter(chain=f"user/{user.pk}", kind__in=LABELS).order_by("-seq")[:limit]
    return [
        Happening(
            text=label(row.kind) or row.kind,
            at=row.at,
            address=str(row.data.get("ip", "")),
            by="" if row.actor_id == user.pk else row.actor_label,
        )
        for row in rows
    ]
