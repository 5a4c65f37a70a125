"""Asking citizens to rate, the day after they have received their result."""

from datetime import datetime, time, timedelta

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, to_utc
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries.news import context_of
from motcua.notifications.actions import queue
from motcua.notifications.keys import address_key
from motcua.notifications.queries import contacts_by_key
from motcua.surveys.models import RatingCall
from motcua.surveys.queries.rights import rate_link


@transaction.atomic
def call_for_ratings(*, actor: User, at: datetime) -> int:
    """Invite those who received a result yesterday and agreed to be asked, once a day; gives how many messages were queued.
    For the timer: only the system's own account may. Raises NotFound for others.
    """
    if not authority_of(actor, legal_date(at)).everything:
        raise NotFound()
    day = legal_date(at) - timedelta(days=1)
    if RatingCall.objects.filter(day=day).exists():
        return 0
    RatingCall.objects.create(day=day)
    first = to_utc(datetime.combine(day, time.min))
    rows = Dossier.objects.filter(returned_at__gte=first, returned_at__lt=first + timedelta(days=1))
    called = 0
    for dossier in rows.select_related("applicant", "submitter", "office", "receiving_agency").order_by("pk"):
        party = dossier.submitter or dossier.applicant
        if _agreed(party):
            called += len(queue(
                "survey", reference=f"dossier/{dossier.pk}", context={**context_of(dossier), "link": rate_link(dossier)},
                email=party.email, phone=party.phone, agency=dossier.receiving_agency, actor=actor, at=at,
            ))  # fmt: skip
    return called


def _agreed(party: Party) -> bool:
    """Whether the person agreed at one of the addresses given; others are not written to, not even in vain."""
    keys = [
        address_key(medium, address)
        for medium, address in (("email", party.email), ("phone", party.phone))
        if address
    ]
    return any(contact.agrees("survey") for contact in contacts_by_key(keys).values())
