"""The ways out. One function for each kind of partner: it is given what to send and says what the partner answered."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from motcua.notifications.adapters.base import Outgoing, Reply
from motcua.notifications.adapters.http import send_http
from motcua.notifications.adapters.mail import send_configured, send_smtp
from motcua.notifications.models import Provider

__all__ = ["Adapter", "Outgoing", "Reply", "Send", "carries", "is_open", "known", "register_adapter", "send"]

Send = Callable[[Outgoing], Reply]


@dataclass(frozen=True)
class Adapter:
    """A way out: what administrators read for it, the channels that it can carry, and how it sends."""

    title: str
    channels: frozenset[str]
    send: Send


MAIL, SMTP, HTTP = "mail", "smtp", "http"
_adapters: dict[str, Adapter] = {
    MAIL: Adapter("Máy chủ thư trong cấu hình (MOTCUA_EMAIL_HOST)", frozenset({"email"}), send_configured),
    SMTP: Adapter("Máy chủ thư khác (SMTP)", frozenset({"email"}), send_smtp),
    HTTP: Adapter("Cổng HTTP ký số (giao thức mẫu)", frozenset({"email", "sms", "zalo"}), send_http),
}


def register_adapter(code: str, title: str, channels: frozenset[str], send: Send) -> None:
    """Add a way out of an installation's own, e.g. a carrier's protocol; rows of `Provider` name it by its code."""
    _adapters[code] = Adapter(title, channels, send)


def known() -> dict[str, Adapter]:
    """All ways out by code."""
    return dict(_adapters)


def carries(code: str, channel: str) -> bool:
    """Whether a way out can carry a channel."""
    return code in _adapters and channel in _adapters[code].channels


def is_open(provider: Provider) -> bool:
    """Whether anything can go out through a provider at all."""
    return bool(settings.EMAIL_HOST) if provider.adapter == MAIL else provider.adapter in _adapters


def send(outgoing: Outgoing) -> Reply:
    """Hand one message to its provider."""
    return _adapters[outgoing.provider.adapter].send(outgoing)
