"""The session of a citizen: begun after a code or the national sign-on, kept short, ended."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.accounts import actions
from motcua.accounts.models import User
from motcua.accounts.rules.codes import Address
from motcua.core.moments import now
from motcua.portal.throttle import Guesses

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Which address waits for its code, and where the person wanted to go. Never the code.
ASKED, NEXT, PROVEN = "code_asked", "signed_in_next", "address_proven"
IDLE_SECONDS = 30 * 60
SEEN_EVERY_SECONDS = 60
PROVEN_SECONDS = 15 * 60


def network_address(request: HttpRequest) -> str:
    """From where a request comes, as throttles and the log see it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def begin(request: HttpRequest, user: User, method: str) -> None:
    """Sign a citizen in: a new session key, the log, the list of devices."""
    at = now()
    actions.note_sign_in(user, method=method, ip=network_address(request), actor=user, at=at)
    login(request, user, backend=BACKEND)
    request.session["seen"] = int(at.timestamp())
    UserSession.objects.create_from_request(request)


def end(request: HttpRequest) -> None:
    """Sign out; who hears of it writes the log."""
    logout(request)


def ask(request: HttpRequest, code_id: int, address: Address) -> None:
    """Remember in the session for which code of which address this browser waits."""
    request.session[ASKED] = {"code": code_id, "medium": address.medium, "text": address.text}


def asked(request: HttpRequest) -> tuple[int, Address] | None:
    """The code that this browser waits for."""
    kept = request.session.get(ASKED)
    return (kept["code"], Address(kept["medium"], kept["text"])) if kept else None


def proven(request: HttpRequest) -> Address | None:
    """The address without an account that this browser proved lately."""
    kept = request.session.get(PROVEN)
    if not kept or now().timestamp() - kept["at"] > PROVEN_SECONDS:
        return None
    return Address(kept["medium"], kept["text"])


def prove(request: HttpRequest, address: Address) -> None:
    """Remember that this browser has proven an address; the code is done with."""
    request.session.pop(ASKED, None)
    moment = int(now().timestamp())
    request.session[PROVEN] = {"medium": address.medium, "text": address.text, "at": moment}


def settle(request: HttpRequest) -> None:
    """Nothing waits any more."""
    for key in (ASKED, PROVEN):
        request.session.pop(key, None)


def claims(request: HttpRequest) -> Guesses:
    """Guesses at identity numbers by this account and from this network address."""
    return Guesses(request, "claim", f"user/{request.user.pk}")


Handler = Callable[[HttpRequest], HttpResponse]


def citizens_session(get_response: Handler) -> Handler:
    """Sign out a citizen who did nothing for half an hour (a form in progress is saved all the while)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "is_citizen", False) and _idle_too_long(request):
            end(request)
            messages.info(
                request,
                _("Bạn đã được đăng xuất vì không thao tác trong 30 phút. Đăng nhập lại để tiếp tục."),
            )
            return HttpResponseRedirect(reverse("portal:sign_in"))
        return get_response(request)

    return middleware


def _idle_too_long(request: HttpRequest) -> bool:
    moment = int(now().timestamp())
    idle = moment - request.session.get("seen", moment)
    if idle <= IDLE_SECONDS and (idle >= SEEN_EVERY_SECONDS or "seen" not in request.session):
        request.session["seen"] = moment
    return bool(idle > IDLE_SECONDS)
