"""The outbox: messages to people, written in the same transaction as the act that they tell of, sent afterwards."""

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.notifications.rules.texts import TITLES


class Template(models.Model):
    """The words of a kind of message on a channel. {code} and such are filled in; no personal data belong here."""

    class Channel(models.TextChoices):
        EMAIL = "email", "Thư điện tử"
        SMS = "sms", "Tin nhắn SMS"
        ZALO = "zalo", "Zalo"
        APP = "app", "Trong hệ thống"

    kind = models.SlugField("loại thông báo", max_length=40)
    channel = models.CharField("kênh", max_length=6, choices=Channel.choices)
    subject = models.CharField("tiêu đề", max_length=200, blank=True)
    body = models.TextField("nội dung")
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "mẫu thông báo"
        verbose_name_plural = "mẫu thông báo"
        constraints = [models.UniqueConstraint(fields=["kind", "channel"], name="template_once")]
        ordering = ["kind", "channel"]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_channel_display()})"

    @property
    def title(self) -> str:
        """What a person reads for the kind."""
        return TITLES.get(self.kind, self.kind)


class Message(models.Model):
    """One message to one address. `reference` names the record it tells of, e.g. "dossier/17"."""

    class State(models.TextChoices):
        QUEUED = "queued", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"

    channel = models.CharField("kênh", max_length=6, choices=Template.Channel.choices)
    kind = models.CharField("loại thông báo", max_length=40)
    to = models.CharField("nơi nhận", max_length=254)
    subject = models.CharField("tiêu đề", max_length=200, blank=True)
    body = models.TextField("nội dung")
    reference = models.CharField("bản ghi liên quan", max_length=80, db_index=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name="cơ quan gửi"
    )
    state = models.CharField("tình trạng", max_length=6, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    next_try_at = models.DateTimeField("lần gửi tới")
    last_error = models.CharField("lỗi gần nhất", max_length=300, blank=True)
    created_at = models.DateTimeField("lúc tạo")
    sent_at = models.DateTimeField("lúc gửi", null=True)
    read_at = models.DateTimeField("lúc đọc", null=True)

    class Meta:
        verbose_name = "tin nhắn"
        verbose_name_plural = "tin nhắn"
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="queued"), name="message_due"),
            models.Index(fields=["to", "id"], condition=Q(channel="app"), name="message_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to}"
