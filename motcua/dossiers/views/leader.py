"""The leader's two minutes: what is late or about to be, why and with whom; what waits for a signature."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.forms import SignBatchForm
from motcua.dossiers.forms.lists import CAUSE_CHOICES
from motcua.dossiers.queries import leader as board
from motcua.dossiers.queries.workbench import days_for
from motcua.dossiers.views.batches import Report, run_batch


@login_required
@require_safe
def leader(request: StaffRequest) -> HttpResponse:
    """Late and soon late by unit and stage; to sign."""
    return _page(request, now())


def _page(request: StaffRequest, at: datetime, report: Report | None = None) -> HttpResponse:
    authority, can_sign = request.authority, request.authority.has(Permission.DOSSIER_SIGN)
    if not can_sign:
        authority.require_any(Permission.DOSSIER_SUPERVISE)
    context = {
        "now": at,
        "report": report,
        "board": board.board(authority, request.user, days_for(authority, request.user, at), at),
        "to_sign": board.to_sign(authority, request.user, at) if can_sign else [],
        "can_sign": can_sign,
        "causes": CAUSE_CHOICES[1:],
    }
    return render(request, "dossiers/leader.html", context)


@login_required
@require_POST
def sign_batch(request: StaffRequest) -> HttpResponse:
    """Sign one dossier, or all that are ticked, each with the number beside it; what fails is listed."""
    at = now()
    form = SignBatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Đánh dấu ít nhất một hồ sơ để ký.")
        return redirect("dossiers:leader")
    waiting = {row.dossier.pk: row.dossier for row in board.to_sign(request.authority, request.user, at)}
    chosen = [(pk, str(waiting[pk]), form.number(pk)) for pk in form.chosen() if pk in waiting]
    acts = [(pk, name, _signing(request, pk, number, form.late_cause, at)) for pk, name, number in chosen]
    return _page(request, at, run_batch("Ký", acts))


def _signing(request: StaffRequest, pk: int, number: str, late_cause: str, at: datetime) -> Callable[[], Any]:
    return lambda: actions.sign_result(pk, number=number, late_cause=late_cause, actor=request.user, at=at)
