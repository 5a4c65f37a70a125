"""Who may open a file: scans with the right to personal data, results with the right to see the dossier."""

from typing import Any

from django.db.models import Q

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import now
from motcua.dossiers.models import DossierPaper, MessageFile, ResultPaper
from motcua.dossiers.queries.access import visible_to
from motcua.dossiers.queries.held import held_by
from motcua.dossiers.rules.states import Payment
from motcua.files.models import StoredFile


def may_open(file: StoredFile, user: Any, authority: Authority) -> bool:
    """Whether a file is a scan or a result of a dossier that this person may see."""
    if getattr(user, "is_citizen", False):
        return _holder_may_open(file, user)
    scans = DossierPaper.objects.filter(file=file).values("dossier")
    results = ResultPaper.objects.filter(file=file).values("dossier")
    sent = MessageFile.objects.filter(file=file).values("message__dossier")
    personal = visible_to(authority, Permission.DOSSIER_VIEW_PERSONAL)
    return (
        personal.filter(Q(pk__in=scans) | Q(pk__in=sent)).exists()
        or visible_to(authority).filter(pk__in=results).exists()
    )


def _holder_may_open(file: StoredFile, user: Any) -> bool:
    """Papers and results of one's own dossier, results once the fee is paid, and files of messages that one may read."""
    papers = DossierPaper.objects.filter(file=file).values("dossier")
    ready = ResultPaper.objects.filter(file=file, revoked_at=None, dossier__ready_at__isnull=False)
    results = ready.exclude(dossier__payment=Payment.DUE).values("dossier")
    shared = Q(message__to_citizen=True) | Q(message__from_citizen=True)
    sent = MessageFile.objects.filter(shared, file=file).values("message__dossier")
    return held_by(user, now()).filter(Q(pk__in=papers) | Q(pk__in=results) | Q(pk__in=sent)).exists()
