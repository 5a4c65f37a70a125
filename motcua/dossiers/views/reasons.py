"""The list of reasons for which something must be corrected."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import agencies_at
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now, today
from motcua.dossiers import actions
from motcua.dossiers.forms.reasons import ReasonOfCorrectionForm
from motcua.dossiers.queries.reasons import access_reason, kept_reasons, shipped_reasons
from motcua.dossiers.queries.replies import KEEPER


@login_required
@require_safe
def reasons(request: StaffRequest) -> HttpResponse:
    """The reasons that I may change, and the shipped ones."""
    request.authority.require_any(KEEPER)
    kept = kept_reasons(request.authority)[:500]
    context = {"reasons": kept, "shipped": shipped_reasons(), "today": today()}
    return render(request, "dossiers/reasons.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reason_new(request: StaffRequest) -> HttpResponse:
    """Keep a new reason."""
    request.authority.require_any(KEEPER)
    agencies = agencies_at(today()).filter(request.authority.where(KEEPER))
    initial = {"agency": request.authority.main_agency_id, "valid_from": today()}
    form = ReasonOfCorrectionForm(_data(request), agencies=agencies, initial=initial)
    if form.is_bound and form.is_valid():
        attempt(form, actions.write_reason, **form.cleaned_data, actor=request.user, at=now())
    return _page(request, form, "Thêm lý do cần sửa")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: StaffRequest, reason_id: int) -> HttpResponse:
    """Change or end a reason."""
    found = access_reason(request.authority, reason_id)
    names = ("name", "words", "valid_from", "valid_to")
    form = ReasonOfCorrectionForm(_data(request), initial={name: getattr(found, name) for name in names})
    if form.is_bound and form.is_valid():
        attempt(form, actions.change_reason, found.pk, **form.cleaned_data, actor=request.user, at=now())
    return _page(request, form, f"Sửa lý do: {found.name}")


def _data(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: StaffRequest, form: ReasonOfCorrectionForm, title: str) -> HttpResponse:
    """Back to the list when the form went through; else the form, 422 when it was refused."""
    if form.is_bound and not form.errors:
        messages.success(request, f"Đã lưu lý do “{form.cleaned_data['name']}”.")
        return redirect("dossiers:reasons")
    return render(
        request, "dossiers/reason.html", {"form": form, "title": title}, status=422 if form.errors else 200
    )
