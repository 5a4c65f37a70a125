"""Messages in the dossier and scans of its papers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.dossiers import actions, queries
from motcua.dossiers.forms import MessageForm, ScanForm
from motcua.dossiers.queries.talk import access_message_file
from motcua.dossiers.views.opening import open_file
from motcua.files.actions import store


@login_required
@require_POST
def message(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """Write into the dossier; the citizen sees it only when ticked."""
    at = now()
    form = MessageForm(request.POST, request.FILES, authority=request.authority)
    if form.is_valid():
        attempt(form, _write, request, dossier_id, form.cleaned_data, at)
    if form.errors:
        messages.error(request, "; ".join(str(e) for errors in form.errors.values() for e in errors))
    else:
        messages.success(request, "Đã ghi trao đổi.")
    return redirect("dossiers:dossier", dossier_id)


def _write(request: StaffRequest, dossier_id: int, typed: dict[str, Any], at: datetime) -> None:
    """The message with its files; the files only when the dossier may be seen."""
    queries.access_dossier(request.user, dossier_id, at=at)
    ids = [store(file, actor=request.user, at=at).pk for file in typed["files"]]
    actions.write_message(
        dossier_id, typed["body"], to_citizen=typed["to_citizen"], file_ids=ids, actor=request.user, at=at
    )


@login_required
@require_safe
def message_file(request: StaffRequest, dossier_id: int, file_id: int) -> HttpResponse:
    """A file sent with a message."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, Permission.DOSSIER_VIEW_PERSONAL, at=at)
    row = access_message_file(dossier, file_id)
    return open_file(request, dossier, row.file, f"message/{row.message_id}", at)


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
    """Open a scan."""
    at = now()
    dossier = queries.access_dossier(request.user, dossier_id, Permission.DOSSIER_VIEW_PERSONAL, at=at)
    paper = dossier.papers.select_related("file").filter(pk=paper_id).first()
    return open_file(request, dossier, paper.file if paper else None, f"paper/{paper_id}", at)
