"""Reasons for which something must be corrected: which may be used on a day, which may be changed."""

from datetime import date

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.core.errors import NotFound
from motcua.core.validity import in_force
from motcua.dossiers.models import CorrectionReason
from motcua.dossiers.queries.replies import KEEPER


def usable_reasons(agency: Agency, day: date) -> QuerySet[CorrectionReason]:
    """The reasons in force on a day for an office of this agency: its own, those of the agencies above, and the shipped ones."""
    here = Q(agency=None) | Q(agency_id__in=agency.chain_ids)
    return CorrectionReason.objects.filter(here, in_force(day))


def kept_reasons(authority: Authority) -> QuerySet[CorrectionReason]:
    """The reasons that the person may change; shipped ones are read only."""
    found = CorrectionReason.objects.filter(authority.where(KEEPER, "agency"))
    return found.select_related("agency").order_by("agency__path", "name", "id")


def shipped_reasons() -> QuerySet[CorrectionReason]:
    """The reasons that come with the software; nobody changes them."""
    return CorrectionReason.objects.filter(agency=None)


def access_reason(authority: Authority, reason_id: int) -> CorrectionReason:
    """A reason that the person may change. Raises NotFound."""
    if found := kept_reasons(authority).filter(pk=reason_id).first():
        return found
    raise NotFound("Không tìm thấy lý do này.")
