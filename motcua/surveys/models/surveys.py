"""Surveys: questionnaires in versions, the plan and draw of a sample, invitations, sheets, answers."""

import uuid

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Field
from motcua.surveys.rules.questionnaire import Form, form_of


class Questionnaire(models.Model):
    """A questionnaire through its versions."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên bộ câu hỏi", max_length=200)

    class Meta:
        verbose_name = "bộ câu hỏi"
        verbose_name_plural = "bộ câu hỏi"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionnaireVersion(models.Model):
    """One version; once published it is not changed any more, so that every answer has its question."""

    class Status(models.TextChoices):
        DRAFT = "draft", "dự thảo"
        PUBLISHED = "published", "đang dùng"

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="versions", verbose_name="bộ câu hỏi"
    )
    number = models.PositiveSmallIntegerField("phiên bản")
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    law = models.CharField("căn cứ", max_length=200, blank=True)
    content = models.JSONField("nội dung", default=dict)
    published_at = models.DateTimeField("lúc ban hành", null=True)

    class Meta:
        verbose_name = "phiên bản bộ câu hỏi"
        verbose_name_plural = "phiên bản bộ câu hỏi"
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, phiên bản {self.number}"

    @property
    def form(self) -> Form:
        """The questions as the rules know them. Raises RuleViolation while they have faults."""
        return form_of(self.content)


class Survey(models.Model):
    """One survey of the users of a period. `points` of the criterion go by the share of content answers."""

    class Status(models.TextChoices):
        PLAN = "plan", "lập kế hoạch"
        OPEN = "open", "đang thu phiếu"
        CLOSED = "closed", "đã đóng"

    class By(models.TextChoices):
        FIELD = "field", "theo lĩnh vực"
        AGENCY = "agency", "theo cơ quan"
        BOTH = "both", "theo cơ quan và lĩnh vực"

    name = models.CharField("tên khảo sát", max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan khảo sát")
    subject = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="nơi được khảo sát")
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="surveys", verbose_name="bộ câu hỏi"
    )
    since = models.DateField("hồ sơ có kết quả từ ngày")
    until = models.DateField("hồ sơ có kết quả đến ngày")
    by = models.CharField("phân nhóm", max_length=6, choices=By.choices, default=By.FIELD)
    error = models.DecimalField("sai số mong muốn (điểm %)", max_digits=4, decimal_places=2)
    group_minimum = models.PositiveSmallIntegerField("số phiếu ít nhất mỗi nhóm")
    points = models.PositiveSmallIntegerField("điểm tối đa của tiêu chí", default=20)
    step = models.CharField("làm tròn điểm đến", max_length=4, default="0.5")
    status = models.CharField("trạng thái", max_length=6, choices=Status.choices, default=Status.PLAN)
    seed = models.CharField("hạt giống", max_length=64, blank=True)
    closes_on = models.DateField("thu phiếu đến hết ngày", null=True)
    closed_at = models.DateTimeField("lúc đóng", null=True)

    class Meta:
        verbose_name = "khảo sát hài lòng"
        verbose_name_plural = "khảo sát hài lòng"
        ordering = ["-since", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def step_text(self) -> str:
        """The step as people write it: "0,5"."""
        return self.step.replace(".", ",")


class Stratum(models.Model):
    """A group of the sample: how many users it has, how many are to answer."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="strata", verbose_name="khảo sát")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="cơ quan")
    field = models.ForeignKey(Field, models.PROTECT, null=True, related_name="+", verbose_name="lĩnh vực")
    population = models.PositiveIntegerField("số người đã dùng dịch vụ")
    target = models.PositiveIntegerField("số phiếu cần")

    class Meta:
        verbose_name = "nhóm mẫu"
        verbose_name_plural = "nhóm mẫu"
        ordering = ["pk"]

    def __str__(self) -> str:
        return " – ".join(str(part) for part in (self.agency, self.field) if part)


class Invitee(models.Model):
    """Somebody drawn. Says whether the invitation is used, never with which answers; the dossier goes when the survey closes."""

    class Mode(models.TextChoices):
        LINK = "link", "đường dẫn"
        PHONE = "phone", "điện thoại"
        PAPER = "paper", "phiếu giấy"

    class State(models.TextChoices):
        WAITING = "waiting", "chờ trả lời"
        RESERVE = "reserve", "dự bị"
        ANSWERED = "answered", "đã trả lời"
        REFUSED = "refused", "từ chối"
        UNREACHED = "unreached", "không liên hệ được"

    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="invitees", verbose_name="nhóm mẫu")
    rank = models.PositiveIntegerField("thứ tự bốc")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+", verbose_name="hồ sơ")
    mode = models.CharField("cách hỏi", max_length=5, choices=Mode.choices, default=Mode.PAPER)
    state = models.CharField("tình trạng", max_length=9, choices=State.choices, default=State.WAITING)

    class Meta:
        verbose_name = "người được chọn vào mẫu"
        verbose_name_plural = "người được chọn vào mẫu"
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["stratum", "rank"], name="invitee_rank")]


class Response(models.Model):
    """Answers to a survey. Belongs to a group, to nobody; made anew in another order when the survey closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stratum = models.ForeignKey(Stratum, models.PROTECT, related_name="responses", verbose_name="nhóm mẫu")
    mode = models.CharField("cách hỏi", max_length=5, choices=Invitee.Mode.choices)
    answers = models.JSONField("câu trả lời")

    class Meta:
        verbose_name = "phiếu trả lời"
        verbose_name_plural = "phiếu trả lời"


class Sheet(models.Model):
    """A paper sheet typed in twice, by two people; agreed sheets become responses and keep no answers here."""

    class State(models.TextChoices):
        FIRST = "first", "chờ nhập lần hai"
        DIFFERS = "differs", "hai lần nhập khác nhau"
        AGREED = "agreed", "đã khớp"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets", verbose_name="khảo sát")
    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="+", verbose_name="nhóm mẫu")
    number = models.PositiveIntegerField("số phiếu")
    state = models.CharField("tình trạng", max_length=7, choices=State.choices, default=State.FIRST)
    answers = models.JSONField("lần nhập một", default=dict)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập lần một"
    )
    differences = models.JSONField("câu khác nhau", default=list)

    class Meta:
        verbose_name = "phiếu giấy"
        verbose_name_plural = "phiếu giấy"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="sheet_number")]
