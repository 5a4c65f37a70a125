"""The register of receipts, one receipt, its paper."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core import web
from motcua.core.answers import pdf_answer
from motcua.core.identity import mask_name
from motcua.core.moments import now
from motcua.core.money import dong
from motcua.core.pages import FormPage, act_page, data
from motcua.payments import actions, queries
from motcua.payments.forms.counter import ReasonForm, RegisterFilter
from motcua.payments.models import Receipt
from motcua.printing.actions import render as render_pdf


@login_required
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """All receipts that I may see."""
    request.authority.require_any(Permission.FEE_VIEW)
    form = RegisterFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = queries.register(
        request.authority, given.get("q", ""), given.get("first_day"), given.get("last_day")
    )
    return render(request, "payments/register.html", {"form": form, "page": web.page(request, found)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: StaffRequest, receipt_id: int) -> HttpResponse:
    """One receipt, its payer masked; sent (POST), it shows the payer in full to who may see that, and the look is logged."""
    found = queries.access_receipt(request.authority, receipt_id)
    if shown := request.method == "POST":
        _look(request, found, "payer_name", "payer_code")
    context = {
        "receipt": found,
        "shown": shown,
        "may_reveal": queries.may_see_payer(request.authority, found),
        "may_cancel": queries.may_cancel(request.authority, found),
    }
    return render(request, "payments/receipt.html", context)


def _look(request: StaffRequest, found: Receipt, *fields: str) -> None:
    """Log that somebody sees a payer's data (Luật Bảo vệ dữ liệu cá nhân 91/2025). Raises NotFound for who may not."""
    queries.require_payer(request.authority, found)
    address = request.META.get("REMOTE_ADDR", "")
    record_view(request.user, f"receipt/{found.pk}", fields, at=now(), ip=address)


@login_required
@never_cache
@require_safe
def receipt_pdf(request: StaffRequest, receipt_id: int) -> HttpResponse:
    """The receipt to print, in two copies: for who may see the payer; the look is logged."""
    found = queries.access_receipt(request.authority, receipt_id)
    _look(request, found, "print/payment_receipt")
    pdf = render_pdf("payment_receipt", queries.receipt_data(found))
    return pdf_answer(pdf, f"bien-lai-{found.number:07d}")


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, receipt_id: int) -> HttpResponse:
    """Cancel a wrong receipt of an open day; the page of one that cannot be cancelled any more says so."""
    found = queries.access_receipt(request.authority, receipt_id)
    request.authority.require(Permission.FEE_COLLECT, found.day.agency)
    to = reverse("payments:receipt", args=[found.pk])
    if not queries.may_cancel(request.authority, found):
        return redirect(to)
    rows = [
        {"label": "Biên lai", "value": str(found)},
        {"label": "Người nộp", "value": mask_name(found.payer_name)},
        {"label": "Số tiền", "value": dong(found.amount)},
    ]
    page = FormPage(
        f"Hủy biên lai {found}",
        f"Đã hủy biên lai {found}. Các khoản thu trở lại tình trạng chưa nộp.",
        to=to,
        submit="Hủy biên lai",
        note="Số biên lai đã hủy vẫn giữ trong sổ và không cấp lại.",
        rows=rows,
        danger=True,
    )
    return act_page(request, ReasonForm(data(request)), page, actions.cancel_receipt, found.pk)
