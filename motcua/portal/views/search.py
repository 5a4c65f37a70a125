"""Search over everything; what programs that index the site are told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from motcua.core.moments import now, today
from motcua.news.queries import documents_on, published
from motcua.portal.queries.offices import offices_at
from motcua.portal.queries.site import search_all
from motcua.portal.throttle import NEAR_WORDS, Turns
from motcua.procedures.queries.finding import public_at

PAGES = ("home", "catalogue", "offices", "news", "boards", "track", "verify", "help")
IN_MAP = 20_000


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Procedures, news, documents and offices that hold the words."""
    text = request.GET.get("q", "")[:200]
    brake = Turns(request, NEAR_WORDS)
    waits = brake.barred() if text else ""
    found = search_all(text, now(), forgive=not waits)
    context = {"q": text, "found": found, "waits": waits if found.few else ""}
    return brake.answered(found.few, waits, render(request, "portal/site/search.html", context))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, for search engines. Five statements."""
    day = today()
    paths = [reverse(f"portal:{name}") for name in PAGES]
    rows: list[tuple[str, object]] = [
        *(("procedure", code) for code in public_at(day).values_list("procedure__code", flat=True)[:IN_MAP]),
        *(("article", pk) for pk in published(now()).values_list("pk", flat=True)[:IN_MAP]),
        *(("document", pk) for pk in documents_on().values_list("pk", flat=True)[:IN_MAP]),
        *(("office", pk) for pk in offices_at(day).values_list("pk", flat=True)[:IN_MAP]),
    ]
    paths += [reverse(f"portal:{name}", args=[key]) for name, key in rows]
    found = "".join(f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>" for path in paths)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return HttpResponse(f"{head}{found}</urlset>", content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Index the public pages; keep away from one's own dossiers, from tokens and from the offices' screens."""
    closed = [reverse("portal:track"), reverse("portal:verify"), "/ho-so/", "/quay/", "/tai-khoan/", "/tep/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
