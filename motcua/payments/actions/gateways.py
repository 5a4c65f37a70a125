"""Gateways: added, changed, tried; which agencies use them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import powers
from motcua.agencies.models import Agency
from motcua.agencies.queries import setting
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.outbound import address_problem
from motcua.payments import adapters, queries
from motcua.payments.actions import _events
from motcua.payments.keys import SAFE
from motcua.payments.models import Gateway, GatewayEvent, GatewayUse


@transaction.atomic
def create_gateway(
    agency: Agency, *, code: str, secret: str = "", actor: User, at: datetime, **fields: Any
) -> Gateway:
    """Name a gateway with which an agency has a contract; that agency uses it from its first day.

    Raises RuleViolation for an address that cannot be one, a code that is taken, ...
    """
    powers(actor, at).require(Permission.FEE_GATEWAY, agency)
    if Gateway.objects.filter(code=code).exists():
        raise RuleViolation("Mã này đã có. Chọn mã khác.", field="code")
    gateway = Gateway(agency=agency, code=code, **fields)
    _check(gateway, at)
    gateway.secret_sealed = SAFE.seal(secret) if secret else ""
    gateway.save()
    GatewayUse.objects.create(gateway=gateway, agency=agency, valid_from=gateway.valid_from)
    append(f"gateway/{gateway.pk}", "gateway.created", actor=actor, at=at, data=_told(gateway), first=True)
    return gateway


@transaction.atomic
def change_gateway(gateway_id: int, *, secret: str = "", actor: User, at: datetime, **fields: Any) -> Gateway:
    """Other particulars; an empty `secret` keeps the one there is."""
    gateway = _mine(gateway_id, actor, at)
    for name, value in fields.items():
        setattr(gateway, name, value)
    _check(gateway, at)
    if secret:
        gateway.secret_sealed = SAFE.seal(secret)
    gateway.save()
    about = {**_told(gateway), "new_secret": bool(secret)}
    append(f"gateway/{gateway.pk}", "gateway.changed", actor=actor, at=at, data=about)
    return gateway


@transaction.atomic
def use_gateway(
    gateway_id: int, *, agency: Agency, valid_from: date, actor: User, at: datetime
) -> GatewayUse:
    """Let an agency, and those under it, be paid through a gateway from a day on."""
    gateway = _mine(gateway_id, actor, at)
    powers(actor, at).require(Permission.FEE_GATEWAY, agency)
    if GatewayUse.objects.filter(GatewayUse.in_force(valid_from), gateway=gateway, agency=agency).exists():
        raise RuleViolation("Cơ quan này đang dùng cổng này.", field="agency")
    made = GatewayUse.objects.create(gateway=gateway, agency=agency, valid_from=valid_from)
    about = {"agency": agency.pk, "from": valid_from}
    append(f"gateway/{gateway.pk}", "gateway.used", actor=actor, at=at, data=about)
    return made


@transaction.atomic
def end_use(use_id: int, *, last_day: date, actor: User, at: datetime) -> GatewayUse:
    """Say until when an agency is paid through a gateway; orders on their way go on."""
    use = GatewayUse.objects.select_for_update().filter(pk=use_id).first()
    if use is None:
        raise NotFound()
    _mine(use.gateway_id, actor, at)
    if last_day < use.valid_from - timedelta(days=1):
        raise RuleViolation("Ngày cuối phải từ ngày bắt đầu trở đi.", field="last_day")
    use.valid_to = last_day
    use.save(update_fields=["valid_to"])
    about = {"agency": use.agency_id, "last_day": last_day}
    append(f"gateway/{use.gateway_id}", "gateway.use_ended", actor=actor, at=at, data=about)
    return use


def check_gateway(gateway_id: int, *, actor: User, at: datetime) -> Gateway:
    """Ask the gateway whether address, merchant and secret fit, and keep its answer. Not inside a transaction."""
    gateway = Gateway.objects.select_related("agency").filter(pk=gateway_id).first()
    if gateway is None or not powers(actor, at).can(Permission.FEE_GATEWAY, gateway.agency):
        raise NotFound()
    reply = adapters.adapter_of(gateway.adapter).check(queries.asked(gateway, at, legal_date(at)))
    good = reply.sort == adapters.Sort.ACCEPTED
    gateway.checked_at, gateway.check_result = at, "kết nối tốt" if good else reply.detail[:300]
    outcome = GatewayEvent.Outcome.TAKEN if good else GatewayEvent.Outcome.FAILED
    with transaction.atomic():
        gateway.save(update_fields=["checked_at", "check_result"])
        _events.note(gateway, GatewayEvent.Kind.CHECK, outcome, at, reason=gateway.check_result)
    return gateway


def _mine(gateway_id: int, actor: User, at: datetime) -> Gateway:
    gateway = Gateway.objects.select_for_update(of=("self",)).select_related("agency")
    found = gateway.filter(pk=gateway_id).first()
    if found is None:
        raise NotFound()
    powers(actor, at).require(Permission.FEE_GATEWAY, found.agency)
    return found


def _told(gateway: Gateway) -> dict[str, Any]:
    """For the log: everything but secrets."""
    names = ("code", "name", "adapter", "address", "merchant", "secret_env", "timeout_seconds", "order_minutes", "source")  # fmt: skip
    days = {"valid_from": str(gateway.valid_from), "valid_to": str(gateway.valid_to or "")}
    return {name: getattr(gateway, name) for name in names} | days


def _check(gateway: Gateway, at: datetime) -> None:
    if gateway.adapter not in adapters.known():
        raise RuleViolation("Chưa có cách nối này.", field="adapter")
    if gateway.valid_to and gateway.valid_to < gateway.valid_from:
        raise RuleViolation("Ngày ngừng dùng phải sau ngày bắt đầu.", field="valid_to")
    if gateway.secret_env and not SAFE.may_name(gateway.secret_env):
        raise RuleViolation("Tên biến phải bắt đầu bằng MOTCUA_GATEWAY_.", field="secret_env")
    if not gateway.source.strip():
        raise RuleViolation("Ghi hợp đồng hoặc văn bản làm căn cứ.", field="source")
    private = bool(setting("payment_private_hosts", None, legal_date(at), default=False))
    if said := address_problem(gateway.address, private=private):
        raise RuleViolation(said, field="address")
