"""The index of Decision 766 as dated data: sets of groups and components with points and targets, and the bands of the whole."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Dated

NOUGHT_TO_HUNDRED = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class IndexSet(Dated):
    """A set of components in force over some dates; the one that holds on the last day of a period scores it.

    `green_from`, `yellow_from`: per cent of a component's points from which it is green, yellow.
    """

    code = models.SlugField("mã bộ chỉ số", max_length=20)
    name = models.CharField("tên bộ chỉ số", max_length=300)
    law = models.CharField("căn cứ", max_length=200)
    source = models.CharField("nguồn, ghi chú", max_length=500, blank=True)
    green_from = models.DecimalField(
        "màu xanh từ (% số điểm)", max_digits=5, decimal_places=2, validators=NOUGHT_TO_HUNDRED
    )
    yellow_from = models.DecimalField(
        "màu vàng từ (% số điểm)", max_digits=5, decimal_places=2, validators=NOUGHT_TO_HUNDRED
    )

    class Meta:
        verbose_name = "bộ chỉ số"
        verbose_name_plural = "bộ chỉ số"
        ordering = ["code", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="indexset_once_a_day")]

    def __str__(self) -> str:
        return f"{self.law}, từ ngày {self.valid_from:%d-%m-%Y}"


class IndexGroup(models.Model):
    """A group of components (nhóm chỉ số)."""

    index_set = models.ForeignKey(IndexSet, models.CASCADE, related_name="groups", verbose_name="bộ chỉ số")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã nhóm", max_length=10)
    name = models.CharField("tên nhóm", max_length=200)

    class Meta:
        verbose_name = "nhóm chỉ số"
        verbose_name_plural = "nhóm chỉ số"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["index_set", "code"], name="indexgroup_once")]

    def __str__(self) -> str:
        return self.name


class IndexComponent(models.Model):
    """A component with its points and target; `measure` names what is counted (`rules.index766_measures`)."""

    class Certainty(models.TextChoices):
        SURE = "sure", "theo văn bản"
        LIKELY = "likely", "cần đối chiếu văn bản"
        CHECK = "check", "tạm định, cần kiểm tra"

    group = models.ForeignKey(
        IndexGroup, models.CASCADE, related_name="components", verbose_name="nhóm chỉ số"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã thành phần", max_length=10)
    name = models.CharField("tên thành phần", max_length=200)
    points = models.DecimalField("điểm tối đa", max_digits=5, decimal_places=2, validators=NOUGHT_TO_HUNDRED)
    target = models.DecimalField(
        "chỉ tiêu (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=NOUGHT_TO_HUNDRED
    )
    measure = models.CharField("cách tính", max_length=40)
    certainty = models.CharField(
        "độ chắc chắn", max_length=6, choices=Certainty.choices, default=Certainty.SURE
    )
    source = models.CharField("nguồn, ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "thành phần chỉ số"
        verbose_name_plural = "thành phần chỉ số"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "code"], name="indexcomponent_once"),
            models.CheckConstraint(
                condition=Q(points__gte=0) & (Q(target=None) | Q(target__gt=0)),
                name="indexcomponent_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IndexBand(models.Model):
    """A class of the whole (mức xếp loại), from `low` points up to the next one."""

    index_set = models.ForeignKey(IndexSet, models.CASCADE, related_name="bands", verbose_name="bộ chỉ số")
    name = models.CharField("mức xếp loại", max_length=60)
    low = models.DecimalField("từ điểm", max_digits=5, decimal_places=2, validators=NOUGHT_TO_HUNDRED)
    source = models.CharField("nguồn, ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "mức xếp loại"
        verbose_name_plural = "mức xếp loại"
        ordering = ["-low"]
        constraints = [models.UniqueConstraint(fields=["index_set", "low"], name="indexband_once")]

    def __str__(self) -> str:
        return self.name
