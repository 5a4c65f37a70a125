"""The ranking of those below an agency by the index of Decision 766: the page, files, freezing it; and as it was frozen."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.statistics import actions
from motcua.statistics.models import KeptReport
from motcua.statistics.output import KINDS
from motcua.statistics.output.index766 import counted_line, ranking_notes, write_index
from motcua.statistics.output.words import period_words
from motcua.statistics.queries import scope_of
from motcua.statistics.queries.index766_ranking import Own, moved_since, own_indexes, ranking
from motcua.statistics.queries.keeping import readable
from motcua.statistics.rules.index766 import plain, rule_words
from motcua.statistics.rules.index766_ranking import LABELS, Place, Ranking
from motcua.statistics.rules.index766_sheet import group_points
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.views.asking import Question
from motcua.statistics.views.common import handed_out
from motcua.statistics.views.index766 import ask_index, before_of, made_of
from motcua.statistics.views.index766_shown import signed


@login_required
@require_safe
def index766_ranking(request: StaffRequest) -> HttpResponse:
    """The agencies below, of one kind, the best first."""
    asked = ask_index(request)
    found = _ranking(request, asked)
    context: dict[str, Any] = {"form": asked.choice, "query": urlencode(asked.query)}
    if found is None:
        return render(request, "statistics/index766_ranking.html", context, status=422)
    keeps = request.authority.can(Permission.REPORT_FREEZE, asked.required.agency)
    context |= {
        "ranking": found,
        "period": period_words(found.window),
        "scope": found.agency,
        "tabs": [_tab(asked, found, *kind) for kind in found.kinds],
        "rows": shown_places(found, lambda place: _board_href(asked.query, place)),
        "rule": rule_words(found.missing),
        "counted": counted_line(found),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
        "may_freeze": keeps and not found.live and any(place.rank for place in found.places),
    }
    return render(request, "statistics/index766_ranking.html", context)


@login_required
@require_safe
def index766_ranking_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The ranking as a file."""
    asked = ask_index(request)
    found = _ranking(request, asked)
    return handed_out(write_index(made_of(found or asked.refuse(), asked), kind))


@login_required
@require_POST
def index766_ranking_freeze(request: StaffRequest) -> HttpResponse:
    """Freeze the ranking that the address asks for. Raises NotFound for who may not rank those below."""
    asked = ask_index(request)
    choice, whole = asked.choice, scope_of(asked.required.agency, request.authority, below=True)
    basis = choice.cleaned_data["basis"] if choice.period_code else ""
    made = actions.freeze_ranking(
        whole.agency, choice.window, units=request.GET.get("kind", ""), period=choice.period_code, basis=basis,
        actor=request.user, at=asked.at,
    )  # fmt: skip
    messages.success(request, "Đã chốt bảng xếp hạng. Số liệu này không thay đổi nữa.")
    return redirect("statistics:kept", made.pk)


def _ranking(request: StaffRequest, asked: Question) -> Ranking | None:
    """All below the agency: whoever may read its reports only may not rank the others. Raises NotFound."""
    if asked.scope is None:
        return None
    whole = scope_of(asked.scope.agency, request.authority, below=True)
    choice = asked.choice
    kind = request.GET.get("kind", "")
    return attempt(choice, ranking, whole, choice.window, asked.at, kind=kind, before=before_of(asked))


# What the pages show -------------------------------------------------------------------------------------------------------


def _tab(asked: Question, found: Ranking, kind: str, label: str, number: int) -> dict[str, Any]:
    href = f"?{urlencode({**asked.query, 'kind': kind})}"
    return {"label": label, "href": href, "count": number, "active": kind == found.kind}


def shown_places(found: Ranking, href: Callable[[Place], str]) -> list[dict[str, Any]]:
    """The rows of a ranking; `href` says where the name of a unit leads, "" for nowhere."""
    return [
        {
            "place": place,
            "href": href(place),
            "rank": place.rank or "–",
            "value": decimal_text(place.value),
            "trend": signed(place.trend),
            "earned": decimal_text(place.sums.earned),
            "possible": plain(place.sums.possible),
            "groups": [
                (group.name, decimal_text(group_points(place.lines, group))) for group in found.scheme.groups
            ],
        }
        for place in found.places
    ]


def _board_href(query: dict[str, str], place: Place) -> str:
    """The unit's own board, by the same question."""
    asked = {key: value for key, value in query.items() if key not in ("below", "kind")}
    return f"{reverse('statistics:index766')}?{urlencode(asked | {'agency': place.agency.pk})}"


def kept_ranking(
    request: StaffRequest, report: KeptReport, found: Ranking, query: dict[str, str] | None
) -> dict[str, Any]:
    """A frozen ranking for its page: a unit's row opens its own frozen index where the reader may, else its board by the same
    question, as it is recorded now (`query`; None for who may not read that). With what units have sent since.
    """
    owns = own_indexes([place.agency.pk for place in found.places], found.window)
    own = {place.agency.pk: _frozen_of(place, owns.get(place.agency.pk)) for place in found.places}
    seen, since = readable(request.authority, filter(None, own.values())), moved_since(found, owns)

    def href(place: Place) -> str:
        if (pk := own[place.agency.pk]) in seen:
            return reverse("statistics:kept", args=[pk])
        return "" if query is None else _board_href(query, place)

    rows = shown_places(found, href)
    return {
        "ranking": found,
        "rows": [row | {"since": since.get(row["place"].agency.pk, "")} for row in rows],
        "moved_on": bool(since),
        "period": period_words(found.window),
        "label": LABELS[found.kind],
        "notes": ranking_notes(found),
        "scope": found.agency,
    }


def _frozen_of(place: Place, own: Own | None) -> int | None:
    """The frozen index that a unit was ranked by, else the newest that it has."""
    taken = place.share.report if place.share else None
    return taken or (own.newest.pk if own and own.newest else None)
