"""Who carries messages: added, changed, ended and tried by the administrator."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import require_everywhere
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.identity import phone as checked_phone
from motcua.core.moments import legal_date
from motcua.core.outbound import address_problem
from motcua.notifications import adapters, queries
from motcua.notifications.keys import SAFE
from motcua.notifications.models import Message, Provider, Template
from motcua.notifications.rules import texts


@transaction.atomic
def create_provider(*, code: str, secret: str = "", actor: User, at: datetime, **fields: Any) -> Provider:
    """A partner from a day. Raises RuleViolation for an address that cannot be one, a channel that it cannot carry, ..."""
    require_everywhere(actor, at, Permission.NOTIFICATION_MANAGE)
    if Provider.objects.filter(code=code).exists():
        raise RuleViolation("Mã này đã có. Chọn mã khác.", field="code")
    provider = Provider(code=code, **fields)
    _check(provider, at)
    provider.secret_sealed = SAFE.seal(secret) if secret else ""
    provider.save()
    append(
        f"provider/{provider.pk}", "provider.created", actor=actor, at=at, data=_told(provider), first=True
    )
    return provider


@transaction.atomic
def change_provider(
    provider_id: int, *, secret: str = "", actor: User, at: datetime, **fields: Any
) -> Provider:
    """Other particulars; an empty `secret` keeps the one there is. Failures are forgotten, so that it is tried at once."""
    require_everywhere(actor, at, Permission.NOTIFICATION_MANAGE)
    queries.access_provider(provider_id)
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    for name, value in fields.items():
        setattr(provider, name, value)
    _check(provider, at)
    if secret:
        provider.secret_sealed = SAFE.seal(secret)
    provider.failures, provider.rest_until = 0, None
    provider.save()
    append(
        f"provider/{provider.pk}",
        "provider.changed",
        actor=actor,
        at=at,
        data={**_told(provider), "new_secret": bool(secret)},
    )
    return provider


def _told(provider: Provider) -> dict[str, Any]:
    """For the log: everything but secrets."""
    names = ("code", "name", "channel", "adapter", "address", "account", "sender", "secret_env", "priority", "daily_cap", "quiet_from", "quiet_to", "timeout_seconds", "valid_from", "valid_to", "source")  # fmt: skip
    values = {name: getattr(provider, name) for name in names}
    return {n: v.isoformat() if isinstance(v, date | time) else v for n, v in values.items()}


def _check(provider: Provider, at: datetime) -> None:
    if not adapters.carries(provider.adapter, provider.channel):
        raise RuleViolation("Cách nối này không gửi được kênh đã chọn.", field="channel")
    if provider.valid_to and provider.valid_to < provider.valid_from:
        raise RuleViolation("Ngày ngừng dùng phải sau ngày bắt đầu.", field="valid_to")
    if (provider.quiet_from is None) != (provider.quiet_to is None):
        raise RuleViolation("Ghi cả hai giờ, hoặc để trống cả hai.", field="quiet_to")
    if provider.secret_env and not SAFE.may_name(provider.secret_env):
        raise RuleViolation("Tên biến phải bắt đầu bằng MOTCUA_NOTIFY_.", field="secret_env")
    if "\n" in provider.sender or "\r" in provider.sender:
        raise RuleViolation("Tên người gửi chỉ có một dòng.", field="sender")
    if said := _address_problem(provider, private=queries.rules_for(None, legal_date(at)).private):
        raise RuleViolation(said, field="address")


def _address_problem(provider: Provider, *, private: bool) -> str:
    if provider.adapter == adapters.MAIL:
        return "" if not provider.address else "Máy chủ thư trong cấu hình không cần địa chỉ: để trống."
    if provider.adapter != adapters.SMTP:
        return address_problem(provider.address, private=private)
    scheme = provider.address.partition(":")[0]
    if scheme not in ("smtp", "smtps"):
        return "Ghi địa chỉ dạng smtps://mail.example.vn:465 hoặc smtp://mail.example.vn:587."
    # smtp begins in the clear and must turn to TLS before anything is said; so both are judged as https.
    return address_problem(f"https{provider.address.removeprefix(scheme)}", private=private)


@transaction.atomic
def send_test(channel: str, to: str, *, language: str = "vi", actor: User, at: datetime) -> Message:
    """A message that says it is a test, to an address of the administrator's own; urgent, so that it goes at once.

    Raises RuleViolation for a channel that nobody carries or an address that cannot be one.
    """
    authority = require_everywhere(actor, at, Permission.NOTIFICATION_MANAGE)
    if channel not in {provider.channel for provider in queries.providers_at(legal_date(at))}:
        raise RuleViolation("Chưa có nhà cung cấp nào đang gửi kênh này.", field="channel")
    if channel == Template.Channel.EMAIL:
        if "@" not in to:
            raise RuleViolation("Nhập địa chỉ thư điện tử.", field="to")
    else:
        to = checked_phone(to)
    subject, body = texts.shipped("test", channel, language)
    context = {"office": authority.place_name}
    message = Message.objects.create(
        channel=channel,
        kind="test",
        language=language,
        to=to,
        subject=texts.fill(subject, context),
        body=texts.fill(body, context),
        reference="test",
        agency_id=authority.main_agency_id,
        next_try_at=at,
        created_at=at,
    )
    append(
        f"message/{message.pk}", "message.tested", actor=actor, at=at, data={"channel": channel}, first=True
    )
    return message
