"""Receipt books, receipts and the days of a cashier."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency
from motcua.payments.models.charges import Charge


class ReceiptBook(models.Model):
    """A book of receipts: numbers run on without gaps and are never given twice.

    On paper until 31-12-2026, electronic from 1-1-2027 (NĐ 254/2026; kept as data: `is_electronic`, `source`).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    template_code = models.CharField("ký hiệu mẫu biên lai", max_length=20, blank=True)
    symbol = models.CharField("ký hiệu biên lai", max_length=20)
    year = models.PositiveSmallIntegerField("năm")
    first_number = models.PositiveIntegerField("từ số", default=1)
    final_number = models.PositiveIntegerField(
        "đến số", null=True, blank=True, help_text="để trống nếu không giới hạn"
    )
    last_number = models.PositiveIntegerField("số đã cấp gần nhất", editable=False)
    is_electronic = models.BooleanField("biên lai điện tử", default=False)
    source = models.CharField("thông báo phát hành", max_length=300, blank=True)
    opened_at = models.DateTimeField("lúc mở")
    closed_at = models.DateTimeField("lúc đóng", null=True, blank=True)

    class Meta:
        verbose_name = "quyển biên lai"
        verbose_name_plural = "quyển biên lai"
        ordering = ["-year", "symbol"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "symbol", "year", "first_number"], name="book_once"),
            models.CheckConstraint(
                condition=Q(final_number__isnull=True) | Q(last_number__lte=F("final_number")),
                name="book_not_overrun",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol}/{self.year}"

    @property
    def is_used_up(self) -> bool:
        return self.final_number is not None and self.last_number >= self.final_number


class DayClosing(models.Model):
    """One cashier's day at one drawer: opened by the first money, closed by counting it. Then nothing is added.

    `agency` is where the drawer stands: the counter that received, when the cashier collects there.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="nơi thu")
    cashier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thu"
    )
    day = models.DateField("ngày")
    cash_total = models.BigIntegerField("tiền mặt đã thu (đồng)", default=0)
    transfer_total = models.BigIntegerField("chuyển khoản (đồng)", default=0)
    refund_total = models.BigIntegerField("tiền mặt đã hoàn (đồng)", default=0)
    counted_cash = models.BigIntegerField("tiền mặt đếm được (đồng)", null=True)
    difference = models.BigIntegerField("chênh lệch (đồng)", null=True)
    note = models.CharField("giải trình chênh lệch", max_length=500, blank=True)
    denominations = models.JSONField("mệnh giá", default=dict)
    ranges = models.JSONField("dãy số biên lai", default=list)
    closed_at = models.DateTimeField("lúc khóa", null=True)

    class Meta:
        verbose_name = "ngày thu"
        verbose_name_plural = "ngày thu"
        constraints = [models.UniqueConstraint(fields=["agency", "cashier", "day"], name="day_once")]

    def __str__(self) -> str:
        return f"ngày thu {self.day:%d/%m/%Y}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Receipt(models.Model):
    """A numbered receipt in the name of `agency`, to whom the money is owed; `day` says in whose drawer it went.

    It never changes; a wrong one is cancelled with a reason and keeps its number.
    """

    class Method(models.TextChoices):
        CASH = "cash", "Tiền mặt"
        TRANSFER = "transfer", "Chuyển khoản"
        GATEWAY = "gateway", "Cổng thanh toán trực tuyến"

    book = models.ForeignKey(
        ReceiptBook, models.PROTECT, related_name="receipts", verbose_name="quyển biên lai"
    )
    number = models.PositiveIntegerField("số")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan thu")
    day = models.ForeignKey(DayClosing, models.PROTECT, related_name="receipts", verbose_name="ngày thu")
    method = models.CharField("hình thức", max_length=8, choices=Method.choices)
    payer_name = models.CharField("người nộp", max_length=200)
    payer_code = models.CharField("mã số thuế hoặc số định danh", max_length=14, blank=True)
    amount = models.BigIntegerField("số tiền (đồng)")
    bank_reference = models.CharField("số giao dịch", max_length=100, blank=True)
    cashier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thu"
    )
    issued_at = models.DateTimeField("lúc lập")
    cancelled_at = models.DateTimeField("lúc hủy", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người hủy",
    )
    cancel_reason = models.CharField("lý do hủy", max_length=500, blank=True)
    search_text = models.CharField("chữ để tìm", max_length=500, editable=False)

    class Meta:
        verbose_name = "biên lai"
        verbose_name_plural = "biên lai"
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive"),
        ]
        indexes = [models.Index(fields=["agency", "issued_at"], name="receipt_register")]

    def __str__(self) -> str:
        return f"{self.book.symbol} số {self.number:07d}"

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class ReceiptLine(models.Model):
    """One charge on a receipt."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="lines", verbose_name="biên lai")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="lines", verbose_name="khoản thu")
    purpose = models.CharField("nội dung thu", max_length=300)
    amount = models.BigIntegerField("số tiền (đồng)")

    class Meta:
        verbose_name = "dòng biên lai"
        verbose_name_plural = "dòng biên lai"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.purpose
