"""The clock ledger: every act that bears on a due date, with the dates that it gave. Append-only by trigger."""

from django.conf import settings
from django.db import models

from motcua.dossiers.models.dossier import Dossier


class CalendarSnapshot(models.Model):
    """A working calendar as it was when due dates were computed with it. Named by the hash of its content, so that
    thousands of dossiers share one row, and a due date can be derived again after the calendar has changed.
    """

    hash = models.CharField("mã băm", max_length=64, primary_key=True)
    content = models.JSONField("lịch")

    class Meta:
        verbose_name = "bản chụp lịch làm việc"
        verbose_name_plural = "bản chụp lịch làm việc"

    def __str__(self) -> str:
        return self.hash[:12]


class ClockEntry(models.Model):
    """One act of the clock and the due date that follows from all acts so far, recomputable by `workdays.rules.clock`."""

    class Kind(models.TextChoices):
        START = "start", "Bắt đầu"
        SUSPEND = "suspend", "Tạm dừng"
        RESUME = "resume", "Tiếp tục"
        RESTART = "restart", "Tính lại từ đầu"
        EXTEND = "extend", "Hẹn lại"
        REPROJECT = "reproject", "Tính lại theo lịch"
        END = "end", "Kết thúc"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="clock_entries", verbose_name="hồ sơ")
    seq = models.PositiveSmallIntegerField("số thứ tự")
    kind = models.CharField("hành vi", max_length=10, choices=Kind.choices)
    at = models.DateTimeField("thời điểm")
    amount_working_days = models.PositiveSmallIntegerField("số ngày làm việc hẹn thêm", null=True, blank=True)
    due_at = models.DateTimeField("hạn theo đó", null=True, blank=True)
    provisional = models.BooleanField("tạm tính", default=False)
    reason = models.CharField("lý do", max_length=500)
    document = models.CharField("văn bản", max_length=200, blank=True)
    calendar = models.ForeignKey(
        CalendarSnapshot, models.PROTECT, null=True, related_name="+", verbose_name="lịch đã dùng"
    )
    basis = models.JSONField("căn cứ tính", default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    flagged = models.BooleanField("bất thường", default=False)

    class Meta:
        verbose_name = "mục sổ thời hạn"
        verbose_name_plural = "sổ thời hạn"
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="clockentry_seq")]
        ordering = ["seq"]
