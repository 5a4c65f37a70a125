"""Publication decisions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.agencies.rules.permissions import Permission as P
from motcua.core import web
from motcua.procedures import actions
from motcua.procedures.forms.publication import DecisionForm
from motcua.procedures.queries.attachments import file_of
from motcua.procedures.queries.publication import access_decision, decisions, drafts
from motcua.procedures.views.common import (
    StaffRequest,
    done,
    form_page,
    form_view,
    may,
    page,
    ready,
    sent,
    uploaded,
    went,
)


@page
def listing(request: StaffRequest) -> HttpResponse:
    """Decisions, the newest first, and the drafts that wait for one."""
    context = {"page": web.page(request, decisions()), "drafts": drafts(), "may": may(request)}
    return render(request, "procedures/decisions.html", context)


@page
def decision(request: StaffRequest, pk: int) -> HttpResponse:
    """One decision and what it does."""
    found = access_decision(pk)
    context = {"decision": found, "file": file_of(found), "may": may(request)}
    return render(request, "procedures/decision.html", context)


@form_view(P.CATALOGUE_PUBLISH, top=True)
def new(request: StaffRequest) -> HttpResponse:
    """Record a decision and put it into force."""
    form = DecisionForm(sent(request), uploaded(request), initial={"items": request.GET.get("items", "")})
    if ready(request, form):
        made = done(request, form, actions.publish, form.decision(), form.cleaned_data["items"])
        if made:
            return went(request, "Đã công bố.", "procedures:decision", made.pk)
    note = "Thủ tục mới, sửa đổi, thay thế lấy nội dung từ dự thảo đang mở. Phiên bản đang có hiệu lực kết thúc vào ngày trước ngày hiệu lực."
    return form_page(
        request, form, "Quyết định công bố", back=reverse("procedures:decisions"), submit="Công bố", note=note
    )
