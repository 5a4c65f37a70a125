"""Stored files: content addressed, type checked, scanned."""

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """A file kept under its SHA-256 in MOTCUA_HOME/files."""

    name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField("mã băm", max_length=64)
    size = models.BigIntegerField("kích thước (byte)")
    media_type = models.CharField("loại tệp", max_length=100)
    state = models.CharField("tình trạng kiểm tra", max_length=12, default="pending")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người tải lên")
    uploaded_at = models.DateTimeField("lúc tải lên")

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
