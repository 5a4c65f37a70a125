"""Queueing messages inside the act that they tell of, and sending them afterwards."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException

from django.db import connection, transaction

from motcua.accounts.models import User
from motcua.agencies.acting import require_everywhere
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.notifications import queries
from motcua.notifications.channels import Sender, open_channels
from motcua.notifications.models import Message, Template
from motcua.notifications.rules import retries, texts

log = logging.getLogger(__name__)


@transaction.atomic(savepoint=False)
def queue(
    kind: str,
    *,
    reference: str,
    context: Mapping[str, str],
    email: str = "",
    phone: str = "",
    zalo: str = "",
    user: User | None = None,
    agency: Agency | None = None,
    actor: User | None,
    at: datetime,
) -> list[Message]:
    """Put messages of a kind into the outbox: one for each address given whose channel has an active template.

    Part of the act that calls it: when that is undone, nothing is sent. `context` fills code, link, due and
    office; it holds no personal data. `zalo` is given only with the person's consent. The log of the act itself
    names what was queued.
    """
    addresses = {"email": email, "sms": phone, "zalo": zalo, "app": user.username if user else ""}
    wanted = [channel for channel, address in addresses.items() if address]
    if not wanted:
        return []
    found = Template.objects.filter(kind=kind, channel__in=wanted, is_active=True)
    made = [
        _message(template, addresses[template.channel], reference, context, agency, at) for template in found
    ]
    return Message.objects.bulk_create(made)


def _message(
    template: Template,
    to: str,
    reference: str,
    context: Mapping[str, str],
    agency: Agency | None,
    at: datetime,
) -> Message:
    inside = template.channel == Template.Channel.APP
    return Message(
        channel=template.channel,
        kind=template.kind,
        to=to,
        subject=texts.fill(template.subject, context)[:200],
        body=texts.fill(template.body, context),
        reference=reference,
        agency=agency,
        state=Message.State.SENT if inside else Message.State.QUEUED,
        sent_at=at if inside else None,
        next_try_at=at,
        created_at=at,
    )


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a run of `deliver_due` did; `waiting`: still queued because their channel is not configured."""

    sent: int
    failed: int
    waiting: int


def deliver_due(*, at: datetime, actor: User | None = None, limit: int = 200) -> Delivered:
    """Send what is due, at most `limit` messages. Call it outside of a transaction, from the timer.

    Each message is first marked as tried and then sent: a crash in between sends it again after a pause, never
    twice at once. A failure is tried again later, ever more rarely.
    """
    senders, sent, failed = open_channels(), 0, 0
    for pk in list(queries.due(at, list(senders)).values_list("pk", flat=True)[:limit]):
        message = _claim(pk, at)
        if message is None:
            continue
        if _send(message, senders[message.channel], at):
            sent += 1
        else:
            failed += 1
    waiting = Message.objects.filter(state=Message.State.QUEUED).exclude(channel__in=list(senders)).count()
    return Delivered(sent, failed, waiting)


@transaction.atomic
def _claim(pk: int, at: datetime) -> Message | None:
    """Mark one message as tried; None when another process has it."""
    skip = connection.features.has_select_for_update_skip_locked
    locked = Message.objects.select_for_update(of=("self",), skip_locked=skip)
    message = locked.filter(pk=pk, state=Message.State.QUEUED, next_try_at__lte=at).first()
    if message:
        message.tries += 1
        message.next_try_at = at + retries.pause(message.tries)
        message.save(update_fields=["tries", "next_try_at"])
    return message


def _send(message: Message, sender: Sender, at: datetime) -> bool:
    try:
        sender(message)
    except (OSError, SMTPException, ValueError) as error:
        log.warning("message %s not sent: %s", message.pk, type(error).__name__)
        message.last_error = f"{type(error).__name__}: {error}"[:300]
        if retries.gives_up(message.tries):
            message.state = Message.State.FAILED
        message.save(update_fields=["state", "last_error"])
        return False
    message.state, message.sent_at, message.last_error = Message.State.SENT, at, ""
    message.save(update_fields=["state", "sent_at", "last_error"])
    return True


@transaction.atomic
def send_again(message_id: int, *, actor: User, at: datetime) -> Message:
    """Put a failed message back into the queue."""
    message = queries.lock_message(authority_of(actor, legal_date(at)), message_id)
    if message.state != Message.State.FAILED:
        raise RuleViolation("Chỉ gửi lại được tin chưa gửi được.")
    message.state, message.tries, message.next_try_at = Message.State.QUEUED, 0, at
    message.save(update_fields=["state", "tries", "next_try_at"])
    append(f"message/{message.pk}", "message.sent_again", actor=actor, at=at)
    return message


@transaction.atomic
def change_template(
    template_id: int, *, subject: str, body: str, is_active: bool, actor: User, at: datetime
) -> Template:
    """Change the words of a template for everybody. Raises RuleViolation when a place to fill is unknown."""
    require_everywhere(actor, at, Permission.NOTIFICATION_MANAGE)
    template = queries.access_template(template_id)
    for field, text in (("subject", subject), ("body", body)):
        if said := texts.problem(text):
            raise RuleViolation(said, field=field)
    template.subject, template.body, template.is_active = subject, body, is_active
    template.save(update_fields=["subject", "body", "is_active"])
    about = {"kind": template.kind, "channel": template.channel, "body": body, "active": is_active}
    append(f"template/{template.pk}", "template.changed", actor=actor, at=at, data=about)
    return template


@transaction.atomic
def mark_read(*, actor: User, at: datetime) -> int:
    """Mark the actor's own messages inside the software as read; how many were new."""
    return queries.inbox_of(actor).filter(read_at=None).update(read_at=at)
