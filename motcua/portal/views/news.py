"""News and notices for everybody, and their feeds."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from motcua.core import web
from motcua.core.moments import now
from motcua.files.queries import url_for
from motcua.news.actions import count_read
from motcua.news.queries import access_article, picture_of, published, reads_of
from motcua.news.rules.markup import to_plain
from motcua.portal.queries import words
from motcua.portal.throttle import first_in_a_while
from motcua.portal.views.catalogue import kept

PAGE_SIZE, IN_FEED = 12, 20


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """News and notices, newest first."""
    kind, text = request.GET.get("loai", ""), request.GET.get("q", "")[:200]
    reform = request.GET.get("cchc") == "1"
    page = web.page(request, published(now(), text=text, kind=kind, reform=reform), PAGE_SIZE)
    context = {"page": page, "kind": kind, "q": text, "reform": reform, "kept": kept(request)}
    return render(request, "portal/site/news.html", context)


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article. A read is counted, never who read."""
    at = now()
    found = access_article(pk, at)
    if first_in_a_while(request, f"article/{pk}"):
        count_read(pk, actor=None, at=at)
    picture = picture_of(found)
    english = words.is_english() and bool(found.body_en)
    context = {
        "article": found,
        "title": found.title_en if english and found.title_en else found.title,
        "body": found.body_en if english else found.body,
        "language": "en" if english else "vi",
        "picture": url_for(picture, request.user) if picture else "",
        "reads": reads_of(found),
    }
    return render(request, "portal/site/article.html", context)


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest news and notices for feed readers: RSS 2.0 or Atom."""
    made = (Atom1Feed if form == "atom" else Rss201rev2Feed)(
        title=_site_name(),
        link=request.build_absolute_uri(reverse("portal:news")),
        description="Tin tức và thông báo",
        language="vi",
        feed_url=request.build_absolute_uri(),
    )
    for row in published(now())[:IN_FEED]:
        address = request.build_absolute_uri(reverse("portal:article", args=[row.pk]))
        said = row.summary or to_plain(row.body)[:400]
        made.add_item(
            row.title, address, said, unique_id=address, pubdate=row.published_at, updateddate=row.changed_at
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _site_name() -> str:
    name: str = settings.SITE["name"]
    return name or "Một Cửa"
