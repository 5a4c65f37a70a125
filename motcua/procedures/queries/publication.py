"""Publication decisions, and the drafts that wait for one."""

from datetime import date

from django.db.models import Count, QuerySet

from motcua.core.errors import NotFound
from motcua.procedures.models import ProcedureVersion, PublicationDecision


def decisions() -> QuerySet[PublicationDecision]:
    """All decisions, the newest first, with how many procedures each names."""
    return PublicationDecision.objects.annotate(count=Count("changes")).order_by("-issued_on", "-id")


def decisions_in_effect(day: date) -> QuerySet[PublicationDecision]:
    """The decisions in effect on a legal date with what they do, the newest first: for the public."""
    return _whole().filter(effective_on__lte=day).order_by("-issued_on", "-id")


def access_decision(pk: int) -> PublicationDecision:
    """One decision with what it does. Raises NotFound."""
    found = _whole().filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy quyết định này.")
    return found


def _whole() -> QuerySet[PublicationDecision]:
    return PublicationDecision.objects.prefetch_related("changes__procedure", "changes__version")


def drafts() -> QuerySet[ProcedureVersion]:
    """Drafts, by name."""
    rows = ProcedureVersion.objects.filter(status=ProcedureVersion.Status.DRAFT)
    return rows.select_related("procedure", "field").order_by("name")[:200]
