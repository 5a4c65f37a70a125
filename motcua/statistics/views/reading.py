"""Reports: the list, one report, the dossiers behind a number, files, the dictionary of figures."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import today
from motcua.core.web import count_text, count_up_to, page
from motcua.statistics.output import KINDS
from motcua.statistics.output.words import (
    foot_lines,
    period_line,
    period_words,
    scope_line,
    scope_words,
)
from motcua.statistics.queries import behind
from motcua.statistics.queries.reading import first_choice, group_words, readable_agencies, visible_ids
from motcua.statistics.queries.scopes import is_by_minute
from motcua.statistics.queries.templates import templates_for
from motcua.statistics.rules.figures import REGISTRY, Span
from motcua.statistics.rules.reports import forms_on
from motcua.statistics.views.common import ask, file_of, head_numbers, require_reader, row_groups, shown_lines

PAGE = 50


@login_required
@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    """The forms that hold today, and the templates of the person's agency and those above it."""
    agency, _ = first_choice(readable_agencies(request.authority), request.authority)
    day = today()
    context = {"forms": forms_on(day), "templates": templates_for(agency, day), "agency": agency}
    return render(request, "statistics/reports.html", context)


@login_required
@require_safe
def report(request: StaffRequest, code: str) -> HttpResponse:
    """One report; 422 with the faults beside their fields when what was asked makes no report."""
    asked = ask(request, code)
    context = {"asked": asked, "form": asked.choice, "query": asked.query}
    if asked.form is None:
        return render(request, "statistics/report.html", context, status=422)
    table = asked.table
    context |= {
        "table": table,
        "period": period_line(table),
        "scope": scope_line(table),
        "lines": shown_lines(table, code, asked.query),
        "numbers": head_numbers(table),
        "notes": foot_lines(table),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
        "may_freeze": not table.live
        and request.authority.can(Permission.REPORT_FREEZE, asked.required()[1].agency),
    }
    return render(request, "statistics/report.html", context)


@login_required
@require_safe
def download(request: StaffRequest, code: str, kind: str) -> HttpResponse:
    """The report as a file."""
    return file_of(ask(request, code).table, kind)


@login_required
@require_safe
def dossiers(request: StaffRequest, code: str, figure: str) -> HttpResponse:
    """The dossiers that a number counts, by code only; a link for those whose page the person may open."""
    asked, groups = ask(request, code), row_groups(request)
    form, scope = asked.required()
    if figure not in REGISTRY:
        raise NotFound("Không có chỉ tiêu này.")
    window = asked.choice.window
    by_minute = is_by_minute(scope.agency, window.end)
    rows = behind(figure, scope, window, at=asked.at, by_minute=by_minute, **groups).order_by("pk")
    shown = page(request, rows.select_related("version", "field", "resolving_agency"), size=PAGE)
    context = {
        "asked": asked,
        "report_form": form,
        "figure": REGISTRY[figure],
        "part": _part(figure),
        "scope": scope_words(scope.agency.name, scope.below),
        "groups": group_words(groups, scope),
        "period": period_words(asked.choice.window),
        "page": shown,
        "count": count_text(count_up_to(rows)),
        "visible": visible_ids(request.authority, shown),
        "with_dues": request.GET.get("dues") == "1" or asked.choice.cleaned_data["original"],
        "query": asked.query,
    }
    return render(request, "statistics/dossiers.html", context)


def _part(figure: str) -> str:
    """What the list of a share holds: the dossiers of its numerator."""
    share = REGISTRY[figure].share_of
    return REGISTRY[share[0]].label.lower() if share else ""


@login_required
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """The dictionary: every figure with its formula in words, its law, unit and denominator."""
    require_reader(request)
    lines = [
        {
            "figure": figure,
            "whole": figure.denominator,
            "closing": figure.span is Span.CLOSING,
        }
        for figure in REGISTRY.values()
    ]
    return render(request, "statistics/figures.html", {"lines": lines})
