"""Working calendars as rows: sessions per weekday, days off, days worked instead, announced years.

The arithmetic is in `rules`. Every save stamps the whole, so that each process knows when to read it anew.
"""

from typing import Any

from django.db import models
from django.utils.crypto import get_random_string

from motcua.agencies.models import Agency, Dated
from motcua.workdays.rules.sessions import WEEKDAY_NAMES


class CalendarStamp(models.Model):
    """One row whose stamp changes with every change of any calendar."""

    stamp = models.CharField("dấu phiên bản", max_length=32)

    class Meta:
        verbose_name = "dấu phiên bản của lịch"
        verbose_name_plural = "dấu phiên bản của lịch"

    def __str__(self) -> str:
        return self.stamp

    @classmethod
    def renew(cls) -> None:
        """A fresh random stamp: random, so that one rolled back can never come again."""
        cls.objects.update_or_create(pk=1, defaults={"stamp": get_random_string(16)})


class CalendarPart(models.Model):
    """A row of some calendar. No agency: of the nation."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="cơ quan")
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        CalendarStamp.renew()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        CalendarStamp.renew()
        return gone


class SessionPlan(Dated, CalendarPart):
    """The sessions of one weekday in a period, e.g. 07:30-11:30 and 13:30-17:30."""

    weekday = models.PositiveSmallIntegerField("thứ", help_text="0 là thứ hai … 6 là chủ nhật")
    sessions = models.JSONField(
        "ca làm việc", default=list, help_text='["07:30-11:30", "13:30-17:30"]; rỗng là không làm việc'
    )

    class Meta:
        verbose_name = "ca làm việc"
        verbose_name_plural = "ca làm việc"
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="sessionplan_weekday"),
            models.UniqueConstraint(
                fields=["agency", "weekday", "valid_from"], name="sessionplan_agency_weekday_from"
            ),
            models.UniqueConstraint(
                fields=["weekday", "valid_from"],
                condition=models.Q(agency=None),
                name="sessionplan_national_weekday_from",
            ),
        ]
        ordering = ["weekday", "valid_from"]

    def __str__(self) -> str:
        return f"{self.weekday_name}: {', '.join(self.sessions)} từ {self.valid_from:%d/%m/%Y}"

    @property
    def weekday_name(self) -> str:
        """The weekday in Vietnamese, e.g. "thứ Hai"."""
        return WEEKDAY_NAMES[self.weekday]


class CalendarDay(CalendarPart):
    """A day off, or a day worked instead, of the nation or of one agency and its subtree."""

    class Kind(models.TextChoices):
        OFF = "off", "Ngày nghỉ"
        WORK = "work", "Ngày làm việc"

    day = models.DateField("ngày")
    kind = models.CharField("loại ngày", max_length=5, choices=Kind.choices)
    sessions = models.JSONField("ca làm việc", null=True, blank=True, help_text="để trống: như thứ hai")
    name = models.CharField("lý do", max_length=200)
    unsure = models.BooleanField("cần đối chiếu văn bản", default=False)

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


class AnnouncedYear(models.Model):
    """A year whose holidays are announced, and what the announcement chose where the law leaves it open."""

    year = models.PositiveSmallIntegerField("năm", unique=True)
    tet_from = models.SmallIntegerField(
        "ngày nghỉ Tết đầu tiên, tính từ mùng 1", help_text="-1 là ngày trước mùng 1"
    )
    national_day_beside = models.SmallIntegerField(
        "ngày nghỉ liền kề Quốc khánh", help_text="-1 là 01/9, 1 là 03/9, 0 là không có"
    )
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "năm đã công bố lịch nghỉ"
        verbose_name_plural = "năm đã công bố lịch nghỉ"
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)
