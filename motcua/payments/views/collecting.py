"""Today, what waits for payment, and taking it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.errors import NotFound
from motcua.core.identity import mask_name
from motcua.core.moments import legal_date, now, today
from motcua.core.money import dong
from motcua.core.pages import FormPage, act_page, data, done, went
from motcua.payments import actions, queries
from motcua.payments.forms.counter import CollectForm, ExemptForm, RefundForm
from motcua.payments.models import Charge, DayClosing
from motcua.printing import qr


@login_required
@require_safe
def cashier_day(request: StaffRequest) -> HttpResponse:
    """What I have taken today, and what waits to be paid."""
    request.authority.require_any(Permission.FEE_COLLECT)
    text = request.GET.get("q", "")
    days = queries.days_today(request.user, today())
    context = {
        "q": text,
        "days": [_sheet(request, day) for day in days],
        "page": web.page(request, queries.due_charges(request.authority, text)),
    }
    return render(request, "payments/today.html", context)


def _sheet(request: StaffRequest, day: DayClosing) -> dict[str, Any]:
    """What the page shows of one of my drawers."""
    return {
        "day": day,
        "totals": queries.totals_of(day),
        "receipts": queries.receipts_of_day(day)[:100],
        "may_close": not day.is_closed and queries.may_close(request.authority, day.agency, day.cashier),
    }


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def collect(request: StaffRequest) -> HttpResponse:
    """Take money for what is due: ?reference=dossier/17, or ?charge=5."""
    at = now()
    due = queries.due_for(request.authority, request.GET.get("reference", ""), request.GET.get("charge", ""))
    if not due:
        raise NotFound("Không còn khoản nào chờ nộp. Có thể khoản này đã thu hoặc được miễn.")
    books = list(queries.usable_books(due[0], legal_date(at).year))
    form = CollectForm(data(request), due=due, books=books)
    receipt = done(request, form, actions.collect, at=at)
    if receipt:
        return went(
            request, f"Đã thu {dong(receipt.amount)}.", reverse("payments:receipt", args=[receipt.pk])
        )
    context = {
        "form": form,
        "due": due,
        "books": books,
        "may_open": request.authority.has(Permission.FEE_BOOK),
        "codes": _codes(due),
        "total": sum(one.amount for one in due),
    }
    return render(request, "payments/collect.html", context, status=422 if form.errors else 200)


def _codes(due: list[Charge]) -> list[tuple[Charge, str]]:
    """Each due charge with the QR code that pays it, when the agency has an account."""
    texts = [(one, queries.transfer_code(one, today())) for one in due]
    return [(one, qr.svg(text, label=f"Mã VietQR trả {dong(one.amount)}")) for one, text in texts if text]


@login_required
@require_safe
def charge(request: StaffRequest, charge_id: int) -> HttpResponse:
    """One charge, its receipts and what may be done with it."""
    found = queries.access_charge(request.authority, charge_id)
    acts = {
        "collect": Permission.FEE_COLLECT,
        "exempt": Permission.FEE_EXEMPT,
        "refund": Permission.FEE_REFUND,
    }
    may = {name: queries.may(request.authority, permission, found) for name, permission in acts.items()}
    context = {
        "charge": found,
        "may": may,
        "receipts": queries.receipts_for(found),
        "refunds": queries.refunds_of([found]),
        "refunds_due": queries.refunds_due_of([found]),
    }
    return render(request, "payments/charge.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def exempt(request: StaffRequest, charge_id: int) -> HttpResponse:
    """Free a charge from payment."""
    found = queries.access_charge(request.authority, charge_id)
    queries.require(request.authority, Permission.FEE_EXEMPT, found)
    title, said, to = f"Miễn {found}", f"Đã miễn {found}.", reverse("payments:charge", args=[found.pk])
    page = FormPage(title, said, to=to, submit="Miễn khoản này", rows=_rows(found))
    return act_page(request, ExemptForm(data(request)), page, actions.exempt, found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def refund(request: StaffRequest, charge_id: int) -> HttpResponse:
    """Give money back."""
    found = queries.access_charge(request.authority, charge_id)
    queries.require(request.authority, Permission.FEE_REFUND, found)
    back, to = dong(queries.to_give_back(found)), reverse("payments:charge", args=[found.pk])
    rows = [*_rows(found), {"label": "Hoàn trả", "value": back}]
    page = FormPage(f"Hoàn trả {found}", f"Đã hoàn trả {back}.", to=to, submit="Hoàn trả", rows=rows, danger=True)  # fmt: skip
    return act_page(request, RefundForm(data(request)), page, actions.refund, found.pk)


@login_required
@require_safe
def refunds_due(request: StaffRequest) -> HttpResponse:
    """What must go back to who paid too much, or paid for what was not accepted."""
    request.authority.require_any(Permission.FEE_REFUND)
    page = web.page(request, queries.refunds_due_visible(request.authority))
    return render(request, "payments/refunds_due.html", {"page": page})


def _rows(found: Charge) -> list[dict[str, str]]:
    return [
        {"label": "Mã hồ sơ", "value": found.code},
        {"label": "Người nộp", "value": mask_name(found.payer_name)},
        {"label": "Số tiền", "value": dong(found.amount)},
    ]
