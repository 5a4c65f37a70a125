"""Templates that an agency derives from a shipped form by adding figures of the registry."""

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency, Dated

PREFIX = "mau-"


class ReportTemplate(Dated):
    """A form of one's own: a shipped form with further columns, for an agency and all below it, by the period's last day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan đặt ra")
    base = models.CharField("biểu gốc", max_length=20)
    title = models.CharField("tên báo cáo", max_length=300)
    document = models.CharField("văn bản yêu cầu", max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lúc lập")

    class Meta:
        verbose_name = "mẫu báo cáo"
        verbose_name_plural = "mẫu báo cáo"
        ordering = ["-valid_from", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """Its name in addresses and commands: "mau-12"."""
        return f"{PREFIX}{self.pk}"


class ReportColumn(models.Model):
    """A column added: a figure of the registry, under its own title or another."""

    template = models.ForeignKey(
        ReportTemplate, models.CASCADE, related_name="columns", verbose_name="mẫu báo cáo"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    figure = models.CharField("chỉ tiêu", max_length=40)
    title = models.CharField("tên cột", max_length=120, blank=True)

    class Meta:
        verbose_name = "cột báo cáo"
        verbose_name_plural = "cột báo cáo"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "figure"], name="reportcolumn_figure_once")
        ]

    def __str__(self) -> str:
        return self.title or self.figure
