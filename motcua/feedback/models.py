"""Phản ánh, kiến nghị: what people say of officers' conduct and of rules, and everything that was done about it.

The sender stands in a table of its own, so that nothing that lists feedback can show who sent it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Dated
from motcua.core.text import fold
from motcua.dossiers.models import Dossier
from motcua.feedback.rules.states import (
    ACTS,
    CHANNELS,
    KINDS,
    OPEN,
    REFUSALS,
    SATISFACTION,
    STATES,
    TOLD,
    VERDICTS,
    Kind,
    State,
)
from motcua.files.models import StoredFile
from motcua.procedures.models import Procedure


class Topic(Dated):
    """What a feedback may be about (NĐ 20/2008/NĐ-CP, article 5), as people choose it; also a service of Open311."""

    code = models.SlugField("mã", max_length=40, unique=True)
    kind = models.CharField("loại", max_length=10, choices=[(k.value, v) for k, v in KINDS.items()])
    name = models.CharField("nội dung phản ánh", max_length=120)
    help = models.CharField("giải thích", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=100)

    class Meta:
        verbose_name = "nội dung phản ánh"
        verbose_name_plural = "nội dung phản ánh"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """The last number taken of a series of codes; numbers have no gap and are never used twice."""

    key = models.CharField("dãy số", max_length=70, unique=True)
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "dãy mã phản ánh"
        verbose_name_plural = "dãy mã phản ánh"

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"


class Feedback(models.Model):
    """One feedback. `agency` has it now; `first_agency` took it in. Due dates are moments in UTC, of the agency that has it now.

    `first_due_at` and `first_answered_at` are those of the first answer: statistics judge by them, a reopening changes nothing
    of them. `officer` is who is complained of: that person never sees this row.
    """

    key = models.UUIDField("khóa chống gửi lặp", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã phản ánh", max_length=70, unique=True)
    secret_hash = models.CharField("mã bí mật đã băm", max_length=64, editable=False)
    channel = models.CharField("cách gửi", max_length=10, choices=[(k.value, v) for k, v in CHANNELS.items()])
    kind = models.CharField("loại", max_length=10, choices=[(k.value, v) for k, v in KINDS.items()])
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name="nội dung phản ánh")
    content = models.TextField("nội dung")
    search_text = models.TextField("chữ để tìm", editable=False, default="")
    address = models.CharField("nơi xảy ra", max_length=300, blank=True)
    latitude = models.DecimalField("vĩ độ", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("kinh độ", max_digits=9, decimal_places=6, null=True, blank=True)
    is_anonymous = models.BooleanField("không nêu tên", default=False)
    hint = models.CharField("dấu hiệu của việc khác", max_length=20, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="feedback", verbose_name="cơ quan xử lý")
    first_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="cơ quan nhận đầu tiên"
    )
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thủ tục"
    )
    dossier_code = models.CharField("mã hồ sơ người gửi nêu", max_length=60, blank=True)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hồ sơ"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người bị phản ánh",
    )
    officer_words = models.CharField("người bị phản ánh, theo lời người gửi", max_length=200, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=[(k.value, v) for k, v in STATES.items()])
    asked_from = models.CharField("trạng thái trước khi hỏi", max_length=12, blank=True, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xử lý",
    )
    received_at = models.DateTimeField("lúc nhận")
    clock_from = models.DateTimeField("tính thời hạn từ")
    classify_due_at = models.DateTimeField("hạn phân loại")
    transfer_due_at = models.DateTimeField("hạn chuyển")
    due_at = models.DateTimeField("hạn trả lời")
    resolve_days = models.PositiveSmallIntegerField("thời hạn xử lý (ngày làm việc)")
    accepted_at = models.DateTimeField("lúc tiếp nhận", null=True)
    verdict = models.CharField(
        "kết quả xác minh", max_length=10, blank=True, choices=[(k.value, v) for k, v in VERDICTS.items()]
    )
    refusal = models.CharField(
        "lý do không tiếp nhận",
        max_length=12,
        blank=True,
        choices=[(k.value, v) for k, v in REFUSALS.items()],
    )
    answer = models.TextField("trả lời", blank=True)
    answer_number = models.CharField("số văn bản trả lời", max_length=80, blank=True)
    first_due_at = models.DateTimeField("hạn của lần trả lời đầu", null=True)
    first_answered_at = models.DateTimeField("lúc trả lời lần đầu", null=True)
    answered_at = models.DateTimeField("lúc trả lời", null=True)
    ended_at = models.DateTimeField("lúc kết thúc không qua trả lời", null=True)
    satisfaction = models.CharField(
        "ý kiến người gửi", max_length=12, blank=True, choices=list(SATISFACTION.items())
    )
    satisfied_at = models.DateTimeField("lúc cho ý kiến", null=True)
    reopened_at = models.DateTimeField("lúc yêu cầu xử lý lại", null=True)
    published_title = models.CharField("tiêu đề công khai", max_length=160, blank=True)
    published_content = models.TextField("nội dung công khai", blank=True)
    published_answer = models.TextField("trả lời công khai", blank=True)
    published_text = models.TextField("chữ công khai để tìm", blank=True, editable=False)
    published_at = models.DateTimeField("lúc công khai", null=True)
    review_note = models.CharField("đề nghị rà soát quy định", max_length=500, blank=True)

    class Meta:
        verbose_name = "phản ánh, kiến nghị"
        verbose_name_plural = "phản ánh, kiến nghị"
        indexes = [
            models.Index(fields=["agency", "state", "due_at"], name="feedback_register"),
            models.Index(fields=["handler", "state"], name="feedback_handler"),
            models.Index(
                fields=["published_at"], condition=Q(published_at__isnull=False), name="feedback_published"
            ),
            models.Index(fields=["dossier"], condition=Q(dossier__isnull=False), name="feedback_dossier"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(handler__isnull=True) | Q(officer__isnull=True) | ~Q(handler=models.F("officer")),
                name="feedback_handler_is_not_officer",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="feedback_place",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state in OPEN

    @property
    def is_told(self) -> bool:
        """Whether its answer has been given."""
        return self.state in TOLD

    @property
    def is_conduct(self) -> bool:
        """Whether it is about what an officer did, so that facts must be established."""
        return self.kind in (Kind.CONDUCT, Kind.BOTH)

    @property
    def may_reopen(self) -> bool:
        """Whether the sender may still ask, once, to have it handled again."""
        return self.reopened_at is None and self.state in (State.ANSWERED, State.PUBLISHED)

    def set_search_text(self) -> None:
        """What staff search in: never the sender."""
        self.search_text = fold(f"{self.code} {self.content} {self.address}")[:5000]


class Sender(models.Model):
    """Who sent a feedback. Read only through `queries.sender_of`, which asks for the right and logs the look."""

    feedback = models.OneToOneField(
        Feedback, models.PROTECT, related_name="sender", verbose_name="phản ánh, kiến nghị"
    )
    name = models.CharField("họ và tên", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=16, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    wants_messages = models.BooleanField("muốn nhận tin", default=False)
    confirm_hash = models.CharField("mã xác nhận đã băm", max_length=64, blank=True, editable=False)
    confirm_until = models.DateTimeField("mã xác nhận dùng đến", null=True, editable=False)
    confirm_tries = models.PositiveSmallIntegerField("số lần nhập sai", default=0, editable=False)
    confirmed_at = models.DateTimeField("lúc xác nhận địa chỉ", null=True)

    class Meta:
        verbose_name = "người gửi phản ánh"
        verbose_name_plural = "người gửi phản ánh"

    def __str__(self) -> str:
        return f"người gửi {self.feedback_id}"  # never a name by accident


class FeedbackStep(models.Model):
    """What happened, append-only. `note` is for staff; `said` is what the sender reads on the tracking page."""

    feedback = models.ForeignKey(
        Feedback, models.PROTECT, related_name="steps", verbose_name="phản ánh, kiến nghị"
    )
    seq = models.PositiveSmallIntegerField("số thứ tự")
    act = models.CharField("việc", max_length=12, choices=[(k.value, v) for k, v in ACTS.items()])
    state = models.CharField(
        "trạng thái sau đó", max_length=12, choices=[(k.value, v) for k, v in STATES.items()]
    )
    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người làm"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    note = models.TextField("ghi chú nội bộ", blank=True)
    said = models.TextField("báo cho người gửi", blank=True)
    document = models.CharField("văn bản", max_length=120, blank=True)
    days = models.PositiveSmallIntegerField("số ngày gia hạn", null=True)
    due_at = models.DateTimeField("hạn sau việc này", null=True)

    class Meta:
        verbose_name = "bước xử lý phản ánh"
        verbose_name_plural = "bước xử lý phản ánh"
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["feedback", "seq"], name="feedbackstep_seq")]

    def __str__(self) -> str:
        return f"{self.feedback_id}#{self.seq} {self.get_act_display()}"


class Verification(models.Model):
    """Minutes of a verification (biên bản xác minh): when, where, with whom, what was found."""

    feedback = models.ForeignKey(
        Feedback, models.PROTECT, related_name="verifications", verbose_name="phản ánh, kiến nghị"
    )
    number = models.CharField("số biên bản", max_length=80)
    made_on = models.DateField("ngày xác minh")
    place = models.CharField("nơi xác minh", max_length=200)
    people = models.CharField("thành phần", max_length=500)
    text = models.TextField("nội dung, chứng cứ")
    verdict = models.CharField("kết luận", max_length=10, choices=[(k.value, v) for k, v in VERDICTS.items()])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xác minh"
    )
    at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "biên bản xác minh"
        verbose_name_plural = "biên bản xác minh"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Biên bản {self.number}"


class Attachment(models.Model):
    """A file of the sender's, or of those who handle it. Opens for who may see the feedback, for nobody else."""

    feedback = models.ForeignKey(
        Feedback, models.PROTECT, related_name="attachments", verbose_name="phản ánh, kiến nghị"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    from_sender = models.BooleanField("của người gửi", default=True)
    at = models.DateTimeField("lúc kèm")

    class Meta:
        verbose_name = "tệp kèm phản ánh"
        verbose_name_plural = "tệp kèm phản ánh"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"tệp {self.file_id}"
