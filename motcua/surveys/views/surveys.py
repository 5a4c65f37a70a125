"""Surveys: the list, the plan, the draw, opening and closing."""

from dataclasses import fields
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import today
from motcua.surveys import actions
from motcua.surveys.forms import CloseForm, OpenForm, SampleForm, SurveyForm
from motcua.surveys.models import Survey
from motcua.surveys.queries.surveys import (
    access_survey,
    managed_agencies,
    progress,
    published_versions,
    surveys_for,
)
from motcua.surveys.rules.ratings import month_before, month_of
from motcua.surveys.views.common import FORM, done, form_page

MANAGE = Permission.SURVEY_MANAGE


@login_required
@require_safe
def surveys(request: StaffRequest) -> HttpResponse:
    """All surveys that the person may see."""
    held = (MANAGE, Permission.SURVEY_ENTER, Permission.REPORT_READ)
    if not any(request.authority.has(p) for p in held):
        raise NotFound()
    context = {
        "rows": list(surveys_for(request.authority)[:200]),
        "may_manage": request.authority.has(MANAGE),
    }
    return render(request, "surveys/surveys.html", context)


@login_required
@FORM
def new(request: StaffRequest) -> HttpResponse:
    """Plan a survey; by default of the twelve months that are over."""
    request.authority.require_any(MANAGE)
    first = month_before(month_of(today()))
    for _ in range(11):
        first = month_before(first)
    start = {"since": first, "until": month_of(today()) - timedelta(days=1)}
    form = SurveyForm(
        request.POST or None,
        agencies=managed_agencies(request.authority),
        versions=published_versions(),
        initial=start,
    )
    if form.is_valid():
        plan = actions.Plan(**{f.name: form.cleaned_data[f.name] for f in fields(actions.Plan)})
        if made := done(
            request, form, actions.plan_survey, plan, said="Đã lập khảo sát. Tiếp theo: bốc mẫu."
        ):
            return redirect("surveys:survey", made.pk)
    return form_page(request, form, "Lập khảo sát", "Lập khảo sát", reverse("surveys:surveys"))


@login_required
@require_safe
def survey(request: StaffRequest, pk: int) -> HttpResponse:
    """One survey: plan, sample against target, what to do next."""
    found = access_survey(request.authority, pk)
    may = {
        name: request.authority.can(p, found.agency)
        for name, p in (("manage", MANAGE), ("enter", Permission.SURVEY_ENTER))
    }
    return render(request, "surveys/survey.html", {"survey": found, "state": progress(found), "may": may})


@login_required
@FORM
def sample(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw the sample."""
    found = _in(request, pk, Survey.Status.PLAN)
    form = SampleForm(request.POST or None)
    if form.is_valid() and done(
        request, form, actions.sample_survey, pk, form.cleaned_data["seed"], said="Đã bốc mẫu."
    ):
        return redirect("surveys:survey", pk)
    return form_page(request, form, f"Bốc mẫu: {found.name}", "Bốc mẫu", reverse("surveys:survey", args=[pk]))


@login_required
@FORM
def open_(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin to ask."""
    found = _in(request, pk, Survey.Status.PLAN)
    form = OpenForm(request.POST or None)
    note = "Người đã đồng ý nhận lời mời được gửi đường dẫn; những người khác được hỏi qua điện thoại hoặc phiếu giấy."
    if form.is_valid() and done(request, form, actions.open_survey, pk, form.cleaned_data["closes_on"], said="Đã mở thu phiếu.") is not None:  # fmt: skip
        return redirect("surveys:survey", pk)
    return form_page(
        request,
        form,
        f"Mở thu phiếu: {found.name}",
        "Mở thu phiếu",
        reverse("surveys:survey", args=[pk]),
        note=note,
    )


@login_required
@FORM
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """End the survey."""
    found = _in(request, pk, Survey.Status.OPEN)
    state = progress(found)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(request, form, actions.close_survey, pk, said="Đã đóng khảo sát."):
        return redirect("surveys:outcome" if state.answered else "surveys:survey", pk)
    note = f"Đã thu {state.answered} trên {state.target} phiếu cần. Đóng rồi không mở lại được; danh sách người được chọn bị xóa, kết quả được hiện."
    return form_page(request, form, f"Đóng khảo sát: {found.name}", "Đóng khảo sát", reverse("surveys:survey", args=[pk]), note=note, danger=True)  # fmt: skip


def _in(request: StaffRequest, pk: int, status: str) -> Survey:
    """A survey that the person keeps, in this state. Raises NotFound."""
    found = access_survey(request.authority, pk, MANAGE)
    if found.status != status:
        raise NotFound()
    return found
