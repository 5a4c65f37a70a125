"""The index of Decision 766: the board of a scope, the ranking of those below, what stands behind each number, files."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.web import count_text, count_up_to, page
from motcua.statistics.output import KINDS
from motcua.statistics.output.index766 import Made, counted_line, notes_of, rule_words, write_index
from motcua.statistics.output.words import period_words, scope_words
from motcua.statistics.queries import scope_of
from motcua.statistics.queries.index766 import Board, Ranking, board, ranking, window_before
from motcua.statistics.queries.index766_behind import PART_WORDS, Part, dossiers_behind, items_behind
from motcua.statistics.queries.index766_sets import scheme_on
from motcua.statistics.queries.reading import visible_ids
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.index766 import STATE_WORDS, Component, Line, gains, plain
from motcua.statistics.rules.index766_measures import Of
from motcua.statistics.rules.periods import Basis, Kind, Window
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.views.asking import Question, question
from motcua.statistics.views.common import handed_out
from motcua.statistics.views.things import may_read

PAGE = 50
MOST_ITEMS = 500
TONES = {"green": "good", "yellow": "warn", "red": "bad"}


@login_required
@require_safe
def index766(request: StaffRequest) -> HttpResponse:
    """The board; 422 with the fault beside its field when what was asked makes none."""
    asked = _ask(request)
    found = _board(asked)
    context: dict[str, Any] = {"form": asked.choice, "query": urlencode(asked.query)}
    if found is None:
        return render(request, "statistics/index766.html", context, status=422)
    context |= {
        "board": found,
        "period": period_words(found.window),
        "scope": scope_words(found.scope.agency.name, found.scope.below),
        "stats": list(_stats(found)),
        "groups": [
            (group, sums, [_shown(line, asked) for line in lines]) for group, lines, sums in found.groups
        ],
        "gains": [_gain(line, asked) for line in gains(found.lines)],
        "any_scored": any(line.points is not None for line in found.lines),
        "notes": notes_of(found, beside_the_table=True),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
    }
    return render(request, "statistics/index766.html", context)


@login_required
@require_safe
def index766_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The board as a file."""
    asked = _ask(request)
    found = _board(asked)
    return handed_out(write_index(_made(found or _refuse(asked), asked), kind))


@login_required
@require_safe
def index766_ranking(request: StaffRequest) -> HttpResponse:
    """The agencies below, of one kind, the best first."""
    asked = _ask(request)
    found = _ranking(request, asked)
    context: dict[str, Any] = {"form": asked.choice, "query": urlencode(asked.query)}
    if found is None:
        return render(request, "statistics/index766_ranking.html", context, status=422)
    context |= {
        "ranking": found,
        "period": period_words(found.window),
        "scope": found.scope.agency.name,
        "tabs": [_tab(asked, found, *kind) for kind in found.kinds],
        "rows": [_row(place, found, asked) for place in found.places],
        "rule": rule_words(found.missing),
        "counted": counted_line(found),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
    }
    return render(request, "statistics/index766_ranking.html", context)


