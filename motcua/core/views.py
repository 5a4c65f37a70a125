"""Pages that belong to no app: errors, health, the first page after signing in, the command palette."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core import navigation
from motcua.core.health import pending_migrations
from motcua.core.moments import now
from motcua.core.styleguide import styleguide_context
from motcua.core.web import error_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(
        request, _("Không tìm thấy trang này. Kiểm tra lại địa chỉ hoặc quay về trang chủ."), 404
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, _("Bạn không có quyền làm việc này."), 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, _("Yêu cầu không hợp lệ. Quay lại và thử lại."), 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, _("Hệ thống gặp lỗi. Dữ liệu đã lưu không bị mất; thử lại sau ít phút."), 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or came from elsewhere."""
    return error_page(
        request, _("Trang đã mở quá lâu hoặc bạn đã đăng nhập lại. Tải lại trang rồi gửi lại."), 403
    )


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where this person's day begins; signing in for anyone else."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{navigation.sign_in_address()}?next={request.path}")
    return HttpResponseRedirect(navigation.start_of(navigation.entries(request)))


@require_safe
@never_cache
def palette(request: HttpRequest) -> JsonResponse:
    """The menu as commands: label, address and words to find it by."""
    commands = [
        {"label": entry.item.label, "href": entry.href, "group": entry.item.group, "words": entry.item.words}
        for entry in navigation.entries(request)
    ]
    return JsonResponse({"commands": commands})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied, else 503."""
    try:
        missing = pending_migrations()
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    if missing:
        return JsonResponse({"status": "migrations missing", "count": missing}, status=503)
    return JsonResponse({"status": "ok", "version": settings.VERSION})


@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the pages with made-up content: for those who build pages, and for tests that look."""
    return render(request, "core/styleguide.html", styleguide_context(request.POST or None, now()))
