"""Publication decisions (quyết định công bố) and postings (niêm yết) per place."""

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency, Dated
from motcua.procedures.models.catalogue import Procedure, ProcedureVersion


class PublicationDecision(models.Model):
    """A decision that publishes, amends, replaces or repeals procedures (Decree 63/2010, articles 13-15)."""

    number = models.CharField("số quyết định", max_length=120)
    issued_on = models.DateField("ngày ban hành")
    effective_on = models.DateField("ngày hiệu lực")
    received_on = models.DateField("ngày nhận được", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    title = models.TextField("trích yếu", blank=True)
    file_id = models.BigIntegerField("tệp quyết định", null=True, blank=True)

    class Meta:
        verbose_name = "quyết định công bố"
        verbose_name_plural = "quyết định công bố"
        constraints = [
            models.UniqueConstraint(fields=["number", "issued_on"], name="publicationdecision_number")
        ]

    def __str__(self) -> str:
        return self.number


class PublicationChange(models.Model):
    """What a decision does to one procedure."""

    class Kind(models.TextChoices):
        NEW = "new", "Mới ban hành"
        AMENDED = "amended", "Sửa đổi, bổ sung"
        REPLACED = "replaced", "Thay thế"
        REPEALED = "repealed", "Bãi bỏ"
        SUSPENDED = "suspended", "Tạm dừng"

    decision = models.ForeignKey(
        PublicationDecision, models.CASCADE, related_name="changes", verbose_name="quyết định"
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="changes", verbose_name="thủ tục")
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, null=True, blank=True, verbose_name="phiên bản"
    )
    kind = models.CharField("nội dung", max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = "nội dung công bố"
        verbose_name_plural = "nội dung công bố"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.procedure.code}"


class PostingPlace(Dated):
    """Where procedures are posted: a board, a kiosk, a web page."""

    class Kind(models.TextChoices):
        BOARD = "board", "Bảng niêm yết"
        KIOSK = "kiosk", "Màn hình, ki-ốt"
        WEB = "web", "Trang thông tin điện tử"

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="cơ quan")
    kind = models.CharField("loại nơi niêm yết", max_length=6, choices=Kind.choices)
    name = models.CharField("tên nơi niêm yết", max_length=200)

    class Meta:
        verbose_name = "nơi niêm yết"
        verbose_name_plural = "nơi niêm yết"

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """One version posted at one place, from a moment until it is taken down."""

    place = models.ForeignKey(
        PostingPlace, models.PROTECT, related_name="postings", verbose_name="nơi niêm yết"
    )
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="postings", verbose_name="phiên bản"
    )
    posted_at = models.DateTimeField("lúc niêm yết")
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người niêm yết"
    )
    photo_file_id = models.BigIntegerField("ảnh chụp", null=True, blank=True)
    removed_at = models.DateTimeField("lúc gỡ", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người gỡ",
    )

    class Meta:
        verbose_name = "niêm yết"
        verbose_name_plural = "niêm yết"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "version"], condition=models.Q(removed_at=None), name="posting_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version.procedure.code} tại {self.place}"
