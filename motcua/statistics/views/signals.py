"""The register of signals: what each means, how often it shows, and the dossiers to open. Never an accusation."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.queries import settings_for
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.web import page
from motcua.statistics.queries import Scope
from motcua.statistics.queries.cases import Only, dossiers_of
from motcua.statistics.queries.reading import visible_ids
from motcua.statistics.queries.signals import Share, Shares, cases, find, people_of, shares, signals
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.signals import BY_CODE, NOT_SEEN, THRESHOLDS
from motcua.statistics.views.common import Asked, ask
from motcua.statistics.views.dashboard import whole_number

FORM = "ii-06a"  # Signals have no form of their own; agency and period are asked for as for a report.
PAGE = 50
AGENCY, OFFICER = "don-vi", "can-bo"  # in an address: whose cases alone
NOBODY = "Không ghi người"


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
    """One signal: by unit, by officer, and the dossiers to open (the newest first, by code only), all of them or those
    behind one of the counts. Raises NotFound, also for a unit or person that has no part in it.
    """
    if code not in BY_CODE:
        raise NotFound("Không có dấu hiệu này.")
    asked = ask(request, FORM)
    _, scope = asked.required()
    looked = BY_CODE[code], scope, _bounds(asked), _thresholds(scope, asked)
    found, parts, only = find(*looked), shares(*looked), _only(request)
    names = {pk: a.name for pk, a in scope.agencies.items()}, _names(parts.officers)
    narrowed = _narrowed(only, parts, names)
    behind = cases(*looked, only)
    shown = page(request, behind.rows, size=PAGE)
    listed = behind.read(shown)
    context = {
        "asked": asked, "query": asked.query, "found": found, "window": asked.choice.window, "scope": scope.agency.name,
        "parts": [
            ("Theo cơ quan", "Cơ quan giải quyết", _named(parts.agencies, names[0], asked, AGENCY)),
            (f"Theo {found.signal.whose}", "Họ tên", _named(parts.officers, names[1], asked, OFFICER)),
        ],
        "cases": listed, "more": behind.titles, "page": shown, "narrowed": narrowed, "whole": f"?{urlencode(asked.query)}",
        "count": behind.rows.order_by().count() if narrowed else found.count,
        "visible": visible_ids(request.authority, dossiers_of(listed)),
    }  # fmt: skip
    return render(request, "statistics/signal.html", context)


def _names(people: list[Share]) -> dict[int, str]:
    return {pk: person.full_name for pk, person in people_of(people).items()}


def _named(
    parts: list[Share], names: dict[int, str], asked: Asked, word: str
) -> list[tuple[str, Share, str]]:
    """Each share with its name and the address of the cases behind it."""
    return [
        (_name(names, part.key), part, f"?{urlencode(asked.query | {word: part.key or 0})}#ho-so")
        for part in parts
    ]


def _name(names: dict[int, str], key: int | None) -> str:
    return names.get(key or 0, NOBODY)


def _only(request: StaffRequest) -> Only:
    """What the address narrows the list to. Raises NotFound for what is no number."""
    agency = whole_number(request, AGENCY) if AGENCY in request.GET else None
    whose = OFFICER in request.GET
    return Only(agency, whose, (whole_number(request, OFFICER) or None) if whose else None)


def _narrowed(only: Only, parts: Shares, names: tuple[dict[int, str], dict[int, str]]) -> list[str]:
    """What the list is narrowed to, in words. Raises NotFound for who has no part in the signal."""
    asked = [
        (only.agency is not None, only.agency, parts.agencies),
        (only.whose, only.officer, parts.officers),
    ]
    words = []
    for (wanted, key, shares_of), known in zip(asked, names, strict=True):
        if wanted and key not in {share.key for share in shares_of}:
            raise NotFound("Không có danh sách này.")
        words += [_name(known, key)] if wanted else []
    return words


def _bounds(asked: Asked) -> Bounds:
    return Bounds.of(asked.choice.window, asked.at)


def _thresholds(scope: Scope, asked: Asked) -> dict[str, Any]:
    keys = [setting.key for setting in THRESHOLDS]
    return settings_for(keys, scope.agency, asked.choice.window.end)
