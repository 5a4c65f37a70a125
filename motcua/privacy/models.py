"""Requests of people about their personal data, and for how long each class of data is kept."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Dated
from motcua.core.moments import legal_date
from motcua.files.models import StoredFile
from motcua.privacy.rules.requests import (
    CHANNELS,
    FIELDS,
    IDENTITIES,
    KINDS,
    OPEN,
    STATES,
    code_of,
)
from motcua.privacy.rules.retention import BY_CODE, FATES, UNITS, DataClass, Fate, described

USER = settings.AUTH_USER_MODEL
SINCE = date(2026, 1, 1)  # Luật 91/2025/QH15 in force


class DataRequest(models.Model):
    """One request to see, correct or delete one's personal data. `user`: the account of whom the data is; without one, who it is
    stands in the row as an officer wrote it down. Due dates are moments in UTC on the legal clock of the agency.
    """

    kind = models.CharField("yêu cầu", max_length=8, choices=[(k.value, v) for k, v in KINDS.items()])
    channel = models.CharField("cách gửi", max_length=8, choices=[(k.value, v) for k, v in CHANNELS.items()])
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết")
    user = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="data_requests", verbose_name="tài khoản"
    )
    full_name = models.CharField("họ và tên", max_length=120, blank=True)
    identity_number = models.CharField("số định danh", max_length=12, blank=True)
    phone = models.CharField("điện thoại", max_length=16, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    field = models.CharField("dữ liệu cần sửa", max_length=16, blank=True, choices=list(FIELDS.items()))
    present_value = models.CharField("đang ghi là", max_length=300, blank=True)
    right_value = models.CharField("đúng phải là", max_length=300, blank=True)
    words = models.TextField("nội dung yêu cầu", blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="giấy tờ chứng minh"
    )
    state = models.CharField("trạng thái", max_length=10, choices=[(k.value, v) for k, v in STATES.items()])
    received_at = models.DateTimeField("lúc nhận")
    received_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi nhận"
    )
    acknowledge_due_at = models.DateTimeField("hạn nhận giải quyết")
    due_at = models.DateTimeField("hạn trả lời")
    limit_days = models.PositiveSmallIntegerField("thời hạn (ngày làm việc)")
    accepted_at = models.DateTimeField("lúc nhận giải quyết", null=True)
    handler = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người giải quyết"
    )
    identity = models.CharField("cách xác minh", max_length=14, blank=True, choices=list(IDENTITIES.items()))
    extended_days = models.PositiveSmallIntegerField("số ngày đã gia hạn", null=True)
    done = models.JSONField("đã làm", default=dict)  # class -> how many; never values
    answer = models.TextField("trả lời", blank=True)
    law = models.CharField("căn cứ", max_length=300, blank=True)
    closed_at = models.DateTimeField("lúc trả lời", null=True)
    blanked_at = models.DateTimeField("lúc xóa nội dung", null=True)

    class Meta:
        verbose_name = "yêu cầu về dữ liệu cá nhân"
        verbose_name_plural = "yêu cầu về dữ liệu cá nhân"
        indexes = [
            models.Index(fields=["agency", "state", "due_at"], name="datarequest_queue"),
            models.Index(fields=["closed_at"], condition=Q(blanked_at=None), name="datarequest_closed"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The code that people quote."""
        return code_of(self.pk, legal_date(self.received_at).year)

    @property
    def chain(self) -> str:
        """Its chain in the log."""
        return f"privacy/{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state in OPEN

    @property
    def now_due_at(self) -> datetime:
        """The due date that counts now: for taking it on, then for answering."""
        return self.acknowledge_due_at if self.state == "received" else self.due_at


class RetentionRule(Dated):
    """How long a class of data is kept, from which event, and what happens then; the next rule of the class ends it. Without an
    amount it is kept for ever.
    """

    data_class = models.CharField("loại dữ liệu", max_length=20)
    amount = models.PositiveIntegerField("giữ bao lâu", null=True, blank=True)
    unit = models.CharField("đơn vị", max_length=5, choices=[(k.value, v) for k, v in UNITS.items()])
    fate = models.CharField("hết hạn thì", max_length=6, choices=[(k.value, v) for k, v in FATES.items()])
    source = models.CharField("căn cứ", max_length=300)
    certain = models.BooleanField("đã đối chiếu văn bản", default=False)

    class Meta:
        verbose_name = "thời hạn lưu giữ"
        verbose_name_plural = "thời hạn lưu giữ"
        ordering = ["data_class", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["data_class", "valid_from"], name="retention_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.about.label}: {self.described}"

    @classmethod
    def starting(cls, one: DataClass) -> "RetentionRule":
        """The rule that a new installation starts with, unsaved."""
        return cls(
            data_class=one.code, amount=one.amount, unit=one.unit.value, fate=one.fate.value, source=one.source,
            certain=one.sure, valid_from=SINCE,
        )  # fmt: skip

    @property
    def about(self) -> DataClass:
        """The class that it is about."""
        return BY_CODE[self.data_class]

    @property
    def described(self) -> str:
        """The time in words."""
        return self.about.elsewhere or described(self.amount, self.unit)

    @property
    def is_carried_out(self) -> bool:
        """Whether the daily task acts on it."""
        return self.about.is_carried_out and self.fate != Fate.KEEP and self.amount is not None


class RetentionDay(models.Model):
    """That what was old on a day has been thrown away: nothing is left of it, the day is not gone through again."""

    day = models.DateField("ngày", unique=True)
    at = models.DateTimeField("lúc xong")

    class Meta:
        verbose_name = "ngày đã xử lý thời hạn lưu giữ"
        verbose_name_plural = "ngày đã xử lý thời hạn lưu giữ"
