"""How people find a procedure: events of life, and the words that they use for it."""

from django.db import models

from motcua.procedures.models.catalogue import Procedure


class LifeEvent(models.Model):
    """Something that happens in a person's or an enterprise's life and asks for procedures: a birth, a house, a shop."""

    class Audience(models.TextChoices):
        CITIZEN = "citizen", "Người dân"
        ENTERPRISE = "enterprise", "Doanh nghiệp, hộ kinh doanh"

    slug = models.SlugField("đường dẫn", unique=True)
    name = models.CharField("tên sự kiện", max_length=120)
    name_en = models.CharField("tên tiếng Anh", max_length=120, blank=True)
    summary = models.CharField("nói ngắn", max_length=300, blank=True)
    summary_en = models.CharField("nói ngắn bằng tiếng Anh", max_length=300, blank=True)
    audience = models.CharField("dành cho", max_length=10, choices=Audience.choices, default=Audience.CITIZEN)
    position = models.PositiveSmallIntegerField("thứ tự", default=100)
    is_shown = models.BooleanField("hiện trên trang công khai", default=True)
    procedures = models.ManyToManyField(
        Procedure, verbose_name="thủ tục", blank=True, related_name="life_events"
    )

    class Meta:
        verbose_name = "sự kiện trong đời"
        verbose_name_plural = "sự kiện trong đời"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class PlainWords(models.Model):
    """A procedure in everyday words: what it is for, what people call it, and the same in English.

    Beside the legal sheet, never instead of it: the dated version says what holds.
    """

    procedure = models.OneToOneField(Procedure, models.CASCADE, related_name="words", verbose_name="thủ tục")
    summary = models.CharField("thủ tục này để làm gì", max_length=600, blank=True)
    spoken = models.CharField(
        "người dân thường gọi là", max_length=300, blank=True, help_text="cách nhau bằng dấu phẩy"
    )
    name_en = models.CharField("tên tiếng Anh", max_length=300, blank=True)
    summary_en = models.CharField("nói ngắn bằng tiếng Anh", max_length=600, blank=True)
    search_text = models.TextField("chữ để tìm", editable=False, default="")

    class Meta:
        verbose_name = "lời thường của thủ tục"
        verbose_name_plural = "lời thường của thủ tục"

    def __str__(self) -> str:
        return self.spoken or self.summary[:80] or self.name_en
