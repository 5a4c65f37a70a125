"""Administrative units (đơn vị hành chính) with their dates: three levels until 30-6-2025, two since.

A unit that changed is another row, joined to the former one by a succession. Codes are those of the national list
(Quyết định 124/2004/QĐ-TTg, Quyết định 19/2025/QĐ-TTg); the same code may stand for another unit after 1-7-2025.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from motcua.core.validity import not_over


class Unit(models.Model):
    """A province, district or commune as it stood from one day to another."""

    class Level(models.TextChoices):
        PROVINCE = "province", "Cấp tỉnh"
        DISTRICT = "district", "Cấp huyện"
        COMMUNE = "commune", "Cấp xã"

    code = models.CharField("mã đơn vị hành chính", max_length=10)
    level = models.CharField("cấp hành chính", max_length=8, choices=Level.choices)
    name = models.CharField("tên đơn vị hành chính", max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="thuộc đơn vị hành chính",
    )
    # Empty: from before anybody asks.
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    search_text = models.CharField("chữ để tìm", max_length=120, editable=False)
    # The name without its kind, "phuc xa", as people write it.
    short_text = models.CharField("tên ngắn để tìm", max_length=120, editable=False)

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        constraints = [models.UniqueConstraint(fields=["level", "code", "valid_from"], name="unit_code_once")]
        indexes = [models.Index(fields=["parent", "search_text"], name="unit_in_parent")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_force(day: date) -> Q:
        """Units as they stood on a legal date."""
        began = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return began & not_over(day)


class Succession(models.Model):
    """Into which unit another went; `is_main` where it was divided and most of it went there."""

    before = models.ForeignKey(
        Unit, models.CASCADE, related_name="successions", verbose_name="đơn vị hành chính cũ"
    )
    after = models.ForeignKey(
        Unit, models.CASCADE, related_name="predecessors", verbose_name="đơn vị hành chính mới"
    )
    is_main = models.BooleanField("phần chính", default=True)

    class Meta:
        verbose_name = "chuyển tiếp đơn vị hành chính"
        verbose_name_plural = "chuyển tiếp đơn vị hành chính"
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
