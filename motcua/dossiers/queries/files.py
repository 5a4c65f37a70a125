"""Who may open a file: scans with the right to personal data, results with the right to see the dossier."""

from typing import Any

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.dossiers.models import DossierPaper, ResultPaper
from motcua.dossiers.queries.access import visible_to
from motcua.files.models import StoredFile


def may_open(file: StoredFile, user: Any, authority: Authority) -> bool:
    """Whether a file is a scan or a result of a dossier that this person may see."""
    scans = DossierPaper.objects.filter(file=file).values("dossier")
    results = ResultPaper.objects.filter(file=file).values("dossier")
    personal = visible_to(authority, Permission.DOSSIER_VIEW_PERSONAL)
    return personal.filter(pk__in=scans).exists() or visible_to(authority).filter(pk__in=results).exists()
