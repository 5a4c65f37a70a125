"""Kept reports: freezing one, signing, sending, amending; the list; what a sum was made of."""

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
from motcua.core.moments import now, today
from motcua.core.web import page
from motcua.statistics import actions
from motcua.statistics.forms import AmendForm
from motcua.statistics.models import KeptReport
from motcua.statistics.output import KINDS
from motcua.statistics.output.index766 import Made, write_index
from motcua.statistics.output.words import foot_lines, period_line, scope_line
from motcua.statistics.queries import keeping as queries
from motcua.statistics.queries import scope_of
from motcua.statistics.queries.gathering import moved_on
from motcua.statistics.rules import keeping_kinds
from motcua.statistics.rules.index766_board import NUMBER, Board
from motcua.statistics.rules.index766_ranking import Ranking, ranking_number
from motcua.statistics.rules.keeping import load
from motcua.statistics.rules.layout import ORIGINAL
from motcua.statistics.rules.tables import ReportTable
from motcua.statistics.views.common import (
    ask,
    file_of,
    handed_out,
    head_numbers,
    lines_with,
    require_reader,
    shown_lines,
)
from motcua.statistics.views.gathered import shares_of, shown_sum
from motcua.statistics.views.index766 import ask_index
from motcua.statistics.views.index766_ranking import kept_ranking
from motcua.statistics.views.index766_shown import shown_board

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
@require_POST
def index766_freeze(request: StaffRequest) -> HttpResponse:
    """Freeze the index that the address asks for."""
    asked = ask_index(request)
    scope, choice = asked.required, asked.choice
    basis = choice.cleaned_data["basis"] if choice.period_code else ""
    made = actions.freeze_index(
        scope.agency, choice.window, below=scope.below, period=choice.period_code, basis=basis, actor=request.user, at=asked.at
    )  # fmt: skip
    messages.success(request, "Đã chốt chỉ số. Số liệu này không thay đổi nữa.")
    return redirect("statistics:kept", made.pk)


@login_required
@require_safe
def kept(request: StaffRequest, pk: int) -> HttpResponse:
    """One kept report as it was frozen, with what may be done next and the earlier times that it was frozen."""
    report = queries.access_kept(request.authority, pk)
    return render(request, "statistics/kept.html", _context(request, report))


def _context(request: StaffRequest, report: KeptReport) -> dict[str, Any]:
    found, times = keeping_kinds.read(report.kind, report.content), queries.numbers_of(report)
    before = next((r for r in times if r.number == report.number - 1), None)
    keeps = request.authority.can(Permission.REPORT_FREEZE, report.agency)
    newest = times[-1].pk == report.pk
    signs = request.authority.can(Permission.REPORT_SIGN, report.agency)
    query = _question(request, report, found)
    return _shown(request, report, found, query) | {
        "report": report,
        "number": _number(found),
        "times": times,
        "changes": keeping_kinds.changes(keeping_kinds.read(before.kind, before.content), found) if before else [],
        "recount": f"{_live(report)}?{urlencode(query)}" if query else "",
        "may_sign": newest and signs and report.state == State.FROZEN,
        "may_send": newest and keeps and report.state == State.SIGNED and report.agency.parent_id,
        "may_amend": newest and keeps,
        "kinds": [(kind, kind.upper()) for kind in KINDS],
    }  # fmt: skip


def _shown(
    request: StaffRequest, report: KeptReport, found: keeping_kinds.Found, query: dict[str, str] | None
) -> dict[str, Any]:
    if isinstance(found, Ranking):
        return kept_ranking(request, report, found, query)
    return _as_index(found, query) if isinstance(found, Board) else _as_table(request, report, found, query)


def _number(found: keeping_kinds.Found) -> str:
    if isinstance(found, Ranking):
        return ranking_number(found.kind)
    return NUMBER if isinstance(found, Board) else found.form.number


def _as_index(found: Board, query: dict[str, str] | None) -> dict[str, Any]:
    return shown_board(found, query) | {"title": found.scheme.name, "unit": "điểm"}


def _as_table(
    request: StaffRequest, report: KeptReport, table: ReportTable, query: dict[str, str] | None
) -> dict[str, Any]:
    """A form: its numbers open the dossiers by the same question. A sum: they open what it was made of, with what came since."""
    about = {"title": table.form.title, "unit": table.form.unit, "scope": scope_line(table)}
    if report.kind == KeptReport.Kind.GATHERED:
        since = moved_on(table, report.agency, today())
        parts = [
            (share, line, since.get(share.agency, ""))
            for share, line in zip(table.shares, table.lines, strict=True)
        ]
        more = [said for pk, said in since.items() if pk not in {share.agency for share in table.shares}]
        shown = shown_sum(request, table, reverse("statistics:kept", args=[report.pk]))
        return shown | about | {"shares": parts, "moved_on": bool(since), "more": more}
    lines = lines_with(table, lambda *_: "") if query is None else shown_lines(table, report.form_code, query)
    return about | {
        "table": table,
        "lines": lines,
        "numbers": head_numbers(table),
        "period": period_line(table),
        "notes": foot_lines(table),
        "opens": query is not None,
    }


def _question(request: StaffRequest, report: KeptReport, found: keeping_kinds.Found) -> dict[str, str] | None:
    """The same question as it stands in an address, to be counted today; None for who may not read the live report."""
    is_sum = report.kind == KeptReport.Kind.GATHERED  # asked of the agency alone: it takes what arrived there
    below = found.form.below if is_sum and isinstance(found, ReportTable) else report.below
    try:
        scope_of(report.agency, request.authority, below=below)
    except NotFound:
        return None
    original = isinstance(found, ReportTable) and ORIGINAL in found.form.columns
    return {
        "agency": str(report.agency_id),
        **({"period": report.period, "basis": report.basis} if report.period else _days(report)),
        **({"below": "on"} if below else {}),
        **({"original": "on"} if original else {}),
        **({"kind": found.kind} if isinstance(found, Ranking) else {}),
    }


def _live(report: KeptReport) -> str:
    """The page that reckons it today."""
    if report.kind == KeptReport.Kind.INDEX:
        return reverse("statistics:index766")
    if report.kind == KeptReport.Kind.RANKING:
        return reverse("statistics:index766_ranking")
    name = "gathered" if report.kind == KeptReport.Kind.GATHERED else "report"
    return reverse(f"statistics:{name}", args=[report.form_code])


def _days(report: KeptReport) -> dict[str, str]:
    return {"start": f"{report.start:%d/%m/%Y}", "end": f"{report.end:%d/%m/%Y}"}


@login_required
@require_safe
def kept_file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """A kept report as a file, of the frozen figures."""
    report = queries.access_kept(request.authority, pk)
    found = keeping_kinds.read(report.kind, report.content)
    mark = f"lan-{report.number}" if report.number > 1 else ""
    if isinstance(found, Board | Ranking):
        return handed_out(write_index(Made(found, report.period, report.basis), kind, mark))
    return file_of(found, kind, mark)


@login_required
@require_safe
def kept_shares(request: StaffRequest, pk: int, figure: str) -> HttpResponse:
    """What each unit had in a number of a sum, as it was frozen. Raises NotFound for a report that is no sum."""
    report = queries.access_kept(request.authority, pk)
    if report.kind != KeptReport.Kind.GATHERED:
        raise NotFound("Báo cáo này không phải báo cáo tổng hợp.")
    back = reverse("statistics:kept", args=[pk])
    context = shares_of(request, load(report.content), figure) | {"back": back, "report": report}
    return render(request, "statistics/gathered_shares.html", context)


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
