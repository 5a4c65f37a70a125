"""The pages of one filing. Each saves what is on it, right or wrong; the same page saves itself while one types."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.moments import now
from motcua.filing import actions
from motcua.filing.queries import Journey
from motcua.portal.throttle import SAVING, Turns
from motcua.portal.views.filing import shown
from motcua.portal.views.filing.posted import given_on, number, take_files
from motcua.portal.web import CitizenRequest, answers_in_json, filer_required, goes_to


@filer_required
@require_http_methods(["GET", "POST"])
def step(request: CitizenRequest, application_id: UUID, step: str) -> HttpResponse:
    """One page: shown, or saved and left for the next one."""
    at = now()
    journey = shown.open_journey(request.user, application_id, at)
    if journey is None:
        return goes_to(request, "file_done", application_id)
    if request.method == "GET":
        return render(request, *shown.page(journey, step))
    if (
        request.headers.get("X-Requested-With") == "eform"
    ):  # which questions do these answers ask for? nothing is kept
        return render(
            request, *shown.page(journey, step, given_on(journey, step, request.POST)[0], stays=True)
        )
    if braked := _braked(request, journey, step):
        return braked
    posted = take_files(request, journey, step, at)
    given, stays = given_on(journey, step, posted)
    revision = number(posted.get("revision", ""))
    saved = actions.save_step(
        application_id, step, given, revision=revision, leaving=not stays, actor=request.user, at=at
    )
    if not (saved.stale or saved.errors or stays):
        return goes_to(
            request, "file_step", application_id, shown.next_step(request.user, saved.application, step, at)
        )
    template, context = shown.page(shown.again(journey, saved), step, given, saved, stays=stays)
    return render(request, template, context, status=409 if saved.stale else 200 if stays else 422)


def _braked(request: CitizenRequest, journey: Journey, step: str) -> HttpResponse | None:
    """For who saves faster than anybody can: the page with what was typed, and when to go on."""
    pace = Turns(request, SAVING)
    if not (waits := pace.barred()):
        pace.taken()
        return None
    template, context = shown.page(journey, step, given_on(journey, step, request.POST)[0], stays=True)
    return pace.answered(True, waits, render(request, template, {**context, "waits": waits}))


@filer_required
@answers_in_json
@require_POST
def autosave(request: CitizenRequest, application_id: UUID, step: str) -> JsonResponse:
    """What the page holds, saved while one types. 409 when another device has changed the draft since."""
    Turns(request, SAVING).take()
    at = now()
    journey = shown.open_journey(request.user, application_id, at)
    if journey is None:
        return JsonResponse({"sent": True}, status=409)
    given, _stays = given_on(journey, step, request.POST)
    revision = number(request.POST.get("revision", ""))
    saved = actions.save_step(
        application_id, step, given, revision=revision, leaving=False, actor=request.user, at=at
    )
    return JsonResponse(shown.autosaved(saved), status=409 if saved.stale else 200)
