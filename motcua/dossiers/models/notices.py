"""Numbered papers issued on a dossier, and the requests that they carry."""

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency
from motcua.dossiers.models.dossier import Dossier

USER = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """A form issued: receipt slip, supplement request, rejection, apology, stop notice, apology for an error. `data` is what was printed."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt_slip", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
        SUPPLEMENT = "supplement_request", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
        REJECTION = "rejection_notice", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
        APOLOGY = "apology_notice", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
        STOP = "stop_notice", "Thông báo dừng giải quyết hồ sơ"
        ERROR_APOLOGY = "error_apology", "Văn bản xin lỗi về sai sót trong kết quả"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notices", verbose_name="hồ sơ")
    kind = models.CharField("loại phiếu", max_length=20, choices=Kind.choices)
    series = models.CharField("dãy số", max_length=60, blank=True)
    number = models.PositiveIntegerField("số")
    year = models.PositiveSmallIntegerField("năm")
    issued_at = models.DateTimeField("lúc lập")
    issued_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người lập")
    signer = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="người ký")
    data = models.JSONField("nội dung", default=dict)

    class Meta:
        verbose_name = "phiếu, thông báo"
        verbose_name_plural = "phiếu, thông báo"
        constraints = [
            models.UniqueConstraint(fields=["series", "kind", "year", "number"], name="notice_number")
        ]
        ordering = ["issued_at"]


class SupplementRequest(models.Model):
    """What the citizen must still bring. After acceptance only once, within the days that the law gives."""

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="supplement_requests", verbose_name="hồ sơ"
    )
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, verbose_name="phiếu")
    after_acceptance = models.BooleanField("sau tiếp nhận")
    requested_at = models.DateTimeField("lúc yêu cầu")
    requested_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người yêu cầu")
    reason = models.CharField("lý do", max_length=1000)
    items = models.JSONField("giấy tờ cần bổ sung", default=list)
    answer_due_on = models.DateField("hạn bổ sung", null=True)
    completed_at = models.DateTimeField("lúc bổ sung đủ", null=True)
    flagged_late = models.BooleanField("yêu cầu muộn", default=False)
    acceptance_due_at = models.DateTimeField(
        "hạn tiếp nhận khi yêu cầu", null=True, help_text="trước tiếp nhận: hạn mà yêu cầu này làm dừng"
    )

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        verbose_name_plural = "yêu cầu bổ sung"


class Opinion(models.Model):
    """An opinion asked of another agency, with its own deadline; it does not suspend the clock (Decree 61/2018, article 19.5)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opinions", verbose_name="hồ sơ")
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan hỏi")
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="opinions_asked", verbose_name="cơ quan được hỏi"
    )
    question = models.TextField("nội dung xin ý kiến")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người hỏi")
    asked_at = models.DateTimeField("lúc hỏi")
    due_at = models.DateTimeField("hạn trả lời")
    answer = models.TextField("ý kiến trả lời", blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("lúc trả lời", null=True)
    lapsed_at = models.DateTimeField("lúc kết thúc khi chưa trả lời", null=True)

    class Meta:
        verbose_name = "ý kiến phối hợp"
        verbose_name_plural = "ý kiến phối hợp"


class FinancialObligation(models.Model):
    """A financial obligation (land and such): the clock is paused from the notice until it is met."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="obligations", verbose_name="hồ sơ")
    amount_dong = models.BigIntegerField("số tiền (đồng)")
    notice_number = models.CharField("số thông báo", max_length=120)
    issued_at = models.DateTimeField("lúc thông báo")
    issued_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người thông báo")
    met_at = models.DateTimeField("lúc hoàn thành", null=True)
    met_document = models.CharField("chứng từ nộp tiền", max_length=200, blank=True)

    class Meta:
        verbose_name = "nghĩa vụ tài chính"
        verbose_name_plural = "nghĩa vụ tài chính"
