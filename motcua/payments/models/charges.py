"""What somebody owes, and what was given back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency


class Charge(models.Model):
    """A phí or a lệ phí: two different objects (Luật Phí và lệ phí 2015, Art. 3); or a financial obligation that is paid here.
    Amounts are whole đồng.

    `agency` is who it is owed to (it resolves the matter), `counter` whose counter received the dossier and may take the
    money for it; empty when there is no such counter.
    """

    class Kind(models.TextChoices):
        FEE = "phi", "Phí"
        CHARGE = "le_phi", "Lệ phí"
        OBLIGATION = "nvtc", "Nghĩa vụ tài chính"

    class State(models.TextChoices):
        NONE = "none", "Không phải nộp"
        DUE = "due", "Chưa nộp"
        PAID = "paid", "Đã nộp"
        REFUNDED = "refunded", "Đã hoàn trả"
        EXEMPT = "exempt", "Được miễn"
        CANCELLED = "cancelled", "Đã hủy"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan thu")
    counter = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nơi tiếp nhận, thu tiền",
    )
    reference = models.CharField("khoản thu của", max_length=80, db_index=True)
    code = models.CharField("mã hồ sơ", max_length=60, db_index=True)
    kind = models.CharField("loại khoản thu", max_length=6, choices=Kind.choices)
    purpose = models.CharField("nội dung thu", max_length=300)
    subject = models.CharField("khoản trong biểu thu", max_length=300, blank=True)
    amount = models.BigIntegerField("số tiền (đồng)")
    payer_name = models.CharField("người nộp", max_length=200)
    payer_code = models.CharField("mã số thuế hoặc số định danh", max_length=14, blank=True)
    legal_basis = models.CharField("căn cứ thu", max_length=300, blank=True)
    state = models.CharField("tình trạng", max_length=9, choices=State.choices)
    exemption_reason = models.CharField("lý do miễn", max_length=300, blank=True)
    key = models.CharField("nội dung chuyển khoản", max_length=25)
    match_key = models.CharField("khóa đối soát", max_length=25, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lúc lập")
    settled_at = models.DateTimeField("lúc nộp, miễn hoặc hủy", null=True, blank=True)
    refunded_at = models.DateTimeField("lúc hoàn hết", null=True, blank=True)

    class Meta:
        verbose_name = "khoản thu"
        verbose_name_plural = "khoản thu"
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="charge_not_negative")]
        indexes = [
            models.Index(fields=["agency", "created_at"], condition=Q(state="due"), name="charge_due"),
            models.Index(
                fields=["counter", "created_at"], condition=Q(state="due"), name="charge_due_at_counter"
            ),
        ]

    def __str__(self) -> str:
        """The purpose, told apart as phí or lệ phí when its own words do not say so."""
        kind = self.get_kind_display()
        return self.purpose if self.purpose.lower().startswith(kind.lower()) else f"{kind}: {self.purpose}"


class Refund(models.Model):
    """Money given back of a paid charge, all of it or what was paid too much, with a decision behind it."""

    class Method(models.TextChoices):
        CASH = "cash", "Tiền mặt"
        TRANSFER = "transfer", "Chuyển khoản"
        GATEWAY = "gateway", "Qua cổng thanh toán"

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="refunds", verbose_name="khoản thu")
    amount = models.BigIntegerField("số tiền hoàn (đồng)")
    method = models.CharField("cách hoàn", max_length=8, choices=Method.choices)
    reason = models.CharField("lý do", max_length=500)
    document = models.CharField("quyết định hoàn trả", max_length=200)
    day = models.ForeignKey(
        "DayClosing", models.PROTECT, null=True, related_name="refunds", verbose_name="ngày thu"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người hoàn"
    )
    made_at = models.DateTimeField("lúc hoàn")

    class Meta:
        verbose_name = "lần hoàn trả"
        verbose_name_plural = "lần hoàn trả"
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive")]

    def __str__(self) -> str:
        return f"hoàn trả {self.charge}"


class RefundDue(models.Model):
    """What must go back of a paid charge because less is owed than was paid. It waits for a decision; `closed_at` is when the
    money went back (`refund`), or when it was owed after all.
    """

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="refunds_due", verbose_name="khoản thu")
    amount = models.BigIntegerField("số tiền phải hoàn (đồng)")
    reason = models.CharField("lý do", max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    made_at = models.DateTimeField("lúc lập")
    closed_at = models.DateTimeField("lúc xong", null=True, blank=True)
    refund = models.OneToOneField(
        Refund, models.PROTECT, null=True, blank=True, related_name="due", verbose_name="lần hoàn trả"
    )

    class Meta:
        verbose_name = "khoản phải hoàn trả"
        verbose_name_plural = "khoản phải hoàn trả"
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_due_positive")]
        indexes = [models.Index(fields=["made_at"], condition=Q(closed_at=None), name="refund_due_open")]

    def __str__(self) -> str:
        return f"phải hoàn {self.charge}"
