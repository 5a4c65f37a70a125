"""Handing out stored files, and the quarantine."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core import moments, web
from motcua.core.web import PoweredRequest
from motcua.files import actions, queries, shelf
from motcua.files.forms import ReleaseForm

RELEASE = "file.release"


@require_GET
def open_file(request: PoweredRequest, token: str) -> FileResponse:
    """The content as a download, for the person that the link was made for."""
    authority = getattr(request, "authority", None)
    file = queries.access_by_token(token, request.user, authority)
    content = queries.read(file)
    actions.note_opening(file, actor=request.user, at=moments.now(), ip=request.META.get("REMOTE_ADDR", ""))
    response = FileResponse(
        shelf.stream(content), as_attachment=True, filename=file.name, content_type=file.media_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def quarantine(request: PoweredRequest) -> HttpResponse:
    """Files that wait for a scanner or for a person's decision."""
    request.authority.require_any(RELEASE)
    page = web.page(request, queries.waiting())
    return render(request, "files/quarantine.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def release(request: PoweredRequest, file_id: int) -> HttpResponse:
    """Let one file out, with a reason."""
    request.authority.require_any(RELEASE)
    file = queries.access_waiting(file_id)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.release(file.pk, reason=form.cleaned_data["reason"], actor=request.user, at=moments.now())
        messages.success(request, f"Đã cho mở tệp “{file.name}”.")
        return redirect("files:quarantine")
    return render(
        request, "files/release.html", {"file": file, "form": form}, status=422 if form.errors else 200
    )
