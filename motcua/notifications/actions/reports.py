"""What partners tell afterwards: arrived, or not."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from motcua.accounts.models import User
from motcua.core.moments import legal_date
from motcua.notifications import queries
from motcua.notifications.models import Attempt, DeliveryReport, Message, Provider
from motcua.notifications.rules.delivery import Outcome
from motcua.notifications.rules.masking import hush


class Taken(StrEnum):
    """What became of a report."""

    NEW = "taken"
    KNOWN = "known"
    UNKNOWN = "unknown"


@transaction.atomic
def take_report(
    provider: Provider, *, nonce: str, key: str, state: str, reason: str, actor: User | None, at: datetime
) -> Taken:
    """Note a report whose signature was right. KNOWN: its nonce was used before, UNKNOWN: this provider was never given such
    a message, or says something else than "delivered" or "failed"; then nothing changes.

    "delivered" is the last word. "failed" lets the next provider try; when there is none the message is a dead letter.
    """
    message = _given_to(provider, key)
    if message is None or state not in DeliveryReport.State.values:
        return Taken.UNKNOWN
    told = {"message": message, "state": state, "reason": hush(reason)[:300], "at": at}
    report, is_new = DeliveryReport.objects.get_or_create(provider=provider, nonce=nonce, defaults=told)
    if not is_new:
        return Taken.KNOWN
    if state == DeliveryReport.State.DELIVERED:
        _arrived(message, at)
    else:
        _missed(message, provider, report.reason, at)
    return Taken.NEW


def _given_to(provider: Provider, key: str) -> Message | None:
    """The message with this key, locked, when the provider was asked to send it."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    found = Message.objects.select_for_update().filter(key=wanted).first()
    return found if found and found.attempts.filter(provider=provider).exists() else None


def _arrived(message: Message, at: datetime) -> None:
    """Wherever the message stands: it has arrived, nobody sends it any more."""
    message.state, message.delivered_at, message.lease = Message.State.DELIVERED, at, None
    message.sent_at, message.last_error = message.sent_at or at, ""
    message.save(update_fields=["state", "delivered_at", "sent_at", "last_error", "lease"])


def _missed(message: Message, provider: Provider, reason: str, at: datetime) -> None:
    """Only what this provider had last, and nobody else has brought, is given to the next one."""
    if message.state != Message.State.SENT or message.provider_id != provider.pk:
        return
    accepted = Attempt.objects.filter(message=message, provider=provider, outcome=Outcome.ACCEPTED)
    accepted.update(outcome=Outcome.UNDELIVERED)
    spent = set(message.attempts.filter(outcome=Outcome.UNDELIVERED).values_list("provider_id", flat=True))
    others = [p for p in queries.providers_at(legal_date(at)) if p.channel == message.channel]
    more = any(p.pk not in spent for p in others)
    message.state = Message.State.QUEUED if more else Message.State.FAILED
    message.next_try_at, message.sent_at, message.last_error = at, None, reason or "đối tác báo không tới nơi"
    message.save(update_fields=["state", "next_try_at", "sent_at", "last_error"])
