"""Queueing messages inside the act that they tell of, and putting dead ones back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.audit.actions import append
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.notifications import queries
from motcua.notifications.keys import address_key
from motcua.notifications.models import Contact, Message, Template
from motcua.notifications.rules import texts
from motcua.notifications.rules.events import purpose_of

MANY = 500


@dataclass(frozen=True)
class _Word:
    """What all messages of one call share."""

    reference: str
    context: Mapping[str, str]
    agency: Agency | None
    calendar: Mapping[str, Any] | None
    at: datetime


@store.step
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
    language: str = "",
    calendar: Mapping[str, Any] | None = None,
    actor: User | None,
    at: datetime,
) -> list[Message]:
    """Put messages of a kind into the outbox: one for each address given whose channel has an active template.

    Part of the act that calls it: when that is undone, nothing is sent. `context` fills the places of `rules.events`; it
    holds no personal data. What the law does not require (survey, news, anything by Zalo) goes only to who agreed; a
    refusal is kept as a message that is not sent. `language`: else the one that the person chose. `calendar`: an
    `Appointment` as JSON, attached to e-mail. The log of the act itself names what was queued.
    """
    addresses = {"email": email, "sms": phone, "zalo": zalo, "app": user.username if user else ""}
    wanted = {channel: address for channel, address in addresses.items() if address}
    if not wanted:
        return []
    keys = {"email": address_key("email", email)} if email else {}
    if phone or zalo:
        keys["phone"] = address_key("phone", phone or zalo)
    found = queries.texts_for(kind, legal_date(at), keys, language)
    word = _Word(reference, context, agency, calendar, at)
    return store.insert(list(_messages(found, wanted, keys, word)))


def _messages(
    found: Mapping[str, Template], wanted: Mapping[str, str], keys: Mapping[str, str], word: _Word
) -> Iterator[Message]:
    """One message for each address whose channel has a text, in the order of the channels' names."""
    contacts: dict[str, Contact] | None = None
    for channel in sorted(set(found) & set(wanted)):
        template, contact, refused = found[channel], None, ""
        purpose = purpose_of(template.kind, channel) if channel in queries.MEDIUM else ""
        if purpose:
            contacts = queries.contacts_by_key(keys.values()) if contacts is None else contacts
            contact = contacts.get(keys[queries.MEDIUM[channel]])
            refused = "" if contact and contact.agrees(purpose) else "người nhận chưa đồng ý"
        yield _message(template, wanted[channel], word, contact, refused)


def _message(template: Template, to: str, word: _Word, contact: Contact | None, refused: str) -> Message:
    inside, email = template.channel == Template.Channel.APP, template.channel == Template.Channel.EMAIL
    context = {**word.context, "stop": _stop(template, contact, refused)}
    state = Message.State.SENT if inside else Message.State.QUEUED
    return store.new(
        Message,
        channel=template.channel,
        kind=template.kind,
        language=template.language,
        to=to,
        subject=texts.fill(template.subject, context)[:200],
        body=texts.fill(template.body, context),
        calendar=dict(word.calendar) if word.calendar and email else None,
        reference=word.reference,
        code=str(word.context.get("code") or "")[:60],
        agency=word.agency,
        contact=contact,
        state=Message.State.SKIPPED if refused else state,
        last_error=refused,
        sent_at=word.at if inside else None,
        next_try_at=word.at,
        created_at=word.at,
    )


def _stop(template: Template, contact: Contact | None, refused: str) -> str:
    """The address at which the person ends such messages."""
    if contact is None or refused:
        return ""
    return queries.choices_link(contact.medium, "", contact)


@transaction.atomic
def send_again(message_id: int, *, actor: User, at: datetime) -> Message:
    """Put a failed message back into the queue."""
    message = queries.lock_message(authority_of(actor, legal_date(at)), message_id)
    if message.state != Message.State.FAILED:
        raise RuleViolation("Chỉ gửi lại được tin chưa gửi được.")
    _back(message, at)
    append(f"message/{message.pk}", "message.sent_again", actor=actor, at=at)
    return message


@transaction.atomic
def send_all_again(*, actor: User, at: datetime) -> int:
    """Put the failed messages of the agencies that this person manages back into the queue, at most 500; how many."""
    failed = queries.outbox(authority_of(actor, legal_date(at)), Message.State.FAILED)
    rows = list(failed.select_for_update(of=("self",)).order_by("id")[:MANY])
    if not rows:
        raise RuleViolation("Không có tin nào chưa gửi được.")
    for message in rows:
        _back(message, at)
        append(f"message/{message.pk}", "message.sent_again", actor=actor, at=at)
    return len(rows)


def _back(message: Message, at: datetime) -> None:
    """Into the queue with fresh tries; the key stays, so that a partner that has it after all does not send it twice."""
    message.state, message.next_try_at, message.first_try_at = Message.State.QUEUED, at, None
    message.lease = None
    message.save(update_fields=["state", "next_try_at", "first_try_at", "lease"])


@transaction.atomic
def mark_read(*, actor: User, at: datetime) -> int:
    """Mark the actor's own messages inside the software as read; how many were new."""
    return queries.inbox_of(actor).filter(read_at=None).update(read_at=at)
