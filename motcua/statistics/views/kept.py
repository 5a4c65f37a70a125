"""Kept reports: freezing one, signing, sending, amending; the list; who below has reported."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now, today
from motcua.core.web import page
from motcua.statistics import actions
from motcua.statistics.forms import AmendForm
from motcua.statistics.models import KeptReport
from motcua.statistics.output import KINDS
from motcua.statistics.output.words import foot_lines, period_line, scope_line
from motcua.statistics.queries import keeping as queries
from motcua.statistics.queries import scope_of
from motcua.statistics.queries.gathering import gather
from motcua.statistics.queries.reminders import reminders_of
from motcua.statistics.rules.keeping import differences, load
from motcua.statistics.rules.layout import ORIGINAL
from motcua.statistics.rules.tables import ReportTable
from motcua.statistics.views.common import Asked, ask, file_of, head_numbers, require_reader, still_lines

FORM = require_http_methods(["GET", "HEAD", "POST"])
State = KeptReport.State


@login_required
@require_safe
def kept_reports(request: StaffRequest) -> HttpResponse:
    """Reports frozen here, and those that arrived from below."""
    require_reader(request)
    rows = page(request, queries.kept_reports(request.authority))
    return render(request, "statistics/kept_reports.html", {"page": rows})


@login_required
@require_POST
def freeze(request: StaffRequest, code: str) -> HttpResponse:
    """Freeze the report that the address asks for. What forbids it is said on a page of its own."""
    asked = ask(request, code)
    form, scope = asked.required()
    made = actions.freeze(
        form, scope.agency, asked.choice.window, below=scope.below, period=asked.choice.period_code,
        basis=asked.choice.cleaned_data["basis"], actor=request.user, at=asked.at,
    )  # fmt: skip
    messages.success(request, "Đã chốt báo cáo. Số liệu này không thay đổi nữa.")
    return redirect("statistics:kept", made.pk)


@login_required
@require_safe
def kept(request: StaffRequest, pk: int) -> HttpResponse:
    """One kept report as it was frozen, with what may be done next and the earlier times that it was frozen."""
    report = queries.access_kept(request.authority, pk)
    return render(request, "statistics/kept.html", _context(request, report))


def _context(request: StaffRequest, report: KeptReport, **more: Any) -> dict[str, Any]:
    table, numbers = load(report.content), queries.numbers_of(report)
    before = next((r for r in numbers if r.number == report.number - 1), None)
    keeps = request.authority.can(Permission.REPORT_FREEZE, report.agency)
    newest = numbers[-1].pk == report.pk
    signs = request.authority.can(Permission.REPORT_SIGN, report.agency)
    return {
        "report": report,
        "table": table,
        "lines": still_lines(table),
        "numbers": head_numbers(table),
        "period": period_line(table),
        "scope": scope_line(table),
        "notes": foot_lines(table),
        "times": numbers,
        "changes": differences(load(before.content), table) if before else [],
        "recount": _recount(request, report, table),
        "may_sign": newest and signs and report.state == State.FROZEN,
        "may_send": newest and keeps and report.state == State.SIGNED and report.agency.parent_id,
        "may_amend": newest and keeps,
        "kinds": [(kind, kind.upper()) for kind in KINDS],
        **more,
    }


def _recount(request: StaffRequest, report: KeptReport, table: ReportTable) -> str:
    """The address of the same question counted today; "" for who may not read the live report."""
    try:
        scope_of(report.agency, request.authority, below=report.below)
    except NotFound:
        return ""
    asked = {
        "agency": report.agency_id,
        **({"period": table.period, "basis": table.basis} if table.period else _days(report)),
        **({"below": "on"} if report.below else {}),
        **({"original": "on"} if ORIGINAL in table.form.columns else {}),
    }
    return f"{reverse('statistics:report', args=[report.form_code])}?{urlencode(asked)}"


def _days(report: KeptReport) -> dict[str, str]:
    return {"start": f"{report.start:%d/%m/%Y}", "end": f"{report.end:%d/%m/%Y}"}


@login_required
@require_safe
def kept_file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """A kept report as a file, of the frozen figures."""
    return file_of(load(queries.access_kept(request.authority, pk).content), kind)


@login_required
@require_POST
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """A leader signs."""
    report = actions.sign(pk, actor=request.user, at=now())
    messages.success(request, "Đã ký báo cáo.")
    return redirect("statistics:kept", report.pk)


@login_required
@require_POST
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Send upward."""
    report = actions.send(pk, actor=request.user, at=now())
    messages.success(request, "Đã gửi báo cáo lên cơ quan cấp trên.")
    return redirect("statistics:kept", report.pk)


@login_required
@FORM
def amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Freeze anew with a reason."""
    report = queries.access_kept(request.authority, pk)
    request.authority.require(Permission.REPORT_FREEZE, report.agency)
    form = AmendForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, actions.amend, pk, **form.cleaned_data, actor=request.user, at=now())
        if made:
            messages.success(request, "Đã chốt lại báo cáo; lần chốt trước vẫn được giữ.")
            return redirect("statistics:kept", made.pk)
    status = 422 if form.errors else 200
    return render(request, "statistics/amend.html", {"report": report, "form": form}, status=status)


@login_required
@require_safe
def reporting(request: StaffRequest, code: str) -> HttpResponse:
    """Who of the units below has sent this report for the period, and who is late."""
    asked = ask(request, code)
    context: dict[str, Any] = {"asked": asked, "form": asked.choice, "query": asked.query}
    if asked.form is None or asked.scope is None:
        return render(request, "statistics/reporting.html", context, status=422)
    window = asked.choice.window
    lines = queries.reporting(asked.scope.agency, asked.form.code, window, legal_date(asked.at))
    reminders = reminders_of(asked.form.code, window)
    context |= {
        "told": [(line, reminders.get(line.agency.pk, [])) for line in lines],
        "lines": lines,
        "missing": sum(line.is_missing for line in lines),
        "window": window,
        "agency": asked.scope.agency,
        "due_on": queries.due_day(asked.scope.agency, window),
        "today": today(),
    }
    return render(request, "statistics/reporting.html", context)


def _gather(asked: Asked) -> ReportTable:
    form, scope = asked.required()
    basis = asked.choice.cleaned_data["basis"] if asked.choice.period_code else ""
    window, period = asked.choice.window, asked.choice.period_code
    return gather(form, scope.agency, window, asked.at, period=period, basis=basis)


@login_required
@require_safe
def gathered(request: StaffRequest, code: str) -> HttpResponse:
    """The frozen figures that the units below have sent, added up."""
    asked = ask(request, code)
    context: dict[str, Any] = {"asked": asked, "form": asked.choice, "query": asked.query}
    if asked.form is None:
        return render(request, "statistics/gathered.html", context, status=422)
    table = _gather(asked)
    context |= {
        "table": table,
        "lines": still_lines(table),
        "numbers": head_numbers(table),
        "period": period_line(table),
        "notes": foot_lines(table),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
    }
    return render(request, "statistics/gathered.html", context)


@login_required
@require_safe
def gathered_file(request: StaffRequest, code: str, kind: str) -> HttpResponse:
    """The same as a file."""
    return file_of(_gather(ask(request, code)), kind)
