"""Gateways and orders; the door at which gateways call."""

from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.moments import now, today
from motcua.core.money import dong
from motcua.core.pages import FormPage, act_page, data, went
from motcua.payments import actions, queries
from motcua.payments.forms.online import (
    EndUseForm,
    ExcessForm,
    GatewayForm,
    NewGatewayForm,
    OnlineRefundForm,
    UseForm,
)
from motcua.payments.views.common import agencies_for

LONGEST = 16 * 1024


@csrf_exempt
@require_POST
def callback(request: HttpRequest, code: str) -> HttpResponse:
    """News of a gateway. Whoever cannot sign learns nothing."""
    gateway = queries.gateway_by_code(code)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return JsonResponse({"error": "too_large"}, status=413)
    verdict = actions.take_callback(gateway, request.body, request.path, actor=None, at=now())
    return JsonResponse({"result": verdict.word}, status=verdict.status)


@login_required
@require_safe
def gateways(request: StaffRequest) -> HttpResponse:
    """Gateways that I may manage."""
    request.authority.require_any(Permission.FEE_GATEWAY)
    found = queries.gateways_visible(request.authority)[:200]
    return render(request, "payments/gateways.html", {"gateways": found, "today": today()})


@login_required
@require_http_methods(["GET", "POST"])
def new_gateway(request: StaffRequest) -> HttpResponse:
    """Name a gateway."""
    agencies = agencies_for(request, Permission.FEE_GATEWAY)
    initial = {"valid_from": today(), "timeout_seconds": 10, "order_minutes": 30, "adapter": "http"}
    form = NewGatewayForm(data(request), agencies=agencies, initial=initial)
    said = "Đã thêm cổng thanh toán. Bấm Thử kết nối để kiểm tra."
    page = FormPage("Thêm cổng thanh toán", said, reverse("payments:gateways"))
    return act_page(request, form, page, actions.create_gateway)


