"""A person's store (kho dữ liệu điện tử của tổ chức, cá nhân; NĐ 107/2021/NĐ-CP, NĐ 118/2025/NĐ-CP): results and papers given
already, offered again instead of asked again.
"""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.dossiers.models import Dossier, ResultPaper
from motcua.holdings.rules.states import State, state

USER = settings.AUTH_USER_MODEL


class HeldPaper(models.Model):
    """A result or paper that a person holds. It belongs to whose proven identity number (or tax code) it bears, and to the
    account that held the dossier. `key` is its unguessable public name; `token` the one behind the QR code of a result.
    """

    class Kind(models.TextChoices):
        RESULT = "result", "Kết quả giải quyết"
        PAPER = "paper", "Giấy tờ đã nộp"

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=6, choices=Kind.choices)
    holder = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="held_papers", verbose_name="người giữ"
    )
    holder_number = models.CharField("số định danh hoặc mã số thuế người giữ", max_length=20, blank=True)
    name = models.CharField("tên giấy tờ", max_length=600)
    code = models.CharField("mã giấy tờ, mã kết quả", max_length=40, blank=True)
    number = models.CharField("số, ký hiệu", max_length=120, blank=True)
    issuer = models.CharField("nơi cấp", max_length=250, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, verbose_name="tệp")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+", verbose_name="từ hồ sơ")
    result = models.OneToOneField(
        ResultPaper, models.PROTECT, null=True, related_name="held", verbose_name="kết quả"
    )
    issued_on = models.DateField("ngày cấp")
    valid_to = models.DateField("có giá trị đến hết ngày", null=True, blank=True)
    token = models.CharField("mã xác minh", max_length=32, blank=True)
    kept_at = models.DateTimeField("lúc vào kho")
    revoked_at = models.DateTimeField("lúc thu hồi", null=True)
    revoked_reason = models.CharField("lý do thu hồi", max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces", verbose_name="được thay bằng"
    )

    class Meta:
        verbose_name = "giấy tờ trong kho"
        verbose_name_plural = "giấy tờ trong kho"
        indexes = [
            models.Index(fields=["holder"], name="held_holder"),
            models.Index(fields=["holder_number"], condition=~Q(holder_number=""), name="held_number"),
            models.Index(fields=["token"], condition=~Q(token=""), name="held_token"),
        ]

    def __str__(self) -> str:
        return self.name

    def state_on(self, day: date) -> State:
        """What it is worth on a day; a result that was revoked in its dossier counts as revoked."""
        gone = self.revoked_at or (self.result.revoked_at if self.result else None)
        return state(gone, self.replaced_by_id is not None, self.valid_to, day)


class HeldShare(models.Model):
    """A link by which the holder lets somebody see one paper until a moment. Only a hash of its secret is kept."""

    paper = models.ForeignKey(
        HeldPaper, models.CASCADE, related_name="shares", verbose_name="giấy tờ trong kho"
    )
    secret_hash = models.CharField("mã đường dẫn đã băm", max_length=64, unique=True)
    note = models.CharField("chia sẻ cho ai, để làm gì", max_length=200, blank=True)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="người chia sẻ")
    made_at = models.DateTimeField("lúc chia sẻ")
    expires_at = models.DateTimeField("hết hạn lúc")
    revoked_at = models.DateTimeField("lúc thôi chia sẻ", null=True)
    opened = models.PositiveIntegerField("số lần mở", default=0)
    opened_at = models.DateTimeField("lần mở gần nhất", null=True)

    class Meta:
        verbose_name = "đường dẫn chia sẻ giấy tờ"
        verbose_name_plural = "đường dẫn chia sẻ giấy tờ"


class AskedAgain(models.Model):
    """A paper was asked for and given anew although the person's store held it ("once only", NĐ 224/2026): counted by
    procedure, with the reason if one was given.
    """

    paper = models.ForeignKey(HeldPaper, models.PROTECT, related_name="+", verbose_name="giấy tờ trong kho")
    procedure_code = models.CharField("mã thủ tục", max_length=40)
    name = models.CharField("tên giấy tờ bị hỏi lại", max_length=600)
    reference = models.CharField("bản ghi liên quan", max_length=80)
    reason = models.CharField("lý do", max_length=300, blank=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lần hỏi lại giấy tờ đã có"
        verbose_name_plural = "lần hỏi lại giấy tờ đã có"
        constraints = [models.UniqueConstraint(fields=["reference", "name"], name="asked_again_once")]
        indexes = [models.Index(fields=["at"], name="asked_again_at")]
