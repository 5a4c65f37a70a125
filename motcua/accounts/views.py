"""The person's own account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.accounts.queries import recent_history


@login_required
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Name, posts held today, password, second factor, and what happened to the account lately."""
    return render(request, "accounts/profile.html", {"history": recent_history(request.user)})
