"""A message as it leaves the house."""

from datetime import datetime

from django.conf import settings

from motcua.notifications import queries
from motcua.notifications.adapters import Outgoing
from motcua.notifications.keys import secret_of
from motcua.notifications.models import Message, Provider, Template
from motcua.notifications.queries import SendingRules
from motcua.notifications.rules import sms
from motcua.notifications.rules.events import purpose_of
from motcua.notifications.rules.ics import calendar_file, from_json

_FOOT = {
    "vi": "\n\n--\nThư tự động, không trả lời vào địa chỉ này. Chọn ngôn ngữ và loại tin muốn nhận: {link}",
    "en": "\n\n--\nAutomatic letter, do not answer to this address. Choose language and what to receive: {link}",
}


def outgoing(message: Message, provider: Provider, rules: SendingRules, at: datetime) -> Outgoing:
    """What the provider is given: SMS without marks by setting, e-mail with calendar file and the way to choose."""
    email = message.channel == Template.Channel.EMAIL
    link = queries.choices_link("email", message.to) if email else ""
    return Outgoing(
        provider=provider,
        secret=secret_of(provider),
        key=str(message.key),
        channel=message.channel,
        to=message.to,
        subject=message.subject,
        body=body_of(message, link, plain_sms=rules.plain_sms),
        language=message.language,
        at=at,
        callback=queries.callback_address(provider),
        calendar=calendar_file(from_json(message.calendar)) if message.calendar else b"",
        headers=_headers(message) if email else {},
        private=rules.private,
    )


def body_of(message: Message, link: str, *, plain_sms: bool) -> str:
    """The text on its channel."""
    if message.channel == Template.Channel.SMS and plain_sms:
        return sms.plain(message.body)
    return message.body + (_FOOT[message.language].format(link=link) if link else "")


def parts_of(text: str) -> int:
    """How many SMS a text makes."""
    return sms.length(text).parts


def _headers(message: Message) -> dict[str, str]:
    """One click in the reader's mail programme ends what they agreed to (RFC 8058)."""
    if not purpose_of(message.kind, message.channel) or message.contact is None:
        return {}
    link = f"{settings.PUBLIC_URL}/thong-bao/thoi-nhan/{message.contact.token}/{message.kind}/"
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
