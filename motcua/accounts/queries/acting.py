"""Who acts for somebody by a record here, as an office asks that knows a person or organisation by the number in a dossier."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from motcua.accounts.models import Authorisation, Profile, Representation
from motcua.accounts.queries.citizens import proven_holder
from motcua.core.validity import in_force


def agents_of(number: str, country: str, day: date, procedure: str) -> set[str]:
    """The proven numbers of those whom the person with this document has authorised, in force on a day for one procedure."""
    principal = proven_holder(number, country)
    if principal is None or not principal.is_active:
        return set()
    scope = Q(scope="") | Q(scope=procedure)
    rows = Authorisation.objects.filter(in_force(day), scope, principal=principal, revoked_at=None)
    return _numbers(rows.values_list("agent_id", flat=True))


def representatives_of(tax_code: str, day: date) -> set[str]:
    """The proven numbers of those who act on a day for the organisation that an office confirmed with this tax code."""
    rows = Representation.objects.filter(in_force(day), organisation__tax_code=tax_code)
    people = rows.exclude(organisation__confirmed_at=None).values_list("user_id", flat=True)
    return _numbers(people) if tax_code else set()


def _numbers(users: Iterable[int]) -> set[str]:
    rows = Profile.objects.filter(user_id__in=users, user__is_active=True).exclude(identity_number="")
    rows = rows.exclude(assurance=Profile.Assurance.LOW)
    return set(rows.values_list("identity_number", flat=True))
