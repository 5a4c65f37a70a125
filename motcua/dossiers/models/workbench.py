"""What an officer keeps beside the work: messages in the dossier, filters saved, texts to start from."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.dossiers.models.dossier import Dossier


class Message(models.Model):
    """A message in the dossier: among officers, to the citizen, or from the citizen. `read_at`: when the other side first
    opened it; a message among officers is not tracked.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="messages", verbose_name="hồ sơ")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người viết"
    )
    at = models.DateTimeField("lúc viết")
    body = models.TextField("nội dung")
    to_citizen = models.BooleanField("gửi công dân", default=False)
    from_citizen = models.BooleanField("công dân gửi", default=False)
    read_at = models.DateTimeField("lúc đọc", null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người đọc"
    )

    class Meta:
        verbose_name = "trao đổi"
        verbose_name_plural = "trao đổi"
        ordering = ["at"]
        indexes = [
            # What waits to be read: few rows, asked by every inbox and every list of one's own dossiers.
            models.Index(
                fields=["dossier"],
                condition=Q(from_citizen=True, read_at=None),
                name="message_from_citizen",
            ),
            models.Index(
                fields=["dossier"],
                condition=Q(to_citizen=True, read_at=None),
                name="message_to_citizen",
            ),
        ]


class MessageFile(models.Model):
    """A file sent with a message."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="files", verbose_name="trao đổi")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="tệp")

    class Meta:
        verbose_name = "tệp kèm trao đổi"
        verbose_name_plural = "tệp kèm trao đổi"
        ordering = ["id"]


class SavedFilter(models.Model):
    """A filter of the inbox that an officer keeps under a name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="công chức"
    )
    name = models.CharField("tên bộ lọc", max_length=80)
    query = models.CharField("điều kiện", max_length=500)

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="savedfilter_name")]


class ReplyTemplate(models.Model):
    """A short text that an agency keeps for its officers to start from; what is sent is the officer's own copy."""

    class Kind(models.TextChoices):
        SUPPLEMENT = "supplement", "Yêu cầu bổ sung"
        REFUSAL = "refusal", "Lý do từ chối"
        MESSAGE = "message", "Trao đổi với công dân"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    kind = models.CharField("dùng cho", max_length=10, choices=Kind.choices)
    title = models.CharField("tên mẫu", max_length=120)
    body = models.TextField("nội dung", max_length=1000)

    class Meta:
        verbose_name = "mẫu trả lời"
        verbose_name_plural = "mẫu trả lời"
        ordering = ["kind", "title", "id"]
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "title"], name="reply_title_once")]

    def __str__(self) -> str:
        return self.title
