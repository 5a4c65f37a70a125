"""What the locality publishes: boards of documents, decisions on procedures, and the way to open data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.core import web
from motcua.core.moments import today
from motcua.files.queries import url_for
from motcua.news.queries import access_board, access_public_document, access_public_file, documents_on
from motcua.news.queries import boards as all_boards
from motcua.portal.views.catalogue import kept
from motcua.procedures.queries.publication import decisions_in_effect


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """All boards."""
    return render(request, "portal/site/boards.html", {"boards": all_boards()})


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """What hangs on one board, newest first."""
    found = access_board(slug)
    text = request.GET.get("q", "")[:200]
    context = {
        "board": found,
        "q": text,
        "page": web.page(request, documents_on(found, text), 20),
        "kept": kept(request),
    }
    return render(request, "portal/site/board.html", context)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document."""
    return render(request, "portal/site/document.html", {"document": access_public_document(pk)})


@require_safe
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a document, once it is clean."""
    return redirect(url_for(access_public_file(pk), request.user))


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Decisions that published, amended, replaced or repealed procedures, newest first."""
    page = web.page(request, decisions_in_effect(today()), 10)
    return render(request, "portal/site/decisions.html", {"page": page})
