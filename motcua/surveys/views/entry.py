"""Asking by phone, and typing in paper sheets."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.surveys import actions
from motcua.surveys.forms import CloseForm, SheetForm
from motcua.surveys.models import Survey
from motcua.surveys.queries.questions import asked_all
from motcua.surveys.queries.surveys import access_invitee, access_sheet, access_survey, to_phone
from motcua.surveys.views.common import FORM

ENTER = Permission.SURVEY_ENTER


def _open(request: StaffRequest, pk: int) -> Survey:
    """A survey that takes answers. Raises NotFound."""
    found = access_survey(request.authority, pk, ENTER)
    if found.status != Survey.Status.OPEN:
        raise NotFound()
    return found


@login_required
@require_safe
def phones(request: StaffRequest, pk: int) -> HttpResponse:
    """Whom to call, without names: those come with each call and are logged."""
    found = _open(request, pk)
    return render(request, "surveys/phones.html", {"survey": found, "rows": to_phone(found)})


@login_required
@FORM
def phone(request: StaffRequest, pk: int) -> HttpResponse:
    """One call: name, number and the questions. That the person was seen is logged."""
    invitee = access_invitee(request.authority, pk)
    survey = _open(request, invitee.stratum.survey_id)
    if invitee.state != "waiting" or invitee.dossier is None:
        raise NotFound()
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _kept(form, request, actions.answer_by_phone, pk, request.POST.dict()):
        messages.success(request, "Đã ghi phiếu trả lời.")
        return redirect("surveys:phones", survey.pk)
    record_view(
        request.user,
        f"dossier/{invitee.dossier_id}",
        ["name", "phone"],
        at=now(),
        ip=request.META.get("REMOTE_ADDR", ""),
    )
    context = {
        "invitee": invitee,
        "party": invitee.dossier.applicant,
        "survey": survey,
        "form": form,
        "asked": _asked(survey, request),
    }
    return render(request, "surveys/phone.html", context, status=422 if form.errors else 200)


def _kept(form: CloseForm, request: StaffRequest, act: Any, *args: Any) -> bool:
    """Whether an act went through; what it forbids stands in the form."""
    attempt(form, act, *args, actor=request.user, at=now())
    return not form.errors


def _asked(survey: Survey, request: StaffRequest, faults: list[str] | None = None) -> Any:
    return asked_all(survey.version.form, request.POST.dict(), faults or [])


@login_required
@require_POST
def unreached(request: StaffRequest, pk: int) -> HttpResponse:
    """Refused, or nobody there: the next in reserve takes the place."""
    invitee = access_invitee(request.authority, pk)
    actions.mark_unreached(pk, request.POST.get("state", ""), actor=request.user, at=now())
    messages.success(request, "Đã ghi; người dự bị kế tiếp của nhóm (nếu còn) được đưa vào.")
    return redirect("surveys:phones", invitee.stratum.survey_id)


@login_required
@require_safe
def sheets(request: StaffRequest, pk: int) -> HttpResponse:
    """Paper sheets and how far they are."""
    found = _open(request, pk)
    return render(
        request,
        "surveys/sheets.html",
        {"survey": found, "rows": list(found.sheets.select_related("stratum", "entered_by"))},
    )


@login_required
@FORM
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """Type in a sheet, for the first or the second time."""
    found = _open(request, pk)
    strata = list(found.strata.select_related("agency", "field"))
    form = SheetForm(request.POST or None, strata=strata, initial=request.GET.dict())
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form,
            actions.type_sheet,
            pk,
            data["stratum"],
            data["number"],
            request.POST.dict(),
            actor=request.user,
            at=now(),
        )
        if made is not None:
            messages.success(request, f"Phiếu số {made.number}: {made.get_state_display()}.")
            return redirect("surveys:sheets", pk)
    context = {
        "survey": found,
        "form": form,
        "asked": _asked(found, request),
        "title": "Nhập phiếu giấy",
        "back": reverse("surveys:sheets", args=[pk]),
    }
    return render(request, "surveys/sheet.html", context, status=422 if form.errors else 200)


@login_required
@FORM
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """With the paper in hand: what a sheet typed differently really holds."""
    found = access_sheet(request.authority, pk)
    survey = _open(request, found.survey_id)
    if found.state != "differs":
        raise NotFound()
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _kept(form, request, actions.settle_sheet, pk, request.POST.dict()):
        messages.success(request, f"Đã thống nhất phiếu số {found.number}.")
        return redirect("surveys:sheets", survey.pk)
    asked = asked_all(survey.version.form, request.POST.dict() or _same(found), found.differences)
    context = {
        "survey": survey,
        "form": form,
        "asked": asked,
        "title": f"Thống nhất phiếu số {found.number}",
        "back": reverse("surveys:sheets", args=[survey.pk]),
        "note": "Các câu được đánh dấu đã nhập khác nhau hai lần. Chọn lại theo phiếu giấy.",
    }
    return render(request, "surveys/sheet.html", context, status=422 if form.errors else 200)


def _same(sheet: Any) -> dict[str, str]:
    """What both entries agree on."""
    return {code: value for code, value in sheet.answers.items() if code not in sheet.differences}
