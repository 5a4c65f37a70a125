"""Asking somebody drawn."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.notifications.actions import queue
from motcua.notifications.models import Message
from motcua.surveys.models import Invitee, Survey
from motcua.surveys.queries.surveys import invitation_link


def invite(invitee: Invitee, survey: Survey, actor: User, at: datetime) -> bool:
    """Ask somebody drawn: by link where the person agreed to such messages; else by phone where there is a number."""
    dossier = invitee.dossier
    assert dossier is not None  # until the survey closes
    party = dossier.applicant
    context = {
        "code": dossier.code or dossier.temporary_number, "link": invitation_link(invitee.pk), "due": "", "office": survey.agency.name,
    }  # fmt: skip
    sent = queue(
        "survey", reference=f"survey/{survey.pk}", context=context, email=party.email, phone=party.phone, agency=survey.agency,
        actor=actor, at=at,
    )  # fmt: skip
    linked = any(message.state != Message.State.SKIPPED for message in sent)
    Mode = Invitee.Mode
    invitee.mode = Mode.LINK if linked else Mode.PHONE if party.phone else Mode.PAPER
    invitee.save(update_fields=["mode"])
    return linked
