"""Powers on every request, and the duties of signed-in staff: no idle session, own password, second
factor.
"""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils.functional import SimpleLazyObject

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of, remember
from motcua.core.moments import now, today
from motcua.core.web import PoweredRequest, hx_redirect

Handler = Callable[[HttpRequest], HttpResponse]

DEFAULT_IDLE_MINUTES = 60
# The session is written at most this often to note that its person is still there.
SEEN_EVERY_SECONDS = 60
# Pages that stay open to someone who still has to choose a password or set up a second factor.
OPEN = frozenset(
    {
        "account_logout",
        "account_login",
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "core:healthz",
    }
)


def authority(get_response: Handler) -> Handler:
    """Read powers lazily, once per request; acts called by the view share the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        cast("PoweredRequest", request).authority = SimpleLazyObject(
            lambda: authority_of(cast("User", request.user), today())
        )
        with remember():
            return get_response(request)

    return middleware


def staff_duties(get_response: Handler) -> Handler:
    """Sign idle staff out; lead those with a temporary password, or without a due second factor, to set
    it up.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not getattr(user, "is_staff_member", False):
            return get_response(request)
        if _idle_too_long(request):
            return _signed_out(request)
        return _duty(cast("PoweredRequest", request)) or get_response(request)

    return middleware


def _idle_too_long(request: HttpRequest) -> bool:
    """Whether nothing was done for longer than the setting allows; notes the present moment otherwise.

    Every sign-in puts "seen" into the session (`receivers`).
    """
    moment = int(now().timestamp())
    idle = moment - request.session.get("seen", moment)
    if idle > 60 * request.session.get("idle_minutes", DEFAULT_IDLE_MINUTES):
        return True
    if idle >= SEEN_EVERY_SECONDS:
        request.session["seen"] = moment
    return False


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(
        request, "Bạn đã được đăng xuất vì không thao tác trong thời gian dài. Đăng nhập lại để tiếp tục."
    )
    back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return hx_redirect(request, reverse("account_login") + back)


def _duty(request: PoweredRequest) -> HttpResponse | None:
    """Where a duty leads that has to be done first; the address is looked up only for those who have one."""
    if request.user.must_change_password:
        return None if _name(request) in OPEN else _to_password(request)
    if not request.user.has_totp and _needs_totp(request):
        return None if _name(request) in OPEN else _to_totp(request)
    return None


def _to_password(request: PoweredRequest) -> HttpResponse:
    messages.warning(request, "Chọn mật khẩu của riêng bạn để thay mật khẩu tạm, rồi mới làm việc tiếp.")
    return hx_redirect(request, reverse("account_change_password"))


def _to_totp(request: PoweredRequest) -> HttpResponse:
    messages.warning(request, "Vai trò của bạn yêu cầu xác thực hai lớp. Cài đặt một lần để tiếp tục.")
    return hx_redirect(request, reverse("mfa_activate_totp"))


def _needs_totp(request: PoweredRequest) -> bool:
    return bool(request.session.get("totp_for_all")) or request.authority.requires_totp


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
