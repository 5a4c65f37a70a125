"""Whose data it is: an account, or an identity number that an office has seen on a card."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.accounts.models import Profile, User
from motcua.accounts.queries import profile_of
from motcua.core.identity import Document
from motcua.dossiers.models import Dossier, DossierHolder
from motcua.privacy.models import DataRequest


@dataclass(frozen=True)
class Subject:
    """One person. `number` is set only when it is proven (by the account, or by the card that an officer has seen); `country`:
    whose passport it is, empty for a personal number, None where the officer only took down the number.
    """

    user: User | None
    profile: Profile | None
    number: str
    at: datetime
    country: str | None = None

    @property
    def addresses(self) -> list[str]:
        """Where messages to this person go."""
        found = [self.profile.phone, self.profile.email] if self.profile else []
        return [*filter(None, found), *([self.user.username] if self.user else [])]


def subject_of(user: User, at: datetime) -> Subject:
    """A signed-in citizen."""
    profile = profile_of(user)
    shown = profile.document if profile and profile.is_proven else Document()
    return Subject(user, profile, shown.number, at, shown.country)


def subject_of_request(found: DataRequest, at: datetime) -> Subject:
    """The person behind a request: the account, else the number that was seen when the request was taken on."""
    if found.user:
        return subject_of(found.user, at)
    return Subject(None, None, found.identity_number if found.identity else "", at)


def dossiers_about(subject: Subject) -> QuerySet[Dossier]:
    """The dossiers in which this person applies: held as their owner, or bearing their proven number. Those that the person
    only follows for somebody else are about somebody else.
    """
    mine = Q(pk=None)
    if subject.user:
        held = DossierHolder.objects.filter(user=subject.user, right=DossierHolder.Right.OWNER)
        mine |= Q(pk__in=held.values("dossier"))
    if subject.number:
        whose = {} if subject.country is None else {"applicant__identity_country": subject.country}
        mine |= Q(applicant__identity_number=subject.number, **whose)
    return (
        Dossier.objects.filter(mine)
        .select_related("version", "resolving_agency", "applicant")
        .order_by("-pk")
    )
