"""Finding dossiers: by code, name without accents, identity number, tax code, phone; duplicates."""

from datetime import date

from django.db.models import Q, QuerySet

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core import identity
from motcua.core.errors import RuleViolation
from motcua.core.text import fold
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.queries.access import visible_to
from motcua.dossiers.rules.codes import is_code
from motcua.dossiers.rules.intake import PartyData
from motcua.procedures.models import Procedure

LIST_RELATED = ("version", "procedure", "applicant", "resolving_agency", "office")
DUPLICATE_DAYS = 365


def exact(authority: Authority, text: str) -> Dossier | None:
    """The dossier of exactly this code or temporary number, if the person may see it."""
    wanted = text.strip().upper()
    if is_code(wanted):
        return visible_to(authority).filter(code=wanted).first()
    return (
        visible_to(authority).filter(temporary_number=wanted.upper()).first()
        if wanted.upper().startswith("T-")
        else None
    )


def search(authority: Authority, text: str) -> QuerySet[Dossier]:
    """Dossiers that the person may see and that match, newest first: a code or its beginning, an identity number, tax code
    or phone in full, or words of the applicant's name without accents. Numbers are matched only with the right to see
    personal data, so that a masked number cannot be guessed by searching.
    """
    rows = visible_to(authority).select_related(*LIST_RELATED).order_by("-pk")
    wanted = text.strip()
    if not wanted:
        return rows.none()
    if any(c.isdigit() for c in wanted) and "-" in wanted and wanted[0].isalnum():
        return rows.filter(Q(code__startswith=wanted.upper()) | Q(temporary_number=wanted.upper()))
    parties = _parties(wanted, authority.has(Permission.DOSSIER_VIEW_PERSONAL))
    return rows.filter(Q(applicant__in=parties) | Q(submitter__in=parties))


def _parties(text: str, numbers: bool) -> QuerySet[Party]:
    digits = text.replace(" ", "").replace(".", "")
    if sum(c.isdigit() for c in digits) >= 7:
        return Party.objects.filter(_numbered(digits)) if numbers else Party.objects.none()
    found = Party.objects.all()
    for word in fold(text).split():
        found = found.filter(search_name__contains=word)
    return found


def _numbered(text: str) -> Q:
    """Parties with this identity number, tax code or phone."""
    found = Q(identity_number=text.upper()) | Q(tax_code=text)
    try:
        return found | Q(phone=identity.phone(text))
    except RuleViolation:
        return found


def find_duplicates(
    party: PartyData,
    procedure: Procedure | int,
    *,
    authority: Authority | None = None,
    since: date | None = None,
) -> QuerySet[Dossier]:
    """Dossiers of the same person for the same procedure that are open, or were received in the last year: a warning, no
    more. The person is known by identity number, else tax code, else name and phone.
    """
    pk = procedure if isinstance(procedure, int) else procedure.pk
    rows = visible_to(authority) if authority is not None else Dossier.objects.all()
    same = _same_person(party)
    if same is None:
        return rows.none()
    recent = Q(status__in=OPEN_STATUSES) | Q(received_on__gte=since) if since else Q()
    return (
        rows.filter(recent, procedure_id=pk, applicant__in=same).select_related(*LIST_RELATED).order_by("-pk")
    )


def _same_person(party: PartyData) -> QuerySet[Party] | None:
    if party.identity_number.strip():
        return Party.objects.filter(identity_number="".join(party.identity_number.split()).upper())
    if party.tax_code.strip():
        return Party.objects.filter(tax_code="".join(party.tax_code.split()))
    if not party.phone.strip() or not party.name.strip():
        return None
    try:
        return Party.objects.filter(search_name=fold(party.name), phone=identity.phone(party.phone))
    except RuleViolation:
        return None
