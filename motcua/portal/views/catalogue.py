"""Home, catalogue, legal sheet, help."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.core.moments import today
from motcua.portal.queries import catalogue as queries

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
    field = queries.field_of(field_id) if field_id else None
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


def help_page(request: HttpRequest) -> HttpResponse:
    """How it works, in plain words."""
    return render(request, "portal/help.html")
