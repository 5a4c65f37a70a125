"""Errors of rules become pages; every answer carries its security headers."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from motcua.core.errors import NotFound, RuleViolation, TooMany
from motcua.core.web import error_page

Handler = Callable[[HttpRequest], HttpResponse]

CSP = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
POLICY = "camera=(self), geolocation=(), microphone=()"
# The largest number that a column of any engine holds.
LARGEST = 2**63 - 1
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def security_headers(get_response: Handler) -> Handler:
    """Forbid inline script and style, framing and sniffing on every page; methods that nobody needs get 405."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        response.setdefault("Content-Security-Policy", CSP)
        response.setdefault("Permissions-Policy", POLICY)
        _keep_to_oneself(request, response)
        return response

    return middleware


def _keep_to_oneself(request: HttpRequest, response: HttpResponse) -> None:
    """No page of who has a session is shown again without asking the server, and none stays when the session ends.

    Not "no-store", which only papers and files carry: a browser would then lose what was typed when one goes back.
    """
    cookie = settings.SESSION_COOKIE_NAME
    if cookie in request.COOKIES:
        response.setdefault("Cache-Control", "private, no-cache")
    if cookie in response.cookies and not response.cookies[cookie].value:
        response["Clear-Site-Data"] = '"cache"'


class errors_to_pages:
    """Turn RuleViolation (422), TooMany (429) and NotFound (404) into a page, or a fragment when htmx asks.

    An address with a number that no column can hold names nothing: asked for it, an engine would fail instead of finding nothing.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Handler, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if any(isinstance(value, int) and value > LARGEST for value in kwargs.values()):
            return error_page(request, NotFound().message, 404)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooMany):
            answer = error_page(request, error.message, 429)
            answer["Retry-After"] = str(error.wait)
            return answer
        if isinstance(error, RuleViolation):
            return error_page(request, error.message, 422)
        if isinstance(error, NotFound):
            return error_page(request, error.message, 404)
        return None


class refuse_nul:
    """No address and no form holds the character NUL: PostgreSQL cannot store or compare it. Answered with 404, 400."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            return error_page(request, "Không tìm thấy trang này. Kiểm tra lại địa chỉ.", 404)
        plain = request.content_type == "application/x-www-form-urlencoded"
        if "%00" in request.META.get("QUERY_STRING", "") or (plain and b"%00" in request.body):
            return _unreadable(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Handler, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Forms with files, once they are read: files may hold any byte, what is typed beside them may not."""
        if request.content_type != "multipart/form-data":
            return None
        if getattr(view, "csrf_exempt", False):
            request.body  # noqa: B018 - read before it is taken apart: a view for machines wants it whole
        typed = (text for name, values in request.POST.lists() for text in (name, *values))
        return _unreadable(request) if any("\x00" in text for text in typed) else None


def _unreadable(request: HttpRequest) -> HttpResponse:
    return error_page(request, "Yêu cầu có ký tự không hợp lệ. Xóa rồi gõ lại, không dán từ nơi khác.", 400)
