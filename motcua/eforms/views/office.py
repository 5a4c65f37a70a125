"""The test dossier: what the office will see of a trial filling. Nothing of it is kept, sent or counted."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from motcua.core.moments import now, today
from motcua.eforms import queries
from motcua.eforms.forms import BindForm
from motcua.eforms.models import FormVersion
from motcua.eforms.rules import answers as rules
from motcua.eforms.rules.schema import Schema
from motcua.eforms.rules.sheets import Point, first_read, sheets
from motcua.eforms.views.common import StaffRequest, form_view
from motcua.eforms.views.trial import TRIAL, carried, signed

# At the counter the reasons are rows of the office; here one stands for them.
REASONS = ({"code": "thu", "name": "(các lý do trong danh mục của cơ quan)"},)


@form_view
def office(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The answers as the check page shows them, each to be pointed at; the papers of the procedure; the printed form."""
    version = queries.access_version(code, number)
    schema, faults = queries.draft_schema(version)
    if faults:
        return render(request, "eforms/trial_faults.html", {"version": version, "faults": faults})
    page = {
        "version": version,
        "schema": schema,
        "mark": TRIAL,
        "reasons": REASONS,
        **_answers(schema, carried(request)),
        **_papers(request, version),
    }
    return render(request, "eforms/trial_office.html", page)


def _answers(schema: Schema, given: dict[str, Any]) -> dict[str, Any]:
    context = queries.context(now())
    errors = rules.check_all(schema, given, context)
    return {
        "sheets": sheets(schema, first_read(rules.summary(schema, given, context)), Point),
        "faults": [(schema.field_at(path), message) for path, message in errors.items()],
        "carried": signed(given),
    }


def _papers(request: StaffRequest, version: FormVersion) -> dict[str, Any]:
    """The papers of the procedure that was chosen on the page, else of the one that the form is bound to."""
    bound = queries.latest_binding(version.form)
    paper = bound.paper.position if bound and bound.paper else ""
    first = {"procedure": bound.version.procedure.code, "paper": str(paper)} if bound else None
    chosen = request.POST if "procedure" in request.POST else first
    form = BindForm(chosen, version_of=lambda text: queries.procedure_version_to_bind(text, today()))
    if not (form.is_bound and form.is_valid() and form.version):
        return {"form": form, "procedure": None, "papers": []}
    replaced = form.cleaned_data["paper_id"]
    rows = [
        (one, one.pk == replaced, Point(f"p-{one.pk}", one.name))
        for one in queries.papers_asked(form.version)
    ]
    return {"form": form, "procedure": form.version, "papers": rows}
