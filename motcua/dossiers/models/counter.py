"""Numbers that are never reused: dossier codes per agency and day, register numbers per office and year, notice numbers."""

from django.db import models


class ReferenceStamp(models.Model):
    """A random mark of each table that acts read as reference (catalogue, agencies, calendars), renewed by triggers
    whenever the table changes: one small read tells whether what the process remembers is still true.
    """

    table = models.CharField("bảng", max_length=63, primary_key=True)
    value = models.CharField("dấu", max_length=40)

    class Meta:
        verbose_name = "dấu dữ liệu tham chiếu"
        verbose_name_plural = "dấu dữ liệu tham chiếu"

    def __str__(self) -> str:
        return f"{self.table} {self.value}"


class Counter(models.Model):
    """The last number given under a key, e.g. "code/H20.30/2026-11-22". Taken by one upsert, inside the act's transaction."""

    key = models.CharField("khóa", max_length=120, primary_key=True)
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "bộ đếm số"
        verbose_name_plural = "bộ đếm số"
