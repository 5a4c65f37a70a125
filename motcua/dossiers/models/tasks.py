"""Work on a dossier: the stages and tasks frozen from the process at reception, and their hand-over with both signatures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, OneStopOffice
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules.states import TaskState

LIVE = [TaskState.OPEN.value, TaskState.ACCEPTED.value]
USER = settings.AUTH_USER_MODEL


class Handover(models.Model):
    """Dossiers carried together from a giver to an agency; printed as a list, signed on both sides."""

    number = models.CharField("số danh sách", max_length=40)
    office = models.ForeignKey(OneStopOffice, models.PROTECT, null=True, verbose_name="bộ phận giao")
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan nhận")
    giver = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người giao")
    given_at = models.DateTimeField("lúc giao")
    receiver = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="người nhận")
    received_at = models.DateTimeField("lúc nhận", null=True)

    class Meta:
        verbose_name = "danh sách bàn giao"
        verbose_name_plural = "danh sách bàn giao"


class DossierTask(models.Model):
    """One task of one stage. A row of the control slip: given by, given at, taken by, taken at, result, note."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="tasks", verbose_name="hồ sơ")
    stage = models.PositiveSmallIntegerField("bước")
    stage_name = models.CharField("tên bước", max_length=300)
    stage_kind = models.CharField("loại bước", max_length=10)
    position = models.PositiveSmallIntegerField("thứ tự")
    round = models.PositiveSmallIntegerField("lượt", default=1, help_text="tăng khi bị trả lại làm lại")
    name = models.CharField("công việc", max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tasks", verbose_name="cơ quan")
    role_code = models.CharField("vai trò", max_length=50)
    at_office = models.BooleanField("tại bộ phận một cửa", default=False)
    officer = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="người thụ lý"
    )
    is_lead = models.BooleanField("chủ trì", default=True)
    required = models.BooleanField("bắt buộc", default=True)
    hours = models.DecimalField("số giờ làm việc", max_digits=7, decimal_places=2)
    state = models.CharField(
        "tình trạng",
        max_length=10,
        choices=[(s.value, s.value) for s in TaskState],
        default=TaskState.PLANNED.value,
    )
    handover = models.ForeignKey(
        Handover,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="danh sách bàn giao",
    )
    given_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="người giao")
    given_at = models.DateTimeField("lúc giao", null=True)
    taken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="người nhận")
    taken_at = models.DateTimeField("lúc nhận", null=True)
    due_at = models.DateTimeField("hạn của bước", null=True)
    dossier_due_at = models.DateTimeField(
        "hạn của hồ sơ", null=True, help_text="sắp hộp việc không cần nối bảng"
    )
    done_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người hoàn thành"
    )
    done_at = models.DateTimeField("lúc hoàn thành", null=True)
    outcome = models.CharField("kết quả", max_length=20, blank=True)
    late_cause = models.CharField("nguyên nhân quá hạn", max_length=30, blank=True)
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    external_code = models.CharField("mã ở hệ thống khác", max_length=80, blank=True)
    external_status = models.CharField("tình trạng ở hệ thống khác", max_length=80, blank=True)

    class Meta:
        verbose_name = "công việc trên hồ sơ"
        verbose_name_plural = "công việc trên hồ sơ"
        ordering = ["stage", "round", "position"]
        indexes = [
            models.Index(
                fields=["agency", "dossier_due_at", "id"],
                condition=Q(state__in=LIVE),
                name="task_inbox_agency",
            ),
            models.Index(
                fields=["officer", "dossier_due_at", "id"],
                condition=Q(state__in=LIVE),
                name="task_inbox_officer",
            ),
            # What waits for somebody to take it: few rows, asked by the counts of every inbox.
            models.Index(
                fields=["agency", "dossier_due_at", "id"],
                condition=Q(state__in=LIVE, officer=None),
                name="task_unclaimed",
            ),
            models.Index(
                fields=["agency", "dossier_due_at", "id"],
                condition=Q(state=TaskState.OPEN.value, taken_at=None),
                name="task_in_hand",
            ),
            models.Index(fields=["agency", "dossier"], name="task_agency_dossier"),
            # What ended when, against a limit: figures by officer and by stage (docs/decisions/0096-one-registry.md).
            models.Index(
                fields=["agency", "done_at"],
                condition=Q(done_at__isnull=False, due_at__isnull=False),
                name="task_ended",
            ),
        ]
