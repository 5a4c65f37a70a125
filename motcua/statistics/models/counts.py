"""Counts kept ready: what each half of a month counted, by agency and field (docs/decisions/0065-fast-figures.md).

They can be thrown away and made again at any time; nobody's act rests on them.
"""

from django.db import models

from motcua.agencies.models import Agency
from motcua.procedures.models import Field


class CountState(models.Model):
    """How far counts are kept; one row. A trigger moves `until` back whenever something before it changes."""

    since = models.DateField("từ ngày", null=True)
    until = models.DateTimeField("đến lúc", null=True)

    class Meta:
        verbose_name = "tình trạng số đếm giữ sẵn"
        verbose_name_plural = "tình trạng số đếm giữ sẵn"


class HalfCount(models.Model):
    """How many dossiers met a test of the registry in the half of a month that begins on `start`. None means 0."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="+", db_index=False, verbose_name="cơ quan giải quyết"
    )
    start = models.DateField("ngày đầu")
    field = models.ForeignKey(
        Field, models.CASCADE, related_name="+", db_index=False, verbose_name="lĩnh vực"
    )
    test = models.CharField("chỉ tiêu", max_length=40)
    count = models.PositiveIntegerField("số hồ sơ")

    class Meta:
        verbose_name = "số đếm giữ sẵn"
        verbose_name_plural = "số đếm giữ sẵn"
        constraints = [
            models.UniqueConstraint(fields=["agency", "start", "field", "test"], name="half_count_once")
        ]
        indexes = [models.Index(fields=["start"], name="half_count_start")]
