"""The short guide: one question a page, without an account, without JavaScript; the answers stand in the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.core.moments import legal_date, now
from motcua.portal.queries import guide as queries
from motcua.portal.queries import offices as places


def guide(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or what the answers come to."""
    at = now()
    day = legal_date(at)
    given, choice = request.GET.get("d", "")[:90], request.GET.get("c")
    page = queries.guide_page(code, given, choice or "", day)
    if choice:
        return redirect(f"{reverse('portal:guide', args=[code])}?d={page.state}")
    context = {
        "page": page,
        "way": page.way,
        "sheet": page.sheet,
        "unanswered": choice == "" or "gui" in request.GET,
    }
    if page.way.asked:
        return render(request, "portal/find/question.html", context)
    if page.way.stopped:
        return render(request, "portal/find/stopped.html", context)
    context["decided"] = queries.decided(page, day)
    context["lines"] = places.lines(places.offices_at(day, page.sheet.version.procedure)[:10], at)
    return render(request, "portal/find/decided.html", context)
