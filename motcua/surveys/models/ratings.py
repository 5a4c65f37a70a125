"""Ratings of finished dossiers. What proves that a dossier's vote is spent and what the vote says are kept apart: no column,
key, moment or order leads from one to the other.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Dated
from motcua.procedures.models import Field
from motcua.surveys.rules.ratings import Asked, Kind

KINDS = [(Kind.SCALE, "năm mức hài lòng"), (Kind.COUNT, "số lần"), (Kind.YES_NO, "có hoặc không")]
CERTAINTIES = [
    ("sure", "theo văn bản"),
    ("likely", "cần đối chiếu văn bản"),
    ("design", "lựa chọn của phần mềm"),
]


class Topic(Dated):
    """What citizens are asked after a dossier (NĐ 61/2018/NĐ-CP, Điều 31). `reasons`: what may be ticked with a low mark."""

    code = models.SlugField("mã", max_length=30)
    kind = models.CharField("cách trả lời", max_length=8, choices=[(k.value, v) for k, v in KINDS])
    text = models.CharField("câu hỏi", max_length=300)
    text_en = models.CharField("câu hỏi bằng tiếng Anh", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    reasons = models.JSONField("lý do chưa hài lòng", default=list)
    law = models.CharField("căn cứ", max_length=200, blank=True)
    certainty = models.CharField("độ chắc chắn", max_length=8, choices=CERTAINTIES, default="sure")

    class Meta:
        verbose_name = "nội dung đánh giá"
        verbose_name_plural = "nội dung đánh giá"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="topic_once_a_day")]

    def __str__(self) -> str:
        return self.text

    @property
    def asked(self) -> Asked:
        """The topic as the rules know it."""
        return Asked(self.code, Kind(self.kind), tuple(one["code"] for one in self.reasons))


class SpentRight(models.Model):
    """That a dossier's vote is spent: a keyed hash of the dossier, nothing else. Says neither when nor what."""

    mark = models.CharField("dấu", max_length=64, primary_key=True)

    class Meta:
        verbose_name = "lượt đánh giá đã dùng"
        verbose_name_plural = "lượt đánh giá đã dùng"


class Ballot(models.Model):
    """One part of a vote: what it says of the agency, of its field, or of an officer; the parts do not know each other.

    `month` is all that is kept of when: of casting, and once it is visible (`released`) of the batch that it came out with.
    """

    class About(models.TextChoices):
        AGENCY = "agency", "cơ quan"
        FIELD = "field", "lĩnh vực"
        OFFICER = "officer", "cán bộ, công chức"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField("đánh giá về", max_length=8, choices=About.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    field = models.ForeignKey(Field, models.PROTECT, null=True, related_name="+", verbose_name="lĩnh vực")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="cán bộ, công chức",
    )
    month = models.DateField("tháng")
    released = models.BooleanField("đã đưa vào số liệu", default=False)
    marks = models.JSONField("các mức")
    reasons = models.JSONField("lý do chưa hài lòng", default=list)
    words = models.CharField("ý kiến khác", max_length=1000, blank=True)

    class Meta:
        verbose_name = "phiếu đánh giá"
        verbose_name_plural = "phiếu đánh giá"
        indexes = [
            models.Index(fields=["agency", "about", "month"], condition=Q(released=True), name="ballot_seen"),
            models.Index(fields=["agency", "about"], condition=Q(released=False), name="ballot_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(about="agency", field=None, officer=None)
                | Q(about="field", field__isnull=False, officer=None)
                | Q(about="officer", field=None, officer__isnull=False),
                name="ballot_subject",
            )
        ]


class RatingCall(models.Model):
    """That those who received a result on a day have been asked to rate."""

    day = models.DateField("ngày trả kết quả", unique=True)

    class Meta:
        verbose_name = "đợt mời đánh giá"
        verbose_name_plural = "đợt mời đánh giá"
