"""Reading the log, for auditors."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.audit import actions, queries
from motcua.audit.forms import CheckForm, SearchForm
from motcua.core import web
from motcua.core.moments import now
from motcua.core.web import PoweredRequest

READ = "audit.read"
SEAL = "audit.seal"
LOOKS = "privacy.manage"


@login_required
@require_safe
def events(request: PoweredRequest) -> HttpResponse:
    """All events that fit, newest first; who may only see who looked at personal data sees those looks."""
    only_looks = not request.authority.has(READ)
    request.authority.require_any(LOOKS if only_looks else READ)
    form = SearchForm(request.GET)
    search = queries.Search(**form.cleaned_data) if form.is_valid() else queries.Search()
    found = web.page(
        request, queries.search_events(search, only_looks=only_looks, reader=request.user.pk), 50
    )
    context = {"form": form, "page": found, "events": queries.named(found.rows), "only_looks": only_looks}
    return render(request, "audit/events.html", context)


@login_required
@require_safe
def event(request: PoweredRequest, event_id: int) -> HttpResponse:
    """One event with its neighbours in the chain and the seal that covers it."""
    only_looks = not request.authority.has(READ)
    request.authority.require_any(LOOKS if only_looks else READ)
    [found] = queries.named([queries.access_event(event_id, only_looks=only_looks, reader=request.user.pk)])
    page = web.page(request, queries.events_of(found.chain), 50)
    context = {
        "event": found,
        "data": json.dumps(found.data, ensure_ascii=False, indent=2, sort_keys=True),
        "check": queries.check_event(found),
        "seal": queries.seal_covering(found),
        "page": page,
        "events": queries.named(page.rows),
    }
    return render(request, "audit/event.html", context)


@login_required
@require_safe
def seals(request: PoweredRequest) -> HttpResponse:
    """All seals, newest first."""
    request.authority.require_any(READ)
    context = {
        "page": web.page(request, queries.seals()),
        "unsealed": web.count_text(web.count_up_to(queries.unsealed())),
        "form": CheckForm(),
        "may_seal": request.authority.has(SEAL),
    }
    return render(request, "audit/seals.html", context)


@login_required
@require_POST
def check(request: PoweredRequest) -> HttpResponse:
    """Verify the newest seals and say what was found."""
    request.authority.require_any(READ)
    form = CheckForm(request.POST)
    last = form.cleaned_data["last"] if form.is_valid() else 10
    report = queries.verify_seals(last)
    return render(request, "audit/checked.html", {"report": report, "lines": report.lines(), "last": last})


@login_required
@require_POST
def seal(request: PoweredRequest) -> HttpResponse:
    """Seal now what has come since the last seal."""
    request.authority.require_any(SEAL)
    at = now()
    made = actions.seal(actor=request.user, at=at)
    actions.stamp_pending(actor=request.user, at=at)
    said = (
        f"Đã niêm phong {made.event_count} sự kiện, {made}."
        if made
        else "Không có sự kiện mới để niêm phong."
    )
    messages.success(request, said)
    return redirect("audit:seals")
