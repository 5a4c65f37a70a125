"""Beginning, going on with and giving up a draft."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.moments import legal_date, now
from motcua.filing import actions, queries
from motcua.portal.queries.catalogue import sheet
from motcua.portal.throttle import BEGINNING, Turns
from motcua.portal.views.filing import shown
from motcua.portal.web import CitizenRequest, citizen_required, filer_required, goes_to


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What is needed, how long it takes, and the button that begins; anyone may read it, beginning needs an account."""
    at = now()
    version = sheet(code, legal_date(at)).version
    if request.method == "POST" and getattr(request.user, "is_citizen", False):
        Turns(request, BEGINNING).take()
        led_to = {name: request.POST.get(name, "") for name in ("case", "exemption")}
        made = actions.start(version, **led_to, actor=request.user, at=at)  # type: ignore[arg-type]  # a citizen
        return goes_to(request, "file_resume", made.pk)
    return render(
        request, "portal/filing/start.html", shown.start_page(request.user, version, request.GET, at)
    )


@citizen_required
def drafts(request: CitizenRequest) -> HttpResponse:
    """What one has begun and not sent, on this device or another."""
    return render(request, "portal/filing/drafts.html", {"drafts": queries.drafts_of(request.user, now())})


@filer_required
def resume(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """Go on where one stopped."""
    at = now()
    application = queries.access_application(request.user, application_id, at)
    if not application.is_draft:
        return goes_to(request, "file_done", application_id)
    return goes_to(request, "file_step", application_id, shown.resume_at(request.user, application, at))


@filer_required
@require_http_methods(["GET", "POST"])
def discard(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """Give a draft up, after being asked."""
    at = now()
    application = queries.access_draft(request.user, application_id, at)
    if request.method == "POST":
        actions.discard(application_id, actor=request.user, at=at)
        messages.success(request, _("Đã bỏ bản nháp. Nội dung và tệp đã được xóa."))
        return goes_to(request, "drafts")
    return render(request, "portal/filing/discard.html", {"application": application})


@filer_required
@require_POST
def reuse(request: CitizenRequest, application_id: UUID, dossier_id: int) -> HttpResponse:
    """Fill in what is empty from an earlier dossier of one's own."""
    application = actions.reuse(application_id, dossier_id, actor=request.user, at=now())
    messages.success(request, _("Đã điền sẵn từ hồ sơ trước. Xem lại từng mục trước khi nộp."))
    return goes_to(request, "file_step", application_id, application.position)
