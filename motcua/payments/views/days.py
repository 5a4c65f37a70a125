"""Cashiers' days and their closing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.core.pages import data, done, went
from motcua.payments import actions, queries
from motcua.payments.forms.counter import CloseForm
from motcua.payments.models import DayClosing


@login_required
@require_safe
def days(request: StaffRequest) -> HttpResponse:
    """Days of money, mine and those that I may see."""
    request.authority.require_any(Permission.FEE_VIEW)
    return render(
        request, "payments/days.html", {"page": web.page(request, queries.days_of(request.authority))}
    )


@login_required
@require_safe
def day(request: StaffRequest, day_id: int) -> HttpResponse:
    """One day: its sums, receipts and, when closed, the count."""
    found = queries.access_day(request.authority, day_id)
    context = {
        "day": found,
        "totals": queries.totals_of(found),
        "owed": queries.owed_to(found),
        "may_close": _may_close(request, found),
        "page": web.page(request, queries.receipts_of_day(found), 50),
    }
    return render(request, "payments/day.html", context)


def _may_close(request: StaffRequest, day: DayClosing) -> bool:
    return not day.is_closed and queries.may_close(request.authority, day.agency, day.cashier)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, day_id: int) -> HttpResponse:
    """Count the drawer and close the day: for who may close it, while it is open."""
    found = queries.access_day(request.authority, day_id)
    if found.is_closed:
        return redirect("payments:day", found.pk)
    if not _may_close(request, found):
        raise NotFound()
    form, back = CloseForm(data(request)), reverse("payments:day", args=[found.pk])
    fixed = {"day": found.day, "cashier": found.cashier}
    if done(request, form, actions.close_day, found.agency, at=now(), **fixed):
        return went(request, f"Đã khóa sổ {found}.", back)
    context = {"form": form, "day": found, "totals": queries.totals_of(found), "back": back}
    return render(request, "payments/close.html", context, status=422 if form.errors else 200)
