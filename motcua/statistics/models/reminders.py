"""Reminders to units that have not sent a report: one for a form, a period and a stage, and no more."""

from django.db import models

from motcua.agencies.models import Agency
from motcua.statistics.rules.reminders import Stage


class ReportReminder(models.Model):
    """A unit was reminded of a report, before its due date or after it. The row keeps it from being told again."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="đơn vị được nhắc")
    form_code = models.CharField("biểu báo cáo", max_length=30)
    start = models.DateField("ngày đầu kỳ")
    end = models.DateField("ngày cuối kỳ")
    stage = models.CharField("lần nhắc", max_length=6, choices=[(s.value, s.label) for s in Stage])
    told_at = models.DateTimeField("lúc nhắc")
    people = models.PositiveSmallIntegerField("số người được nhắc")

    class Meta:
        verbose_name = "nhắc gửi báo cáo"
        verbose_name_plural = "nhắc gửi báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "form_code", "start", "end", "stage"], name="report_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_code} {self.end} {self.agency}"
