"""Where is my dossier, is this paper real."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.dossiers.queries import track as find_dossier
from motcua.dossiers.queries import verify_token as find_paper
from motcua.dossiers.queries.news import calendar_of_token
from motcua.holdings.queries import with_standing
from motcua.portal.forms import TrackForm, VerifyForm
from motcua.portal.queries.tracking import tracked
from motcua.portal.throttle import Guesses
from motcua.surveys.queries.rights import rate_of_slip


def track(request: HttpRequest) -> HttpResponse:
    """Progress by code and last four digits. A wrong pair looks the same whether the code exists or not."""
    form = TrackForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:60]})
    if request.method == "POST" and form.is_valid():
        guesses = Guesses(request, "track", form.cleaned_data["code"])
        if words := guesses.barred():
            form.add_error(None, words)
            return render(request, "portal/track.html", {"form": form}, status=429)
        try:
            dossier = find_dossier(form.cleaned_data["code"], form.cleaned_data["last4"])
        except NotFound:
            guesses.failed()
            form.add_error(
                None, _("Không có hồ sơ nào khớp mã và 4 số cuối này. Kiểm tra lại trên giấy tiếp nhận.")
            )
        else:
            return render(request, "portal/tracked.html", {"view": tracked(dossier)})
    return render(request, "portal/track.html", {"form": form}, status=422 if form.errors else 200)


def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The due date as a file for one's calendar; its link stands on the tracking page."""
    return HttpResponse(calendar_of_token(token), content_type="text/calendar; charset=utf-8")


def verify(request: HttpRequest) -> HttpResponse:
    """Type in the code under a QR."""
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("portal:verify_token", form.cleaned_data["token"])
    return render(request, "portal/verify.html", {"form": form}, status=422 if form.errors else 200)


def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """What anyone may know of the paper behind a QR code: issued by whom, when, still valid."""
    guesses = Guesses(request, "verify")
    if words := guesses.barred():
        form = VerifyForm({"token": token[:80]})
        form.add_error(None, words)
        return render(request, "portal/verify.html", {"form": form}, status=429)
    try:
        paper = find_paper(token)
    except NotFound:
        guesses.failed()
        return render(request, "portal/verified.html", {"paper": None}, status=404)
    context = {
        "paper": with_standing(paper, token.strip(), today()),
        "rate": rate_of_slip(paper, token, now()),
    }
    return render(request, "portal/verified.html", context)
