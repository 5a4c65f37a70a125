"""Tracking by anyone who holds the code and the last four digits of a phone or identity number of the dossier."""

from django.utils.crypto import constant_time_compare

from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.codes import is_code

RELATED = ("version", "procedure", "office", "resolving_agency", "applicant", "submitter")
NOT_FOUND = "Không tìm thấy hồ sơ với mã và bốn số cuối này. Kiểm tra lại trên giấy tiếp nhận."


def track(code: str, last4: str) -> Dossier:
    """The dossier of a code (or temporary number) whose applicant's or submitter's phone or identity number ends in these
    four digits. Raises NotFound, the same for a wrong code and for wrong digits; comparison takes the same time always.
    The page must show no name or address (TT 01/2018), and its caller limits the rate of attempts.
    """
    wanted, digits = code.strip().upper(), "".join(last4.split())
    named = {"code": wanted} if is_code(wanted) else {"temporary_number": wanted}
    found = Dossier.objects.select_related(*RELATED).filter(**named).first() if wanted else None
    if not _matches(_endings(found), digits) or found is None:
        raise NotFound(NOT_FOUND)
    return found


def _endings(dossier: Dossier | None) -> list[str]:
    """Last four digits of the numbers of the dossier's people; always four texts."""
    people = [dossier.applicant, dossier.submitter] if dossier else [None, None]
    numbers = [n for p in people for n in ((p.phone, p.identity_number) if p else ("", ""))]
    return [number[-4:] if len(number) >= 4 else "" for number in numbers]


def _matches(endings: list[str], digits: str) -> bool:
    """Whether the digits are one of the endings; every one is compared."""
    four = len(digits) == 4 and digits.isascii() and digits.isdecimal()
    hits = [constant_time_compare(ending, digits) and ending != "" for ending in endings]
    return four and any(hits)
