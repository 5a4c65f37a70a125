"""Results of a dossier and the correction of errors that the agency made in them."""

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.notices import Notice
from motcua.dossiers.rules.post import BACK_REASONS

USER = settings.AUTH_USER_MODEL


class ResultPaper(models.Model):
    """A result: number, signer, signed file, and the token behind its QR code by which anyone can verify it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="results", verbose_name="hồ sơ")
    result_code = models.CharField("mã kết quả", max_length=40, blank=True)
    name = models.CharField("tên kết quả", max_length=600)
    number = models.CharField("số, ký hiệu", max_length=120)
    signed_on = models.DateField("ngày ký")
    signer = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người ký")
    signer_title = models.CharField("chức vụ người ký", max_length=160, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, verbose_name="bản điện tử"
    )
    is_electronic = models.BooleanField("bản điện tử có ký số", default=False)
    token = models.CharField("mã xác minh", max_length=32, unique=True)
    revoked_at = models.DateTimeField("lúc thu hồi", null=True, blank=True)
    revoked_reason = models.CharField("lý do thu hồi", max_length=300, blank=True)

    class Meta:
        verbose_name = "giấy tờ kết quả"
        verbose_name_plural = "giấy tờ kết quả"


class ErrorCorrection(models.Model):
    """The agency erred: apology in writing and a new result at its own cost (Decree 61/2018, article 21). `result`: the wrong
    one, none when all are; `notice`: the apology as printed, none for errors noted before there was one.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections", verbose_name="hồ sơ")
    reason = models.CharField("sai sót", max_length=1000)
    result = models.ForeignKey(
        ResultPaper, models.PROTECT, null=True, related_name="+", verbose_name="kết quả có sai sót"
    )
    caused_by = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name="cơ quan gây sai sót"
    )
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, related_name="+", verbose_name="văn bản xin lỗi"
    )
    found_at = models.DateTimeField("lúc phát hiện")
    found_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người ghi nhận")
    due_at = models.DateTimeField("hạn sửa", null=True)
    fixed_at = models.DateTimeField("lúc sửa xong", null=True)
    fixed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="người sửa")
    returned_at = models.DateTimeField("lúc trả kết quả đã sửa", null=True)
    returned_to = models.CharField("người nhận kết quả đã sửa", max_length=250, blank=True)
    returned_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người trả kết quả đã sửa"
    )

    class Meta:
        verbose_name = "sửa sai sót"
        verbose_name_plural = "sửa sai sót"


class PostalItem(models.Model):
    """A result sent by post (QĐ 45/2016/QĐ-TTg), and what became of it as somebody noted: delivered, or come back and handed
    out again; on its way until then.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="postal_items", verbose_name="hồ sơ")
    number = models.CharField("số hiệu bưu gửi", max_length=13)
    addressee = models.CharField("người nhận ghi khi gửi", max_length=250)
    posted_at = models.DateTimeField("lúc gửi")
    posted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="người gửi")
    delivered_on = models.DateField("ngày phát", null=True)
    received_by = models.CharField("người nhận bưu gửi", max_length=250, blank=True)
    came_back_at = models.DateTimeField("lúc bị hoàn về", null=True)
    back_reason = models.CharField(
        "lý do hoàn", max_length=12, blank=True, choices=list(BACK_REASONS.items())
    )
    back_note = models.CharField("ghi chú khi hoàn", max_length=300, blank=True)
    noted_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi nhận"
    )
    again_at = models.DateTimeField("lúc thôi chờ trả lại", null=True)
    again_to = models.CharField("người nhận lần sau", max_length=250, blank=True)

    class Meta:
        verbose_name = "bưu gửi kết quả"
        verbose_name_plural = "bưu gửi kết quả"
        indexes = [
            models.Index(
                fields=["dossier"],
                condition=models.Q(delivered_on=None, came_back_at=None),
                name="postal_on_the_way",
            ),
            models.Index(
                fields=["dossier"],
                condition=models.Q(came_back_at__isnull=False, again_at=None),
                name="postal_waiting",
            ),
        ]
