"""Articles: what the public may read now, what an editor works on, how often each was read."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.news.models import Article, ArticleRead


def published(at: datetime, *, text: str = "", kind: str = "", reform: bool = False) -> QuerySet[Article]:
    """What everybody may read at a moment, newest first; what is for staff only is left out."""
    shown = Q(shown_until__isnull=True) | Q(shown_until__gt=at)
    rows = Article.objects.filter(shown, status=Article.Status.PUBLISHED, published_at__lte=at)
    rows = rows.exclude(audience=Article.Audience.STAFF).select_related("agency")
    for word in fold(text).split()[:12]:
        rows = rows.filter(search_text__contains=word)
    if kind in Article.Kind.values:
        rows = rows.filter(kind=kind)
    if reform:
        rows = rows.filter(is_reform=True)
    return rows.order_by("-published_at", "-id")


def access_article(pk: int, at: datetime) -> Article:
    """One article that everybody may read. Raises NotFound."""
    found = published(at).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy tin bài này.")
    return found


def interruptions(at: datetime) -> list[Article]:
    """Planned interruptions that have not ended, soonest first: for the banner. One statement."""
    open_ones = Q(ends_at__isnull=True, begins_at__gt=at) | Q(ends_at__gt=at)
    return list(published(at, kind=Article.Kind.INTERRUPTION).filter(open_ones).order_by("begins_at")[:2])


def articles_of(agency: Agency) -> QuerySet[Article]:
    """All articles of one agency, newest first."""
    return Article.objects.filter(agency=agency).order_by("-created_at", "-id")


def drafts_within(authority: Authority, *, status: str = "", text: str = "") -> QuerySet[Article]:
    """Articles of the agencies in which somebody may write or publish."""
    mine = authority.where(Permission.NEWS_EDIT, "agency") | authority.where(
        Permission.NEWS_PUBLISH, "agency"
    )
    rows = Article.objects.filter(mine).select_related("agency")
    if status in Article.Status.values:
        rows = rows.filter(status=status)
    for word in fold(text).split()[:12]:
        rows = rows.filter(search_text__contains=word)
    return with_reads(rows).order_by("-created_at", "-id")


def access_draft(pk: int, authority: Authority) -> Article:
    """One article, for who may write or publish in its agency. Raises NotFound."""
    found = drafts_within(authority).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy tin bài này.")
    return found


def with_reads(rows: QuerySet[Article]) -> QuerySet[Article]:
    """The articles with `read_count`, in the same statement."""
    summed = (
        ArticleRead.objects.filter(article=OuterRef("pk"))
        .order_by()
        .values("article")
        .annotate(total=Sum("count"))
        .values("total")
    )
    return rows.annotate(read_count=Subquery(summed))


def reads_of(article: Article | int) -> int:
    """How often an article was read."""
    pk = article if isinstance(article, int) else article.pk
    return ArticleRead.objects.filter(article_id=pk).aggregate(total=Sum("count"))["total"] or 0


def reads_by_day(article: Article) -> list[tuple[date, int]]:
    """Reads day by day, the last thirty days that have any."""
    rows: Iterable[tuple[date, int]] = article.reads.order_by("-day").values_list("day", "count")[:30]
    return sorted(rows)


def reform_reads(agency: Agency, first: date, last: date) -> tuple[int, int]:
    """Articles of reform communication that an agency published in a period, and how often they were read in it."""
    rows = Article.objects.filter(
        agency__path__startswith=agency.path, is_reform=True, published_at__isnull=False
    )
    reads = ArticleRead.objects.filter(article__in=rows, day__range=(first, last))
    return rows.filter(published_at__date__range=(first, last)).count(), reads.aggregate(n=Sum("count"))[
        "n"
    ] or 0
