"""Dossiers filed online or left for checking: accept, ask for what is missing, or decline."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.core.web import page
from motcua.counter import queries
from motcua.counter.desk import PARTY_FIELDS
from motcua.counter.forms import CheckForm
from motcua.counter.views.base import here, personal, with_office
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Status


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The list, the one whose acceptance is due first on top."""
    at = now()
    office = here(request, at)
    rows = page(request, queries.mine(queries.waiting(office), office, request.authority))
    return render(request, "counter/waiting.html", with_office(request, office, at, now=at, page=rows))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """One filed dossier in full (the look is logged), and the decision on it."""
    at = now()
    dossier = personal(request, dossier_id, Permission.DOSSIER_RECEIVE, PARTY_FIELDS, at=at)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _decide(request, dossier, form, at):
        return redirect("counter:received", dossier.pk)
    return render(
        request, "counter/check.html", _context(dossier, form, at), status=422 if form.is_bound else 200
    )


def _decide(request: HttpRequest, dossier: Dossier, form: CheckForm, at: datetime) -> bool:
    typed, by = form.cleaned_data, {"actor": request.user, "at": at}
    acts = {
        "accept": lambda: actions.accept(dossier.pk, **by),
        "complete": lambda: actions.complete_presupplement(dossier.pk, **by),
        "supplement": lambda: actions.request_supplement_before(
            dossier.pk, reason=typed["reason"], items=form.items_asked(), **by
        ),
        "decline": lambda: actions.decline(
            dossier.pk, reason=typed["reason"], legal_basis=typed["legal_basis"], **by
        ),
    }
    attempt(form, acts[typed["decision"]])
    return not form.errors


def _context(dossier: Dossier, form: CheckForm, at: datetime) -> dict[str, Any]:
    return {
        "now": at,
        "dossier": dossier,
        "form": form,
        "papers": dossier.papers.all(),
        "is_waiting": dossier.status == Status.SUBMITTED,
        "is_open": dossier.status in (Status.SUBMITTED, Status.PRE_SUPPLEMENT),
    }
