"""What a citizen has begun to file online and not yet, or just, sent: the draft, its uploads, their parts."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.accounts.models import Assistance
from motcua.agencies.models import Agency, OneStopOffice
from motcua.dossiers.models import Dossier
from motcua.eforms.models import FormVersion
from motcua.files.models import StoredFile
from motcua.procedures.models import Paper, Procedure, ProcedureVersion


class Application(models.Model):
    """One filing online, from the first field to its submission. Its key in addresses cannot be guessed, and is no key: only
    the owner opens it. `revision` grows with every change, so that two devices do not write over each other unseen.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Bản nháp"
        SUBMITTED = "submitted", "Đã nộp"
        DISCARDED = "discarded", "Đã bỏ"

    id = models.UUIDField("khóa", primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications", verbose_name="người nộp"
    )
    # "self", "user/<id>", "organisation/<id>" (accounts.queries.party), or "other": somebody without an account here.
    acting = models.CharField("nộp cho ai", max_length=40, default="self")
    assistance = models.ForeignKey(
        Assistance, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lượt hỗ trợ"
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", verbose_name="thủ tục")
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="+", verbose_name="phiên bản thủ tục"
    )
    form_version = models.ForeignKey(
        FormVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phiên bản tờ khai"
    )
    office = models.ForeignKey(
        OneStopOffice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bộ phận một cửa"
    )
    resolving = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan giải quyết"
    )
    case = models.CharField("trường hợp", max_length=600, blank=True)
    limit_case = models.CharField("trường hợp về thời hạn", max_length=600, blank=True)
    # What the person typed in about the applicant and about receiving the result, valid or not.
    party = models.JSONField("chủ hồ sơ", default=dict, blank=True)
    delivery = models.JSONField("nhận kết quả", default=dict, blank=True)
    # What decides the fee, as typed in: "copies", "pages", "exemption" (a reason of the schedule, "" for none claimed).
    fees = models.JSONField("khai để tính phí, lệ phí", default=dict, blank=True)
    answers = models.JSONField("nội dung tờ khai", default=dict, blank=True)
    done = models.JSONField("các bước đã qua", default=list, blank=True)
    position = models.CharField("bước đang dở", max_length=80, blank=True)
    # "procedure", "form": what changed since the draft began and the person has not yet been told of on the last page.
    changed = models.CharField("điều đã đổi trong lúc soạn", max_length=20, blank=True)
    revision = models.PositiveIntegerField("lần sửa", default=1)
    state = models.CharField("tình trạng", max_length=9, choices=State.choices, default=State.DRAFT)
    dossier = models.OneToOneField(
        Dossier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name="hồ sơ",
    )
    submission_key = models.UUIDField("khóa lần nộp", null=True, blank=True, unique=True)
    copy = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản sao đã ký"
    )
    created_at = models.DateTimeField("lúc bắt đầu")
    updated_at = models.DateTimeField("lúc sửa cuối")
    expires_at = models.DateTimeField("hết hạn lúc")
    warned_at = models.DateTimeField("lúc báo sắp hết hạn", null=True, blank=True)
    submitted_at = models.DateTimeField("lúc nộp", null=True, blank=True)

    class Meta:
        verbose_name = "hồ sơ đang soạn"
        verbose_name_plural = "hồ sơ đang soạn"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="submitted", dossier__isnull=False, submission_key__isnull=False)
                | (~Q(state="submitted") & Q(dossier=None)),
                name="application_submitted_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["owner", "-updated_at"], condition=Q(state="draft"), name="application_drafts"
            ),
            models.Index(fields=["expires_at"], condition=Q(state="draft"), name="application_expiry"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.DRAFT


class Upload(models.Model):
    """A file handed in with a draft, for one paper or for a file question of the form (`slot`). It comes whole, or in parts
    that a lost connection does not lose; when it is whole it is checked, cleaned and kept as a stored file.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", "Đang tải lên"
        STORED = "stored", "Đã nhận"

    id = models.UUIDField("khóa", primary_key=True, default=uuid4, editable=False)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="uploads", verbose_name="hồ sơ đang soạn"
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thành phần hồ sơ"
    )
    slot = models.CharField("chỗ của tệp", max_length=120)
    name = models.CharField("tên tệp", max_length=200)
    size = models.PositiveBigIntegerField("kích thước (byte)")
    sha256 = models.CharField("mã băm của tệp gốc", max_length=64, blank=True)
    received = models.PositiveBigIntegerField("đã nhận (byte)", default=0)
    state = models.CharField("tình trạng", max_length=9, choices=State.choices, default=State.RECEIVING)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    # A paper that the person already has here, offered again by the store; its own key there.
    held = models.CharField("lấy từ kho giấy tờ", max_length=60, blank=True)
    created_at = models.DateTimeField("lúc bắt đầu")
    updated_at = models.DateTimeField("lúc nhận phần cuối")

    class Meta:
        verbose_name = "tệp tải lên"
        verbose_name_plural = "tệp tải lên"
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    """A piece of an upload that is not yet whole; gone when it is."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts", verbose_name="tệp tải lên")
    offset = models.PositiveBigIntegerField("từ byte")
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField("mã băm", max_length=64)
    content = models.BinaryField("nội dung")

    class Meta:
        verbose_name = "phần của tệp tải lên"
        verbose_name_plural = "phần của tệp tải lên"
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="uploadpart_once")]
