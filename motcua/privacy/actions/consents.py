"""A citizen ends a consent."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.accounts.queries import profile_of
from motcua.core.errors import NotFound
from motcua.notifications import actions as notifications
from motcua.notifications import queries as outbox
from motcua.notifications.rules.events import PURPOSES


@transaction.atomic
def withdraw_consent(purpose: str, *, actor: User, at: datetime) -> int:
    """Withdraw one consent for every proven address of the actor; it holds at once, what waits is not sent. How many addresses
    had said yes. Raises NotFound for a purpose that cannot be withdrawn by a click.
    """
    profile = profile_of(actor)
    if profile is None or purpose not in PURPOSES:
        raise NotFound()
    ended = 0
    for medium, address in (("phone", profile.phone), ("email", profile.email)):
        contact = outbox.contact_of(medium, address) if address else None
        if contact and contact.agrees(purpose):
            notifications.choose(contact, agreed={purpose: False}, source="account", actor=actor, at=at)
            ended += 1
    return ended
