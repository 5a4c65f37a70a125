"""What the citizen's side keeps of a dossier: whose account follows it, who checks it before reception, reasons to correct."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.dossiers.models.dossier import Dossier

USER = settings.AUTH_USER_MODEL


class DossierHolder(models.Model):
    """An account that follows a dossier and acts on it for the applicant, from a moment until another."""

    class Right(models.TextChoices):
        OWNER = "owner", "Chủ hồ sơ"
        REPRESENTATIVE = "representative", "Người đại diện, được ủy quyền"
        HELPER = "helper", "Người hỗ trợ nộp"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="holders", verbose_name="hồ sơ")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="tài khoản")
    right = models.CharField("tư cách", max_length=14, choices=Right.choices, default=Right.OWNER)
    since = models.DateTimeField("từ lúc")
    until = models.DateTimeField("đến lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tài khoản theo hồ sơ"
        verbose_name_plural = "tài khoản theo hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "user"], condition=Q(until=None), name="dossierholder_once"
            )
        ]
        indexes = [models.Index(fields=["user", "dossier"], name="dossierholder_user")]


class AcceptanceCheck(models.Model):
    """Who looks at a submission before it is received, so that two clerks do not check the same, and whether it was
    escalated. When the citizen answers a request the marks are lifted: it is unseen again.
    """

    dossier = models.OneToOneField(
        Dossier, models.PROTECT, related_name="acceptance_check", verbose_name="hồ sơ"
    )
    officer = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người kiểm tra"
    )
    taken_at = models.DateTimeField("lúc nhận kiểm tra", null=True, blank=True)
    seen_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người mở đầu tiên"
    )
    seen_at = models.DateTimeField("lúc mở đầu tiên", null=True, blank=True)
    warned_at = models.DateTimeField("lúc báo sắp quá hạn tiếp nhận", null=True, blank=True)
    overdue_told_at = models.DateTimeField("lúc báo quá hạn tiếp nhận", null=True, blank=True)

    class Meta:
        verbose_name = "lượt kiểm tra tiếp nhận"
        verbose_name_plural = "lượt kiểm tra tiếp nhận"


class CorrectionReason(models.Model):
    """A reason for which something must be corrected, kept by an agency for the officers there and below it, dated."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan"
    )
    code = models.SlugField("mã", max_length=30)
    name = models.CharField("lý do", max_length=160)
    words = models.CharField(
        "câu hướng dẫn có sẵn",
        max_length=400,
        blank=True,
        help_text="người nộp đọc câu này; công chức sửa được",
    )
    valid_from = models.DateField("dùng từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "lý do cần sửa"
        verbose_name_plural = "lý do cần sửa"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
