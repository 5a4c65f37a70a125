"""The list, one procedure, its versions and what changed between them."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.agencies.rules.permissions import Permission as P
from motcua.core import web
from motcua.core.moments import now, today
from motcua.procedures import actions, queries
from motcua.procedures.forms.catalogue import ListFilter, NewForm, UnitsForm
from motcua.procedures.queries.diffs import diff_versions
from motcua.procedures.queries.sheet import ProcedureSheet, procedure_sheet
from motcua.procedures.queries.versions import version_by_id, with_channels
from motcua.procedures.views.common import (
    StaffRequest,
    button,
    done,
    form_page,
    form_view,
    may,
    page,
    ready,
    sent,
    went,
)


@page
def listing(request: StaffRequest) -> HttpResponse:
    """The catalogue, filtered; a code that fits exactly opens its procedure."""
    form = ListFilter(request.GET)
    values = form.values()
    if queries.is_code(values["text"]):
        return redirect("procedures:procedure", values["text"].strip())
    rows = with_channels(queries.catalogue_list(day=today(), **values))
    context = {
        "filter": form,
        "page": web.page(request, rows),
        "count": web.count_text(web.count_up_to(rows)),
        "status": values["status"],
        "may": may(request),
    }
    return render(request, "procedures/list.html", context)


@page
def procedure(request: StaffRequest, code: str, number: int | None = None) -> HttpResponse:
    """The legal sheet of a procedure: the version in force today, or the one asked for."""
    found = queries.access_procedure(code)
    sheet = procedure_sheet(found, number, today())
    return render(request, "procedures/procedure.html", {"sheet": sheet, "may": _may_end(request, sheet)})


def _may_end(request: StaffRequest, sheet: ProcedureSheet) -> dict[str, Any]:
    """What the person may do here, with the numbers of the fees and offerings that they may end."""
    held = may(request)
    can = partial(request.authority.can, P.CATALOGUE_EDIT)
    fees = {fee.pk for fee, _ in sheet.fees if (can(fee.area) if fee.area else held["edit"])}
    return held | {"fees": fees, "offerings": {row.pk for row in sheet.offerings if can(row.agency)}}


@page
def compare(request: StaffRequest, code: str, old: int, new: int) -> HttpResponse:
    """What the newer of two versions changed."""
    before, after = (queries.whole(queries.access_version(code, number)) for number in (old, new))
    context = {"before": before, "after": after, "changes": diff_versions(before, after)}
    return render(request, "procedures/compare.html", context)


@form_view(P.CATALOGUE_EDIT, top=True)
def new(request: StaffRequest) -> HttpResponse:
    """A new procedure, as a draft."""
    form = NewForm(sent(request))
    if ready(request, form):
        data = form.cleaned_data
        made = done(
            request,
            form,
            actions.draft_procedure,
            data["code"],
            data["name"],
            data["field"],
            kind=data["kind"],
        )
        if made:
            return went(request, "Đã lập dự thảo.", "procedures:draft", made.procedure.code)
    return form_page(request, form, "Thêm thủ tục", back=reverse("procedures:list"), submit="Lập dự thảo")


@button
def draft(request: StaffRequest, code: str) -> HttpResponse:
    """Begin a draft of the next version."""
    actions.draft_version(code, actor=request.user, at=now())
    return went(request, "Đã lập dự thảo từ phiên bản hiện hành.", "procedures:draft", code)


@page
def units(request: StaffRequest) -> HttpResponse:
    """Limits whose unit nobody has settled."""
    rows = queries.unsettled_limits(today())
    context = {
        "page": web.page(request, rows, 50),
        "count": web.count_text(web.count_up_to(rows)),
        "may": may(request),
    }
    return render(request, "procedures/units.html", context)


@form_view(P.CATALOGUE_EDIT, top=True)
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what the amounts of one version count."""
    version = version_by_id(pk)
    form = UnitsForm(sent(request), rules=[rule for rule in version.channels.all() if not rule.unit])
    if ready(request, form):
        made = done(request, form, actions.settle_units, pk, form.units(), form.cleaned_data["document"])
        if made:
            return went(request, f"Đã xác định đơn vị thời hạn, phiên bản {made.number}.", "procedures:units")
    note = "Nguồn không ghi đơn vị. Đối chiếu văn bản rồi chọn; mỗi lần xác định tạo một phiên bản mới."
    return form_page(
        request, form, f"Đơn vị thời hạn: {version.name}", back=reverse("procedures:units"), note=note
    )
