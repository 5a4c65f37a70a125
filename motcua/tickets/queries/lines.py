"""Lines of an office, and the doors to them."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import Authority, offices_where
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.tickets.models import QueueLine

AT_THE_COUNTER = (Permission.DOSSIER_RECEIVE, Permission.DOSSIER_RETURN_RESULT)
WHO_SEES = (Permission.REPORT_READ, Permission.AGENCY_EDIT)


def lines_at(office: OneStopOffice, day: date) -> QuerySet[QueueLine]:
    """The lines of an office on a legal date, in their order."""
    return QueueLine.objects.filter(QueueLine.in_force(day), office=office)


def lines_with_waiting(office: OneStopOffice, day: date) -> list[QueueLine]:
    """The same, each with `waiting`: how many stand in it today. One statement."""
    waiting = Q(tickets__day=day, tickets__called_at=None, tickets__ended_at=None)
    return list(lines_at(office, day).annotate(waiting=Count("tickets", filter=waiting)))


def access_line(pk: int) -> QueueLine:
    """One line; public like its office. Raises NotFound."""
    found = QueueLine.objects.select_related("office__agency").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy hàng chờ này.")
    return found


def access_counter(authority: Authority, office_id: int, day: date) -> OneStopOffice:
    """An office at whose counter the person works. Raises NotFound."""
    found = offices_where(authority, day, *AT_THE_COUNTER).filter(pk=office_id).first()
    if found is None:
        raise NotFound()
    return found


def offices_seen(authority: Authority, day: date) -> list[OneStopOffice]:
    """Offices whose queue the person may look at: of agencies whose reports they read or which they administer."""
    own = authority.where(WHO_SEES[0], "agency") | authority.where(WHO_SEES[1], "agency")
    rows = OneStopOffice.objects.filter(OneStopOffice.in_force(day)).filter(own)
    return list(rows.select_related("agency").order_by("agency__path", "name"))


def access_seen(authority: Authority, office_id: int) -> OneStopOffice:
    """One of these, closed ones too. Raises NotFound."""
    found = OneStopOffice.objects.select_related("agency").filter(pk=office_id).first()
    if found is None or not any(authority.can(permission, found.agency) for permission in WHO_SEES):
        raise NotFound()
    return found
