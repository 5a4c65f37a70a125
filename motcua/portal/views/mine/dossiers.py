"""The list of one's own dossiers, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.core.moments import now
from motcua.core.web import page
from motcua.dossiers.queries import access_held
from motcua.dossiers.queries.forms import form_view
from motcua.portal.queries import mine as queries
from motcua.portal.web import CitizenRequest, citizen_required


@citizen_required
@require_safe
def mine(request: CitizenRequest) -> HttpResponse:
    """What I must do now first, then the rest, the newest on top."""
    at = now()
    rest = page(request, queries.others(request.user, at), 20)
    context = {
        "todo": queries.to_do(request.user, at) if not {"after", "before"} & set(request.GET) else [],
        "page": rest,
        "rows": queries.rows_of(rest),
        "now": at,
    }
    return render(request, "portal/mine/list.html", context)


@citizen_required
@require_safe
def dossier(request: CitizenRequest, dossier_id: int) -> HttpResponse:
    """Where it is, who has it, what happens next and when, what I sent in, what I may download."""
    at = now()
    found = access_held(request.user, dossier_id, at)
    context = {
        "dossier": found,
        "view": queries.view_of(found),
        "form": form_view(found, at),
        "papers": found.papers.filter(replaced_at=None).select_related("file"),
        "now": at,
    }
    return render(request, "portal/mine/dossier.html", context)
