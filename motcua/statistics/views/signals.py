"""The register of signals: what each means, how often it shows, and the dossiers to open. Never an accusation."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.queries import settings_for
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.statistics.queries import Scope
from motcua.statistics.queries.reading import visible_ids
from motcua.statistics.queries.signals import Share, dossiers_of, find, people_of, shares, signals
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.signals import BY_CODE, NOT_SEEN, THRESHOLDS
from motcua.statistics.views.common import Asked, ask

FORM = "ii-06a"  # Signals have no form of their own; agency and period are asked for as for a report.


@login_required
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """Every signal with cases, base and rate."""
    asked = ask(request, FORM)
    context = {"asked": asked, "form": asked.choice, "query": asked.query, "not_seen": NOT_SEEN}
    if asked.scope is None:
        return render(request, "statistics/signals.html", context, status=422)
    found = signals(asked.scope, _bounds(asked), _thresholds(asked.scope, asked))
    context |= {"found": found, "window": asked.choice.window, "scope": asked.scope.agency.name}
    return render(request, "statistics/signals.html", context)


@login_required
@require_safe
def signal(request: StaffRequest, code: str) -> HttpResponse:
    """One signal: by unit, by officer, and the dossiers to open (the newest first, by code only)."""
    if code not in BY_CODE:
        raise NotFound("Không có dấu hiệu này.")
    asked = ask(request, FORM)
    _, scope = asked.required()
    looked = BY_CODE[code], scope, _bounds(asked), _thresholds(scope, asked)
    found, parts = find(*looked), shares(*looked)
    context = {
        "asked": asked, "query": asked.query, "found": found, "window": asked.choice.window, "scope": scope.agency.name,
        "parts": [
            ("Theo cơ quan", "Cơ quan giải quyết", _named(parts.agencies, {pk: a.name for pk, a in scope.agencies.items()})),
            (f"Theo {found.signal.whose}", "Họ tên", _named(parts.officers, _names(parts.officers))),
        ],
        "visible": visible_ids(request.authority, dossiers_of(found)),
    }  # fmt: skip
    return render(request, "statistics/signal.html", context)


def _names(people: list[Share]) -> dict[int, str]:
    return {pk: person.full_name for pk, person in people_of(people).items()}


def _named(parts: list[Share], names: dict[int, str]) -> list[tuple[str, Share]]:
    return [(names.get(part.key or 0, "Không ghi người"), part) for part in parts]


def _bounds(asked: Asked) -> Bounds:
    return Bounds.of(asked.choice.window, asked.at)


def _thresholds(scope: Scope, asked: Asked) -> dict[str, Any]:
    keys = [setting.key for setting in THRESHOLDS]
    return settings_for(keys, scope.agency, asked.choice.window.end)
