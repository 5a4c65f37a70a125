"""Paying online: gateways, orders, what gateways say, money that goes back through them."""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Dated
from motcua.payments.models.charges import Charge, RefundDue
from motcua.payments.models.receipts import Receipt


class Gateway(Dated):
    """A payment gateway that an agency has a contract with. The secret stands in the environment (`secret_env` names the
    variable) or sealed with the installation's key.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan ký hợp đồng")
    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên cổng thanh toán", max_length=100)
    adapter = models.CharField("cách nối", max_length=20, default="http")
    address = models.CharField("địa chỉ", max_length=300)
    merchant = models.CharField("mã đơn vị tại cổng", max_length=60)
    secret_env = models.CharField("biến môi trường giữ khóa", max_length=60, blank=True)
    secret_sealed = models.TextField("khóa đã niêm", blank=True, editable=False)
    timeout_seconds = models.PositiveSmallIntegerField(
        "chờ trả lời (giây)", default=10, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    order_minutes = models.PositiveSmallIntegerField(
        "giao dịch có hạn (phút)", default=30, validators=[MinValueValidator(5), MaxValueValidator(1440)]
    )
    source = models.CharField("căn cứ", max_length=300, help_text="hợp đồng, văn bản thỏa thuận")
    checked_at = models.DateTimeField("lúc thử gần nhất", null=True, editable=False)
    check_result = models.CharField("kết quả thử", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = "cổng thanh toán"
        verbose_name_plural = "cổng thanh toán"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class GatewayUse(Dated):
    """From when to when an agency, and those under it, let people pay through a gateway."""

    gateway = models.ForeignKey(Gateway, models.PROTECT, related_name="uses", verbose_name="cổng thanh toán")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")

    class Meta:
        verbose_name = "cơ quan dùng cổng thanh toán"
        verbose_name_plural = "cơ quan dùng cổng thanh toán"
        constraints = [
            models.UniqueConstraint(fields=["gateway", "agency", "valid_from"], name="gateway_use_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency} dùng {self.gateway}"


class PaymentOrder(models.Model):
    """One try to pay some charges of one record through a gateway. `receipt` is given once, whatever is told how often;
    `excess` is what came although it was not owed any more: it goes back.
    """

    class State(models.TextChoices):
        CREATED = "created", "Mới lập"
        SENT = "sent", "Chờ người nộp trả"
        PAID = "paid", "Đã trả"
        FAILED = "failed", "Không thành công"
        EXPIRED = "expired", "Hết hạn"
        UNKNOWN = "unknown", "Chưa rõ, đang hỏi cổng"
        REFUNDED = "refunded", "Đã hoàn trả"

    gateway = models.ForeignKey(
        Gateway, models.PROTECT, related_name="orders", verbose_name="cổng thanh toán"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan thu")
    key = models.UUIDField("khóa giao dịch", default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField("khoản thu của", max_length=80, db_index=True)
    code = models.CharField("mã hồ sơ", max_length=60)
    amount = models.BigIntegerField("số tiền (đồng)")
    state = models.CharField("tình trạng", max_length=8, choices=State.choices, default=State.CREATED)
    gateway_reference = models.CharField("số tham chiếu của cổng", max_length=100, blank=True)
    pay_address = models.CharField("trang trả tiền", max_length=500, blank=True)
    created_at = models.DateTimeField("lúc lập")
    expires_at = models.DateTimeField("hết hạn lúc")
    settled_at = models.DateTimeField("lúc ghi nhận đã trả", null=True)
    asks = models.PositiveSmallIntegerField("số lần hỏi", default=0)
    next_ask_at = models.DateTimeField("hỏi lại lúc", null=True)
    receipt = models.OneToOneField(
        Receipt, models.PROTECT, null=True, related_name="order", verbose_name="biên lai"
    )
    wants_receipt = models.BooleanField("chờ lập biên lai", default=False)
    excess = models.BigIntegerField("tiền nộp thừa phải hoàn (đồng)", default=0)
    excess_note = models.CharField("đã hoàn tiền thừa", max_length=500, blank=True)

    class Meta:
        verbose_name = "giao dịch thanh toán"
        verbose_name_plural = "giao dịch thanh toán"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_positive"),
            models.CheckConstraint(condition=Q(excess__gte=0, excess__lte=models.F("amount")), name="order_excess_within"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["next_ask_at"], condition=Q(next_ask_at__isnull=False), name="order_to_ask"),
            models.Index(fields=["agency", "settled_at"], name="order_settled"),
        ]

    def __str__(self) -> str:
        return f"giao dịch {self.code} ({str(self.key)[:8]})"

    @property
    def has_open_excess(self) -> bool:
        """Whether money that was not owed still has to go back."""
        return self.excess > 0 and not self.excess_note


class OrderLine(models.Model):
    """A charge that an order is to pay, with the amount that it had."""

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="lines", verbose_name="giao dịch")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="order_lines", verbose_name="khoản thu")
    amount = models.BigIntegerField("số tiền (đồng)")
    settled = models.BooleanField("giao dịch này đã trả", default=False)

    class Meta:
        verbose_name = "khoản trong giao dịch"
        verbose_name_plural = "khoản trong giao dịch"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["order", "charge"], name="charge_once_in_order")]

    def __str__(self) -> str:
        return str(self.charge)


_TOLD = {
    "pending": "đang chờ trả",
    "paid": "đã trả",
    "failed": "không thành công",
    "expired": "hết hạn",
    "refunded": "đã hoàn",
}


class GatewayEvent(models.Model):
    """What was asked of a gateway and what it said, taken or refused and why. Rows are only ever added."""

    class Kind(models.TextChoices):
        ORDER = "order", "Gửi giao dịch"
        STATUS = "status", "Hỏi tình trạng"
        CALLBACK = "callback", "Cổng báo về"
        REFUND = "refund", "Hoàn tiền"
        FILE = "file", "Tệp đối soát"
        CHECK = "check", "Thử kết nối"

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Đã nhận"
        KNOWN = "known", "Đã biết, không đổi gì"
        REFUSED = "refused", "Từ chối"
        FAILED = "failed", "Không nối được"

    gateway = models.ForeignKey(
        Gateway, models.PROTECT, related_name="events", verbose_name="cổng thanh toán"
    )
    order = models.ForeignKey(
        PaymentOrder, models.PROTECT, null=True, related_name="events", verbose_name="giao dịch"
    )
    kind = models.CharField("việc", max_length=8, choices=Kind.choices)
    outcome = models.CharField("kết quả", max_length=7, choices=Outcome.choices)
    reason = models.CharField("lý do", max_length=300, blank=True)
    state_told = models.CharField("tình trạng cổng báo", max_length=10, blank=True)
    amount_told = models.BigIntegerField("số tiền cổng báo (đồng)", null=True)
    nonce = models.CharField("số dùng một lần", max_length=64, blank=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "nhật ký cổng thanh toán"
        verbose_name_plural = "nhật ký cổng thanh toán"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "nonce"],
                condition=Q(kind="callback") & ~Q(nonce=""),
                name="callback_nonce_once",
            )
        ]
        indexes = [models.Index(fields=["gateway", "at"], name="gateway_event_at")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; an old one never changes. Raises TypeError."""
        if self.pk is not None:
            raise TypeError("nhật ký cổng thanh toán chỉ thêm, không sửa")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never. Raises TypeError."""
        raise TypeError("nhật ký cổng thanh toán chỉ thêm, không xóa")

    @property
    def told_words(self) -> str:
        """What the gateway said, in Vietnamese."""
        return _TOLD.get(self.state_told, self.state_told)


class OnlineRefund(models.Model):
    """Money that goes back through the gateway by a decision: of a settled charge, or what was paid beyond (`charge` empty)."""

    class State(models.TextChoices):
        ASKED = "asked", "Đã yêu cầu cổng"
        DONE = "done", "Đã hoàn"
        REFUSED = "refused", "Cổng từ chối"

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="refunds", verbose_name="giao dịch")
    charge = models.ForeignKey(
        Charge, models.PROTECT, null=True, related_name="online_refunds", verbose_name="khoản thu"
    )
    due = models.ForeignKey(
        RefundDue,
        models.PROTECT,
        null=True,
        related_name="online_refunds",
        verbose_name="khoản phải hoàn trả",
    )
    key = models.UUIDField("khóa hoàn tiền", default=uuid.uuid4, unique=True, editable=False)
    amount = models.BigIntegerField("số tiền hoàn (đồng)")
    reason = models.CharField("lý do", max_length=500)
    document = models.CharField("quyết định hoàn trả", max_length=200)
    state = models.CharField("tình trạng", max_length=7, choices=State.choices, default=State.ASKED)
    detail = models.CharField("cổng trả lời", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người hoàn"
    )
    made_at = models.DateTimeField("lúc yêu cầu")
    done_at = models.DateTimeField("lúc hoàn xong", null=True)
    asks = models.PositiveSmallIntegerField("số lần hỏi", default=0)
    next_ask_at = models.DateTimeField("hỏi lại lúc", null=True)

    class Meta:
        verbose_name = "hoàn tiền qua cổng"
        verbose_name_plural = "hoàn tiền qua cổng"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="online_refund_positive"),
            models.UniqueConstraint(
                fields=["order", "charge"], condition=Q(state="asked", charge__isnull=False), name="charge_refund_asked_once"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=~Q(state="refused") & Q(charge__isnull=True), name="excess_refunded_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"hoàn tiền {self.order}"
