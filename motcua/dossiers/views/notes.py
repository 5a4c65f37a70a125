"""Messages in the dossier and scans of its papers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.dossiers import actions, queries
from motcua.dossiers.forms import MessageForm, ScanForm
from motcua.files.actions import store
from motcua.files.queries import url_for


@login_required
@require_POST
def message(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """Write into the dossier; the citizen sees it only when ticked."""
    form = MessageForm(request.POST, authority=request.authority)
    if form.is_valid():
        typed = form.cleaned_data
        actions.write_message(
            dossier_id, typed["body"], to_citizen=typed["to_citizen"], actor=request.user, at=now()
        )
        messages.success(request, "Đã ghi trao đổi.")
    else:
        messages.error(request, "Nhập nội dung trao đổi.")
    return redirect("dossiers:dossier", dossier_id)


@login_required
@require_POST
def scan(request: StaffRequest, dossier_id: int, paper_id: int) -> HttpResponse:
    """Attach the scan of one paper."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, at=at)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid() and dossier.papers.filter(pk=paper_id).exists():
        kept = store(form.cleaned_data["file"], actor=request.user, at=at)
        actions.attach_scan(paper_id, kept.pk, actor=request.user, at=at)
        messages.success(request, "Đã lưu bản quét.")
    else:
        messages.error(request, "Chọn tệp bản quét (PDF hoặc ảnh).")
    return redirect(_next(request, dossier_id))


def _next(request: StaffRequest, dossier_id: int) -> str:
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return to if safe else f"/ho-so/{dossier_id}/"


@login_required
@require_safe
def scan_file(request: StaffRequest, dossier_id: int, paper_id: int) -> HttpResponse:
    """Open a scan: personal data, so the look is logged; the file itself has a short-lived address."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, Permission.DOSSIER_VIEW_PERSONAL, at=at)
    paper = dossier.papers.select_related("file").filter(pk=paper_id).first()
    if paper is None or paper.file is None:
        raise NotFound()
    ip = request.META.get("REMOTE_ADDR", "")
    record_view(request.user, f"dossier/{dossier.pk}", [f"paper/{paper.pk}"], at=at, ip=ip)
    return redirect(url_for(paper.file, request.user))
