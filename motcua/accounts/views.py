"""The person's own account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.accounts import actions
from motcua.accounts.queries import recent_history, sessions_of
from motcua.core.moments import now
from motcua.core.web import PoweredRequest


@login_required
@require_safe
def profile(request: PoweredRequest) -> HttpResponse:
    """Name, posts held today, password, second factor, where one is signed in, what happened to the account lately."""
    context = {
        "history": recent_history(request.user),
        "sessions": sessions_of(request.user, request.session.session_key),
    }
    return render(request, "accounts/profile.html", context)


@login_required
@require_POST
def end_sessions(request: PoweredRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    address = request.META.get("REMOTE_ADDR", "")
    key = request.session.session_key
    ended = actions.end_other_sessions(request.user, keep=key, address=address, actor=request.user, at=now())
    said = f"Đã đăng xuất ở {ended} thiết bị khác." if ended else "Bạn không đăng nhập ở thiết bị nào khác."
    messages.success(request, said)
    return redirect("accounts:profile")
