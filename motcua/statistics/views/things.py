"""What stands behind a number that counts no dossiers, and what an officer sees of their own points."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now
from motcua.dossiers.models import Dossier
from motcua.feedback.queries import visible_to
from motcua.statistics.output.words import period_words, scope_words
from motcua.statistics.queries.points import facts_behind, own_line
from motcua.statistics.queries.reading import own_scope, visible_ids
from motcua.statistics.queries.reports_things import facts_of, place_words
from motcua.statistics.queries.things import Fact, Look
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.periods import Kind, Period, containing, parse
from motcua.statistics.rules.points import OFFICER, TITLES, key_of
from motcua.statistics.rules.reports import form_on
from motcua.statistics.rules.tables import cell_of, unknown_notes
from motcua.statistics.rules.things import Subject
from motcua.statistics.views.common import ask, row_groups

MOST = 1000
OF_DOSSIER, OF_FEEDBACK = "dossiers:dossier", "feedback:item"
CLOSED = "Phản ánh không thuộc quyền xem của bạn"


@login_required
@require_safe
def things(request: StaffRequest, code: str, figure: str) -> HttpResponse:
    """The decisions, postings, procedures or judged dossiers that a number counts."""
    asked, groups = ask(request, code), row_groups(request)
    form, scope = asked.required()
    if figure not in REGISTRY or REGISTRY[figure].subject is Subject.DOSSIER or figure not in form.keys:
        raise NotFound("Không có chỉ tiêu này.")
    look = Look(scope, asked.choice.window, asked.at)
    found = (
        facts_behind(figure, look, groups)
        if Subject.POINT in form.subjects
        else facts_of(figure, look, groups)
    )
    context = {
        "asked": asked,
        "report_form": form,
        "figure": REGISTRY[figure],
        "scope": scope_words(scope.agency.name, scope.below),
        "groups": place_words(groups, scope),
        "period": period_words(asked.choice.window),
        "rows": _rows(request, found[:MOST]),
        "count": len(found),
        "most": MOST,
        "query": asked.query,
    }
    return render(request, "statistics/things.html", context)


def may_read(request: StaffRequest, ids: list[int]) -> set[int]:
    """Those of some feedback that the reader may open: never what is about the reader."""
    rows = visible_to(request.user, request.authority).filter(pk__in=ids) if ids else ()
    return {row.pk for row in rows}


def _rows(request: StaffRequest, found: list[Fact]) -> list[dict[str, Any]]:
    """Facts with the address of what shows them; dossiers only where the person may open them."""
    ids = [fact.address[1][0] for fact in found if fact.address[0] == OF_DOSSIER]
    seen = visible_ids(request.authority, [Dossier(pk=pk) for pk in ids])
    heard = may_read(request, [fact.address[1][0] for fact in found if fact.address[0] == OF_FEEDBACK])
    rows = []
    for fact in found:
        name, args = fact.address
        if name == OF_FEEDBACK and args[0] not in heard:
            rows.append({"fact": replace(fact, name=CLOSED, note=""), "href": ""})
            continue
        opens = bool(name) and (name != OF_DOSSIER or args[0] in seen)
        rows.append({"fact": fact, "href": reverse(name, args=args) if opens else ""})
    return rows


@login_required
@require_safe
def own_points(request: StaffRequest) -> HttpResponse:
    """An officer's own criteria of Circular 01/2018 for a quarter or year, with the dossiers. Nobody else's."""
    at = now()
    period = _period(request, at)
    look = Look(own_scope(request.authority), period.window, at)
    line, rows = own_line(look, request.user)
    form = form_on("tt01-2018-cb", period.end)
    cells = [cell_of(column, line) for column in form.leaves]
    context = {
        "form": form,
        "cells": list(zip(form.leaves, cells, strict=True)),
        "notes": [note for note in (form.certainty, *unknown_notes(form)) if note],
        "titles": [(key_of(index), f"{index}. {TITLES[index]}") for index in OFFICER],
        "rows": rows[:MOST],
        "count": len(rows),
        "visible": visible_ids(request.authority, [Dossier(pk=one.pk) for one in rows[:MOST]]),
        "period": period,
        "live": look.bounds.live,
        "periods": _choices(at, period),
    }
    return render(request, "statistics/own_points.html", context)


def _period(request: StaffRequest, at: Any) -> Period:
    """The period asked for, else the running quarter."""
    text = request.GET.get("period", "")
    return parse(text) if text else containing(legal_date(at))


def _choices(at: Any, chosen: Period) -> list[tuple[str, str]]:
    """Eight quarters and three years, the newest first."""
    found = []
    for kind, many in ((Kind.QUARTER, 8), (Kind.YEAR, 3)):
        period = containing(legal_date(at), kind)
        for _ in range(many):
            found.append((period.code, period.label))
            period = period.before()
    return found if chosen.code in dict(found) else [*found, (chosen.code, chosen.label)]
