"""Internal processes (quy trình nội bộ): ordered stages, each a set of parallel tasks."""

from datetime import date

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.core.validity import in_force
from motcua.procedures.models.catalogue import Procedure


class Process(models.Model):
    """How one agency handles a procedure. No agency: the model process, used where an agency has none of its own."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        PUBLISHED = "published", "Đã ban hành"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="processes", verbose_name="thủ tục")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="cơ quan")
    number = models.PositiveIntegerField("phiên bản")
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    document = models.CharField("quyết định ban hành", max_length=200, blank=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    source = models.CharField("nguồn, ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "quy trình nội bộ"
        verbose_name_plural = "quy trình nội bộ"
        indexes = [models.Index(fields=["procedure", "agency", "valid_from"], name="process_lookup")]

    def __str__(self) -> str:
        return f"{self.procedure.code}, phiên bản {self.number}"

    @staticmethod
    def in_force(day: date) -> Q:
        """Published processes in force on a legal date."""
        return Q(status="published") & in_force(day)


class Stage(models.Model):
    """A step of a process; it ends when all its required tasks have ended. `kind` tells the dossier's state meanwhile."""

    class Kind(models.TextChoices):
        REVIEW = "review", "Thẩm tra, xử lý"
        FINANCE = "finance", "Nghĩa vụ tài chính"
        SIGNATURE = "signature", "Trình ký"
        RESULT = "result", "Phát hành, chuyển kết quả"

    process = models.ForeignKey(Process, models.CASCADE, related_name="stages", verbose_name="quy trình")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên bước", max_length=300)
    kind = models.CharField("loại bước", max_length=10, choices=Kind.choices, default=Kind.REVIEW)

    class Meta:
        verbose_name = "bước"
        verbose_name_plural = "bước"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["process", "position"], name="stage_position")]

    def __str__(self) -> str:
        return self.name


class TaskTemplate(models.Model):
    """Who does what in a stage. The agency is a fixed one, or found from the dossier at reception by `place`."""

    class Place(models.TextChoices):
        RESOLVING = "resolving", "Cơ quan giải quyết"
        OFFICE = "office", "Bộ phận Một cửa tiếp nhận"
        DIVISION = "division", "Phòng chuyên môn của cơ quan giải quyết"
        POLICE = "police", "Công an cùng địa bàn"
        INSURANCE = "insurance", "Bảo hiểm xã hội"
        TAX = "tax", "Thuế"
        LAND = "land", "Văn phòng đăng ký đất đai"
        PARENT = "parent", "Cơ quan cấp trên"
        FIXED = "fixed", "Cơ quan chỉ định"

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="tasks", verbose_name="bước")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    name = models.CharField("công việc", max_length=300)
    place = models.CharField("nơi làm", max_length=10, choices=Place.choices, default=Place.RESOLVING)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="cơ quan chỉ định")
    division_name = models.CharField("tên phòng", max_length=160, blank=True)
    role_code = models.CharField("vai trò", max_length=50)
    hours = models.DecimalField("số giờ làm việc", max_digits=7, decimal_places=2)
    is_lead = models.BooleanField("chủ trì", default=True)
    required = models.BooleanField("bắt buộc", default=True)

    class Meta:
        verbose_name = "công việc của bước"
        verbose_name_plural = "công việc của bước"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
