"""What the holder of a dossier may download: slips as issued, results, own papers, files of messages."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from motcua.core.answers import PDF, file_answer
from motcua.core.moments import now
from motcua.dossiers import slips
from motcua.dossiers.application import print_form
from motcua.dossiers.queries import access_held
from motcua.files.queries import url_for
from motcua.portal.queries import mine as queries
from motcua.portal.web import CitizenRequest, citizen_required
from motcua.printing.actions import render as press


def _pdf(content: bytes, name: str) -> HttpResponse:
    return file_answer(content, f"{name}.pdf", PDF)


@citizen_required
@require_safe
def notice_pdf(request: CitizenRequest, dossier_id: int, notice_id: int) -> HttpResponse:
    """A slip as it was issued."""
    found = access_held(request.user, dossier_id, now())
    notice = queries.access_notice(found, notice_id)
    return _pdf(press(notice.kind, slips.slip_data(notice)), f"{notice.kind}-{found}")


@citizen_required
@require_safe
def result_file(request: CitizenRequest, dossier_id: int, result_id: int) -> HttpResponse:
    """The electronic result; the notice of it where the result is on paper."""
    found = access_held(request.user, dossier_id, now())
    result = queries.access_result(found, result_id)
    if result.file:
        return redirect(url_for(result.file, request.user))
    return _pdf(press("result_notice", slips.result_notice_data(result)), f"ket-qua-{found}")


@citizen_required
@require_safe
def paper_file(request: CitizenRequest, dossier_id: int, paper_id: int) -> HttpResponse:
    """A paper that I sent in."""
    found = access_held(request.user, dossier_id, now())
    return redirect(url_for(queries.access_paper_file(found, paper_id), request.user))


@citizen_required
@require_safe
def message_file(request: CitizenRequest, dossier_id: int, file_id: int) -> HttpResponse:
    """A file sent with a message."""
    found = access_held(request.user, dossier_id, now())
    return redirect(url_for(queries.access_message_file(found, file_id), request.user))


@citizen_required
@require_safe
def application_pdf(request: CitizenRequest, dossier_id: int) -> HttpResponse:
    """The official form with what I answered."""
    found = access_held(request.user, dossier_id, now())
    return _pdf(print_form(found), f"to-khai-{found}")
