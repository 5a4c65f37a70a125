"""Bank accounts that collect, and the transfers that came in."""

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency, Dated
from motcua.payments.models.charges import Charge


class PaymentAccount(Dated):
    """The account at the treasury or an authorised bank that an agency and those under it collect on, by date."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    bank_bin = models.CharField("mã ngân hàng (BIN)", max_length=6)
    bank_name = models.CharField("tên ngân hàng", max_length=120)
    account_number = models.CharField("số tài khoản", max_length=19)
    holder = models.CharField("chủ tài khoản", max_length=120)
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "tài khoản thu"
        verbose_name_plural = "tài khoản thu"
        ordering = ["agency", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.account_number} {self.bank_name}"


class BankTransfer(models.Model):
    """A line of the bank statement, and what became of it."""

    class Outcome(models.TextChoices):
        MATCHED = "matched", "Khớp"
        UNKNOWN = "unknown", "Không rõ khoản thu"
        WRONG_AMOUNT = "wrong", "Sai số tiền"
        DOUBLE = "double", "Nộp trùng"
        LATE = "late", "Nộp muộn: khoản thu không còn"
        RESOLVED = "resolved", "Đã xử lý"

    class Way(models.TextChoices):
        MATCHED = "matched", "Ghép vào khoản thu"
        REFUNDED = "refunded", "Đã hoàn trả người chuyển"
        KEPT = "kept", "Giữ lại, chưa rõ của ai"

    SETTLED = (Outcome.MATCHED, Outcome.RESOLVED)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    bank_reference = models.CharField("số giao dịch", max_length=60)
    memo = models.CharField("nội dung chuyển khoản", max_length=300)
    amount = models.BigIntegerField("số tiền (đồng)")
    paid_at = models.DateTimeField("lúc chuyển")
    charge = models.ForeignKey(
        Charge, models.PROTECT, null=True, related_name="transfers", verbose_name="khoản thu"
    )
    outcome = models.CharField("kết quả đối soát", max_length=8, choices=Outcome.choices)
    note = models.CharField("xử lý", max_length=500, blank=True)
    way = models.CharField("cách xử lý", max_length=8, choices=Way.choices, blank=True)
    document = models.CharField("quyết định hoàn trả", max_length=200, blank=True)
    receipt = models.ForeignKey(
        "payments.Receipt", models.PROTECT, null=True, related_name="transfers", verbose_name="biên lai"
    )
    statement = models.ForeignKey(
        "payments.BankStatement", models.PROTECT, null=True, related_name="transfers", verbose_name="sao kê"
    )
    line = models.PositiveIntegerField("dòng trên sao kê", null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "giao dịch chuyển khoản"
        verbose_name_plural = "giao dịch chuyển khoản"
        constraints = [models.UniqueConstraint(fields=["agency", "bank_reference"], name="transfer_once")]

    def __str__(self) -> str:
        return f"{self.bank_reference} {self.memo}"

    @property
    def is_settled(self) -> bool:
        """Nobody has to look into it any more."""
        return self.outcome in self.SETTLED

    @property
    def difference(self) -> int:
        """Đồng paid beyond its charge (below: too little); 0 when it is for none."""
        return self.amount - self.charge.amount if self.charge else 0

    @property
    def short_by(self) -> int:
        """The same without its sign."""
        return abs(self.difference)
