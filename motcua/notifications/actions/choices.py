"""What people choose to receive: each "yes" and "no" is kept with when, how, and which text they read."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.accounts.actions import record_consent
from motcua.accounts.models import User
from motcua.core.errors import RuleViolation
from motcua.notifications.models import Contact, Language, Message
from motcua.notifications.rules.events import EVENTS, PURPOSES, purpose_of

# Which wording of the questions people said yes or no to; a new one when the words of the page change.
TEXT_VERSION = "2026-11"


@transaction.atomic
def choose(
    contact: Contact,
    *,
    agreed: Mapping[str, bool],
    language: str = "",
    source: str = "link",
    actor: User | None,
    at: datetime,
) -> Contact:
    """Set what somebody agrees to and their language. Purposes not named stay as they are; only changes are kept.

    A withdrawal holds at once: messages for that purpose that still wait are not sent. Raises RuleViolation for an unknown
    purpose or language.
    """
    if set(agreed) - set(PURPOSES) or (language and language not in Language.values):
        raise RuleViolation("Chọn lại ngôn ngữ và loại tin trong danh sách.")
    row = _row(contact)
    changed = {purpose: yes for purpose, yes in agreed.items() if getattr(row, purpose) != yes}
    for purpose, yes in changed.items():
        setattr(row, purpose, yes)
    row.language = language or row.language
    row.save(update_fields=[*changed, "language"])
    citizen = actor if actor and actor.is_citizen else None
    record_consent(
        changed,
        user=citizen,
        subject_key=row.key,
        text_version=TEXT_VERSION,
        source=source,
        actor=actor,
        at=at,
    )
    _withhold(row, {purpose for purpose, yes in changed.items() if not yes})
    return row


def _row(contact: Contact) -> Contact:
    """The row, locked; made when nothing was chosen before."""
    new = {"medium": contact.medium, "masked": contact.masked}
    row, _ = Contact.objects.select_for_update().get_or_create(key=contact.key, defaults=new)
    return row


def _withhold(row: Contact, purposes: set[str]) -> None:
    """What waits for a purpose that was withdrawn."""
    waiting = Message.objects.filter(contact=row, state=Message.State.QUEUED)
    kinds = [kind for kind in EVENTS if purpose_of(kind, "email") in purposes]
    found = waiting.filter(kind__in=kinds) | (
        waiting.filter(channel="zalo") if "zalo" in purposes else waiting.none()
    )
    found.update(state=Message.State.SKIPPED, last_error="người nhận thôi đồng ý", lease=None)