@login_required
@require_safe
def index766_ranking_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The ranking as a file."""
    asked = _ask(request)
    found = _ranking(request, asked)
    return handed_out(write_index(_made(found or _refuse(asked), asked), kind))


@login_required
@require_safe
def index766_behind(request: StaffRequest, code: str) -> HttpResponse:
    """What a number counts: dossiers, procedures, postings or decisions. Raises NotFound for a component that there is not."""
    asked = _ask(request)
    scope, window = asked.scope or _refuse(asked), asked.choice.window
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


def _ask(request: StaffRequest) -> Question:
    """The boards of the decision go by calendar months."""
    return question(request, kind=Kind.MONTH, basis=Basis.CALENDAR)


def _refuse(asked: Question) -> Any:
    faults = [str(fault) for faults in asked.choice.errors.values() for fault in faults]
    raise RuleViolation(" ".join(faults) or "Chọn lại cơ quan và kỳ.")


def _before(asked: Question) -> Window:
    """The window to compare with: the period before of the same kind, else as many days before."""
    choice = asked.choice
    window: Window = (
        choice.cleaned_data["period"].before().window if choice.period_code else window_before(choice.window)
    )
    return window


def _board(asked: Question) -> Board | None:
    if asked.scope is None:
        return None
    choice = asked.choice
    return attempt(choice, board, asked.scope, choice.window, asked.at, before=_before(asked))


def _ranking(request: StaffRequest, asked: Question) -> Ranking | None:
    """All below the agency: whoever may read its reports only may not rank the others. Raises NotFound."""
    if asked.scope is None:
        return None
    whole = scope_of(asked.scope.agency, request.authority, below=True)
    choice = asked.choice
    kind = request.GET.get("kind", "")
    return attempt(choice, ranking, whole, choice.window, asked.at, kind=kind, before=_before(asked))


def _made(found: Board | Ranking, asked: Question) -> Made:
    choice = asked.choice
    return Made(found, choice.period_code, choice.cleaned_data["basis"] if choice.period_code else "")


# What the pages show -------------------------------------------------------------------------------------------------------


def _stats(found: Board) -> Iterator[dict[str, str]]:
    sums = found.sums
    yield {
        "label": "Chỉ số",
        "value": decimal_text(found.value),
        "note": f"trên {plain(sums.points)} điểm, {rule_words(found.missing)}",
    }
    yield {"label": "Xếp loại", "value": found.band or "–", "note": f"theo {found.scheme.law}"}
    yield {
        "label": "Điểm tính được", "value": decimal_text(sums.earned),
        "note": f"trên {plain(sums.possible)} điểm của thành phần có số liệu; quy đổi: {decimal_text(sums.rescaled)}",
    }  # fmt: skip
    before = found.before.name if found.before else ""
    was = (
        f"{before}: {decimal_text(found.before_value)}"
        if found.before_value is not None
        else f"{before} chưa có số liệu"
    )
    yield {"label": "So với kỳ trước", "value": signed(found.trend), "note": was}


def signed(change: Any) -> str:
    """ "+1,20", "-0,50"; a dash without two values to compare."""
    return f"+{decimal_text(change)}" if change is not None and change > 0 else decimal_text(change)


def _shown(line: Line, asked: Question) -> dict[str, Any]:
    ratio = line.ratio
    opens = ratio is not None and ratio.whole > 0
    return {
        "line": line,
        "part": decimal_text(ratio.part) if ratio and opens else "–",
        "whole": decimal_text(ratio.whole) if ratio and opens else "–",
        "rate": f"{decimal_text(line.rate)}{'*' if line.is_small else ''}" if opens else "–",
        "target": plain(line.component.target),
        "points": decimal_text(line.points),
        "most": plain(line.component.points),
        "state": STATE_WORDS[line.state],
        "tone": TONES.get(line.state.value, ""),
        "part_href": _href(line.component, Part.PART, asked) if opens and ratio and ratio.part else "",
        "whole_href": _href(line.component, Part.WHOLE, asked) if opens else "",
    }


def _href(component: Component, part: Part, asked: Question) -> str:
    return f"{reverse('statistics:index766_behind', args=[component.code])}?{urlencode({**asked.query, 'part': part.value})}"


def _gain(line: Line, asked: Question) -> dict[str, Any]:
    of = line.component.measure.of.value
    return {
        "line": line,
        "missing": decimal_text(line.missing),
        "short": f"{decimal_text(line.short)} {of}",
        "each": decimal_text(line.each),
        "rest": decimal_text(line.rest),
        "how": _how(line),
        "href": _href(line.component, Part.REST, asked),
    }


def _how(line: Line) -> str:
    """Whether and how the points can still be had."""
    measure = line.component.measure
    if measure.is_final:
        return "Việc đã muộn thì kỳ này không lấy lại được; giữ đúng hạn cho kỳ sau."
    if measure.of is Of.DOSSIERS and line.more:
        return f"Hoặc thêm {decimal_text(line.more)} hồ sơ mới mà hồ sơ nào cũng đạt."
    return ""


def _tab(asked: Question, found: Ranking, kind: str, label: str, number: int) -> dict[str, Any]:
    href = f"?{urlencode({**asked.query, 'kind': kind})}"
    return {"label": label, "href": href, "count": number, "active": kind == found.kind}


def _part_tab(component: Component, one: Part, chosen: Part, asked: Question) -> dict[str, Any]:
    return {
        "label": PART_WORDS[one],
        "href": _href(component, one, asked),
        "count": "",
        "active": one is chosen,
    }


def _row(place: Any, found: Ranking, asked: Question) -> dict[str, Any]:
    query = {key: value for key, value in asked.query.items() if key != "below"} | {"agency": place.agency.pk}
    sums = [
        (group.name, [line for line in place.lines if line.component in group.components])
        for group in found.scheme.groups
    ]
    return {
        "place": place,
        "href": f"{reverse('statistics:index766')}?{urlencode(query)}",
        "rank": place.rank or "–",
        "value": decimal_text(place.value),
        "trend": signed(place.trend),
        "earned": decimal_text(place.sums.earned),
        "possible": plain(place.sums.possible),
        "groups": [(name, _points(lines)) for name, lines in sums],
    }


def _points(lines: list[Line]) -> str:
    found = [line.points for line in lines if line.points is not None]
    return decimal_text(sum(found)) if found else "–"
