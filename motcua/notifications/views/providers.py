"""Who carries messages."""

from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.acting import reaches_everywhere
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data
from motcua.notifications import actions, queries
from motcua.notifications.forms import NewProviderForm, ProviderForm, TestForm


def _administrator(request: StaffRequest) -> None:
    """Providers carry everybody's messages. Raises NotFound."""
    if not reaches_everywhere(request.authority, Permission.NOTIFICATION_MANAGE):
        raise NotFound()


@login_required
@require_safe
def providers(request: StaffRequest) -> HttpResponse:
    """All providers, whether each works now, and what it took today."""
    _administrator(request)
    return render(request, "notifications/providers.html", {"rows": queries.provider_rows(now())})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Add a provider."""
    _administrator(request)
    form = NewProviderForm(
        data(request), initial={"valid_from": today(), "priority": 10, "timeout_seconds": 10}
    )
    to = reverse("notifications:providers")
    page = FormPage("Thêm nhà cung cấp gửi tin", "Đã thêm nhà cung cấp. Gửi thử một tin để kiểm tra.", to)
    return act_page(request, form, page, actions.create_provider)


@login_required
@require_http_methods(["GET", "POST"])
def provider(request: StaffRequest, provider_id: int) -> HttpResponse:
    """Change or end a provider."""
    _administrator(request)
    found = queries.access_provider(provider_id)
    form = ProviderForm(data(request), initial=model_to_dict(found))
    to = reverse("notifications:providers")
    rows = [
        {"label": "Mã", "value": found.code},
        {"label": "Địa chỉ báo nhận", "value": queries.callback_address(found)},
    ]
    page = FormPage(f"Nhà cung cấp {found.name}", "Đã lưu nhà cung cấp.", to, rows=rows)
    return act_page(request, form, page, actions.change_provider, found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def test(request: StaffRequest) -> HttpResponse:
    """Send a message to an address of one's own."""
    _administrator(request)
    page = FormPage(
        "Gửi thử",
        "Đã đưa tin thử vào hàng chờ; tin đi trong vài giây. Xem kết quả ở danh sách.",
        reverse("notifications:outbox"),
        submit="Gửi thử",
        note="Tin thử đi qua nhà cung cấp đầu tiên của kênh, không chờ giờ yên tĩnh.",
    )
    return act_page(request, TestForm(data(request)), page, actions.send_test)