@login_required
@require_safe
def gateway(request: StaffRequest, gateway_id: int) -> HttpResponse:
    """One gateway: who uses it, what passed between it and us."""
    found = queries.access_gateway(request.authority, gateway_id)
    context = {
        "gateway": found,
        "uses": found.uses.select_related("agency").order_by("agency__name", "valid_from"),
        "page": web.page(request, found.events.select_related("order").order_by("-id"), 50),
        "callback": queries.callback_address(found),
        "today": today(),
    }
    return render(request, "payments/gateway.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_gateway(request: StaffRequest, gateway_id: int) -> HttpResponse:
    """Change or end a gateway."""
    found = queries.access_gateway(request.authority, gateway_id)
    form = GatewayForm(data(request), initial=model_to_dict(found))
    to = reverse("payments:gateway", args=[found.pk])
    rows = [{"label": "Mã", "value": found.code}]
    page = FormPage(f"Sửa cổng {found}", "Đã lưu cổng thanh toán.", to, rows=rows)
    return act_page(request, form, page, actions.change_gateway, found.pk)


@login_required
@require_POST
def check_gateway(request: StaffRequest, gateway_id: int) -> HttpResponse:
    """Try whether address, merchant and secret fit."""
    found = queries.access_gateway(request.authority, gateway_id)
    tried = actions.check_gateway(found.pk, actor=request.user, at=now())
    said = f"Thử kết nối {found}: {tried.check_result}."
    return went(request, said, reverse("payments:gateway", args=[found.pk]))


@login_required
@require_http_methods(["GET", "POST"])
def use_gateway(request: StaffRequest, gateway_id: int) -> HttpResponse:
    """Let an agency be paid through a gateway."""
    found = queries.access_gateway(request.authority, gateway_id)
    agencies = agencies_for(request, Permission.FEE_GATEWAY)
    form = UseForm(data(request), agencies=agencies, initial={"valid_from": today()})
    note = "Cơ quan cấp dưới chưa có cổng riêng cũng thu qua cổng này."
    page = FormPage(f"Thêm cơ quan dùng {found}", "Đã ghi cơ quan dùng cổng.", reverse("payments:gateway", args=[found.pk]), note=note)  # fmt: skip
    return act_page(request, form, page, actions.use_gateway, found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def end_use(request: StaffRequest, gateway_id: int, use_id: int) -> HttpResponse:
    """Say until when an agency uses a gateway."""
    found = queries.access_gateway(request.authority, gateway_id)
    use = queries.access_use(found, use_id)
    page = FormPage(f"Ngừng: {use}", "Đã ghi ngày cuối.", reverse("payments:gateway", args=[found.pk]))
    return act_page(request, EndUseForm(data(request)), page, actions.end_use, use.pk)


@login_required
@require_safe
def orders(request: StaffRequest) -> HttpResponse:
    """Orders: those to look into, or all."""
    request.authority.require_any(Permission.FEE_VIEW)
    visible = queries.orders_visible(request.authority)
    waiting = queries.orders_to_look_into(visible)
    everything = request.GET.get("xem") == "tat-ca"
    count = web.count_text(web.count_up_to(waiting))
    tabs = [
        {"label": "Cần xử lý", "href": "?", "count": count, "active": not everything},
        {"label": "Tất cả", "href": "?xem=tat-ca", "count": None, "active": everything},
    ]
    context = {"page": web.page(request, visible if everything else waiting), "tabs": tabs}
    return render(request, "payments/orders.html", context)


@login_required
@require_safe
def order(request: StaffRequest, order_id: int) -> HttpResponse:
    """One order: what it was to pay, what it paid, everything that passed about it."""
    found = queries.access_order(request.authority, order_id)
    lines = queries.order_lines(found)
    may_refund = any(queries.may(request.authority, Permission.FEE_REFUND, one.charge) for one in lines)
    context = {
        "order": found,
        "lines": lines,
        "events": found.events.order_by("-id")[:100],
        "refunds": found.refunds.select_related("made_by").order_by("-id"),
        "may_refund": may_refund,
        "may_ask": request.authority.can(Permission.FEE_COLLECT, found.agency),
    }
    return render(request, "payments/order.html", context)


@login_required
@require_POST
def ask(request: StaffRequest, order_id: int) -> HttpResponse:
    """Ask the gateway about an order now."""
    found = queries.access_order(request.authority, order_id)
    request.authority.require(Permission.FEE_COLLECT, found.agency)
    after = actions.ask(found.pk, actor=request.user, at=now())
    said = f"Đã hỏi cổng. Tình trạng: {after.get_state_display()}."
    return went(request, said, reverse("payments:order", args=[found.pk]))


@login_required
@require_http_methods(["GET", "POST"])
def refund(request: StaffRequest, order_id: int) -> HttpResponse:
    """Give back a charge of an order (?khoan=5), or what was paid beyond, through its gateway."""
    found = queries.access_order(request.authority, order_id)
    line = queries.order_line(found, request.GET.get("khoan", ""))
    some = line or queries.order_lines(found)[0]
    queries.require(request.authority, Permission.FEE_REFUND, some.charge)
    rows = [
        {"label": "Giao dịch", "value": str(found)},
        {"label": "Hoàn", "value": str(line.charge) if line else "tiền nộp thừa"},
        {"label": "Số tiền", "value": dong(queries.to_give_back(line.charge) if line else found.excess)},
    ]
    said, to = "Đã yêu cầu cổng hoàn tiền; xem kết quả ở dưới.", reverse("payments:order", args=[found.pk])
    page = FormPage("Hoàn tiền qua cổng thanh toán", said, to, submit="Hoàn tiền", rows=rows, danger=True)
    charge_id = line.charge_id if line else None
    form = OnlineRefundForm(data(request))
    return act_page(request, form, page, actions.refund_online, found.pk, charge_id=charge_id)


@login_required
@require_http_methods(["GET", "POST"])
def excess(request: StaffRequest, order_id: int) -> HttpResponse:
    """Note that what was paid beyond went back by hand."""
    found = queries.access_order(request.authority, order_id)
    queries.require(request.authority, Permission.FEE_REFUND, queries.order_lines(found)[0].charge)
    rows = [{"label": "Tiền nộp thừa", "value": dong(found.excess)}]
    to = reverse("payments:order", args=[found.pk])
    page = FormPage("Đã hoàn tiền thừa bằng cách khác", "Đã ghi cách hoàn tiền thừa.", to, rows=rows)
    return act_page(request, ExcessForm(data(request)), page, actions.settle_excess, found.pk)
