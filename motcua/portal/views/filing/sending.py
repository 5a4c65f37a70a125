"""Sending, the acknowledgement, the signed copy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.answers import pdf_answer
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.files.queries import read, url_for
from motcua.filing import actions, queries
from motcua.filing.rules.steps import REVIEW
from motcua.portal.views.filing import shown
from motcua.portal.web import CitizenRequest, filer_required, goes_to, is_helping


@filer_required
@require_http_methods(["GET", "POST"])
def submit(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """Send it; a second click finds it sent. What is missing is shown on the page where answers are checked."""
    at = now()
    journey = shown.open_journey(request.user, application_id, at)
    if journey is None:
        return goes_to(request, "file_done", application_id)
    if request.method == "GET" or journey.application.changed:
        return goes_to(request, "file_step", application_id, REVIEW)
    if journey.problems:
        return render(request, *shown.page(journey, REVIEW), status=422)
    confirmed = bool(request.POST.get("confirmed"))
    if journey.visit and not confirmed:
        template, context = shown.page(journey, REVIEW)
        return render(request, template, {**context, "not_confirmed": actions.NOT_CONFIRMED}, status=422)
    key = shown.submission_key(request.POST.get("key", ""))
    actions.submit(application_id, key=key, confirmed=confirmed, actor=request.user, at=at)
    actions.keep_copy(application_id, actor=request.user, at=at)
    return goes_to(request, "file_done", application_id)


@filer_required
@require_GET
def done(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """It has arrived: its number, by when the office must answer, what comes next, the copy."""
    application = queries.access_application(request.user, application_id, now())
    if application.is_draft:
        return goes_to(request, "file_resume", application_id)
    return render(request, "portal/filing/done.html", shown.done_page(application))


@filer_required
@require_GET
def copy(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """The signed copy of what was sent."""
    application = queries.access_application(request.user, application_id, now())
    if application.copy is None:
        raise NotFound("Bản sao đang được lập. Mở lại sau ít phút.")
    if is_helping(request):  # no link that would outlive the visit
        return pdf_answer(read(application.copy), application.copy.name.removesuffix(".pdf"))
    return redirect(url_for(application.copy, request.user))
