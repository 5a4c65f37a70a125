"""One's own dossiers: those that a citizen's account holds, and nothing else. Forbidden looks like missing."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.accounts.models import User
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, DossierHolder

RELATED = (
    "procedure",
    "version",
    "office__agency",
    "receiving_agency",
    "resolving_agency",
    "applicant",
    "submitter",
)


def _holding(at: datetime) -> Q:
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def held_by(user: User, at: datetime) -> QuerySet[Dossier]:
    """The dossiers that an account holds at a moment; none for somebody who is not signed in."""
    if user.pk is None:
        return Dossier.objects.none()
    mine = DossierHolder.objects.filter(_holding(at), user_id=user.pk, dossier=OuterRef("pk"))
    return Dossier.objects.filter(Exists(mine))


def access_held(user: User, dossier_id: int, at: datetime) -> Dossier:
    """One of one's own dossiers, with its parties and agencies. Raises NotFound, also when it is somebody else's."""
    found = held_by(user, at).select_related(*RELATED).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound("Không tìm thấy hồ sơ này trong các hồ sơ của bạn.")
    return found


def is_held(dossier: Dossier, user: User, at: datetime) -> bool:
    """Whether the account holds the dossier at a moment. One statement."""
    return DossierHolder.objects.filter(_holding(at), dossier_id=dossier.pk, user_id=user.pk).exists()
