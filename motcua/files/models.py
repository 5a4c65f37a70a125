"""Stored files: content by hash on disk, what is known about them here."""

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """One file that somebody handed in or that the software made. Its content lies under its hash in MOTCUA_HOME."""

    class State(models.TextChoices):
        PENDING = "pending", "Chờ quét mã độc"
        SAFE = "safe", "An toàn"
        INFECTED = "infected", "Nhiễm mã độc"
        QUARANTINE = "quarantine", "Cách ly"
        UNSCANNED = "unscanned", "Chưa quét, cho mở có cảnh báo"
        RELEASED = "released", "Được cho mở sau cách ly"
        REFUSED = "refused", "Không chấp nhận"

    sha256 = models.CharField("mã băm nội dung", max_length=64, db_index=True)
    original_sha256 = models.CharField(
        "mã băm tệp gốc", max_length=64, help_text="trước khi xóa dữ liệu ẩn trong ảnh"
    )
    size = models.PositiveBigIntegerField("kích thước (byte)")
    media_type = models.CharField("loại nội dung", max_length=100)
    name = models.CharField("tên tệp", max_length=200)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.PENDING)
    state_note = models.CharField("ghi chú tình trạng", max_length=300, blank=True)
    is_personal = models.BooleanField("có dữ liệu cá nhân", default=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người tải lên"
    )
    uploaded_at = models.DateTimeField("lúc tải lên")

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=models.Q(state__in=["pending", "quarantine"]),
                name="storedfile_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_open(self) -> bool:
        """Whether the content may be handed out."""
        return self.state in (self.State.SAFE, self.State.UNSCANNED, self.State.RELEASED)

    @property
    def needs_warning(self) -> bool:
        """Whether whoever opens it must be told that no scanner has passed it."""
        return self.state in (self.State.UNSCANNED, self.State.RELEASED)
