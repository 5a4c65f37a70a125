"""The frame that the pages of sending stand in: the site's, or that of the kiosk at which somebody sends.

A kiosk is used by one stranger after another. Its draft is thrown away when its start is shown: by the button that leads
there, by a script after a while without a touch, and without scripts by the browser itself.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries.tree import access_office
from motcua.core.errors import NotFound
from motcua.portal.views.feedback import draft as drafts

IDLE, ANSWER, WITHOUT_SCRIPTS = (
    90,
    30,
    600,
)  # seconds without a touch, to say "still here", on one page without scripts


def office_of(request: HttpRequest) -> OneStopOffice | None:
    """The office at whose kiosk this browser stands; None anywhere else."""
    kept = request.session.get(drafts.KIOSK)
    try:
        return access_office(int(kept)) if kept else None
    except NotFound:
        return None


def stand_at(request: HttpRequest) -> None:
    """Note which kiosk led here (`ki-ot`, from the kiosk's own pages); a page of the site lets it go."""
    asked = request.GET.get("ki-ot", "")
    if request.GET.get("kenh") == "kiosk" and asked.isascii() and asked.isdigit() and len(asked) < 10:
        request.session[drafts.KIOSK] = int(asked)
    else:
        request.session.pop(drafts.KIOSK, None)


def clear(request: HttpRequest) -> None:
    """Forget what the last person at this kiosk typed and was shown; anywhere else nothing is touched."""
    if drafts.KIOSK in request.session:
        for name in (drafts.KEPT, drafts.OPEN, drafts.RECEIPT):
            request.session.pop(name, None)


def to_start(request: HttpRequest) -> HttpResponse:
    """Where sending begins: the site's page about feedback, or the kiosk's start."""
    office = office_of(request)
    return redirect("portal:kiosk", office.pk) if office else redirect("portal:feedback_start")


def shown(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of sending in its frame. At a kiosk nothing is kept for the next person: no history, no suggestions of names."""
    office, form = office_of(request), context.get("form")
    if office is None:
        return render(request, f"portal/feedback/{name}.html", context, status=status)
    if isinstance(form, forms.Form):
        for field in form.fields.values():
            field.widget.attrs["autocomplete"] = "off"
    frame = {
        "frame": "portal/feedback/_kiosk.html",
        "office": office,
        "home": reverse("portal:kiosk", args=[office.pk]),
        "idle": IDLE,
        "answer": ANSWER,
        "most": WITHOUT_SCRIPTS,
    }
    answer = render(request, f"portal/feedback/{name}.html", {**context, **frame}, status=status)
    answer["Cache-Control"] = "no-store, private"
    return answer
