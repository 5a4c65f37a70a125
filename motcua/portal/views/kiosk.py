"""The office's kiosk: scan the slip or type the code, press a face, done; returns to its start by itself.

The way back is a header (`Refresh`), so that it needs no script; a script adds the full screen and sends what stands on the page
when somebody walks away from the reasons.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries.tree import access_office
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, now
from motcua.portal.forms import KioskForm, TrackForm
from motcua.portal.queries.rating import asked_on, scale_labels
from motcua.portal.throttle import Guesses
from motcua.portal.views.feedback.frame import clear
from motcua.portal.views.queue import gives_numbers
from motcua.portal.views.rating import FORM, token_of
from motcua.surveys import actions
from motcua.surveys.queries import rateable
from motcua.surveys.rules.ratings import LOW

IDLE, THANKS = 60, 8  # seconds


@never_cache
@FORM
def start(request: HttpRequest, office: int) -> HttpResponse:
    """Scan or type, or say something; whoever was here before leaves nothing."""
    place, form = access_office(office), KioskForm(request.POST or None)
    clear(request)
    if request.method == "POST" and form.is_valid():
        token, status = _token(request, form)
        if token:
            return redirect("portal:kiosk_faces", office, token)
        return _page(request, "start", place, status=status, form=form)
    return _page(request, "start", place, status=422 if form.errors else 200, form=form)


def _token(request: HttpRequest, form: KioskForm) -> tuple[str, int]:
    """What was scanned is an address that ends in a token; what was typed is a code, which needs the digits too."""
    text = form.cleaned_data["code"]
    last = text.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    guesses = Guesses(request, "rate")
    if not guesses.barred():
        try:
            rateable(last, now())
        except NotFound:
            pass
        else:
            return last, 200
    typed = TrackForm({"code": text, "last4": form.cleaned_data["last4"]})
    if "/" in text or not typed.is_valid():
        guesses.failed()
        form.add_error(
            None, _("Chưa đọc được mã. Quét lại mã trên giấy tiếp nhận, hoặc nhập mã hồ sơ và 4 số cuối.")
        )
        return "", 422
    token, status = token_of(request, typed)
    for words in typed.non_field_errors():
        form.add_error(None, words)
    return token, status


@never_cache
@FORM
def faces(request: HttpRequest, office: int, token: str) -> HttpResponse:
    """Five faces; after a low one the reasons; then the vote is cast."""
    place, at = access_office(office), now()
    try:
        rateable(token, at)
    except NotFound:
        Guesses(request, "rate").failed()
        return redirect("portal:kiosk", office)
    mark, ticked = request.POST.get("overall", ""), request.POST.getlist("reason")
    if request.method == "POST" and (mark not in _low() or "done" in request.POST):
        try:
            words = request.POST.get("words", "")
            actions.rate(token, marks={"overall": mark}, reasons=ticked, words=words, actor=None, at=at)
        except RuleViolation:
            return redirect("portal:kiosk_faces", office, token)
        return redirect("portal:kiosk_thanks", office)
    if mark in _low():
        topics = asked_on(legal_date(at), {}, [], {})
        return _page(request, "reasons", place, wait=IDLE, mark=mark, topics=[t for t in topics if t.reasons])
    return _page(request, "faces", place, wait=IDLE, choices=list(scale_labels().items()))


def _low() -> set[str]:
    return {str(mark) for mark in range(1, LOW + 1)}


@never_cache
@require_safe
def thanks(request: HttpRequest, office: int) -> HttpResponse:
    """Thanks, and back to the start."""
    return _page(request, "thanks", access_office(office), wait=THANKS)


def _page(
    request: HttpRequest,
    name: str,
    office: OneStopOffice,
    *,
    wait: int = 0,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    home = reverse("portal:kiosk", args=[office.pk])
    answer = render(
        request,
        f"portal/rating/kiosk_{name}.html",
        {"office": office, "home": home, "gives_numbers": gives_numbers(request, office), **context},
        status=status,
    )
    if wait:
        answer["Refresh"] = f"{wait}; url={home}"
    return answer
