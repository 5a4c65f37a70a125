"""What everybody may read: published answers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.moments import today
from motcua.feedback import queries

PAGE_SIZE = 20
IN_FEED = 30


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Published answers by words, agency and topic."""
    text, topic = request.GET.get("q", "")[:200], request.GET.get("noi-dung", "")[:40]
    agency = _number(request.GET.get("co-quan", ""))
    pages = Paginator(queries.published(text, agency, topic), PAGE_SIZE)
    context = {
        "q": text,
        "agency": agency,
        "topic": topic,
        "page": pages.get_page(request.GET.get("trang", "")[:6]),
        "count": pages.count,
        "agencies": queries.agencies_to_choose(today()),
        "topics": queries.topics_on(today()),
    }
    return render(request, "portal/feedback/list.html", context)


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """One published answer."""
    return render(request, "portal/feedback/one.html", {"item": queries.published_one(code)})


@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """The newest published answers for feed readers."""
    base = f"{request.scheme}://{request.get_host()}"
    link = base + reverse("portal:feedback_list")
    feed = Rss201rev2Feed(
        _("Trả lời phản ánh, kiến nghị"), link, _("Kết quả xử lý phản ánh, kiến nghị đã công khai")
    )
    for row in queries.published()[:IN_FEED]:
        where = base + reverse("portal:feedback_one", args=[row.code])
        feed.add_item(
            row.published_title, where, row.published_answer, pubdate=row.published_at, unique_id=row.code
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
