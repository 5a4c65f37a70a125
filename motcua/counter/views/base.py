"""What every page of the counter needs: the office where the clerk sits, and ids read from addresses without fear."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.agencies.models import OneStopOffice
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.counter import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.access import access_dossier
from motcua.dossiers.queries.reference import Desk as Reference

OFFICE = "counter_office"


def reference(request: StaffRequest, at: datetime) -> Reference:
    """What a request reads of the catalogue and the agencies: remembered between requests, one statement in each."""
    found = getattr(request, "reference", None)
    if found is None:
        found = Reference(request.user, at)
        setattr(request, "reference", found)  # noqa: B010 - no attribute of the type
    return found


def here(request: StaffRequest, at: datetime, permission: str = Permission.DOSSIER_RECEIVE) -> OneStopOffice:
    """The office chosen in this session, else the first one. Raises NotFound for a person without a desk."""
    known = queries.known_desks(reference(request, at), permission)
    return queries.access_desk(known, request.session.get(OFFICE))


def with_office(request: StaffRequest, office: OneStopOffice, at: datetime, **context: Any) -> dict[str, Any]:
    """The context of a page, with the office and the others to choose from."""
    permission = context.pop("permission", Permission.DOSSIER_RECEIVE)
    return {"office": office, "offices": queries.known_desks(reference(request, at), permission), **context}


def personal(
    request: StaffRequest, pk: int, permission: str, fields: Sequence[str], *, at: datetime
) -> Dossier:
    """A dossier whose personal data are about to be shown in full: the look is logged. Raises NotFound."""
    dossier = access_dossier(request.user, pk, permission, at=at)
    record_view(request.user, f"dossier/{dossier.pk}", fields, at=at, ip=request.META.get("REMOTE_ADDR", ""))
    return dossier


def number(text: str | None) -> int | None:
    """A number from an address or a form; None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else None
