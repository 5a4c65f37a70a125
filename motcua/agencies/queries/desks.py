"""One-stop offices where somebody may act: at their own agency's, and where it has a seat."""

from datetime import date

from django.db.models import Q, QuerySet

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries.authority import Authority
from motcua.core.validity import in_force


def offices_where(authority: Authority, day: date, *permissions: str) -> QuerySet[OneStopOffice]:
    """One-stop offices where the person holds any of these permissions on a legal date: their agency's own, and those where
    it has a seat.
    """
    seated, here = Q(pk__in=[]), Q(pk__in=[])
    for permission in permissions:
        seated |= authority.where(permission, "seats__agency")
        here |= authority.where(permission, "agency")
    rows = OneStopOffice.objects.filter(OneStopOffice.in_force(day))
    found = rows.filter(here | (seated & in_force(day, "seats")))
    return found.select_related("agency").distinct().order_by("name", "id")
