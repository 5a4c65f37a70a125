"""Receiving a dossier: one page, its fragments, and the confirmation."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.countries import country_names
from motcua.core.moments import legal_date, now
from motcua.counter import actions, queries
from motcua.counter.desk import PARTY_FIELDS, Desk
from motcua.counter.views.base import OFFICE, here, number, personal, reference, with_office
from motcua.counter.views.queue import calls_at, strip
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.access import access_dossier


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: StaffRequest) -> HttpResponse:
    """The page of reception; POST receives, or issues the slip chosen, and keeps everything typed when it cannot."""
    at = now()
    office, ref = here(request, at), reference(request, at)
    if request.method == "POST":
        return _take_in(request, Desk(office, ref, request.POST), at)
    desk = Desk(
        office,
        ref,
        offering=number(request.GET.get("thu-tuc")),
        keep=_kept(request, at),
    )
    return _page(request, desk, at)


def _take_in(request: StaffRequest, desk: Desk, at: datetime) -> HttpResponse:
    dossier = None
    if desk.is_valid():
        typed = desk.form.cleaned_data
        dossier = attempt(
            desk.form,
            actions.take_in,
            desk.intake(),
            typed["decision"],
            reason=typed["reason"],
            legal_basis=typed["legal_basis"],
            missing=desk.missing(),
            desk=desk.ref,
            ticket=number(request.POST.get("ticket")),
            actor=request.user,
            at=at,
        )
    return redirect("counter:received", dossier.pk) if dossier else _page(request, desk, at, status=422)


def _page(request: StaffRequest, desk: Desk, at: datetime, status: int = 200) -> HttpResponse:
    day = legal_date(at)
    text = request.GET.get("q", "")
    context = {
        "desk": desk,
        "form": desk.form if desk.errors else None,
        "preview": desk.preview(request.user, at),
        "query": text,
        "options": queries.find_options(desk.office, request.authority, text, day) if text else [],
        "keep": request.GET.get("cung-nguoi", ""),
        "countries": country_names(),
        "queue": strip(request, desk.office, at),
    }
    return render(
        request, "counter/receive.html", with_office(request, desk.office, at, **context), status=status
    )


def _kept(request: StaffRequest, at: datetime) -> Dossier | None:
    """The dossier whose people the next one keeps; showing them in full is logged."""
    pk = number(request.GET.get("cung-nguoi"))
    if pk is None:
        return None
    return personal(request, pk, Permission.DOSSIER_RECEIVE, PARTY_FIELDS, at=at)


@login_required
@require_safe
def procedures(request: StaffRequest) -> HttpResponse:
    """Fragment: procedures that match what is typed; the usual ones while nothing is."""
    at = now()
    text = request.GET.get("q", "")[:200]
    options = queries.find_options(here(request, at), request.authority, text, legal_date(at))
    return render(request, "counter/_procedures.html", {"options": options, "query": text})


@login_required
@require_safe
def sheet(request: StaffRequest, offering_id: int) -> HttpResponse:
    """Fragment: the chosen procedure with its cases and checklist."""
    at = now()
    case = number(request.GET.get("case-number"))
    limit_case = request.GET.get("limit_case", "")
    desk = Desk(
        here(request, at), reference(request, at), offering=offering_id, case=case, limit_case=limit_case
    )
    return render(request, "counter/_sheet.html", {"desk": desk})


@login_required
@require_POST
def preview(request: StaffRequest) -> HttpResponse:
    """Fragment: appointment with its derivation, fees, duplicates, warnings, for the form as it stands."""
    at = now()
    desk = Desk(here(request, at), reference(request, at), request.POST)
    return render(
        request,
        "counter/_preview.html",
        {"desk": desk, "preview": desk.preview(request.user, at), "oob": True},
    )


@login_required
@require_safe
def received(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """What was just done, with what to print and what comes next."""
    at = now()
    dossier = access_dossier(request.user, dossier_id, at=at)
    context = {"dossier": dossier, **queries.confirmation(dossier, request.authority, at=at)}
    if calls_at(request) == dossier.office_id:
        context["queue"] = strip(request, dossier.office, at)
    return render(request, "counter/received.html", context)


@login_required
@require_POST
def office(request: StaffRequest) -> HttpResponse:
    """Choose the office where the clerk sits now; kept for the session."""
    request.session[OFFICE] = number(request.POST.get("office"))
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return redirect(to if safe else "counter:receive")
