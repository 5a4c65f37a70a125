"""One's own delegations: given, received."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.agencies import actions
from motcua.agencies.forms.people import DelegationForm
from motcua.agencies.queries import (
    access_delegation,
    assignments_at,
    colleagues_of,
    delegations_from,
    delegations_to,
)
from motcua.agencies.views.agencies import FORM
from motcua.agencies.web import StaffRequest
from motcua.core.moments import now, today
from motcua.core.pages import data, done, went


@login_required
@FORM
def delegations(request: StaffRequest) -> HttpResponse:
    """What one has lent and borrowed, and a form to lend a post for a period."""
    day = today()
    mine = assignments_at(request.user, day)
    form = DelegationForm(data(request), assignments=mine, colleagues=colleagues_of(request.user, day))
    if done(request, form, _delegate, at=now()):
        return went(request, "Đã ghi nhận ủy quyền.", reverse("agencies:delegations"))
    context = {
        "form": form,
        "has_posts": mine.exists(),
        "given": delegations_from(request.user)[:50],
        "received": delegations_to(request.user, day),
        "day": day,
    }
    return render(request, "agencies/delegations.html", context, status=422 if form.errors else 200)


def _delegate(**values: Any) -> None:
    actions.delegate(values.pop("assignment"), values.pop("to_user"), **values)


@login_required
@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Take lent powers back."""
    row = access_delegation(request.authority, pk)
    actions.revoke_delegation(row, actor=request.user, at=now())
    return went(request, "Đã thu hồi ủy quyền.", reverse("agencies:delegations"))
