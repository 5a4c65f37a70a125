"""Printed forms as PDF. They name people in full: who may not read personal data may not print; each is logged."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.answers import pdf_answer
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.dossiers import actions, queries, slips
from motcua.dossiers.application import print_form
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import workbench
from motcua.dossiers.views.opening import open_file
from motcua.printing.actions import render


def _for_print(request: StaffRequest, dossier_id: int, form: str) -> Dossier:
    """The dossier whose people a form is about to name; the print is logged. Raises NotFound."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, Permission.DOSSIER_VIEW_PERSONAL, at=at)
    ip = request.META.get("REMOTE_ADDR", "")
    record_view(request.user, f"dossier/{dossier.pk}", [f"print/{form}"], at=at, ip=ip)
    return dossier


@login_required
@require_safe
def notice_pdf(request: StaffRequest, dossier_id: int, notice_id: int) -> HttpResponse:
    """A notice as it was issued (receipt slip, supplement request, refusal, apology, stop)."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, Permission.DOSSIER_VIEW_PERSONAL, at=at)
    notice = dossier.notices.filter(pk=notice_id).first()
    if notice is None:
        raise NotFound()
    actions.reprint(notice.pk, actor=request.user, at=at)
    return pdf_answer(render(notice.kind, slips.slip_data(notice)), f"{notice.kind}-{dossier}")


@login_required
@require_safe
def control_slip(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """The control slip that travels with the dossier, as it stands now."""
    dossier = _for_print(request, dossier_id, "control_slip")
    by_minute = workbench.by_minute(queries.Desk(request.user, now()), dossier.resolving_agency)
    data = slips.control_slip_data(dossier, by_minute=by_minute)
    return pdf_answer(render("control_slip", data), f"phieu-kiem-soat-{dossier}")


@login_required
@require_safe
def application_pdf(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """The official form, printed from what was filled in online."""
    dossier = _for_print(request, dossier_id, "application")
    return pdf_answer(print_form(dossier), f"to-khai-{dossier}")


@login_required
@require_safe
def result_pdf(request: StaffRequest, dossier_id: int, result_id: int) -> HttpResponse:
    """The notice of a result with its verification QR."""
    dossier = _for_print(request, dossier_id, "result_notice")
    result = dossier.results.filter(pk=result_id).first()
    if result is None:
        raise NotFound()
    return pdf_answer(render("result_notice", slips.result_notice_data(result)), f"ket-qua-{dossier}")


@login_required
@require_safe
def result_file(request: StaffRequest, dossier_id: int, result_id: int) -> HttpResponse:
    """The electronic result."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, Permission.DOSSIER_VIEW_PERSONAL, at=at)
    result = dossier.results.select_related("file").filter(pk=result_id).first()
    return open_file(request, dossier, result.file if result else None, f"result/{result_id}", at)
