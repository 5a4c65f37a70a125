"""Reports that were frozen: what an agency answers for, with who froze, signed and sent it, and every later amendment."""

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency

USER = settings.AUTH_USER_MODEL


class KeptReport(models.Model):
    """One report frozen for one agency and period: a form that was counted, a sum of what the units below had sent, the index of
    Decision 766, or the ranking of the units below by it. Its figures never change (a trigger refuses it); what was wrong is amended
    by a further one with a higher number and a reason, and both stay.
    """

    class Kind(models.TextChoices):
        FORM = "form", "Biểu đếm từ hồ sơ"
        GATHERED = "gathered", "Tổng hợp từ báo cáo đã gửi"
        INDEX = "index", "Bộ chỉ số"
        RANKING = "ranking", "Bảng xếp hạng"

    class State(models.TextChoices):
        FROZEN = "frozen", "Đã chốt, chờ ký"
        SIGNED = "signed", "Đã ký, chờ gửi"
        SENT = "sent", "Đã gửi cấp trên"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name="cơ quan báo cáo")
    kind = models.CharField("loại báo cáo", max_length=8, choices=Kind.choices, default=Kind.FORM)
    form_code = models.CharField("biểu báo cáo", max_length=30)
    start = models.DateField("ngày đầu kỳ")
    end = models.DateField("ngày cuối kỳ")
    period = models.CharField("kỳ báo cáo", max_length=10, blank=True)
    basis = models.CharField("loại kỳ", max_length=10, blank=True)
    below = models.BooleanField("gồm đơn vị trực thuộc", default=False)
    number = models.PositiveSmallIntegerField("lần chốt", default=1)
    reason = models.CharField("lý do điều chỉnh", max_length=500, blank=True)
    content = models.JSONField("số liệu đã chốt")
    content_hash = models.CharField("mã băm số liệu", max_length=64)
    state = models.CharField("tình trạng báo cáo", max_length=8, choices=State.choices, default=State.FROZEN)
    frozen_at = models.DateTimeField("lúc chốt")
    frozen_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người chốt")
    signed_at = models.DateTimeField("lúc ký báo cáo", null=True)
    signed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người ký báo cáo"
    )
    sent_at = models.DateTimeField("lúc gửi báo cáo", null=True)
    sent_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người gửi báo cáo"
    )

    class Meta:
        verbose_name = "báo cáo đã chốt"
        verbose_name_plural = "báo cáo đã chốt"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "form_code", "start", "end", "below", "number"],
                name="kept_report_number",
            )
        ]
        indexes = [models.Index(fields=["form_code", "end", "agency"], name="kept_report_period")]

    def __str__(self) -> str:
        again = f", điều chỉnh lần {self.number - 1}" if self.number > 1 else ""
        return f"{self.form_code} {self.period or self.end} {self.agency}{again}"

    def is_later_than(self, other: "KeptReport") -> bool:
        """Whether it amends the other, directly or by one between."""
        return (self.kind, self.below) == (other.kind, other.below) and self.number > other.number
