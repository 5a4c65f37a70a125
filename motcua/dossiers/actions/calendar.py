"""Re-projection of open dossiers after a calendar changed: an explicit act, journalled with its reason."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound
from motcua.dossiers.actions import _clock
from motcua.dossiers.actions._journal import entry, log, trace
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending, ledger

BATCH = 500


@transaction.atomic
def keep_calendar(agency: Agency, *, actor: User, at: datetime) -> str:
    """Keep an agency's calendar as it is known now, as the first reception would: for processes that will receive at once and
    must not each keep it anew. Gives the hash of the snapshot.
    """
    desk = Desk(actor, at)
    desk.authority.require(Permission.DOSSIER_RECEIVE, agency)
    return _clock.snapshot_of(desk, desk.calendar(agency), agency)


@transaction.atomic
def reproject(
    dossier_ids: Iterable[int] | None = None,
    *,
    agency_id: int | None,
    reason: str,
    document: str,
    actor: User,
    at: datetime,
) -> int:
    """Compute the due dates of open dossiers anew with the calendar as it is now: of the given ones, or of all that the
    agency and those under it resolve (None: of the whole nation). Only dossiers whose date moves get an entry; says how
    many. Lateness of dossiers already ended never changes.
    """
    desk = Desk(actor, at)
    store.forget()
    text = ending.require_text(reason, "Ghi lý do tính lại hạn.", "reason")
    paper = ending.require_text(document, "Ghi văn bản làm căn cứ tính lại hạn.", "document")
    agency = _agency(desk, agency_id)
    ids = _open_ids(agency, dossier_ids)
    parts = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(_project_batch(desk, _batch(part), text, paper) for part in parts)


def _agency(desk: Desk, agency_id: int | None) -> Agency | None:
    if agency_id is None:
        if (
            not desk.authority.everything
            and not Agency.objects.filter(
                desk.authority.where(Permission.CALENDAR_EDIT), parent=None
            ).exists()
        ):
            raise NotFound()
        return None
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None or not desk.authority.can(Permission.CALENDAR_EDIT, agency):
        raise NotFound()
    return agency


def _open_ids(agency: Agency | None, dossier_ids: Iterable[int] | None) -> list[int]:
    rows = Dossier.objects.filter(status__in=OPEN_STATUSES, due_at__isnull=False)
    rows = rows.filter(resolving_agency__path__startswith=agency.path) if agency else rows
    rows = rows.filter(pk__in=set(dossier_ids)) if dossier_ids is not None else rows
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _batch(ids: list[int]) -> list[Dossier]:
    rows = Dossier.objects.select_related(*access.ACT_RELATED).select_for_update(of=("self",))
    return list(rows.filter(pk__in=ids).order_by("pk").prefetch_related("clock_entries"))


def _project_batch(desk: Desk, dossiers: list[Dossier], reason: str, document: str) -> int:
    """How many dates moved, or became certain; each with an entry (all written by one statement) and an event."""
    moved = []
    for dossier in dossiers:
        entry_ = _clock.reprojection(dossier, desk, list(dossier.clock_entries.all()), reason, document)
        if (entry_.due_at, entry_.provisional) != (dossier.due_at, dossier.due_provisional):
            moved.append((dossier, entry_))
    ClockEntry.objects.bulk_create([entry_ for _, entry_ in moved])
    for dossier, entry_ in moved:
        facts = {
            "due_before": dossier.due_at,
            "due_at": entry_.due_at,
            "reason": reason,
            "document": document,
        }
        trace(dossier, "clock", ledger.trace_of(entry_.seq, entry_.kind, entry_.due_at, document))
        log(desk, dossier, entry("reproject", **facts))
    return len(moved)
