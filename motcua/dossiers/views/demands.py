"""Asking for a further fee."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import StaffRequest
from motcua.core.moments import now
from motcua.core.pages import FormPage, act_page, data
from motcua.dossiers import actions, queries
from motcua.dossiers.forms.demands import DemandForm
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk


@login_required
@require_http_methods(["GET", "POST"])
def demand_fee(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """Charge a further phí or lệ phí; the citizen gets a link to pay by."""
    at = now()
    found = queries.access_dossier(request.user, dossier_id, at=at)
    access.require_charging(Desk(request.user, at), found)
    to = reverse("dossiers:dossier", args=[found.pk])
    note = "Người nộp nhận tin nhắn có đường dẫn để nộp. Chưa nộp thì chưa trả kết quả được."
    page = FormPage("Yêu cầu nộp phí, lệ phí", "Đã lập khoản thu và báo người nộp.", to, submit="Lập khoản thu", note=note, rows=[{"label": "Mã hồ sơ", "value": str(found.code)}])  # fmt: skip
    return act_page(request, DemandForm(data(request)), page, actions.demand_fee, found.pk)
