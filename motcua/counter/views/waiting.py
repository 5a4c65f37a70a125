"""The queue of submissions: who checks what, the next one, giving work to a colleague."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.models import OneStopOffice
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now
from motcua.counter.queries import submissions
from motcua.counter.views.base import here, number, reference, with_office
from motcua.dossiers import actions

FILTERS = ("q", "ai", "han", "kenh")


@login_required
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """The queue, acceptance due first on top; what waits for the citizen under a tab of its own."""
    at = now()
    office = here(request, at)
    rows = submissions.waiting(office, request.authority, legal_date(at))
    tab = request.GET.get("muc", submissions.CHECK)
    tab = tab if tab in submissions.TABS else submissions.CHECK
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    found = submissions.chosen(rows, tab, asked, request.user.pk)
    context = {
        "rows": submissions.listed(found, reference(request, at), asked["han"]),
        "tabs": _tabs(submissions.counts(rows), tab),
        "tab": tab,
        "is_check": tab == submissions.CHECK,
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "who": submissions.WHO,
        "due": submissions.DUE,
        "channels": submissions.CHANNELS,
    }
    return render(request, "counter/waiting.html", with_office(request, office, at, now=at, **context))


def _tabs(counts: dict[str, int], active: str) -> list[dict[str, Any]]:
    page = reverse("counter:waiting")
    return [
        {
            "label": label,
            "href": f"{page}?{urlencode({'muc': code})}",
            "count": counts[code],
            "active": code == active,
        }
        for code, (label, _status) in submissions.TABS.items()
    ]


@login_required
@require_POST
def next_waiting(request: StaffRequest) -> HttpResponse:
    """Take the next submission that nobody checks and open it."""
    at = now()
    found = _take_next(request, here(request, at), at)
    if found is None:
        messages.success(request, "Không còn hồ sơ nào chờ kiểm tra mà chưa có người nhận.")
        return redirect("counter:waiting")
    return redirect("counter:check", found)


def _take_next(request: StaffRequest, office: OneStopOffice, at: datetime) -> int | None:
    rows = submissions.waiting(office, request.authority, legal_date(at))
    return actions.take_next(submissions.next_ids(rows, request.user.pk), actor=request.user, at=at)


@login_required
@require_POST
def take(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """Take one for checking, also from a colleague, or put it back."""
    at = now()
    if request.POST.get("viec") == "tra":
        actions.release_check(dossier_id, actor=request.user, at=at)
        messages.success(request, "Đã trả lại việc kiểm tra.")
        return redirect("counter:waiting")
    actions.take_check(dossier_id, instead=request.POST.get("viec") == "thay", actor=request.user, at=at)
    return redirect("counter:check", dossier_id)


@login_required
@require_POST
def give(request: StaffRequest, dossier_id: int) -> HttpResponse:
    """Give one to a colleague."""
    request.authority.require_any(Permission.DOSSIER_ASSIGN)
    officer = number(request.POST.get("officer"))
    if officer is None:
        raise NotFound("Chọn cán bộ được giao.")
    actions.give_check(dossier_id, officer, actor=request.user, at=now())
    messages.success(request, "Đã giao việc kiểm tra.")
    return redirect("counter:check", dossier_id)
