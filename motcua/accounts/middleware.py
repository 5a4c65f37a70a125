"""The address that lockouts, limits and the log see."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from motcua.accounts.rules.addresses import client_address

Handler = Callable[[HttpRequest], HttpResponse]


def real_address(get_response: Handler) -> Handler:
    """Put the client's address into REMOTE_ADDR when settings.PROXIES of our own stand in front."""

    def middleware(request: HttpRequest) -> HttpResponse:
        forwarded = request.headers.get("X-Forwarded-For", "")
        peer = request.META.get("REMOTE_ADDR", "")
        request.META["REMOTE_ADDR"] = client_address(peer, forwarded, settings.PROXIES)
        return get_response(request)

    return middleware
