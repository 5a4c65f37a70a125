"""Rating a finished dossier on one's own phone: by the link in a message, the code on the slip, or code and last digits.

No page says whether a dossier has been rated: the answer to a first vote and to a further one is the same.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, now
from motcua.dossiers.queries import track as find_dossier
from motcua.portal.forms import TrackForm
from motcua.portal.queries.rating import asked_on
from motcua.portal.throttle import Guesses
from motcua.surveys import actions
from motcua.surveys.queries import rate_token, rateable

FORM = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@FORM
def start(request: HttpRequest) -> HttpResponse:
    """Which dossier? Code and last four digits, as for tracking, under the same brake."""
    form = TrackForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:60]})
    if request.method == "POST" and form.is_valid():
        token, status = token_of(request, form)
        if token:
            return redirect("portal:rate", token)
        return render(request, "portal/rating/start.html", {"form": form}, status=status)
    return render(request, "portal/rating/start.html", {"form": form}, status=422 if form.errors else 200)


def token_of(request: HttpRequest, form: TrackForm) -> tuple[str, int]:
    """The rating token of the dossier that a form names, or none with the error in the form and the status to answer with."""
    guesses = Guesses(request, "track", form.cleaned_data["code"])
    if words := guesses.barred():
        form.add_error(None, words)
        return "", 429
    try:
        token = rate_token(find_dossier(form.cleaned_data["code"], form.cleaned_data["last4"]).pk)
    except NotFound:
        guesses.failed()
        form.add_error(
            None, _("Không có hồ sơ nào khớp mã và 4 số cuối này. Kiểm tra lại trên giấy tiếp nhận.")
        )
        return "", 422
    try:
        rateable(token, now())
    except NotFound:
        form.add_error(None, _("Hồ sơ này chưa có kết quả, hoặc đã quá thời gian đánh giá."))
        return "", 422
    return token, 200


@never_cache
@FORM
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """The topics of NĐ 61/2018, Điều 31, on one page; works without scripts and without an account."""
    guesses, at = Guesses(request, "rate"), now()
    if words := guesses.barred():
        return render(request, "portal/rating/closed.html", {"words": words}, status=429)
    try:
        dossier = rateable(token, at)
    except NotFound as error:
        guesses.failed()
        return render(request, "portal/rating/closed.html", {"words": error.message}, status=404)
    faults: dict[str, str] = {}
    ticked = request.POST.getlist("reason")
    if request.method == "POST":
        words = request.POST.get("words", "")
        try:
            actions.rate(token, marks=request.POST.dict(), reasons=ticked, words=words, actor=None, at=at)
        except RuleViolation as error:
            faults[error.field or "overall"] = error.message
        else:
            return redirect("portal:rated")
    topics = asked_on(legal_date(at), request.POST, ticked, faults)
    context = {"dossier": dossier, "topics": topics, "faults": faults, "words": request.POST.get("words", "")}
    return render(request, "portal/rating/rate.html", context, status=422 if faults else 200)


@never_cache
@require_safe
def rated(request: HttpRequest) -> HttpResponse:
    """The same thanks for everybody."""
    return render(request, "portal/rating/rated.html")
