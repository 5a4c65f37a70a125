"""The outbox: messages to people, written in the same transaction as the act that they tell of, sent afterwards."""

import re
import secrets
import uuid
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.core.validity import in_force
from motcua.notifications.rules.delivery import OUTCOME_NAMES, Outcome
from motcua.notifications.rules.events import PURPOSES, TITLES, is_secret
from motcua.notifications.rules.masking import mask_address

BEFORE_RECORDS = date(2000, 1, 1)


class Language(models.TextChoices):
    VI = "vi", "Tiếng Việt"
    EN = "en", "English"


class Template(models.Model):
    """The words of a kind of message on a channel in a language, from a date. {code} and such are filled in; no personal data
    belong here. The newest row that has begun is in force; one that is not active sends nothing.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "Thư điện tử"
        SMS = "sms", "Tin nhắn SMS"
        ZALO = "zalo", "Zalo"
        APP = "app", "Trong hệ thống"

    kind = models.SlugField("loại thông báo", max_length=40)
    channel = models.CharField("kênh", max_length=6, choices=Channel.choices)
    language = models.CharField("ngôn ngữ", max_length=2, choices=Language.choices, default=Language.VI)
    valid_from = models.DateField("dùng từ ngày", default=BEFORE_RECORDS)
    subject = models.CharField("tiêu đề", max_length=200, blank=True)
    body = models.TextField("nội dung")
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "mẫu thông báo"
        verbose_name_plural = "mẫu thông báo"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "channel", "language", "valid_from"], name="template_once_a_day"
            )
        ]
        ordering = ["kind", "channel", "-language", "-valid_from"]

    def __str__(self) -> str:
        language = "" if self.language == Language.VI else f", {self.get_language_display()}"
        return f"{self.title} ({self.get_channel_display()}{language})"

    @property
    def title(self) -> str:
        """What a person reads for the kind."""
        return TITLES.get(self.kind, self.kind)


class Provider(models.Model):
    """A partner that carries messages of one channel. Several share a channel by priority: the next one helps out.

    The secret stands in the environment (`secret_env` names the variable) or sealed with the installation's key.
    """

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=100)
    channel = models.CharField("kênh", max_length=6, choices=Template.Channel.choices)
    adapter = models.CharField("cách nối", max_length=20)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    account = models.CharField("tài khoản", max_length=100, blank=True)
    sender = models.CharField("tên người gửi", max_length=100, blank=True)
    secret_env = models.CharField("biến môi trường giữ khóa", max_length=60, blank=True)
    secret_sealed = models.TextField("khóa đã niêm", blank=True, editable=False)
    priority = models.PositiveSmallIntegerField("thứ tự dùng", default=10)
    daily_cap = models.PositiveIntegerField("số tin nhiều nhất mỗi ngày", null=True, blank=True)
    quiet_from = models.TimeField("không gửi từ giờ", null=True, blank=True)
    quiet_to = models.TimeField("đến giờ", null=True, blank=True)
    timeout_seconds = models.PositiveSmallIntegerField(
        "chờ trả lời (giây)", default=10, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    valid_from = models.DateField("dùng từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    source = models.CharField("căn cứ", max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField("số lần lỗi liên tiếp", default=0, editable=False)
    rest_until = models.DateTimeField("nghỉ tới", null=True, editable=False)

    class Meta:
        verbose_name = "nhà cung cấp gửi tin"
        verbose_name_plural = "nhà cung cấp gửi tin"
        ordering = ["channel", "priority", "id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_force(day: date) -> Q:
        """Those used on a day."""
        return in_force(day)


class ProviderDay(models.Model):
    """How many messages a provider took on one day, for its cap. A try that was surely not taken is given back."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="days", verbose_name="nhà cung cấp")
    day = models.DateField("ngày")
    used = models.PositiveIntegerField("số tin", default=0)

    class Meta:
        verbose_name = "hạn mức trong ngày"
        verbose_name_plural = "hạn mức trong ngày"
        constraints = [models.UniqueConstraint(fields=["provider", "day"], name="provider_day_once")]


def new_token() -> str:
    return secrets.token_urlsafe(9)


class Contact(models.Model):
    """What somebody chose for one address: language, and what they agreed to receive beyond the law. The address itself is not
    here: `key` is a keyed hash of it, so that this table tells nobody anything.
    """

    class Medium(models.TextChoices):
        EMAIL = "email", "Thư điện tử"
        PHONE = "phone", "Điện thoại"

    key = models.CharField("khóa địa chỉ", max_length=64, unique=True)
    medium = models.CharField("loại địa chỉ", max_length=5, choices=Medium.choices)
    masked = models.CharField("địa chỉ đã che", max_length=254)
    token = models.CharField("mã đường dẫn", max_length=20, unique=True, default=new_token)
    language = models.CharField("ngôn ngữ", max_length=2, choices=Language.choices, default=Language.VI)
    survey = models.BooleanField("đồng ý nhận lời mời khảo sát", default=False)
    news = models.BooleanField("đồng ý nhận tin tức", default=False)
    zalo = models.BooleanField("đồng ý nhận qua Zalo", default=False)

    class Meta:
        verbose_name = "lựa chọn nhận tin"
        verbose_name_plural = "lựa chọn nhận tin"

    def __str__(self) -> str:
        return self.masked

    def agrees(self, purpose: str) -> bool:
        """Whether messages for this purpose may go out."""
        return purpose in PURPOSES and bool(getattr(self, purpose))


