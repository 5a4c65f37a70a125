"""Put `request.authority` on every request: what the signed-in person may do today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from motcua.agencies.queries import authority_of, remember
from motcua.core.moments import today

Handler = Callable[[HttpRequest], HttpResponse]


def authority(get_response: Handler) -> Handler:
    """Read powers lazily, once per request; acts called by the view share the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.authority = SimpleLazyObject(lambda: authority_of(request.user, today()))
        with remember():
            return get_response(request)

    return middleware
