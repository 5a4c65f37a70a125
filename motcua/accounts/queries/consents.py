"""What somebody agreed to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.accounts.keys import contact_key
from motcua.accounts.models import Consent, User
from motcua.accounts.queries.citizens import profile_of
from motcua.accounts.rules.consents import PURPOSES, SOURCES, label_of


@dataclass(frozen=True)
class ConsentLine:
    """One entry of the log in words. `stands`: it is the last word about its purpose and says yes."""

    purpose: str
    label: str
    given: bool
    at: datetime
    text_version: str
    way: str
    stands: bool
    withdrawable: bool
    ending: str


def keys_of(user: User) -> dict[str, str]:
    """Medium -> the key of each address that a citizen has proven."""
    profile = profile_of(user)
    found = {"phone": profile.phone, "email": profile.email} if profile else {}
    return {medium: contact_key(medium, address) for medium, address in found.items() if address}


def consents_of(user: User, limit: int = 200) -> list[ConsentLine]:
    """What a citizen agreed to with the account or with a proven phone number or mailbox, the newest first."""
    mine = Q(user_id=user.pk) | Q(subject_key__in=keys_of(user).values())
    rows = Consent.objects.filter(mine).order_by("-pk")[:limit]
    seen: set[tuple[str, str]] = set()
    return [_line(row, seen) for row in rows]


def _line(row: Consent, seen: set[tuple[str, str]]) -> ConsentLine:
    """A purpose is answered for each address by itself: `seen` holds those whose last word has passed."""
    about = PURPOSES.get(row.purpose)
    mark = (row.purpose, row.subject_key)
    last = mark not in seen
    seen.add(mark)
    return ConsentLine(
        purpose=row.purpose,
        label=label_of(row.purpose),
        given=row.given,
        at=row.at,
        text_version=row.text_version,
        way=SOURCES[row.source][0] if row.source in SOURCES else row.source,
        stands=last and row.given,
        withdrawable=bool(about and about.withdrawable),
        ending=about.ending if about else "",
    )
