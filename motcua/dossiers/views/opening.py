"""A stored file of a dossier opened by staff: personal data, so the look is logged; the file has a short-lived address."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.files.queries import url_for


def open_file(
    request: StaffRequest, dossier: Dossier, file: StoredFile | None, seen: str, at: datetime
) -> HttpResponse:
    """To a file of a dossier that was found by `access_dossier`; `seen` names it in the log. Raises NotFound for none."""
    if file is None:
        raise NotFound()
    ip = request.META.get("REMOTE_ADDR", "")
    record_view(request.user, f"dossier/{dossier.pk}", [seen], at=at, ip=ip)
    return redirect(url_for(file, request.user))
