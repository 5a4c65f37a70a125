"""Where ratings are taken."""

from datetime import date

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission


def offices_of(authority: Authority, day: date) -> list[OneStopOffice]:
    """The offices open on a day of the agencies whose reports the person reads."""
    rows = OneStopOffice.objects.filter(OneStopOffice.in_force(day)).filter(
        authority.where(Permission.REPORT_READ, "agency")
    )
    return list(rows.select_related("agency").order_by("agency__path", "name"))
