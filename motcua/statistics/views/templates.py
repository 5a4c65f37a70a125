"""Report templates of one's own: the list, a new one, its columns, its end."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.models import Agency
from motcua.agencies.queries import agencies_at
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.moments import legal_date, now, today
from motcua.statistics import actions
from motcua.statistics.forms import ColumnForm, EndForm, TemplateForm
from motcua.statistics.models import ReportTemplate
from motcua.statistics.queries.templates import access_template, derived, templates_kept
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.reports import form_on

FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """Templates that the person may change."""
    request.authority.require_any(Permission.REPORT_TEMPLATE)
    context = {"templates": templates_kept(request.authority), "today": today()}
    return render(request, "statistics/templates.html", context)


@login_required
@FORM
def create(request: StaffRequest) -> HttpResponse:
    """Derive a template from a shipped form."""
    request.authority.require_any(Permission.REPORT_TEMPLATE)
    at = now()
    form = TemplateForm(
        request.POST or None,
        agencies=_agencies(request, at),
        day=legal_date(at),
        initial={"valid_from": legal_date(at), "agency": request.authority.main_agency_id},
    )
    if form.is_valid():
        made = attempt(form, actions.create_template, **form.cleaned_data, actor=request.user, at=at)
        if made:
            messages.success(request, "Đã lập mẫu. Thêm các cột cần có.")
            return redirect("statistics:template", made.pk)
    status = 422 if form.errors else 200
    return render(request, "statistics/template_new.html", {"form": form}, status=status)


def _agencies(request: StaffRequest, at: datetime) -> QuerySet[Agency]:
    rows = agencies_at(legal_date(at)).exclude(kind=Agency.Kind.DIVISION)
    return rows.filter(request.authority.where(Permission.REPORT_TEMPLATE)).order_by("path")


@login_required
@FORM
def template(request: StaffRequest, pk: int) -> HttpResponse:
    """One template with its columns; a form for one more."""
    at = now()
    found = access_template(pk, request.authority)
    known = derived(found, _day(found, at)).keys
    form = ColumnForm(request.POST or None, known=known)
    if form.is_valid():
        added = attempt(form, actions.add_column, pk, **form.cleaned_data, actor=request.user, at=at)
        if added:
            messages.success(request, "Đã thêm cột.")
            return redirect("statistics:template", pk)
    return _page(request, found, form, EndForm(initial={"last_day": legal_date(at)}), at)


def _day(found: ReportTemplate, at: datetime) -> date:
    """A day on which the template holds, as near to today as there is."""
    day = max(legal_date(at), found.valid_from)
    return min(day, found.valid_to) if found.valid_to else day


def _page(
    request: StaffRequest, found: ReportTemplate, form: ColumnForm, end: EndForm, at: datetime
) -> HttpResponse:
    columns = [(column, REGISTRY[column.figure]) for column in found.columns.all()]
    context = {
        "template": found,
        "base": form_on(found.base, _day(found, at)),
        "columns": columns,
        "form": form,
        "end": end,
        "ended": bool(found.valid_to and found.valid_to < legal_date(at)),
    }
    status = 422 if form.errors or end.errors else 200
    return render(request, "statistics/template.html", context, status=status)


@login_required
@require_POST
def remove_column(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a column out."""
    found = actions.remove_column(pk, actor=request.user, at=now())
    messages.success(request, "Đã bỏ cột.")
    return redirect("statistics:template", found.pk)


@login_required
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the last day of a template."""
    at = now()
    found = access_template(pk, request.authority)
    form = EndForm(request.POST)
    if form.is_valid():
        ended = attempt(form, actions.end_template, pk, **form.cleaned_data, actor=request.user, at=at)
        if ended:
            messages.success(request, "Đã đặt ngày cuối cùng.")
            return redirect("statistics:template", pk)
    known = derived(found, _day(found, at)).keys
    return _page(request, found, ColumnForm(known=known), form, at)
