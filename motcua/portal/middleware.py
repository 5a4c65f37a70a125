"""The language of the citizen's site: chosen there and kept in a cookie. Pages for staff are Vietnamese always."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

LANGUAGES = dict(settings.LANGUAGES)


class readers_language:
    """Speak the reader's language on pages of the portal, their errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
            if _is_ours(request):
                response.headers.setdefault("Content-Language", translation.get_language())
                patch_vary_headers(response, ("Cookie",))
            return response
        finally:
            translation.deactivate()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """The address is known now."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if _is_ours(request) and wanted in LANGUAGES:
            translation.activate(wanted)


def _is_ours(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.app_name == "portal")
