"""One address for every act on a dossier: a short form in place, or a page of its own without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import RuleViolation
from motcua.core.moments import now, today
from motcua.core.navigation import path_of
from motcua.core.web import hx_redirect, is_htmx
from motcua.dossiers import queries
from motcua.dossiers.forms import ActForm
from motcua.dossiers.forms.acts import Around
from motcua.dossiers.models import Dossier
from motcua.dossiers.views.specs import Spec, spec_of
from motcua.procedures.models import ResultTemplate
from motcua.procedures.queries.templates import template_for

# Acts at which a result is typed or brought.
MAKES_RESULT = {"complete_task", "sign", "finish_correction"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: StaffRequest, dossier_id: int, code: str) -> HttpResponse:
    """The form of one act; POST does it. Only acts that are lawful now and allowed to this person have a form."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, at=at)
    spec = spec_of(code)
    _require_lawful(dossier, request, code)
    around = Around(dossier, request.user, request.authority, at)
    posted = request.method == "POST"
    form = spec.form(request.POST if posted else None, request.FILES if posted else None, around=around)
    if posted and form.is_valid() and _done(form, spec, around):
        messages.success(request, spec.done)
        return hx_redirect(request, _back(request, dossier))
    return _shown(request, dossier, code, spec, form)


def _require_lawful(dossier: Dossier, request: StaffRequest, code: str) -> None:
    choices = {choice.code: choice for choice in queries.lawful_actions(dossier, request.authority)}
    if code not in choices:
        raise RuleViolation(
            f"Hồ sơ đang “{dossier.get_status_display()}” nên không làm được việc này, hoặc bạn không được giao việc này. Tải lại trang hồ sơ."
        )


def _done(form: ActForm, spec: Spec, around: Around) -> bool:
    attempt(form, spec.run, around, dict(form.cleaned_data), form)
    return not form.errors


def _back(request: StaffRequest, dossier: Dossier) -> str:
    """Back to the dossier, inside the list that the officer was working through; or to the return desk that led here."""
    if request.GET.get("tu") == "quay" and (desk := path_of("counter:return_desk")):
        return desk
    listed = request.GET.get("danh-sach", "")
    address = reverse("dossiers:dossier", args=[dossier.pk])
    return f"{address}?{request.GET.urlencode()}" if listed else address


def _template(dossier: Dossier, code: str) -> ResultTemplate | None:
    """What the agency makes the result from, where the result is made."""
    if code not in MAKES_RESULT:
        return None
    return template_for(dossier.procedure_id, dossier.resolving_agency, today())


def _shown(request: StaffRequest, dossier: Dossier, code: str, spec: Spec, form: ActForm) -> HttpResponse:
    name = "dossiers/_act.html" if is_htmx(request) else "dossiers/act.html"
    context = {
        "dossier": dossier,
        "code": code,
        "spec": spec,
        "form": form,
        "template": _template(dossier, code),
    }
    return render(request, name, context, status=422 if form.is_bound else 200)
