"""Paying without going there: what is owed, by QR or gateway, how it went, the receipt."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.answers import pdf_answer
from motcua.core.moments import now, today
from motcua.payments import actions
from motcua.payments.models import PaymentOrder, Receipt
from motcua.payments.queries import order_lines, pay_token
from motcua.portal.queries import paying
from motcua.printing.actions import render as render_pdf


@never_cache
@require_safe
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """The charges of a record, and the ways to pay what is due."""
    return render(request, "portal/pay/charges.html", {"view": paying.pay_page(token, today())})


@never_cache
@require_POST
def pay_online(request: HttpRequest, token: str) -> HttpResponse:
    """Make an order of what is owed to one agency, and show the way to the gateway's page."""
    charges = paying.group_of(token, request.POST.get("agency", ""), today())
    gateway = request.POST.get("gateway", "")
    number = int(gateway) if gateway.isdecimal() and len(gateway) < 19 else 0
    order = actions.pay_online(charges, gateway_id=number, back=_back, actor=None, at=now())
    return redirect("portal:pay_order", order.key)


def _back(order: PaymentOrder) -> str:
    return settings.PUBLIC_URL + reverse("portal:pay_order", args=[order.key])


@never_cache
@require_safe
def pay_order(request: HttpRequest, key: UUID) -> HttpResponse:
    """How an order stands. While it is open its gateway is asked, so that a callback which was lost does no harm."""
    found = paying.order_page(key)
    order = actions.look_again(found.pk, actor=None, at=now())
    return render(request, "portal/pay/order.html", _shown(order))


def _shown(order: PaymentOrder) -> dict[str, Any]:
    headline, explanation, next_step = paying.WORDS[order.state]
    lines = order_lines(order)
    can_pay = order.state == PaymentOrder.State.SENT and order.pay_address and order.expires_at > now()
    return {
        "order": order,
        "lines": lines,
        "headline": headline,
        "explanation": explanation,
        "next_step": next_step,
        "token": pay_token(lines[0].charge),
        "can_pay": can_pay,
    }


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str, receipt_id: int) -> HttpResponse:
    """The receipt as PDF; the payer is masked for who only has the link."""
    found, printed = paying.receipt_paper(token, receipt_id, request.user, now())  # type: ignore[arg-type]  # anonymous too
    return _pdf(found, printed)


@never_cache
@require_safe
def order_receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt of an order as PDF, for who paid it."""
    return _pdf(*paying.order_receipt(paying.order_page(key)))


def _pdf(found: Receipt, printed: dict[str, Any]) -> HttpResponse:
    pdf = render_pdf("payment_receipt", {**printed, "copies": 1})
    return pdf_answer(pdf, f"bien-lai-{found.number:07d}")
