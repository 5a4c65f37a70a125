"""The language of the citizen's site: chosen there and kept in a cookie. Pages for staff are Vietnamese always.
And who is who: a citizen who has signed in is nobody on pages for staff.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
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


# A file handed out by a signed short-lived link: beside their own site, the one place where a citizen is known.
FILES = "files:open"


class citizens_stay_outside:
    """On every other page a signed-in citizen counts as not signed in: pages for staff ask for a staff account, public ones
    open as for anybody. What a page forgot to check cannot open to them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """The address is known now."""
        known = _is_ours(request) or getattr(request.resolver_match, "view_name", "") == FILES
        if not known and getattr(request.user, "is_citizen", False):
            request.user = AnonymousUser()


def _is_ours(request: HttpRequest) -> bool:
    """Not the pages of filing where staff help somebody: the same addresses under another name (`urls.assisting`)."""
    return bool(request.resolver_match and request.resolver_match.namespace == "portal")
