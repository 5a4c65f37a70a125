"""Following one's feedback with code and secret: state, questions, the answer, whether it satisfies."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.feedback import actions, queries
from motcua.feedback.models import Feedback
from motcua.feedback.queries.tracking import awaits_confirmation
from motcua.feedback.rules.states import State
from motcua.portal.forms.feedback import ClarifyForm, ConfirmForm, RateForm, ReopenForm, TrackForm
from motcua.portal.queries.feedback import access_own, followed
from motcua.portal.throttle import Guesses
from motcua.portal.views.feedback import frame
from motcua.portal.views.feedback.draft import OPEN, RECEIPT


@require_http_methods(["GET", "POST"])
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt: code, secret, what happens next; the number that proves the sender's address."""
    kept = request.session.get(RECEIPT)
    if not kept:
        return frame.to_start(request)
    found = access_own(kept["pk"])
    form = ConfirmForm(request.POST or None)
    waiting = awaits_confirmation(found)
    if request.method == "POST" and waiting and form.is_valid():
        good = attempt(
            form, actions.confirm_contact, found.pk, number=form.cleaned_data["number"], actor=None, at=now()
        )
        if good is False:
            form.add_error("number", _("Mã chưa đúng. Xem lại tin nhắn hoặc thư."))
        waiting = waiting and not good
    context = {"kept": kept, "item": found, "form": form, "waiting": waiting}
    return frame.shown(request, "sent", context, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Code and secret; a wrong pair looks the same whichever is wrong."""
    form = TrackForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:80]})
    if request.method == "POST" and form.is_valid():
        guesses = Guesses(request, "feedback", form.cleaned_data["code"])
        if words := guesses.barred():
            form.add_error(None, words)
            return render(request, "portal/feedback/track.html", {"form": form}, status=429)
        try:
            found = queries.by_code(form.cleaned_data["code"], form.cleaned_data["secret"])
        except NotFound as error:
            guesses.failed()
            form.add_error(None, error.message)
        else:
            request.session[OPEN] = found.pk
            return redirect("portal:feedback_mine")
    return render(request, "portal/feedback/track.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a message opens the same page."""
    guesses = Guesses(request, "feedback-link")
    if guesses.barred():
        return redirect("portal:feedback_track")
    try:
        request.session[OPEN] = queries.by_rate_token(token).pk
    except NotFound:
        guesses.failed()
        return render(
            request, "portal/feedback/track.html", {"form": TrackForm(), "old_link": True}, status=404
        )
    return redirect("portal:feedback_mine")


def _clarify(found: Feedback, got: dict[str, Any]) -> Any:
    return actions.clarify(found.pk, text=got["text"], actor=None, at=now())


def _rate(found: Feedback, got: dict[str, Any]) -> Any:
    return actions.rate(
        found.pk, satisfaction=got["satisfaction"], comment=got["comment"], actor=None, at=now()
    )


def _reopen(found: Feedback, got: dict[str, Any]) -> Any:
    return actions.reopen(found.pk, reason=got["reason"], actor=None, at=now())


def _asked(found: Feedback) -> tuple[str, type[forms.Form] | None, Any]:
    """The one thing that the sender may do now."""
    if found.state == State.UNCLEAR:
        return "clarify", ClarifyForm, _clarify
    if found.state in (State.ANSWERED, State.PUBLISHED) and not found.satisfaction:
        return "rate", RateForm, _rate
    if found.may_reopen and found.satisfaction == "unsatisfied":
        return "reopen", ReopenForm, _reopen
    return "", None, None


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The feedback that code and secret, or the link, have opened in this browser."""
    if not (pk := request.session.get(OPEN)):
        return redirect("portal:feedback_track")
    found = access_own(pk)
    what, shape, act = _asked(found)
    form = shape(request.POST or None) if shape else None
    if request.method == "POST" and form is not None and request.POST.get("what") == what and form.is_valid():
        attempt(form, act, found, form.cleaned_data)
        if not form.errors:
            return redirect("portal:feedback_mine")
    context = {"view": followed(found), "item": found, "form": form, "what": what}
    return render(
        request, "portal/feedback/mine.html", context, status=422 if form is not None and form.errors else 200
    )
