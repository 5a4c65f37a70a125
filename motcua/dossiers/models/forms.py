"""The electronic form of a dossier as filled in, each time that it was sent in."""

from django.conf import settings
from django.db import models

from motcua.dossiers.models.dossier import Dossier


class DossierForm(models.Model):
    """The answers to the electronic form, one row for each time that they were sent in. Append-only by trigger: what was
    asked to be corrected stays beside what was answered. The log names each row with the hash of its answers.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="forms", verbose_name="hồ sơ")
    revision = models.PositiveSmallIntegerField("lần kê khai")
    form_version = models.ForeignKey(
        "eforms.FormVersion", models.PROTECT, related_name="+", verbose_name="phiên bản tờ khai"
    )
    answers = models.JSONField("nội dung kê khai")
    saved_at = models.DateTimeField("lúc gửi")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )

    class Meta:
        verbose_name = "tờ khai điện tử của hồ sơ"
        verbose_name_plural = "tờ khai điện tử của hồ sơ"
        constraints = [models.UniqueConstraint(fields=["dossier", "revision"], name="dossierform_revision")]
        ordering = ["revision"]
