"""Re-projection of open dossiers after a calendar changed: an explicit act, journalled with its reason."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.dossiers.actions import _clock
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending

BATCH = 500


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
    text = ending.require_text(reason, "Ghi lý do tính lại hạn.", "reason")
    paper = ending.require_text(document, "Ghi văn bản làm căn cứ tính lại hạn.", "document")
    agency = _agency(desk, agency_id)
    ids = _open_ids(agency, dossier_ids)
    return sum(
        _one(desk, dossier, text, paper)
        for start in range(0, len(ids), BATCH)
        for dossier in _batch(ids[start : start + BATCH])
    )


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


def _one(desk: Desk, dossier: Dossier, reason: str, document: str) -> bool:
    """Whether the dossier's dates moved, or became certain; then an entry and an event say so."""
    entries = list(dossier.clock_entries.all())
    due, provisional = _clock.projected(desk, dossier, entries)
    if (due, provisional) == (dossier.due_at, dossier.due_provisional):
        return False
    before = dossier.due_at
    _clock.record(dossier, desk, ClockEntry.Kind.REPROJECT, reason, document=document, entries=entries)
    log(
        desk,
        dossier,
        entry("reproject", due_before=before, due_at=dossier.due_at, reason=reason, document=document),
    )
    return True
