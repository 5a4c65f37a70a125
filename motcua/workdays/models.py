"""Working calendars as rows: sessions per weekday, days off, days worked instead. The arithmetic is in
`rules`.
"""

from django.db import models

from motcua.agencies.models import Agency, Dated


class SessionPlan(Dated):
    """The sessions of one weekday, e.g. 07:30-11:30 and 13:30-17:30. No agency: the national calendar."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="cơ quan")
    weekday = models.PositiveSmallIntegerField("thứ", help_text="0 là thứ hai … 6 là chủ nhật")
    sessions = models.JSONField(
        "ca làm việc", default=list, help_text='["07:30-11:30", "13:30-17:30"]; rỗng là không làm việc'
    )
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "ca làm việc"
        verbose_name_plural = "ca làm việc"


class CalendarDay(models.Model):
    """A day off, or a day worked instead, of the nation or of one agency and its subtree."""

    class Kind(models.TextChoices):
        OFF = "off", "Ngày nghỉ"
        WORK = "work", "Ngày làm việc bù"

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="cơ quan")
    day = models.DateField("ngày")
    kind = models.CharField("loại ngày", max_length=5, choices=Kind.choices)
    sessions = models.JSONField("ca làm việc", null=True, blank=True, help_text="để trống: như thứ hai")
    name = models.CharField("lý do", max_length=200)
    source = models.CharField("căn cứ", max_length=300)
    provisional = models.BooleanField("tạm tính", default=False)

    class Meta:
        verbose_name = "ngày của lịch"
        verbose_name_plural = "ngày của lịch"
        constraints = [
            models.UniqueConstraint(fields=["agency", "day"], name="calendarday_agency_day"),
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(agency=None), name="calendarday_national_day"
            ),
        ]
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.get_kind_display()}: {self.name}"