class Message(models.Model):
    """One message to one address. `reference` names the record it tells of, e.g. "dossier/17". `key` goes with every try, so
    that a partner recognises a repetition. `lease`: the process that is sending it; until `next_try_at` nobody else does.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        DELIVERED = "delivered", "Đã đến nơi"
        FAILED = "failed", "Không gửi được"
        SKIPPED = "skipped", "Không gửi"

    key = models.UUIDField("khóa chống gửi lặp", default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField("kênh", max_length=6, choices=Template.Channel.choices)
    kind = models.CharField("loại thông báo", max_length=40)
    language = models.CharField("ngôn ngữ", max_length=2, choices=Language.choices, default=Language.VI)
    to = models.CharField("nơi nhận", max_length=254)
    subject = models.CharField("tiêu đề", max_length=200, blank=True)
    body = models.TextField("nội dung")
    calendar = models.JSONField("lịch hẹn kèm theo", null=True)
    reference = models.CharField("bản ghi liên quan", max_length=80, db_index=True)
    code = models.CharField("mã hồ sơ", max_length=60, blank=True, db_index=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name="cơ quan gửi"
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, related_name="messages", verbose_name="lựa chọn nhận tin"
    )
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.QUEUED)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, related_name="+", verbose_name="nhà cung cấp"
    )
    lease = models.UUIDField("lượt gửi", null=True, editable=False)
    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    first_try_at = models.DateTimeField("lần gửi đầu", null=True)
    next_try_at = models.DateTimeField("lần gửi tới")
    last_error = models.CharField("lỗi gần nhất", max_length=300, blank=True)
    created_at = models.DateTimeField("lúc tạo")
    sent_at = models.DateTimeField("lúc gửi", null=True)
    delivered_at = models.DateTimeField("lúc đến nơi", null=True)
    read_at = models.DateTimeField("lúc đọc", null=True)

    class Meta:
        verbose_name = "tin nhắn"
        verbose_name_plural = "tin nhắn"
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="queued"), name="message_due"),
            models.Index(fields=["to", "id"], condition=Q(channel="app"), name="message_inbox"),
            models.Index(fields=["id"], condition=Q(state="failed"), name="message_dead"),
            models.Index(fields=["agency", "id"], name="message_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.masked_to}"

    @property
    def title(self) -> str:
        """What a person reads for the kind."""
        return TITLES.get(self.kind, self.kind)

    @property
    def shown_body(self) -> str:
        """The words as staff see them: of what lets somebody in without its digits."""
        return re.sub(r"[0-9]", "•", self.body) if is_secret(self.kind) else self.body

    @property
    def masked_to(self) -> str:
        """The address as staff see it."""
        return mask_address(self.to, self.channel)


class Attempt(models.Model):
    """One try to hand a message to one provider, written before the partner is asked."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts", verbose_name="tin nhắn")
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, related_name="+", verbose_name="nhà cung cấp"
    )
    number = models.PositiveSmallIntegerField("lần thứ")
    started_at = models.DateTimeField("lúc bắt đầu")
    ended_at = models.DateTimeField("lúc kết thúc", null=True)
    outcome = models.CharField(
        "kết quả", max_length=11, choices=[(o.value, name) for o, name in OUTCOME_NAMES.items()]
    )
    detail = models.CharField("đối tác trả lời", max_length=300, blank=True)
    partner_reference = models.CharField("mã của đối tác", max_length=100, blank=True)
    parts = models.PositiveSmallIntegerField("số phần SMS", default=0)

    class Meta:
        verbose_name = "lần gửi tin"
        verbose_name_plural = "lần gửi tin"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attempt_once")]

    @property
    def is_good(self) -> bool:
        return self.outcome == Outcome.ACCEPTED


class DeliveryReport(models.Model):
    """What a partner told afterwards, signed. `nonce` is taken once: who repeats a report changes nothing."""

    class State(models.TextChoices):
        DELIVERED = "delivered", "đã đến nơi"
        FAILED = "failed", "không tới nơi"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", verbose_name="nhà cung cấp")
    nonce = models.CharField("mã một lần", max_length=80)
    message = models.ForeignKey(Message, models.CASCADE, related_name="reports", verbose_name="tin nhắn")
    state = models.CharField("tình trạng", max_length=10, choices=State.choices)
    reason = models.CharField("lý do", max_length=300, blank=True)
    at = models.DateTimeField("lúc nhận")

    class Meta:
        verbose_name = "báo nhận của đối tác"
        verbose_name_plural = "báo nhận của đối tác"
        constraints = [models.UniqueConstraint(fields=["provider", "nonce"], name="report_once")]
