"""The queue at the counter: one's desk, the next number, and what is done with the one called. Fragments of one strip, which
never touches what is being typed; without a script whole pages.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.models import OneStopOffice
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import now
from motcua.counter import queries
from motcua.counter.queries.queue import Strip, strip_of
from motcua.counter.views.base import OFFICE, number, reference
from motcua.tickets import actions
from motcua.tickets.queries.lines import AT_THE_COUNTER

QUEUE = "counter_queue"  # of the session: office, desk, lines
ACTS: dict[str, Any] = {
    "goi-lai": actions.call_again,
    "da-den": actions.serve,
    "vang-mat": actions.mark_absent,
    "xong": actions.finish,
    "tro-lai": actions.put_back,
}


def calls_at(request: StaffRequest) -> int | None:
    """The office at which the clerk calls numbers in this session."""
    found: int | None = request.session.get(QUEUE, {}).get("office")
    return found


def strip(request: StaffRequest, office: OneStopOffice, at: datetime) -> Strip | None:
    """The strip at this office."""
    kept = request.session.get(QUEUE, {})
    desk, lines = (kept["desk"], kept["lines"]) if kept.get("office") == office.pk else ("", [])
    return strip_of(office, desk, lines, user_id=request.user.pk, at=at)


def _office(request: StaffRequest, at: datetime) -> OneStopOffice:
    """The office chosen in this session, for whoever receives or hands over there."""
    ref = reference(request, at)
    known = [office for permission in AT_THE_COUNTER for office in queries.known_desks(ref, permission)]
    return queries.access_desk(known, request.session.get(OFFICE))


def _shown(request: StaffRequest, office: OneStopOffice, at: datetime) -> HttpResponse:
    """The strip anew; the page that it stands on where there is no script."""
    if request.headers.get("HX-Request"):
        here = urlsplit(request.headers.get("HX-Current-URL", "")).path
        writes = here == reverse("counter:receive")
        context = {"queue": strip(request, office, at), "on_page": True, "writes": writes, "here": here}
        return render(request, "counter/_queue.html", context)
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return redirect(to if safe else "counter:receive")


@login_required
@require_safe
def queue_waiting(request: StaffRequest) -> HttpResponse:
    """Fragment: how many wait."""
    at = now()
    found = strip(request, _office(request, at), at)
    return render(request, "counter/_queue_waiting.html", {"queue": found})


@login_required
@require_POST
def queue_desk(request: StaffRequest) -> HttpResponse:
    """Say once where one sits and which lines one serves; or that one calls no more."""
    at = now()
    office = _office(request, at)
    desk = request.POST.get("desk", "").strip()[:30]
    lines = [pk for pk in map(number, request.POST.getlist("lines")) if pk]
    if "stop" in request.POST:
        request.session.pop(QUEUE, None)
    elif not desk or not lines:
        raise RuleViolation("Nhập quầy của bạn (ví dụ “Quầy 3”) và chọn ít nhất một hàng chờ.")
    else:
        request.session[QUEUE] = {"office": office.pk, "desk": desk, "lines": lines}
    return _shown(request, office, at)


@login_required
@require_POST
def queue_next(request: StaffRequest) -> HttpResponse:
    """End the one at the desk and call whose turn it is."""
    at = now()
    office, kept = _office(request, at), request.session.get(QUEUE, {})
    if kept.get("office") != office.pk:
        raise RuleViolation("Chọn quầy và hàng chờ trước khi gọi số.")
    after = number(request.POST.get("after"))
    found = actions.call_next(office.pk, kept["lines"], kept["desk"], after=after, actor=request.user, at=at)
    if found is None and not request.headers.get("HX-Request"):
        messages.success(request, "Không còn ai chờ trong các hàng của bạn.")
    return _shown(request, office, at)


@login_required
@require_POST
def queue_act(request: StaffRequest, ticket_id: int, act: str) -> HttpResponse:
    """Call again, note as come, as absent, as done; put back into the line."""
    if act not in ACTS:
        raise NotFound
    at = now()
    ACTS[act](ticket_id, actor=request.user, at=at)
    return _shown(request, _office(request, at), at)
