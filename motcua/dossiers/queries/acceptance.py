"""Submissions that wait for acceptance: how much working time is left, and which ones somebody must be told of."""

from datetime import datetime
from decimal import Decimal

from motcua.core.moments import to_local
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.acceptance import Left
from motcua.dossiers.rules.states import Status
from motcua.workdays.rules.clock import working_hours_between


def to_watch(until: datetime) -> list[int]:
    """Submissions not yet accepted whose acceptance is due before a moment and whose head was not told that it is past."""
    rows = Dossier.objects.filter(status=Status.SUBMITTED.value, acceptance_due_at__lt=until)
    rows = rows.filter(acceptance_check__overdue_told_at=None)
    return list(rows.order_by("acceptance_due_at", "id").values_list("pk", flat=True)[:5000])


def hours_left(desk: Desk, dossier: Dossier) -> Decimal:
    """Working hours of the office until acceptance is due, below nothing once it is past."""
    calendar = desk.calendar(dossier.office.agency)
    due = to_local(dossier.acceptance_due_at)  # type: ignore[arg-type]  # every submission has one
    if due > desk.local:
        return working_hours_between(desk.local, due, calendar)
    return -working_hours_between(due, desk.local, calendar)


def left(desk: Desk, dossier: Dossier) -> Left:
    """The same as words and colour."""
    return Left(hours_left(desk, dossier))
