"""The tasks that a number of the board counts, each with its dossier."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.web import count_text, count_up_to, page
from motcua.statistics.queries import tasks as queries
from motcua.statistics.queries.reading import visible_ids
from motcua.statistics.queries.spans import procedure_names
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.tasks import WORDS
from motcua.statistics.views.dashboard import PAGE, Asked, ask_board, whole_number
from motcua.statistics.views.task_tables import sees_officers

LONGEST = 300  # a name of a stage


@login_required
@require_safe
def tasks(request: StaffRequest, figure: str) -> HttpResponse:
    """Tasks that ended in the period, of one officer or one stage if the address says so; dossiers by code only."""
    asked = ask_board(request)
    if asked.scope is None:
        raise NotFound("Không có danh sách này.")
    chosen = _narrowed(request, asked)
    rows = queries.tasks_behind(figure, asked.scope, asked.form.window, at=asked.at, **chosen)
    related = rows.select_related("dossier__version", "dossier__field", "agency")
    shown = page(request, related.order_by("done_at", "pk"), size=PAGE)
    context = {
        "asked": asked, "scope": asked.scope, "now": asked.at, "page": shown, "count": count_text(count_up_to(rows)),
        "rows": [(task, WORDS[task.side]) for task in shown],
        "visible": visible_ids(request.authority, (task.dossier for task in shown)),
        "figure": REGISTRY[figure], "title": REGISTRY[figure].label, "window": asked.form.window, "groups": _said(chosen),
        **_back(asked, chosen),
    }  # fmt: skip
    return render(request, "statistics/dashboard_tasks.html", context)


def _back(asked: Asked, chosen: dict[str, Any]) -> dict[str, str]:
    """The page that the list is of: that of times narrows by procedure, the board does not."""
    if "procedure" in chosen:
        return {
            "back": asked.address("statistics:stages", asked.form.window),
            "back_title": "Thời gian đi đâu",
        }
    return {"back": asked.address("statistics:dashboard", asked.form.window)}


def _narrowed(request: StaffRequest, asked: Asked) -> dict[str, Any]:
    """What the address narrows the list by. Raises NotFound for an officer of whom the person is not told."""
    found: dict[str, Any] = {}
    if "can-bo" in request.GET:
        if asked.scope is None or not sees_officers(request, asked.scope):
            raise NotFound("Không có danh sách này.")
        found["officer"] = whole_number(request, "can-bo")
    if "buoc" in request.GET:
        found["stage"] = request.GET["buoc"][:LONGEST]
    named = {"thu-tuc": "procedure", "so-buoc": "number"}
    return found | {mine: whole_number(request, name) for name, mine in named.items() if name in request.GET}


def _said(chosen: dict[str, Any]) -> list[str]:
    names = procedure_names([chosen["procedure"]]).values() if "procedure" in chosen else ()
    return [
        *([queries.name_of(chosen["officer"])] if "officer" in chosen else []),
        *([f"bước {chosen['stage']}"] if "stage" in chosen else []),
        *(f"thủ tục {name}" for name in names),
        *([f"bước thứ {chosen['number']}"] if "number" in chosen else []),
    ]
