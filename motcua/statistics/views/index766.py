"""The index of Decision 766: the board of a scope, what stands behind each number, files."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.web import count_text, count_up_to, page
from motcua.statistics.output import KINDS
from motcua.statistics.output.index766 import Made, write_index
from motcua.statistics.output.words import period_words, scope_words
from motcua.statistics.queries.index766 import board, compared_with
from motcua.statistics.queries.index766_behind import PART_WORDS, Part, dossiers_behind, items_behind
from motcua.statistics.queries.index766_sets import scheme_on
from motcua.statistics.queries.reading import visible_ids
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.index766 import Component, Line, gains
from motcua.statistics.rules.index766_board import Board
from motcua.statistics.rules.index766_measures import Of
from motcua.statistics.rules.index766_ranking import Ranking
from motcua.statistics.rules.periods import Basis, Kind, Window
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.views.asking import Question, question
from motcua.statistics.views.common import handed_out
from motcua.statistics.views.index766_shown import part_href, shown_board
from motcua.statistics.views.things import may_read

PAGE = 50
MOST_ITEMS = 500


@login_required
@require_safe
def index766(request: StaffRequest) -> HttpResponse:
    """The board; 422 with the fault beside its field when what was asked makes none."""
    asked = ask_index(request)
    found = _board(asked)
    context: dict[str, Any] = {"form": asked.choice, "query": urlencode(asked.query)}
    if found is None:
        return render(request, "statistics/index766.html", context, status=422)
    context |= {
        **shown_board(found, asked.query),
        "gains": [_gain(line, asked) for line in gains(found.lines)],
        "any_scored": any(line.points is not None for line in found.lines),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
        "may_freeze": not found.live
        and request.authority.can(Permission.REPORT_FREEZE, asked.required.agency),
    }
    return render(request, "statistics/index766.html", context)


@login_required
@require_safe
def index766_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The board as a file."""
    asked = ask_index(request)
    found = _board(asked)
    return handed_out(write_index(made_of(found or asked.refuse(), asked), kind))


@login_required
@require_safe
def index766_behind(request: StaffRequest, code: str) -> HttpResponse:
    """What a number counts: dossiers, procedures, postings or decisions. Raises NotFound for a component that there is not."""
    asked = ask_index(request)
    scope, window = asked.required, asked.choice.window
    component = next((c for c in scheme_on(window.end).components if c.code == code), None)
    part = next((p for p in Part if p == request.GET.get("part", Part.WHOLE)), None)
    if component is None or part is None:
        raise NotFound("Không có thành phần này.")
    context = {
        "component": component,
        "measure": component.measure,
        "words": PART_WORDS[part],
        "tabs": [_part_tab(component, one, part, asked) for one in Part],
        "scope": scope_words(scope.agency.name, scope.below),
        "period": period_words(window),
        "query": urlencode(asked.query),
        **_behind(request, component, part, scope, asked),
    }
    return render(request, "statistics/index766_behind.html", context)


def _behind(
    request: StaffRequest, component: Component, part: Part, scope: Scope, asked: Question
) -> dict[str, Any]:
    window, measure = asked.choice.window, component.measure
    if measure.of is Of.DOSSIERS:
        rows = dossiers_behind(measure, part, scope, window, asked.at)
        shown = page(request, rows.select_related("version", "field", "resolving_agency"), size=PAGE)
        visible = visible_ids(request.authority, shown)
        return {"page": shown, "count": count_text(count_up_to(rows)), "visible": visible}
    items = items_behind(measure, part, scope, window, asked.at)
    heard = may_read(request, [item.feedback for item in items if item.feedback])
    return {
        "items": [
            item if item.feedback is None or item.feedback in heard else item.closed()
            for item in items[:MOST_ITEMS]
        ],
        "count": decimal_text(len(items)),
        "most": MOST_ITEMS if len(items) > MOST_ITEMS else 0,
    }


# What was asked ----------------------------------------------------------------------------------------------------------


def ask_index(request: StaffRequest) -> Question:
    """The boards of the decision go by calendar months."""
    return question(request, kind=Kind.MONTH, basis=Basis.CALENDAR)


def before_of(asked: Question) -> Window:
    """What is compared with."""
    choice = asked.choice
    return compared_with(choice.window, choice.period_code, choice.cleaned_data["basis"])


def _board(asked: Question) -> Board | None:
    if asked.scope is None:
        return None
    choice = asked.choice
    return attempt(choice, board, asked.scope, choice.window, asked.at, before=before_of(asked))


def made_of(found: Board | Ranking, asked: Question) -> Made:
    """What is written as a file."""
    choice = asked.choice
    return Made(found, choice.period_code, choice.cleaned_data["basis"] if choice.period_code else "")


# What the pages show -------------------------------------------------------------------------------------------------------


def _gain(line: Line, asked: Question) -> dict[str, Any]:
    of = line.component.measure.of.value
    return {
        "line": line,
        "missing": decimal_text(line.missing),
        "short": f"{decimal_text(line.short)} {of}",
        "each": decimal_text(line.each),
        "rest": decimal_text(line.rest),
        "how": _how(line),
        "href": part_href(line.component, Part.REST, asked.query),
    }


def _how(line: Line) -> str:
    """Whether and how the points can still be had."""
    measure = line.component.measure
    if measure.is_final:
        return "Việc đã muộn thì kỳ này không lấy lại được; giữ đúng hạn cho kỳ sau."
    if measure.of is Of.DOSSIERS and line.more:
        return f"Hoặc thêm {decimal_text(line.more)} hồ sơ mới mà hồ sơ nào cũng đạt."
    return ""


def _part_tab(component: Component, one: Part, chosen: Part, asked: Question) -> dict[str, Any]:
    return {
        "label": PART_WORDS[one],
        "href": part_href(component, one, asked.query),
        "count": "",
        "active": one is chosen,
    }
