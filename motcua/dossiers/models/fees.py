"""What decides the fee of a dossier: as the person stated it, and as the clerk settled it at acceptance."""

from django.conf import settings
from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules.fees import numbers_said


class FeeClaim(models.Model):
    """Numbers (copies, pages) and the exemption that a person claims, beside what was charged by. The claim changes only by the
    person's own answer when the office asks to correct it; what the clerk settles stands next to it, with the reason for an exemption that is not given (NĐ 61/2018/NĐ-CP, Điều 17).
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="fee_claim", verbose_name="hồ sơ")
    # "copies", "pages" -> how many, as `procedures.rules.fees.Quantities` names them.
    quantities = models.JSONField("số bản, số trang đã khai", default=dict, blank=True)
    exemption_reason = models.CharField("đề nghị miễn, giảm vì", max_length=200, blank=True)
    settled_quantities = models.JSONField("số bản, số trang đã tính", default=dict, blank=True)
    settled_exemption = models.CharField("đã miễn, giảm vì", max_length=200, blank=True)
    refusal = models.CharField("vì sao không miễn, giảm", max_length=300, blank=True)
    settled_at = models.DateTimeField("lúc tính", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người tính",
    )

    class Meta:
        verbose_name = "căn cứ tính phí, lệ phí"
        verbose_name_plural = "căn cứ tính phí, lệ phí"

    @property
    def stated_numbers(self) -> str:
        """The numbers as the person stated them, in words."""
        return numbers_said(self.quantities)

    @property
    def settled_numbers(self) -> str:
        """The numbers that were charged by, in words."""
        return numbers_said(self.settled_quantities)

    @property
    def is_corrected(self) -> bool:
        """Whether the clerk charged by something else than was stated."""
        return self.settled_at is not None and (
            self.settled_quantities != self.quantities or self.settled_exemption != self.exemption_reason
        )
