"""Submissions that wait for acceptance: how much working time is left, and which ones somebody must be told of."""

from datetime import datetime
from decimal import Decimal

from motcua.core.moments import legal_date, to_local, to_utc
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.acceptance import Left
from motcua.dossiers.rules.states import Status
from motcua.workdays.rules.clock import History, Limit, working_hours_between
from motcua.workdays.rules.explain import ANSWER, Derivation, derive


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


def derivation(desk: Desk, dossier: Dossier) -> Derivation | None:
    """How the moment by which a submission is answered follows (NĐ 61/2018, Điều 17; NĐ 118/2025): from when it was sent, or what was
    asked for came. None where the calendar or the setting is another today: what was promised then stays, and is not explained wrongly.
    """
    agency, since = dossier.office.agency, _since(dossier)
    limit = Limit.parse(str(desk.setting("acceptance_hours", agency, legal_date(since))), "working_hour")
    found = derive(History(limit, to_local(since)), desk.calendar(agency), ANSWER)
    same = found.due_at is not None and dossier.acceptance_due_at == to_utc(found.due_at)
    return found if same else None


def _since(dossier: Dossier) -> datetime:
    asked = dossier.supplement_requests.exclude(completed_at=None).order_by("-completed_at").first()
    return asked.completed_at if asked else dossier.submitted_at  # type: ignore[return-value]  # every submission has one
