"""Fees (phí) and charges (lệ phí): amount by channel, area and date, per case, copy or page, capped, with exemptions."""

from django.db import models

from motcua.agencies.models import Agency, Dated
from motcua.procedures.models.catalogue import Channel, Procedure


class Fee(Dated):
    """One line of a fee schedule. `tiers` for per-page fees: [[2, 2000], [null, 1000]] = first 2 pages 2.000 đ, then 1.000 đ."""

    class Kind(models.TextChoices):
        FEE = "phi", "Phí"
        CHARGE = "le_phi", "Lệ phí"

    class Per(models.TextChoices):
        CASE = "case", "trường hợp"
        COPY = "copy", "bản"
        PAGE = "page", "trang"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="fees", verbose_name="thủ tục")
    kind = models.CharField("loại khoản thu", max_length=8, choices=Kind.choices)
    name = models.CharField("tên khoản thu", max_length=300)
    channel = models.CharField(
        "cách thức", max_length=8, choices=Channel.choices, blank=True, help_text="trống: mọi cách thức"
    )
    area = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="địa bàn")
    per = models.CharField("tính theo", max_length=6, choices=Per.choices, default=Per.CASE)
    amount_dong = models.BigIntegerField("mức thu (đồng)")
    tiers = models.JSONField("bậc theo trang", null=True, blank=True)
    cap_dong = models.BigIntegerField("mức trần (đồng/bản)", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300)
    source = models.CharField("nguồn, ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "mức thu"
        verbose_name_plural = "mức thu"

    def __str__(self) -> str:
        return self.name


class FeeExemption(models.Model):
    """Who pays nothing, or a share, of a fee."""

    fee = models.ForeignKey(Fee, models.CASCADE, related_name="exemptions", verbose_name="mức thu")
    reason = models.CharField("đối tượng", max_length=200)
    percent_off = models.PositiveSmallIntegerField("giảm (%)", default=100)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    proof = models.CharField("giấy tờ chứng minh", max_length=300, blank=True)

    class Meta:
        verbose_name = "miễn, giảm"
        verbose_name_plural = "miễn, giảm"

    def __str__(self) -> str:
        return self.reason
