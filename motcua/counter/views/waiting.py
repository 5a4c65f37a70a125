"""Dossiers filed online or left for checking: accept, ask for what is missing, or decline."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import legal_date, now
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
def waiting(request: StaffRequest) -> HttpResponse:
    """The list, the one whose acceptance is due first on top."""
    at = now()
    office = here(request, at)
    rows = page(request, queries.mine(queries.waiting(office, legal_date(at)), office, request.authority))
    return render(request, "counter/waiting.html", with_office(request, office, at, now=at, page=rows))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """One filed dossier in full (the look is logged), and the decision on it."""
    at = now()
    dossier = personal(request, dossier_id, Permission.DOSSIER_RECEIVE, PARTY_FIELDS, at=at)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _decide(request, dossier, form, at):
        return redirect("counter:received", dossier.pk)
    return render(
        request, "counter/check.html", _context(dossier, form, at), status=422 if form.is_bound else 200
    )


def _decide(request: StaffRequest, dossier: Dossier, form: CheckForm, at: datetime) -> bool:
    typed, by, pk = form.cleaned_data, request.user, dossier.pk
    reason, basis = typed["reason"], typed["legal_basis"]
    acts: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept(pk, actor=by, at=at),
        "complete": lambda: actions.complete_presupplement(pk, actor=by, at=at),
        "supplement": lambda: actions.request_supplement_before(
            pk, reason=reason, items=form.items_asked(), actor=by, at=at
        ),
        "decline": lambda: actions.decline(pk, reason=reason, legal_basis=basis, actor=by, at=at),
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
