"""Electronic forms (tờ khai điện tử), their numbered versions, and which procedure is filed with which."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.procedures.models import Paper, ProcedureVersion


class Form(models.Model):
    """A form's lasting identity; what it asks stands in its versions."""

    code = models.SlugField("mã tờ khai", max_length=60, unique=True)
    name = models.CharField("tên tờ khai", max_length=300)
    note = models.CharField("ghi chú", max_length=600, blank=True)

    class Meta:
        verbose_name = "tờ khai điện tử"
        verbose_name_plural = "tờ khai điện tử"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class FormVersion(models.Model):
    """One state of a form. A published one never changes: its hash says so, and an edit makes the next number."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        PUBLISHED = "published", "Đã ban hành"

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions", verbose_name="tờ khai")
    number = models.PositiveIntegerField("phiên bản")
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    # What `rules.reading.schema_of` reads.
    schema = models.JSONField("nội dung", default=dict)
    content_hash = models.CharField("mã băm nội dung", max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField("sửa lần cuối")
    published_at = models.DateTimeField("lúc ban hành", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ban hành",
    )

    class Meta:
        verbose_name = "phiên bản tờ khai"
        verbose_name_plural = "phiên bản tờ khai"
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="formversion_number"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(status="draft"), name="formversion_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, phiên bản {self.number}"


class FormBinding(models.Model):
    """From this version of a procedure on, it is filed with this form; without a form, with none any more.

    It holds for later versions of the procedure too, until another of them is bound: correcting a time limit does not
    take the form away. `paper` is the required paper that the form stands in the place of.
    """

    version = models.OneToOneField(
        ProcedureVersion, models.CASCADE, related_name="form_binding", verbose_name="phiên bản thủ tục"
    )
    form_version = models.ForeignKey(
        FormVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bindings",
        verbose_name="phiên bản tờ khai",
    )
    paper = models.ForeignKey(
        Paper, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="thay cho giấy tờ"
    )
    bound_at = models.DateTimeField("lúc gắn")

    class Meta:
        verbose_name = "gắn tờ khai với thủ tục"
        verbose_name_plural = "gắn tờ khai với thủ tục"

    def __str__(self) -> str:
        return f"{self.version}: {self.form_version or 'không có tờ khai'}"
