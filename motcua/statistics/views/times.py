"""Where the time goes, by procedure and stage, and the dossiers behind every number of it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.rules.permissions import Permission as P
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.statistics import replica
from motcua.statistics.queries.spans import (
    ProcedureLine,
    StageLine,
    TimeTable,
    procedure_names,
    timed,
    where_time_goes,
)
from motcua.statistics.queries.tasks import by_stage
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.tasks import SIDES
from motcua.statistics.rules.times import OPENED
from motcua.statistics.views.dashboard import Asked, ask_board, listing, whole_number
from motcua.statistics.views.task_tables import figure_cell

CUTS = (10, 20, 30, 50)
OF_TASKS = ("task_in_time", "task_late")
LATE = SIDES["late"]
NO_TASK = Counter(dict.fromkeys(SIDES.values(), 0))
Ended = Mapping[tuple[int, int], Counter[str]]


@login_required
@require_safe
def stages(request: StaffRequest) -> HttpResponse:
    """Where the time goes, by procedure and stage, and what a cut of the limits would have made late."""
    asked = ask_board(request)
    context: dict[str, Any] = {"asked": asked, "form": asked.form, "cuts": CUTS}
    if asked.scope is None:
        return render(request, "statistics/dashboard_stages.html", context, status=422)
    scope, cut = asked.scope, _cut(request)
    window = asked.form.window
    found = replica.read(lambda: where_time_goes(scope, window, at=asked.at, cut=cut))
    ended = replica.read(lambda: by_stage(scope, window, at=asked.at)) if found.lines else {}
    context |= {"cut": cut, "found": found, "window": asked.form.window, "scope": asked.scope}
    context |= _opening(asked, found, ended, cut)
    if request.authority.can(P.DOSSIER_SUPERVISE, asked.scope.agency):
        context["logs"] = [
            (kind.upper(), asked.address("statistics:eventlog", asked.form.window, kind))
            for kind in ("xes", "csv")
        ]
    return render(request, "statistics/dashboard_stages.html", context)


def _cut(request: StaffRequest) -> int:
    text = request.GET.get("cat", "30")
    return int(text) if text in map(str, CUTS) else 30


def _opening(asked: Asked, found: TimeTable, ended: Ended, cut: int) -> dict[str, Any]:
    """The rows of the page with the address of the list behind each number."""

    def way(figure: str, line: ProcedureLine | None = None, stage: StageLine | None = None) -> str:
        more: dict[str, Any] = {"cat": cut}
        more |= {"thu-tuc": line.procedure_id} if line else {}
        more |= {"buoc": stage.stage} if stage else {}
        return asked.address("statistics:timed", asked.form.window, figure, **more)

    def tasks(line: ProcedureLine, stage: StageLine) -> list[dict[str, Any]]:
        counts = ended.get((line.procedure_id, stage.stage), NO_TASK)
        more = {"thu-tuc": line.procedure_id, "so-buoc": stage.stage}
        return [
            figure_cell(
                key, counts, asked.address("statistics:tasks", asked.form.window, key, **more), late=key == LATE and bool(counts[key])
            )
            for key in OF_TASKS
        ]  # fmt: skip

    lines = [
        {
            "line": line,
            "all": way("time_counted", line),
            "over": way("time_over", line),
            "cut": way("time_over_if_cut", line),
            "stages": [
                (s, way("stage_passed", line, s), way("stage_reworked", line, s), tasks(line, s))
                for s in line.stages
            ],
        }
        for line in found.lines
    ]
    return {"lines": lines, "counted": way("time_counted")}


@login_required
@require_safe
def timed_dossiers(request: StaffRequest, figure: str) -> HttpResponse:
    """The dossiers that a number of the page of times counts, by code only."""
    asked = ask_board(request)
    if asked.scope is None or figure not in OPENED:
        raise NotFound("Không có chỉ tiêu này.")
    named = {"thu-tuc": "procedure", "buoc": "stage"}
    chosen = {mine: whole_number(request, name) for name, mine in named.items() if name in request.GET}
    scope, cut = asked.scope, _cut(request)
    rows = timed(figure, scope, asked.form.window, at=asked.at, cut=cut, **chosen)
    context = listing(request, asked, rows) | {
        "figure": REGISTRY[figure], "title": REGISTRY[figure].label, "groups": _said(figure, cut, chosen),
        "window": asked.form.window, "back": asked.address("statistics:stages", asked.form.window), "back_title": "Thời gian đi đâu",
    }  # fmt: skip
    return render(request, "statistics/dashboard_dossiers.html", context)


def _said(figure: str, cut: int, chosen: dict[str, int]) -> list[str]:
    """What the list is narrowed by, in words."""
    names = procedure_names([chosen["procedure"]]).values() if "procedure" in chosen else ()
    return [
        *(f"thủ tục {name}" for name in names),
        *([f"bước thứ {chosen['stage']}"] if "stage" in chosen else []),
        *([f"cắt thời hạn {cut}%"] if figure == "time_over_if_cut" else []),
    ]
