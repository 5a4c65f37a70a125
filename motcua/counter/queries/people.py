"""People who came before, so that nobody types them twice."""

from django.db.models import Count, Max, QuerySet

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.dossiers.models import Party

LIMIT = 3


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
        people[group["last"]].times = group["times"]  # type: ignore[attr-defined]
    return [people[group["last"]] for group in groups]


def access_party(authority: Authority, pk: int) -> Party:
    """A person of an earlier dossier of the clerk's own agencies. Raises NotFound."""
    found = _known_to(authority).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy người này trong các hồ sơ của cơ quan bạn.")
    return found
