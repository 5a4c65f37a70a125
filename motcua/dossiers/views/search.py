"""Search: code, name without accents, identity number, phone. An exact code opens the dossier at once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.moments import now
from motcua.core.web import page
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.scan import scanned_dossier
from motcua.dossiers.queries.workbench import with_clock


@login_required
@require_safe
def search(request: StaffRequest) -> HttpResponse:
    """Dossiers that the person may see and that match; scanning a slip's QR code works too."""
    text = request.GET.get("q", "").strip()[:200]
    exact = _exact(request, text)
    if exact:
        return redirect("dossiers:dossier", exact.pk)
    at = now()
    rows = page(request, queries.search(request.authority, text)) if text else None
    with_clock(rows or [], queries.Desk(request.user, at))
    return render(request, "dossiers/search.html", {"text": text, "page": rows, "now": at})


def _exact(request: StaffRequest, text: str) -> Dossier | None:
    """The dossier of this code, or of the slip or result whose QR code was scanned, when the person may see it."""
    scanned = scanned_dossier(text) if text else None
    if scanned:
        return queries.visible_to(request.authority).filter(pk=scanned).first()
    return queries.exact(request.authority, text) if text else None
