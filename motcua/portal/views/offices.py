"""Where to hand in: offices by commune or nearness, with what is open now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies.rules.places import parsed
from motcua.core.moments import legal_date, now
from motcua.portal.queries import offices as queries
from motcua.procedures.queries.versions import access_procedure

# The reader's place is asked for on this page only, by a button, and rounded to a kilometre before it is sent.
POLICY = "camera=(), geolocation=(self), microphone=()"


def offices(request: HttpRequest) -> HttpResponse:
    """Offices that exist today, the nearest first when the browser tells where it is."""
    at = now()
    code, text = request.GET.get("thu-tuc", "")[:40], request.GET.get("xa", "")[:120]
    procedure = access_procedure(code) if code else None
    place = parsed(request.GET.get("vi-tri", "")[:40])
    found = queries.in_commune(queries.offices_at(legal_date(at), procedure), text)
    lines = queries.lines(found, at, place)
    context = {"lines": lines[:60], "count": len(lines), "text": text, "place": place, "procedure": procedure}
    response = render(request, "portal/find/offices.html", context)
    response["Permissions-Policy"] = POLICY
    return response


def office(request: HttpRequest, pk: int) -> HttpResponse:
    """One office: hours of the coming days, telephone, address, map, counters."""
    return render(request, "portal/find/office.html", {"page": queries.office_page(pk, now())})
