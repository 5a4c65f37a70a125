"""Word to the citizen, queued in the act's transaction (NĐ 61/2018, Điều 17: one notification for each event)."""

from datetime import date, datetime

from django.conf import settings

from motcua.core.moments import to_local
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.notifications.actions import queue


def tell(desk: Desk, dossier: Dossier, kind: str, *, due: date | None = None) -> None:
    """Queue a message to who submitted (else to the applicant) by mail and SMS, without names; nothing without an address.
    `due` is the date that the message speaks of, by default the dossier's.
    """
    party = dossier.submitter or dossier.applicant
    if not (party.email or party.phone):
        return
    context = {
        "code": dossier.code or dossier.temporary_number,
        "link": f"{settings.PUBLIC_URL}/tra-cuu",
        "due": f"{due:%d/%m/%Y}" if due else _day(dossier.due_at),
        "office": dossier.office.name,
    }
    queue(
        kind,
        reference=f"dossier/{dossier.pk}",
        context=context,
        email=party.email,
        phone=party.phone,
        agency=dossier.receiving_agency,
        actor=desk.actor,
        at=desk.at,
    )


def _day(moment: datetime | None) -> str:
    return f"{to_local(moment):%d/%m/%Y}" if moment else ""
