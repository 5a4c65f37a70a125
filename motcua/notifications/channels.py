"""The ways out. E-mail is Django's; SMS and Zalo need a gateway that an installation registers."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage

from motcua.notifications.models import Message, Template

Sender = Callable[[Message], None]
_gateways: dict[str, Sender] = {}


def register_gateway(channel: str, send: Sender) -> None:
    """Say how messages of a channel are sent; `send` raises when it fails."""
    _gateways[channel] = send


def open_channels() -> dict[str, Sender]:
    """Channel -> sender, for the channels that are configured; messages on others stay in the queue."""
    found = dict(_gateways)
    if settings.EMAIL_HOST:
        found.setdefault(Template.Channel.EMAIL, send_email)
    return found


def send_email(message: Message) -> None:
    """Send one plain-text e-mail. Raises OSError or smtplib's errors."""
    EmailMessage(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.to]).send()
