"""Keys of other programmes that may send something in."""

from django.db import models

from motcua.agencies.models import Agency, Dated


class ApiKey(Dated):
    """A partner's key, kept as a hash; what it sends in goes to its agency unless the partner names another below it."""

    name = models.CharField("phần mềm, đơn vị", max_length=120)
    key_hash = models.CharField("khóa đã băm", max_length=64, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan nhận")
    created_at = models.DateTimeField("lúc cấp")

    class Meta:
        verbose_name = "khóa nối phần mềm"
        verbose_name_plural = "khóa nối phần mềm"

    def __str__(self) -> str:
        return self.name


class SentRequest(models.Model):
    """Which key sent which feedback in: its partner may ask how it stands, also while nothing is published."""

    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="requests", verbose_name="khóa nối phần mềm")
    feedback = models.OneToOneField(
        "feedback.Feedback", models.PROTECT, related_name="+", verbose_name="phản ánh, kiến nghị"
    )
    at = models.DateTimeField("lúc gửi")

    class Meta:
        verbose_name = "phản ánh gửi từ phần mềm khác"
        verbose_name_plural = "phản ánh gửi từ phần mềm khác"

    def __str__(self) -> str:
        return f"phản ánh {self.feedback_id}"
