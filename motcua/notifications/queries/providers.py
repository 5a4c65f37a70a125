"""Who carries messages."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, to_local
from motcua.notifications import adapters
from motcua.notifications.keys import secret_of
from motcua.notifications.models import Provider, ProviderDay
from motcua.notifications.rules.quiet import quiet_until

log = logging.getLogger(__name__)


def providers_at(day: date) -> list[Provider]:
    """Those used on a day through which something can go out, by channel and priority."""
    found = Provider.objects.filter(Provider.in_force(day)).order_by("channel", "priority", "id")
    return [provider for provider in found if adapters.is_open(provider)]


def all_providers() -> QuerySet[Provider]:
    """Every provider, those that have ended last."""
    return Provider.objects.order_by("channel", "priority", "id")


def access_provider(provider_id: int) -> Provider:
    """One provider. Raises NotFound."""
    if found := Provider.objects.filter(pk=provider_id).first():
        return found
    raise NotFound()


def access_provider_by_code(code: str, day: date) -> Provider:
    """A provider that may report: used on this day or before. Raises NotFound."""
    began = Q(valid_from__lte=day, adapter=adapters.HTTP)
    if found := Provider.objects.filter(began, code=code).first():
        return found
    raise NotFound()


def callback_address(provider: Provider) -> str:
    """Where a provider tells what became of messages."""
    return f"{settings.PUBLIC_URL}/thong-bao/bao-nhan/{provider.code}/"


def note_forgery(provider: Provider, fault: str) -> None:
    """Say in the log of the server that somebody reported without the right signature."""
    log.warning("delivery report for %s refused: %s", provider.code, fault)


@dataclass(frozen=True)
class ProviderRow:
    """A provider as its list shows it: whether it works now, and how many messages it took today."""

    provider: Provider
    tone: str
    state: str
    used: int

    @property
    def way(self) -> str:
        """What administrators read for the way out."""
        found = adapters.known().get(self.provider.adapter)
        return found.title if found else self.provider.adapter


def provider_rows(at: datetime) -> list[ProviderRow]:
    """All providers with their state at a moment."""
    day = legal_date(at)
    used = dict(ProviderDay.objects.filter(day=day).values_list("provider_id", "used"))
    return [
        ProviderRow(provider, *state_of(provider, at, used.get(provider.pk, 0)), used.get(provider.pk, 0))
        for provider in all_providers()
    ]


def state_of(provider: Provider, at: datetime, used: int) -> tuple[str, str]:
    """A tone and words: "good", "đang dùng"."""
    day, local = legal_date(at), to_local(at)
    if provider.valid_to and provider.valid_to < day:
        return "", f"đã ngừng từ {provider.valid_to:%d/%m/%Y}"
    if provider.valid_from > day:
        return "", f"dùng từ {provider.valid_from:%d/%m/%Y}"
    if not adapters.is_open(provider):
        return "warn", "chưa cấu hình"
    if provider.adapter == adapters.HTTP and not secret_of(provider):
        return "bad", "chưa có khóa bí mật"
    if provider.rest_until and provider.rest_until > at:
        return "bad", f"đang lỗi, thử lại lúc {to_local(provider.rest_until):%H:%M:%S}"
    if provider.daily_cap is not None and used >= provider.daily_cap:
        return "warn", "hết hạn mức hôm nay"
    if until := quiet_until(local, provider.quiet_from, provider.quiet_to):
        return "wait", f"giờ yên tĩnh tới {until:%H:%M}"
    return "good", "đang dùng"
