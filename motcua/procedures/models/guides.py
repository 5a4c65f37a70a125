"""Guides (hướng dẫn nhanh): questions that decide the case, the papers and the fee, or stop early with a reason."""

from django.conf import settings
from django.db import models

from motcua.procedures.models.catalogue import Procedure


class Guide(models.Model):
    """The questions of one procedure. Published ones never change; a change is a new draft with the next number."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        PUBLISHED = "published", "Đang dùng"
        ENDED = "ended", "Không dùng nữa"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="guides", verbose_name="thủ tục")
    number = models.PositiveSmallIntegerField("lần soạn")
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    changed_at = models.DateTimeField("sửa lúc")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người sửa"
    )
    published_at = models.DateTimeField("đưa vào dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "hướng dẫn nhanh"
        verbose_name_plural = "hướng dẫn nhanh"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="guide_number"),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(status="draft"), name="guide_one_draft"
            ),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(status="published"), name="guide_one_published"
            ),
        ]

    def __str__(self) -> str:
        return f"Hướng dẫn {self.procedure.code}, lần {self.number}"


class GuideQuestion(models.Model):
    """One question, on one page. The first of a guide is asked first; every other is led to by an answer."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="questions", verbose_name="hướng dẫn")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("câu hỏi", max_length=300)
    help = models.CharField("giải thích", max_length=500, blank=True)
    text_en = models.CharField("câu hỏi bằng tiếng Anh", max_length=300, blank=True)
    help_en = models.CharField("giải thích bằng tiếng Anh", max_length=500, blank=True)

    class Meta:
        verbose_name = "câu hỏi của hướng dẫn"
        verbose_name_plural = "câu hỏi của hướng dẫn"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["guide", "position"], name="guidequestion_position")]

    def __str__(self) -> str:
        return self.text


class GuideAnswer(models.Model):
    """One answer and what follows: another question, the papers and the fee, or a stop with its reason.

    What it says of the case, papers and fee adds up along the way to the result. `adds` and `drops` are names of papers;
    `exemption` is a reason of the fee schedule.
    """

    class LeadsTo(models.TextChoices):
        QUESTION = "question", "Hỏi tiếp câu khác"
        RESULT = "result", "Cho biết giấy tờ và phí"
        STOP = "stop", "Dừng, nêu lý do"

    question = models.ForeignKey(
        GuideQuestion, models.CASCADE, related_name="answers", verbose_name="câu hỏi"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    label = models.CharField("câu trả lời", max_length=200)
    label_en = models.CharField("câu trả lời bằng tiếng Anh", max_length=200, blank=True)
    leads_to = models.CharField("sau đó", max_length=8, choices=LeadsTo.choices, default=LeadsTo.RESULT)
    next = models.ForeignKey(
        GuideQuestion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_to_by",
        verbose_name="câu hỏi tiếp",
    )
    case = models.CharField("trường hợp", max_length=600, blank=True)
    adds = models.JSONField("giấy tờ phải thêm", default=list, blank=True)
    drops = models.JSONField("giấy tờ không cần", default=list, blank=True)
    exemption = models.CharField("miễn, giảm phí vì", max_length=200, blank=True)
    reason = models.CharField("lý do dừng", max_length=500, blank=True)
    reason_en = models.CharField("lý do dừng bằng tiếng Anh", max_length=500, blank=True)
    instead = models.ForeignKey(
        Procedure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thủ tục cần làm thay",
    )

    class Meta:
        verbose_name = "câu trả lời của hướng dẫn"
        verbose_name_plural = "câu trả lời của hướng dẫn"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["question", "position"], name="guideanswer_position")]

    def __str__(self) -> str:
        return self.label
