"""Acts on articles: written, changed, published, withdrawn, read."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import access_agency, authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import fold, nfc
from motcua.files.actions import store
from motcua.news.models import Article, ArticleRead
from motcua.news.rules.deadlines import NOTICE_WORKING_DAYS, is_told_in_time
from motcua.news.rules.markup import to_plain
from motcua.workdays.queries import calendar_of

LONGEST = 60_000


@dataclass(frozen=True)
class ArticleData:
    """An article as a person writes it; moments are aware."""

    title: str
    kind: str = Article.Kind.NEWS
    audience: str = Article.Audience.EVERYONE
    is_reform: bool = False
    summary: str = ""
    body: str = ""
    title_en: str = ""
    body_en: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    shown_until: datetime | None = None


@transaction.atomic
def write_article(agency_id: int, data: ArticleData, *, actor: User, at: datetime) -> Article:
    """Begin an article as a draft of an agency. Raises RuleViolation, NotFound without news.edit there."""
    agency = access_agency(agency_id)
    _require(actor, Permission.NEWS_EDIT, agency, at)
    article = Article.objects.create(
        agency=agency, created_at=at, created_by=actor, changed_at=at, **_fields(data)
    )
    _record(article, "news.written", actor, at)
    return article


@transaction.atomic
def edit_article(article_id: int, data: ArticleData, *, actor: User, at: datetime) -> Article:
    """Change an article; one that is published needs the permission to publish. Raises RuleViolation, NotFound."""
    article = _locked(article_id)
    published = article.status == Article.Status.PUBLISHED
    _require(actor, Permission.NEWS_PUBLISH if published else Permission.NEWS_EDIT, article.agency, at)
    fields = _fields(data) | {"changed_at": at}
    for name, value in fields.items():
        setattr(article, name, value)
    article.save(update_fields=list(fields))
    _record(article, "news.changed", actor, at)
    return article


@transaction.atomic
def set_picture(
    article_id: int, picture: "UploadedFile[bytes] | bytes", *, words: str, actor: User, at: datetime, name: str = ""
) -> Article:  # fmt: skip
    """Put a picture to an article, with words for who cannot see it. Raises RuleViolation for other files or no words."""
    article = _locked(article_id)
    _require(actor, Permission.NEWS_EDIT, article.agency, at)
    if not nfc(words):
        raise RuleViolation("Tả ảnh bằng lời cho người không nhìn thấy ảnh.", field="words")
    stored = store(picture, actor=actor, at=at, name=name, personal=False)
    if stored.media_type not in ("image/jpeg", "image/png"):
        raise RuleViolation("Ảnh phải là tệp JPEG hoặc PNG.", field="picture")
    article.picture_id, article.picture_words, article.changed_at = stored.pk, nfc(words)[:250], at
    article.save(update_fields=["picture_id", "picture_words", "changed_at"])
    _record(article, "news.picture_set", actor, at, file=stored.pk)
    return article


@transaction.atomic
def publish_article(article_id: int, *, actor: User, at: datetime, urgent: str = "") -> Article:
    """Put an article before the public. A planned interruption is told at least seven working days before, or it says
    why it could not be (`urgent`). Raises RuleViolation, NotFound without news.publish.
    """
    article = _locked(article_id)
    _require(actor, Permission.NEWS_PUBLISH, article.agency, at)
    if article.status == Article.Status.PUBLISHED:
        raise RuleViolation("Tin bài này đã đăng.")
    if not article.body.strip():
        raise RuleViolation("Tin bài chưa có nội dung.", field="body")
    if article.kind == Article.Kind.INTERRUPTION:
        _require_early(article, at, nfc(urgent))
    article.status, article.published_at, article.published_by = Article.Status.PUBLISHED, at, actor
    article.save(update_fields=["status", "published_at", "published_by"])
    _record(article, "news.published", actor, at, **({"urgent": nfc(urgent)} if nfc(urgent) else {}))
    return article


def _require_early(article: Article, at: datetime, urgent: str) -> None:
    if article.begins_at is None:
        raise RuleViolation("Ghi lúc bắt đầu ngừng dịch vụ.", field="begins_at")
    calendar = calendar_of(article.agency)
    if not urgent and not is_told_in_time(legal_date(at), legal_date(article.begins_at), calendar):
        raise RuleViolation(
            f"Phải báo trước ít nhất {NOTICE_WORKING_DAYS} ngày làm việc. Dời lúc ngừng, hoặc ghi lý do đột xuất.",
            field="urgent",
        )


@transaction.atomic
def withdraw_article(article_id: int, *, reason: str, actor: User, at: datetime) -> Article:
    """Take a published article off the site, saying why. Raises RuleViolation, NotFound."""
    article = _locked(article_id)
    _require(actor, Permission.NEWS_PUBLISH, article.agency, at)
    if article.status != Article.Status.PUBLISHED:
        raise RuleViolation("Tin bài này không đang đăng.")
    if not nfc(reason):
        raise RuleViolation("Nêu lý do gỡ tin bài.", field="reason")
    article.status = Article.Status.WITHDRAWN
    article.save(update_fields=["status"])
    _record(article, "news.withdrawn", actor, at, reason=nfc(reason))
    return article


@transaction.atomic
def count_read(article_id: int, *, actor: User | None, at: datetime, number: int = 1) -> int:
    """Count reads of a published article on the day; what it has that day afterwards. Whoever read is not kept.

    `actor` is not recorded: reading is nobody's business. One statement more than the count itself.
    """
    day = legal_date(at)
    row, made = ArticleRead.objects.get_or_create(article_id=article_id, day=day, defaults={"count": number})
    if made:
        return number
    ArticleRead.objects.filter(pk=row.pk).update(count=F("count") + number)
    return row.count + number


def _locked(article_id: int) -> Article:
    rows = Article.objects.select_for_update(of=("self",)).select_related("agency")
    found = rows.filter(pk=article_id).first()
    if found is None:
        raise NotFound("Không tìm thấy tin bài này.")
    return found


def _require(actor: User, permission: Permission, agency: Agency, at: datetime) -> None:
    authority_of(actor, legal_date(at)).require(permission, agency)


def _fields(data: ArticleData) -> dict[str, Any]:
    if not nfc(data.title):
        raise RuleViolation("Nhập tiêu đề.", field="title")
    if data.kind not in Article.Kind.values or data.audience not in Article.Audience.values:
        raise RuleViolation("Chọn loại tin bài và người đọc trong danh sách.", field="kind")
    for name in ("body", "body_en"):
        if len(getattr(data, name)) > LONGEST:
            raise RuleViolation(f"Nội dung dài quá {LONGEST:,} ký tự.".replace(",", "."), field=name)
    if data.begins_at and data.ends_at and data.ends_at <= data.begins_at:
        raise RuleViolation("Lúc kết thúc phải sau lúc bắt đầu.", field="ends_at")
    plain = {name: nfc(getattr(data, name)) for name in ("title", "summary", "title_en")}
    text = f"{plain['title']} {plain['summary']} {plain['title_en']} {to_plain(data.body)} {to_plain(data.body_en)}"
    return asdict(data) | plain | {"search_text": fold(text)}


def _record(article: Article, kind: str, actor: User, at: datetime, **more: Any) -> None:
    data = {"article": article.pk, "title": article.title, **more}
    append(f"agency/{article.agency_id}", kind, actor=actor, at=at, data=data)
