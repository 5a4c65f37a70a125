"""How long each class of data is kept, and how much is due."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data
from motcua.privacy import actions, queries
from motcua.privacy.forms import RetentionForm


@login_required
@require_safe
def retention(request: StaffRequest) -> HttpResponse:
    """Every class with its rule, its source and what is due now."""
    queries.require_retention(request.authority)
    return render(request, "privacy/retention.html", {"lines": queries.class_lines(now(), today())})


@login_required
@require_http_methods(["GET", "POST"])
def rule(request: StaffRequest, code: str) -> HttpResponse:
    """Set the time of one class from a day on."""
    queries.require_retention(request.authority)
    history = queries.history_of(code)
    present = history[0]
    initial = {
        "amount": present.amount,
        "unit": present.unit,
        "source": present.source,
        "valid_from": today(),
    }
    form = RetentionForm(data(request), initial=initial)
    back = reverse("privacy:retention")
    rows = [
        {"label": f"Từ {one.valid_from:%d/%m/%Y}", "value": f"{one.described}. {one.source}"}
        for one in history
    ]
    title = f"Thời hạn lưu giữ: {present.about.label}"
    page = FormPage(title, "Đã đặt thời hạn lưu giữ.", back, note=f"Tính {present.about.since}.", rows=rows)
    return act_page(request, form, page, actions.decide_retention, code)
