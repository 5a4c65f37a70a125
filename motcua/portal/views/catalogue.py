"""Home, search, a procedure's sheet, help."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.core.moments import legal_date, now, today
from motcua.news.queries import interruptions
from motcua.portal.queries import catalogue as queries
from motcua.portal.queries import offices as places
from motcua.portal.queries import site
from motcua.portal.throttle import NEAR_WORDS, Turns
from motcua.procedures.queries import finding
from motcua.procedures.rules.audiences import Group

PAGE_SIZE = 20


def home(request: HttpRequest) -> HttpResponse:
    """What do you need, where is my dossier, is this paper real, what is new, who is open."""
    at = now()
    day = legal_date(at)
    context = {
        "events": finding.life_events(used_only=True)[:12],
        "fields": queries.fields_with_counts(day),
        "lines": places.lines(places.offices_at(day)[:6], at),
        "interruptions": interruptions(at),
        **site.latest(at),
    }
    return render(request, "portal/home.html", context)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Procedures in force by words (typing errors forgiven), field, audience and event of life."""
    sought, day = _sought(request), today()
    brake = Turns(request, NEAR_WORDS)
    waits = brake.barred() if sought.text else ""
    hits = finding.find(sought, day, forgive=not waits)
    page = Paginator(hits.ids, PAGE_SIZE).get_page(request.GET.get("trang"))
    event = finding.access_life_event(sought.event) if sought.event else None
    context: dict[str, Any] = {
        "q": sought.text,
        "sought": sought,
        **_narrowing(sought, request.GET.get("loc") == "1", day),
        "event": event,
        "groups": Group,
        "page": page,
        "versions": finding.fetched(list(page.object_list)),
        "count": len(hits.ids),
        "hits": hits,
        "whole": len(hits.ids) - hits.near,
        "kept": kept(request),
        "waits": waits if hits.few else "",
    }
    return brake.answered(hits.few, waits, render(request, "portal/catalogue.html", context))


def _narrowing(sought: finding.Sought, asked: bool, day: date) -> dict[str, Any]:
    """The lists to narrow by: fields and agencies, once somebody asks for them or has chosen from them."""
    if not (asked or sought.field_id or sought.agency_id):
        return {}
    fields, agencies = queries.fields_with_counts(day), finding.agencies_offering(day)
    return {"narrowing": True, "fields": fields, "agencies": agencies}


def _sought(request: HttpRequest) -> finding.Sought:
    given = request.GET
    audience = given.get("doi-tuong", "")
    return finding.Sought(
        text=given.get("q", "")[:200],
        field_id=_number(given.get("linh-vuc", "")),
        audience=audience if audience in set(Group) else "",
        agency_id=_number(given.get("co-quan", "")),
        event=given.get("su-kien", "")[:50],
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def kept(request: HttpRequest) -> str:
    """The question without its page, for links to other pages."""
    given = request.GET.copy()
    for name in ("trang", "after", "before"):
        given.pop(name, None)
    return given.urlencode()


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: the plain sheet first, the full legal text behind; `?in=1` opens everything for paper."""
    at = now()
    day = legal_date(at)
    sheet = queries.sheet(code, day)
    context = {
        "sheet": sheet,
        "version": sheet.version,
        "lines": places.lines(places.offices_at(day, sheet.version.procedure)[:30], at),
        "results": sheet.version.results.all(),
        "bases": sheet.version.legal_bases.all(),
        "for_paper": request.GET.get("in") == "1",
    }
    return render(request, "portal/procedure.html", context)


def help_page(request: HttpRequest) -> HttpResponse:
    """How it works, in plain words."""
    return render(request, "portal/help.html")
