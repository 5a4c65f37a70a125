"""People who came before, so that nobody types them twice."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.models.dossier import OPEN_STATUSES

LIMIT = 3
UNFINISHED = ["submitted", "pre_supplement", *OPEN_STATUSES]


def _known_to(authority: Authority) -> QuerySet[Party]:
    """Parties of dossiers that an agency received where the person receives dossiers too."""
    return Party.objects.filter(authority.where(Permission.DOSSIER_RECEIVE, "dossiers__receiving_agency"))


def earlier_people(
    authority: Authority, *, identity_number: str = "", phone: str = "", tax_code: str = ""
) -> list[Party]:
    """The newest statement of each person with this identity number, tax code or phone; at most three.

    Each has `times`, the number of dossiers under exactly that name and number.
    """
    wanted = {"identity_number": identity_number, "tax_code": tax_code, "phone": phone}
    key, value = next(((k, v) for k, v in wanted.items() if v), ("", ""))
    if not key:
        return []
    rows = _known_to(authority).filter(**{key: value}).values("search_name", "identity_number")
    groups = list(
        rows.annotate(last=Max("id"), times=Count("dossiers", distinct=True)).order_by("-last")[:LIMIT]
    )
    people = Party.objects.in_bulk([group["last"] for group in groups])
    for group in groups:
        people[group["last"]].times = group["times"]  # type: ignore[attr-defined]  # carried along for the page
    return [people[group["last"]] for group in groups]


def access_party(authority: Authority, pk: int) -> Party:
    """A person of an earlier dossier of the clerk's own agencies. Raises NotFound."""
    found = _known_to(authority).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy người này trong các hồ sơ của cơ quan bạn.")
    return found


def open_twins(authority: Authority, procedure_id: int, known: Mapping[str, Any]) -> list[Dossier]:
    """Dossiers of the same person and procedure that are not finished yet, in reach of the clerk; at most three."""
    number, tax = known.get("identity_number") or "", known.get("tax_code") or ""
    if not number and not tax:
        return []
    same = Q(applicant__identity_number=number) if number else Q(applicant__tax_code=tax)
    rows = Dossier.objects.filter(same, procedure_id=procedure_id, status__in=UNFINISHED)
    return list(
        rows.filter(authority.where(Permission.DOSSIER_RECEIVE, "receiving_agency")).order_by("-id")[:LIMIT]
    )
