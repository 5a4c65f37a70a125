"""Pages that anyone may read, without an account."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.dossiers.queries import track as find_dossier
from motcua.dossiers.queries import verify_token as find_paper
from motcua.portal import queries
from motcua.portal.forms import TrackForm, VerifyForm
from motcua.portal.throttle import allow

PAGE_SIZE = 20


def home(request: HttpRequest) -> HttpResponse:
    """What do you need, where is my dossier, is this paper real."""
    day = today()
    context = {"fields": queries.fields_with_counts(day), "offices": queries.offices(day)[:12]}
    return render(request, "portal/home.html", context)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Procedures in force, by words and field."""
    text = request.GET.get("q", "")[:200]
    number = request.GET.get("linh-vuc", "")
    field_id = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
    day = today()
    pages = Paginator(queries.versions_found(text, field_id, day), PAGE_SIZE)
    page = pages.get_page(request.GET.get("trang"))
    field = queries.fields_with_counts(day).filter(pk=field_id).first() if field_id else None
    context = {"q": text, "field": field, "page": page, "count": pages.count}
    return render(request, "portal/catalogue.html", context)


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """The legal sheet of one procedure, in the order in which a citizen needs it."""
    day = today()
    sheet = queries.sheet(code, day)
    context = vars(sheet) | {
        "offices": queries.offices(day, sheet.version.procedure),
        "results": sheet.version.results.all(),
        "bases": sheet.version.legal_bases.all(),
    }
    return render(request, "portal/procedure.html", context)


def track(request: HttpRequest) -> HttpResponse:
    """Progress by code and last four digits. A wrong pair looks the same whether the code exists or not."""
    form = TrackForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:60]})
    if request.method == "POST" and form.is_valid():
        if not allow(request, "track"):
            form.add_error(None, _("Bạn đã thử quá nhiều lần. Chờ 15 phút rồi thử lại, hoặc gọi bộ phận một cửa."))
            return render(request, "portal/track.html", {"form": form}, status=429)
        try:
            dossier = find_dossier(form.cleaned_data["code"], form.cleaned_data["last4"])
        except NotFound:
            form.add_error(None, _("Không có hồ sơ nào khớp mã và 4 số cuối này. Kiểm tra lại trên giấy tiếp nhận."))
        else:
            return render(request, "portal/tracked.html", {"view": queries.tracked(dossier), "now": now()})
    return render(request, "portal/track.html", {"form": form}, status=422 if form.errors else 200)


def verify(request: HttpRequest) -> HttpResponse:
    """Type in the code under a QR."""
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("portal:verify_token", form.cleaned_data["token"])
    return render(request, "portal/verify.html", {"form": form}, status=422 if form.errors else 200)


def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """What anyone may know of the paper behind a QR code: issued by whom, when, still valid."""
    if not allow(request, "verify", limit=60):
        return render(request, "portal/verify.html", {"form": VerifyForm()}, status=429)
    try:
        paper = find_paper(token)
    except NotFound:
        return render(request, "portal/verified.html", {"paper": None}, status=404)
    return render(request, "portal/verified.html", {"paper": paper})


def help_page(request: HttpRequest) -> HttpResponse:
    """How it works, in plain words."""
    return render(request, "portal/help.html")
