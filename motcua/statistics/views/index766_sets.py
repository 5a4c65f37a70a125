"""The sets of the index: what they say, for everyone who reads reports; changed by who keeps them at the root."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.statistics import actions
from motcua.statistics.forms import IndexBandForm, IndexColoursForm, IndexComponentForm, IndexSetForm
from motcua.statistics.models import IndexSet
from motcua.statistics.queries.index766_sets import (
    access_band,
    access_component,
    access_set,
    may_edit,
    read_set,
    sets_read,
)
from motcua.statistics.rules.index766 import measure_of

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _require_reader(request: StaffRequest) -> None:
    """Raise NotFound unless the person reads reports or keeps templates somewhere."""
    if not any(request.authority.has(p) for p in (Permission.REPORT_READ, Permission.REPORT_TEMPLATE)):
        raise NotFound()


@login_required
@require_safe
def index_sets(request: StaffRequest) -> HttpResponse:
    """All sets, the newest first."""
    _require_reader(request)
    return render(request, "statistics/index_sets.html", {"sets": sets_read(), "today": today()})


@login_required
@require_safe
def index_set(request: StaffRequest, pk: int) -> HttpResponse:
    """One set: groups, components, classes, colours."""
    _require_reader(request)
    found = read_set(pk)
    groups = [
        (group, [(component, measure_of(component.measure)) for component in group.components.all()])
        for group in found.groups.all()
    ]
    total = sum(component.points for _, rows in groups for component, _ in rows)
    context = {"set": found, "groups": groups, "total": total, "may_edit": may_edit(request.authority)}
    return render(request, "statistics/index_set.html", context)


@login_required
@FORM
def index_component(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a component."""
    row = access_component(pk, request.authority)
    start = {name: getattr(row, name) for name in ("name", "points", "target", "certainty", "source")}
    form = IndexComponentForm(request.POST or None, initial=start)
    if _done(request, form, actions.change_component, pk):
        return redirect("statistics:index_set", row.group.index_set_id)
    measure = measure_of(row.measure)
    return _page(request, form, row.group.index_set, f"Thành phần {row.code}", measure=measure)


@login_required
@FORM
def index_band(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a class of the whole."""
    row = access_band(pk, request.authority)
    form = IndexBandForm(
        request.POST or None, initial={"name": row.name, "low": row.low, "source": row.source}
    )
    if _done(request, form, actions.change_band, pk):
        return redirect("statistics:index_set", row.index_set_id)
    return _page(request, form, row.index_set, f"Mức xếp loại {row.name}")


@login_required
@FORM
def index_colours(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct from which share a component is green, yellow."""
    row = access_set(pk, request.authority)
    start = {name: getattr(row, name) for name in ("green_from", "yellow_from", "source")}
    form = IndexColoursForm(request.POST or None, initial=start)
    if _done(request, form, actions.change_set, pk):
        return redirect("statistics:index_set", pk)
    return _page(request, form, row, "Ngưỡng màu")


@login_required
@FORM
def index_set_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin a new set from a day on, at first like this one."""
    row = access_set(pk, request.authority)
    form = IndexSetForm(request.POST or None, initial={"law": row.law, "valid_from": today()})
    if made := _done(
        request, form, actions.begin_set, pk, said="Đã lập bộ chỉ số mới. Sửa các thành phần thay đổi."
    ):
        return redirect("statistics:index_set", made.pk)
    return _page(request, form, row, "Lập bộ chỉ số mới từ bộ này")


def _done(request: StaffRequest, form: Form, act: Any, pk: int, said: str = "Đã lưu.") -> Any:
    """What the act gave; None while the form has faults, or was not sent."""
    if not form.is_valid():
        return None
    made = attempt(form, act, pk, **form.cleaned_data, actor=request.user, at=now())
    if made is not None:
        messages.success(request, said)
    return made


def _page(request: StaffRequest, form: Form, row: IndexSet, title: str, **more: Any) -> HttpResponse:
    context = {"form": form, "set": row, "title": title, **more}
    return render(request, "statistics/index_edit.html", context, status=422 if form.errors else 200)
