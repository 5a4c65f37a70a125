"""Editing a draft: its header, its parts; throwing it away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.agencies.rules.permissions import Permission as P
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.procedures import actions, queries
from motcua.procedures.forms.versions import HINTS, PARTS, HeaderForm, rows_of
from motcua.procedures.queries.diffs import diff_versions, parts_of
from motcua.procedures.queries.sheet import procedure_sheet
from motcua.procedures.queries.versions import open_draft
from motcua.procedures.rules.completeness import check_version
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
def draft(request: StaffRequest, code: str) -> HttpResponse:
    """A draft with its holes and what it changes, each part with its way to edit it."""
    version = open_draft(code)
    sheet = procedure_sheet(version.procedure, version.number, today())
    before = queries.latest_version(version.procedure)
    context = {
        "sheet": sheet,
        "findings": check_version(parts_of(sheet.version), today()),
        "changes": diff_versions(queries.whole(before), sheet.version) if before else (),
        "before": before,
        "parts": [(slug, title) for slug, (_, title, _) in PARTS.items()],
        "may": may(request),
    }
    return render(request, "procedures/draft.html", context)


@form_view(P.CATALOGUE_EDIT, top=True)
def header(request: StaffRequest, code: str) -> HttpResponse:
    """Edit the header of a draft."""
    version = open_draft(code)
    form = HeaderForm.of(version, sent(request))
    if ready(request, form):
        data = form.cleaned_data
        lists = {"levels": [level.pk for level in data["levels"]], "related": data["related"]}
        values = {"header": form.header(), "field": data["field"], **lists}
        if done(request, form, actions.edit_draft, version.pk, **values):
            return went(request, "Đã lưu dự thảo.", "procedures:draft", code)
    return form_page(request, form, f"Sửa dự thảo {code}", back=reverse("procedures:draft", args=[code]))


@form_view(P.CATALOGUE_EDIT, top=True)
def part(request: StaffRequest, code: str, part: str) -> HttpResponse:
    """Edit one list of a draft: channels, papers, results or documents."""
    if part not in PARTS:
        raise NotFound()
    version = open_draft(code)
    name, title, _ = PARTS[part]
    rows = rows_of(part, version, sent(request))
    if ready(request, rows) and done(
        request, rows, actions.edit_draft, version.pk, parts={name: rows.rows()}
    ):
        if "more" in request.POST:
            return went(request, "Đã lưu, thêm dòng trống ở cuối.", "procedures:draft_part", code, part)
        return went(request, "Đã lưu dự thảo.", "procedures:draft", code)
    wrong = request.method == "POST"
    context = {"rows": rows, "title": title, "code": code, "version": version, "hint": HINTS.get(part, "")}
    return render(request, "procedures/part.html", context, status=422 if wrong else 200)


@button
def discard(request: StaffRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    version = open_draft(code)
    number = version.number
    actions.discard_draft(version.pk, actor=request.user, at=now())
    if number == 1:
        return went(request, "Đã hủy dự thảo.", "procedures:list")
    return went(request, "Đã hủy dự thảo.", "procedures:procedure", code)
