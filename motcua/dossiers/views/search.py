"""Search: code, name without accents, identity number, phone. An exact code opens the dossier at once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.core.moments import now
from motcua.core.web import page
from motcua.dossiers import queries


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Dossiers that the person may see and that match; scanning a slip's QR code works too."""
    text = request.GET.get("q", "").strip()[:200]
    exact = queries.exact(request.authority, text) if text else None
    if exact:
        return redirect("dossiers:dossier", exact.pk)
    rows = page(request, queries.search(request.authority, text)) if text else None
    return render(request, "dossiers/search.html", {"text": text, "page": rows, "now": now()})
