"""The page of one dossier, and the parts of it that come when asked for."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.moments import now
from motcua.core.web import is_htmx
from motcua.dossiers import actions, queries
from motcua.dossiers.forms import MessageForm
from motcua.dossiers.models import Dossier, ResultPaper
from motcua.dossiers.queries import access, talk
from motcua.dossiers.queries.fees import claim_of
from motcua.dossiers.queries.forms import form_view
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.queries.workbench import step_is_late, with_clock
from motcua.dossiers.views.filters import Listed
from motcua.dossiers.views.specs import SPECS
from motcua.payments.queries import charges_of
from motcua.printing.qr import svg

PERSONAL = ("name", "identity_number", "tax_code", "birth_date", "phone", "email", "address")


@login_required
@require_safe
def dossier(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """Header, clock, lawful acts, papers, control slip, notices, results; the rest is fetched after."""
    desk = queries.Desk(request.user, now())
    found = queries.access_dossier(request.user, dossier_id, at=desk.at, desk=desk)
    return render(request, "dossiers/dossier.html", {"now": desk.at, **_page(request, found, desk)})


def _page(request: StaffRequest, found: Dossier, desk: queries.Desk) -> dict[str, Any]:
    tasks: list[Any] = list(
        found.tasks.select_related("agency", "officer", "given_by", "taken_by", "done_by")
    )
    choices = [
        c for c in queries.lawful_actions(found, request.authority, tasks, desk=desk) if c.code in SPECS
    ]
    papers = list(found.papers.select_related("file"))
    with_clock([found], desk)
    for task in tasks:
        task.is_late = step_is_late(task, found, desk)
    return {
        "dossier": found,
        "choices": choices,
        "tasks": tasks,
        "papers": papers,
        "online_form": form_view(found, desk.at) if found.channel == "online" else None,
        "notices": list(found.notices.select_related("issued_by")),
        "results": _with_codes(found),
        "listed": Listed(request),
        "can_reveal": request.authority.has(Permission.DOSSIER_VIEW_PERSONAL),
        "returnable": [paper for paper in papers if paper.originals and not paper.original_returned_at],
    }


def _with_codes(found: Dossier) -> list[ResultPaper]:
    """The results, each with the QR code by which anyone can verify it."""
    results: list[Any] = list(found.results.select_related("signer"))
    for result in results:
        result.qr = svg(queries.verify_url(result.token), label="Mã xác minh kết quả")
    return results


@login_required
@require_safe
def more(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """Timeline, messages, opinions, obligations, fees, and the neighbours in the list that is worked through."""
    at = now()
    found = queries.access_dossier(request.user, dossier_id, at=at)
    listed = Listed(request)
    notes = list(talk.of_officers(found))
    if any(note.from_citizen and note.read_at is None for note in notes):
        actions.mark_messages_read(found.pk, actor=request.user, at=at)
    context = {
        "now": at,
        "dossier": found,
        "steps": queries.timeline(found),
        "talk": notes,
        "form": MessageForm(authority=request.authority),
        "opinions": found.opinions.select_related("to_agency", "from_agency", "answered_by"),
        "supplements": found.supplement_requests.select_related("requested_by"),
        "obligations": found.obligations.all(),
        "fee_claim": claim_of(found),
        "charges": charges_of(f"dossier/{found.pk}"),
        "may_charge": found.received_at
        and not found.ended_at
        and access.may_charge(Desk(request.user, at), found),
        "neighbours": listed.neighbours(request.authority, request.user, found, at),
        "listed_query": listed.query,
    }
    name = "dossiers/_more.html" if is_htmx(request) else "dossiers/more.html"
    return render(request, name, context)


@login_required
@require_POST
def reveal(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """The people of the dossier in full; the look is logged (Luật Bảo vệ dữ liệu cá nhân 91/2025)."""
    at = now()
    found = queries.access_dossier(request.user, dossier_id, Permission.DOSSIER_VIEW_PERSONAL, at=at)
    record_view(request.user, f"dossier/{found.pk}", PERSONAL, at=at, ip=request.META.get("REMOTE_ADDR", ""))
    name = "dossiers/_people.html" if is_htmx(request) else "dossiers/people.html"
    people = [("Chủ hồ sơ", found.applicant), ("Người nộp", found.submitter)]
    return render(request, name, {"dossier": found, "people": people})


@login_required
@require_safe
def derivation(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """How the due date follows, line by line; for the pop-up in lists."""
    found = queries.access_dossier(request.user, dossier_id, at=now())
    context = {"dossier": found, "derivation": queries.derivation_of(found)}
    name = "dossiers/_derivation.html" if is_htmx(request) else "dossiers/derivation.html"
    return render(request, name, context)
