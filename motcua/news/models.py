"""News, notices and published documents of a locality. What is published was published by somebody, at a moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency


class Article(models.Model):
    """A piece of news or a notice. `body` holds the markup of `rules.markup`, never HTML."""

    class Kind(models.TextChoices):
        NEWS = "news", "Tin tức"
        NOTICE = "notice", "Thông báo"
        INTERRUPTION = "interruption", "Thông báo tạm ngừng dịch vụ"

    class Status(models.TextChoices):
        DRAFT = "draft", "Bản nháp"
        PUBLISHED = "published", "Đã đăng"
        WITHDRAWN = "withdrawn", "Đã gỡ"

    class Audience(models.TextChoices):
        EVERYONE = "everyone", "Mọi người"
        CITIZEN = "citizen", "Người dân"
        ENTERPRISE = "enterprise", "Doanh nghiệp, hộ kinh doanh"
        HAMLET = "hamlet", "Trưởng thôn, tổ trưởng, người hoạt động không chuyên trách"
        STAFF = "staff", "Cán bộ, công chức"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan đăng")
    kind = models.CharField("loại", max_length=12, choices=Kind.choices, default=Kind.NEWS)
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    audience = models.CharField(
        "dành cho", max_length=10, choices=Audience.choices, default=Audience.EVERYONE
    )
    is_reform = models.BooleanField("tuyên truyền cải cách hành chính", default=False)
    title = models.CharField("tiêu đề", max_length=250)
    summary = models.CharField("tóm tắt", max_length=500, blank=True)
    body = models.TextField("nội dung", blank=True)
    title_en = models.CharField("tiêu đề tiếng Anh", max_length=250, blank=True)
    body_en = models.TextField("nội dung tiếng Anh", blank=True)
    picture_id = models.BigIntegerField("ảnh", null=True, blank=True)
    picture_words = models.CharField("lời tả ảnh", max_length=250, blank=True)
    begins_at = models.DateTimeField("bắt đầu (ngừng dịch vụ)", null=True, blank=True)
    ends_at = models.DateTimeField("kết thúc (ngừng dịch vụ)", null=True, blank=True)
    published_at = models.DateTimeField("đăng lúc", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đăng"
    )  # fmt: skip
    shown_until = models.DateTimeField("hiện đến", null=True, blank=True)
    created_at = models.DateTimeField("soạn lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người soạn"
    )
    changed_at = models.DateTimeField("sửa lúc")
    search_text = models.TextField("chữ để tìm", editable=False, default="")

    class Meta:
        verbose_name = "tin bài"
        verbose_name_plural = "tin bài"
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(status="published"), name="article_published"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ArticleRead(models.Model):
    """How often an article was read on one day (legal date). Nobody's name, address or device is kept."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="reads", verbose_name="tin bài")
    day = models.DateField("ngày")
    count = models.PositiveIntegerField("số lượt đọc", default=0)

    class Meta:
        verbose_name = "lượt đọc trong ngày"
        verbose_name_plural = "lượt đọc trong ngày"
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="articleread_day")]

    def __str__(self) -> str:
        return f"{self.article}, {self.day}: {self.count}"


class Board(models.Model):
    """A board on the site (bảng công khai): budget, legal documents, plans, whatever the locality publishes."""

    slug = models.SlugField("đường dẫn", unique=True)
    name = models.CharField("tên bảng", max_length=120)
    name_en = models.CharField("tên tiếng Anh", max_length=120, blank=True)
    note = models.CharField("giới thiệu", max_length=400, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=100)

    class Meta:
        verbose_name = "bảng công khai"
        verbose_name_plural = "bảng công khai"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class DisclosureKind(models.Model):
    """What must be made public on a board, within how long of its event, and how long it must stay there."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="kinds", verbose_name="bảng công khai")
    name = models.CharField("loại tài liệu", max_length=200)
    event = models.CharField("tính từ ngày", max_length=200, blank=True)
    amount = models.PositiveSmallIntegerField("thời hạn", default=0)
    unit = models.CharField(
        "đơn vị",
        max_length=12,
        choices=[("working_day", "ngày làm việc"), ("calendar_day", "ngày")],
        default="calendar_day",
    )
    stays_days = models.PositiveSmallIntegerField("số ngày phải niêm yết", default=0)
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "loại tài liệu công khai"
        verbose_name_plural = "loại tài liệu công khai"
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="disclosurekind_name")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class PublishedDocument(models.Model):
    """A document on a board, drawn up, made public, taken down; `due_on` the last day on which it may appear."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Chuẩn bị"
        PUBLISHED = "published", "Đang công khai"
        REMOVED = "removed", "Đã gỡ"

    board = models.ForeignKey(Board, models.PROTECT, related_name="documents", verbose_name="bảng công khai")
    kind = models.ForeignKey(
        DisclosureKind, models.PROTECT, null=True, blank=True, verbose_name="loại tài liệu"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan công khai")
    title = models.CharField("tên tài liệu", max_length=300)
    number = models.CharField("số, ký hiệu", max_length=120, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    summary = models.TextField("nội dung chính", blank=True)
    event_on = models.DateField("ngày làm căn cứ tính hạn", null=True, blank=True)
    due_on = models.DateField("hạn công khai", null=True, blank=True)
    file_id = models.BigIntegerField("tệp", null=True, blank=True)
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    published_at = models.DateTimeField("công khai lúc", null=True, blank=True)
    stays_until = models.DateField("phải giữ đến", null=True, blank=True)
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    created_at = models.DateTimeField("lập lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    search_text = models.TextField("chữ để tìm", editable=False, default="")

    class Meta:
        verbose_name = "tài liệu công khai"
        verbose_name_plural = "tài liệu công khai"
        indexes = [models.Index(fields=["board", "status", "-published_at"])]

    def __str__(self) -> str:
        return self.title
