"""Errors of rules become pages; every answer carries its security headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motcua.core.errors import NotFound, RuleViolation
from motcua.core.web import error_page

Handler = Callable[[HttpRequest], HttpResponse]

CSP = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def security_headers(get_response: Handler) -> Handler:
    """Forbid inline script and style, framing and sniffing on every page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", CSP)
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        return response

    return middleware


class errors_to_pages:
    """Turn RuleViolation (422) and NotFound (404) into a page, or a fragment when htmx asks."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RuleViolation):
            return error_page(request, error.message, 422)
        if isinstance(error, NotFound):
            return error_page(request, error.message, 404)
        return None


def refuse_nul(get_response: Handler) -> Handler:
    """No address and no form holds the character NUL: PostgreSQL cannot store or compare it. Answered with 404, 400."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            return error_page(request, "Không tìm thấy trang này. Kiểm tra lại địa chỉ.", 404)
        plain = request.content_type == "application/x-www-form-urlencoded"
        if "%00" in request.META.get("QUERY_STRING", "") or (plain and b"%00" in request.body):
            return error_page(
                request, "Yêu cầu có ký tự không hợp lệ. Xóa rồi gõ lại, không dán từ nơi khác.", 400
            )
        return get_response(request)

    return middleware
