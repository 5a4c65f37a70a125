"""Bank statements taken in as files, the day's file of a gateway, and the reconciliation of a day or a month."""

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency
from motcua.payments.models.accounts import PaymentAccount
from motcua.payments.models.online import Gateway

USER = settings.AUTH_USER_MODEL


class StatementLayout(models.Model):
    """How a bank writes its statement: names of the columns of a CSV file, or MT940."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV (bảng có dòng tiêu đề)"
        MT940 = "mt940", "MT940"

    name = models.CharField("tên mẫu", max_length=100, unique=True)
    kind = models.CharField("dạng tệp", max_length=5, choices=Kind.choices)
    columns = models.JSONField("cột", default=dict, blank=True)
    source = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        verbose_name = "mẫu sao kê"
        verbose_name_plural = "mẫu sao kê"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BankStatement(models.Model):
    """A statement that was taken in. What could not be read stays here as it was told: nothing is lost."""

    account = models.ForeignKey(
        PaymentAccount, models.PROTECT, related_name="statements", verbose_name="tài khoản thu"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    layout = models.ForeignKey(StatementLayout, models.PROTECT, related_name="+", verbose_name="mẫu sao kê")
    name = models.CharField("tên tệp", max_length=200)
    digest = models.CharField("mã băm", max_length=64)
    lines = models.PositiveIntegerField("số giao dịch đến", default=0)
    added = models.PositiveIntegerField("ghi mới", default=0)
    known = models.PositiveIntegerField("đã có", default=0)
    outgoing = models.PositiveIntegerField("giao dịch đi", default=0)
    total = models.BigIntegerField("tổng tiền đến (đồng)", default=0)
    faults = models.JSONField("dòng lỗi", default=list)
    first_day = models.DateField("từ ngày", null=True)
    last_day = models.DateField("đến ngày", null=True)
    imported_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người nhập")
    imported_at = models.DateTimeField("lúc nhập")

    class Meta:
        verbose_name = "sao kê ngân hàng"
        verbose_name_plural = "sao kê ngân hàng"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"sao kê {self.name}"


class GatewayFile(models.Model):
    """What a gateway says that it took and gave back on a day: its lines as they came, signed."""

    gateway = models.ForeignKey(Gateway, models.PROTECT, related_name="files", verbose_name="cổng thanh toán")
    day = models.DateField("ngày")
    digest = models.CharField("mã băm", max_length=64)
    rows = models.JSONField("dòng", default=list)
    fetched_at = models.DateTimeField("lúc lấy")

    class Meta:
        verbose_name = "tệp đối soát của cổng"
        verbose_name_plural = "tệp đối soát của cổng"
        constraints = [models.UniqueConstraint(fields=["gateway", "day"], name="gateway_file_once")]

    def __str__(self) -> str:
        return f"tệp đối soát {self.gateway} ngày {self.day:%d/%m/%Y}"


class Explanation(models.Model):
    """Why something of a day does not match, as a person found out; the difference stays to be seen."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    day = models.DateField("ngày")
    subject = models.CharField("chênh lệch", max_length=120)
    note = models.CharField("giải trình", max_length=500)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người giải trình")
    made_at = models.DateTimeField("lúc giải trình")

    class Meta:
        verbose_name = "giải trình chênh lệch"
        verbose_name_plural = "giải trình chênh lệch"
        constraints = [models.UniqueConstraint(fields=["agency", "day", "subject"], name="explained_once")]

    def __str__(self) -> str:
        return self.subject


class Reconciliation(models.Model):
    """A day or a month that was reconciled and closed: figures and differences as they stood, never changed afterwards."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến ngày")
    figures = models.JSONField("số liệu")
    differences = models.JSONField("chênh lệch", default=list)
    closed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người khóa")
    closed_at = models.DateTimeField("lúc khóa")

    class Meta:
        verbose_name = "bảng đối soát"
        verbose_name_plural = "bảng đối soát"
        ordering = ["-last_day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "first_day", "last_day"], name="reconciled_once")
        ]

    def __str__(self) -> str:
        return f"bảng đối soát {self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y}"
