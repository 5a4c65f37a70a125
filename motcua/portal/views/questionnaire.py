"""Answering a survey by the link of an invitation: one section a page, what was answered before travels with the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.portal.queries.questionnaire import step_of
from motcua.portal.throttle import Guesses
from motcua.portal.views.rating import FORM
from motcua.surveys import actions
from motcua.surveys.queries.surveys import invitation


@never_cache
@FORM
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The section that comes next for this person, with what is wrong; after the last one the answers are kept, once."""
    guesses = Guesses(request, "survey")
    if words := guesses.barred():
        return render(request, "portal/rating/closed.html", {"words": words}, status=429)
    try:
        invitee = invitation(token, now())
    except NotFound as error:
        guesses.failed()
        return render(request, "portal/rating/closed.html", {"words": error.message}, status=404)
    step = step_of(
        invitee.stratum.survey.version.form, request.POST.dict() if request.method == "POST" else None
    )
    if step.is_done:
        actions.answer_invitation(token, step.answers, actor=None, at=now())
        return redirect("portal:survey_answered")
    context = {"step": step, "survey": invitee.stratum.survey}
    return render(request, "portal/rating/survey.html", context, status=422 if step.wrong else 200)


@never_cache
@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return render(request, "portal/rating/answered.html")
