"""The officer's workbench."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.queries import access_agency
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.moments import now
from motcua.core.web import page
from motcua.dossiers import actions
from motcua.dossiers.forms import BatchForm, ColumnsForm, SavedFilterForm
from motcua.dossiers.forms.lists import CAUSE_CHOICES
from motcua.dossiers.queries import Desk, workbench
from motcua.dossiers.queries.talk import unread_by_office
from motcua.dossiers.rules.columns import LABELS
from motcua.dossiers.views.batches import Report, run_tasks
from motcua.dossiers.views.filters import Chosen

# What the optional columns read beside the rest of the row.
EXTRA = {"field": "dossier__field", "office": "dossier__office"}


@login_required
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """Tasks in reach, by tab and filter, the most urgent first."""
    request.authority.require_any(Permission.DOSSIER_VIEW)
    return render(request, "dossiers/inbox.html", _page(request, now()))


def _page(request: StaffRequest, at: datetime, report: Report | None = None) -> dict[str, Any]:
    chosen, who = Chosen(request.GET), (request.authority, request.user)
    days = workbench.days_for(*who, at)
    found = workbench.inbox(*who, chosen.tab.code, chosen.filters, days, at)
    columns = workbench.columns_of(request.user)
    rows = page(request, _with_extra(found, columns).annotate(has_unread=unread_by_office("dossier_id")))
    desk = Desk(request.user, at)
    workbench.with_clock([row.dossier for row in rows], desk)
    for row in rows if chosen.tab.code != "opinion" else ():
        row.is_late = workbench.step_is_late(row, row.dossier, desk)
    return {
        "now": at,
        "tab": chosen.tab,
        "tabs": chosen.tabs(workbench.inbox_counts(*who, days, at)),
        "chosen": chosen.filters,
        "listed": chosen.query,
        "choices": workbench.inbox_choices(*who),
        "page": rows,
        "columns": [(code, LABELS[code]) for code in columns],
        "column_choices": [(code, label, code in columns) for code, label in LABELS.items()],
        "can_assign": request.authority.has(Permission.DOSSIER_ASSIGN),
        "causes": CAUSE_CHOICES[1:],
        "report": report,
    }


def _with_extra(rows: QuerySet[Any], columns: tuple[str, ...]) -> QuerySet[Any]:
    """The rows with what the optional columns read. `select_related()` of nothing would join every table there is."""
    extra = [EXTRA[code] for code in columns if code in EXTRA]
    return rows.select_related(*extra) if extra else rows


@login_required
@require_POST
def batch(request: StaffRequest) -> HttpResponse:
    """One act on every task ticked; what fails is listed by dossier, what succeeds stays done."""
    at = now()
    form = BatchForm(request.POST)
    if form.is_valid():
        report = run_tasks(form.cleaned_data, request.authority, request.user, at)
        return render(request, "dossiers/inbox.html", _page(request, at, report))
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))
    return redirect(f"{reverse('dossiers:inbox')}?{Chosen(request.GET).query}")


@login_required
@require_safe
def officers(request: StaffRequest) -> HttpResponse:
    """Fragment: whom work of one's main agency may be given to."""
    request.authority.require_any(Permission.DOSSIER_ASSIGN)
    agency = access_agency(request.authority.main_agency_id or 0)
    people = workbench.officers_for(request.authority, agency, now())
    return render(request, "dossiers/_officers.html", {"officers": people})


@login_required
@require_safe
def saved_filters(request: StaffRequest) -> HttpResponse:
    """Fragment: the person's saved filters, and a form to keep the present one."""
    kept = Chosen(request.GET).query
    context = {"saved": workbench.saved_filters(request.user), "listed": kept}
    return render(request, "dossiers/_saved.html", context)


@login_required
@require_POST
def columns(request: StaffRequest) -> HttpResponse:
    """Show the ticked columns from now on."""
    form = ColumnsForm(request.POST)
    if form.is_valid():
        actions.choose_columns(form.cleaned_data["columns"], actor=request.user)
        messages.success(request, "Đã lưu các cột của hộp việc.")
    return _to_inbox(request)


def _to_inbox(request: StaffRequest) -> HttpResponse:
    """Back to the inbox as it was filtered."""
    return redirect(f"{reverse('dossiers:inbox')}?{request.POST.get('query', '')[:500]}")


@login_required
@require_POST
def save_filter(request: StaffRequest) -> HttpResponse:
    """Keep the present filter under a name, or drop one."""
    form = SavedFilterForm(request.POST)
    remove = request.POST.get("remove", "")
    if remove.isdecimal() and len(remove) < 18:
        actions.drop_filter(int(remove), actor=request.user)
        messages.success(request, "Đã xóa bộ lọc.")
    elif form.is_valid():
        typed = form.cleaned_data
        actions.keep_filter(typed["name"], typed["query"], actor=request.user)
        messages.success(request, f"Đã lưu bộ lọc “{typed['name']}”.")
    return _to_inbox(request)
