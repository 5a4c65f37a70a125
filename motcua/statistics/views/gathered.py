"""Who of the units below has reported, and what they have sent added up: the sum, frozen, and what each unit has in a number."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import today
from motcua.statistics import actions
from motcua.statistics.output import KINDS
from motcua.statistics.output.words import foot_lines, period_line
from motcua.statistics.queries import keeping as queries
from motcua.statistics.queries.gathering import gather
from motcua.statistics.queries.reminders import reminders_of
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.index766 import CODE
from motcua.statistics.rules.index766_board import NUMBER
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.rules.tables import Kind, Line, ReportTable, cell_of
from motcua.statistics.views.asking import Question
from motcua.statistics.views.common import Asked, ask, file_of, head_numbers, lines_with
from motcua.statistics.views.index766 import ask_index

NO_FIGURE = "Không có chỉ tiêu này trong báo cáo."


@login_required
@require_safe
def reporting(request: StaffRequest, code: str) -> HttpResponse:
    """Who of the units below has sent this report for the period, and who is late."""
    asked = ask(request, code)
    context: dict[str, Any] = {
        "form": asked.choice,
        "crumb": reverse("statistics:reports"),
        "crumb_title": "Báo cáo",
    }
    if asked.form is None or asked.scope is None:
        return render(request, "statistics/reporting.html", context, status=422)
    window = asked.choice.window
    context |= _told(asked.scope.agency, asked.form.code, window) | {
        "name": asked.form.number,
        "sum": f"{reverse('statistics:gathered', args=[code])}?{urlencode(asked.query)}",
    }
    return render(request, "statistics/reporting.html", context)


@login_required
@require_safe
def index766_reporting(request: StaffRequest) -> HttpResponse:
    """Who of the units below has sent the index of the period, and with which value."""
    asked: Question = ask_index(request)
    crumb = f"{reverse('statistics:index766')}?{urlencode(asked.query)}"
    context: dict[str, Any] = {"form": asked.choice, "crumb": crumb, "crumb_title": "Chỉ số 766"}
    if asked.scope is None:
        return render(request, "statistics/reporting.html", context, status=422)
    told = _told(asked.scope.agency, CODE, asked.choice.window)
    values = queries.index_values(
        line.report.pk for line in told["lines"] if line.report and not line.is_missing
    )
    told["told"] = [(line, reminders, _value(values, line)) for line, reminders, _ in told["told"]]
    context |= {"name": NUMBER, "is_index": True}
    return render(request, "statistics/reporting.html", context | told)


def _value(values: Mapping[int, tuple[str, str]], line: queries.Reporting) -> str:
    """The index that a unit has sent and its class: "87,25, Tốt"."""
    value, band = values.get(line.report.pk if line.report else 0, ("", ""))
    return ", ".join(part for part in (decimal_text(Decimal(value)) if value else "", band) if part)


def _told(above: Agency, code: str, window: Window) -> dict[str, Any]:
    lines, reminders = queries.reporting(above, code, window, today()), reminders_of(code, window)
    return {
        "told": [(line, reminders.get(line.agency.pk, []), "") for line in lines],
        "lines": lines,
        "missing": sum(line.is_missing for line in lines),
        "agency": above,
        "due_on": queries.due_day(above, window),
    }


def _gather(asked: Asked) -> ReportTable:
    form, scope = asked.required()
    return gather(form, scope.agency, asked.choice.window, asked.at, **_period(asked))


def _period(asked: Asked) -> dict[str, str]:
    code = asked.choice.period_code
    return {"period": code, "basis": asked.choice.cleaned_data["basis"] if code else ""}


@login_required
@require_safe
def gathered(request: StaffRequest, code: str) -> HttpResponse:
    """The frozen figures that the units below have sent, added up; every number opens to the reports that it is made of."""
    asked = ask(request, code)
    context: dict[str, Any] = {"asked": asked, "form": asked.choice, "query": asked.query}
    if asked.form is None or asked.scope is None:
        return render(request, "statistics/gathered.html", context, status=422)
    table = _gather(asked)
    keeps = request.authority.can(Permission.REPORT_FREEZE, asked.scope.agency)
    context |= shown_sum(request, table, reverse("statistics:gathered", args=[code]), urlencode(asked.query))
    context |= {
        "kinds": [(kind, kind.upper()) for kind in KINDS],
        "may_freeze": keeps and not table.live and any(not line.missing for line in table.lines),
    }
    return render(request, "statistics/gathered.html", context)


def shown_sum(request: StaffRequest, table: ReportTable, base: str, query: str = "") -> dict[str, Any]:
    """A sum for a page: the number of a unit opens its frozen report, that of the total what each unit has in it."""
    share_of = {line.mark: share for line, share in zip(table.lines, table.shares, strict=False)}
    seen = queries.readable(request.authority, [share.report for share in table.shares if share.report])

    def href(line: Line, key: str) -> str:
        if line.kind is Kind.TOTAL:
            return f"{base}so/{key}/" + (f"?{query}" if query else "")
        share = share_of.get(line.mark)
        report = share.report if share and share.report in seen else None
        return f"{reverse('statistics:kept', args=[report])}#tong-cong" if report else ""

    return {
        "table": table,
        "lines": lines_with(table, href),
        "numbers": head_numbers(table),
        "period": period_line(table),
        "notes": foot_lines(table),
        "readable": seen,
    }


@login_required
@require_safe
def gathered_file(request: StaffRequest, code: str, kind: str) -> HttpResponse:
    """The same as a file."""
    return file_of(_gather(ask(request, code)), kind)


@login_required
@require_POST
def gathered_freeze(request: StaffRequest, code: str) -> HttpResponse:
    """Freeze the sum of what has been sent. What forbids it is said on a page of its own."""
    asked = ask(request, code)
    form, scope = asked.required()
    made = actions.freeze_gathered(
        form, scope.agency, asked.choice.window, **_period(asked), actor=request.user, at=asked.at
    )
    messages.success(request, "Đã chốt báo cáo tổng hợp. Số liệu này không thay đổi nữa.")
    return redirect("statistics:kept", made.pk)


@login_required
@require_safe
def gathered_shares(request: StaffRequest, code: str, figure: str) -> HttpResponse:
    """What each unit has in a number of the sum."""
    asked = ask(request, code)
    back = f"{reverse('statistics:gathered', args=[code])}?{urlencode(asked.query)}"
    context = shares_of(request, _gather(asked), figure) | {"back": back}
    return render(request, "statistics/gathered_shares.html", context)


def shares_of(request: StaffRequest, table: ReportTable, figure: str) -> dict[str, Any]:
    """Each unit's part in a figure of a sum, with its frozen report. Raises NotFound for a figure that the sum does not show."""
    column = next((leaf for leaf in table.form.leaves if leaf.key == figure), None)
    if column is None or not figure:
        raise NotFound(NO_FIGURE)
    seen = queries.readable(request.authority, [share.report for share in table.shares if share.report])
    rows = [
        {"share": share, "line": line, "cell": cell_of(column, line), "opens": share.report in seen}
        for share, line in zip(table.shares, table.lines, strict=True)
    ]
    return {
        "table": table,
        "figure": REGISTRY[figure],
        "rows": rows,
        "whole": cell_of(column, table.all_lines[-1]),
        "period": period_line(table),
    }
