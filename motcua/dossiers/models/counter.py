"""Numbers that are never reused: dossier codes per agency and day, register numbers per office and year, notice numbers."""

from django.db import models


class Counter(models.Model):
    """The last number given under a key, e.g. "code/H20.30/2026-11-22". Taken by one upsert, inside the act's transaction."""

    key = models.CharField("khóa", max_length=120, primary_key=True)
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "bộ đếm số"
        verbose_name_plural = "bộ đếm số"
