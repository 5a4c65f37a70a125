"""One-stop across agencies: how far it reaches, level by level and counter by counter, and what every number of it counts."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.models import Agency
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.statistics import replica
from motcua.statistics.output import KINDS
from motcua.statistics.output.linked import COLUMNS, LEVELS, Coverage, write_linked
from motcua.statistics.queries.linked import OF_COUNTERS, OF_DOSSIERS, Linked, linked_behind
from motcua.statistics.queries.linked import linked as counted
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import closing_day
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.views.common import handed_out
from motcua.statistics.views.dashboard import Asked, ask_board, listing, whole_number
from motcua.statistics.views.task_tables import figure_cell

BACK = {"back_title": "Một cửa liên thông"}


@login_required
@require_safe
def linked(request: StaffRequest) -> HttpResponse:
    """The coverage of each level, and its counters."""
    asked = ask_board(request)
    context: dict[str, Any] = {"asked": asked, "form": asked.form}
    if asked.scope is None:
        return render(request, "statistics/linked.html", context, status=422)
    found = _coverage(asked, asked.scope)
    context |= {
        "scope": asked.scope,
        "window": asked.form.window,
        "now": asked.at,
        "tables": _tables(asked, found) if found.levels else [],
        "kinds": [
            (kind.upper(), asked.address("statistics:linked_file", asked.form.window, kind)) for kind in KINDS
        ],
    }
    return render(request, "statistics/linked.html", context)


@login_required
@require_safe
def linked_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The same as a file."""
    asked = ask_board(request)
    return handed_out(write_linked(_coverage(asked, _scope(asked)), kind))


def _scope(asked: Asked) -> Scope:
    """Raises NotFound while what was asked has faults: there is no page for it to stand on."""
    if asked.scope is None:
        raise NotFound("Không có danh sách này.")
    return asked.scope


def _coverage(asked: Asked, scope: Scope) -> Coverage:
    window = asked.form.window
    found = replica.read(lambda: counted(scope, window, day=closing_day(window, asked.at)))
    return Coverage(scope, window, asked.at, found)


def _tables(asked: Asked, found: Coverage) -> list[dict[str, Any]]:
    levels = [
        (LEVELS[level], _cells(asked, one.counts, COLUMNS, cap=level)) for level, one in found.levels.items()
    ]
    if len(levels) > 1:
        levels.append(("Tổng cộng", _cells(asked, found.whole, COLUMNS)))
    made = [_table("Theo cấp", "Cấp", COLUMNS, levels)]
    for level, one in found.levels.items():
        made.append(_of_counters(asked, f"Từng bộ phận, {LEVELS[level].lower()}", one, one.counters))
    return made


def _of_counters(asked: Asked, title: str, one: Linked, counters: tuple[Agency, ...]) -> dict[str, Any]:
    rows = [(a.name, _cells(asked, one.of(a), OF_DOSSIERS, **{"bo-phan": a.pk})) for a in counters]
    return _table(title, "Cơ quan", OF_DOSSIERS, rows)


def _table(title: str, head: str, columns: tuple[str, ...], rows: list[Any]) -> dict[str, Any]:
    return {
        "title": title,
        "head": head,
        "columns": [REGISTRY[key].heading for key in columns],
        "rows": rows,
        "few": "tính trên ít",
    }


def _cells(
    asked: Asked, counts: Mapping[str, int], columns: tuple[str, ...], **narrowed: Any
) -> list[dict[str, Any]]:
    window = asked.form.window

    def href(key: str) -> str:
        page = "linked_counters" if key in OF_COUNTERS else "linked_dossiers"
        return asked.address(f"statistics:{page}", window, key, **narrowed)

    return [figure_cell(key, counts, href(key)) for key in columns]


# What a number counts ----------------------------------------------------------------------------------------------------


@login_required
@require_safe
def linked_counters(request: StaffRequest, figure: str) -> HttpResponse:
    """The counters that a number counts, of a level if the address says so. Raises NotFound for other figures."""
    asked, level = ask_board(request), _level(request)
    scope = _scope(asked)
    if figure not in OF_COUNTERS:
        raise NotFound("Không có chỉ tiêu này.")
    found = _coverage(asked, scope)
    parts = [one for name, one in found.levels.items() if level in ("", name)]
    rows = [
        row
        for one in parts
        for row in _of_counters(asked, "", one, one.counters if figure == "linked_counters" else one.working)["rows"]
    ]  # fmt: skip
    context = _about(asked, scope, figure, level) | {
        "asked": asked,
        "count": len(rows),
        "table": _table("Hồ sơ của từng bộ phận", "Cơ quan", OF_DOSSIERS, rows),
    }
    return render(request, "statistics/linked_counters.html", context)


@login_required
@require_safe
def linked_dossiers(request: StaffRequest, figure: str) -> HttpResponse:
    """The dossiers that a number counts, of a level or one counter if the address says so, by code only."""
    asked, level = ask_board(request), _level(request)
    scope, window = _scope(asked), asked.form.window
    counter = whole_number(request, "bo-phan") if "bo-phan" in request.GET else None
    day = closing_day(window, asked.at)
    rows = linked_behind(figure, scope, window, day=day, level=level, counter=counter)
    context = listing(request, asked, rows) | _about(asked, scope, figure, level)
    if counter is not None:
        context["groups"] = [f"Bộ phận Một cửa của {scope.house(counter).name}"]
    return render(request, "statistics/dashboard_dossiers.html", context)


def _level(request: StaffRequest) -> str:
    """The level that the address narrows to, "" for all. Raises NotFound for one that there is not."""
    level = request.GET.get("cap", "")
    if level and level not in LEVELS:
        raise NotFound("Không có danh sách này.")
    return level


def _about(asked: Asked, scope: Scope, figure: str, level: str) -> dict[str, Any]:
    window = asked.form.window
    return BACK | {
        "scope": scope, "window": window, "figure": REGISTRY[figure], "title": REGISTRY[figure].label,
        "groups": [LEVELS[level].lower()] if level else [], "back": asked.address("statistics:linked", window),
    }  # fmt: skip
