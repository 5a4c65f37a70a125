"""What the pages of reports share: what was asked for, the table, addresses of what is behind a number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from motcua.agencies.queries import access_agency
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, now
from motcua.statistics.forms import ReportChoice
from motcua.statistics.output import KINDS, write
from motcua.statistics.queries import Scope, build, scope_of
from motcua.statistics.queries.reading import first_choice, readable_agencies
from motcua.statistics.queries.templates import find_form
from motcua.statistics.rules.periods import containing
from motcua.statistics.rules.reports import ReportForm
from motcua.statistics.rules.tables import Line, ReportTable

# A row's groups as they stand in an address; the scope's own agency is "agency".
ROW = {"level": "row_level", "agency": "row_agency", "field": "row_field", "procedure": "row_procedure"}


@dataclass(frozen=True)
class Asked:
    """A report as somebody asked for it; `form` and `scope` are None while what was asked has faults."""

    code: str
    choice: ReportChoice
    form: ReportForm | None
    scope: Scope | None
    at: datetime

    def required(self) -> tuple[ReportForm, Scope]:
        """Form and scope. Raises RuleViolation with what is wrong."""
        if self.form is None or self.scope is None:
            faults = [str(fault) for faults in self.choice.errors.values() for fault in faults]
            raise RuleViolation(" ".join(faults) or "Chọn lại cơ quan và kỳ báo cáo.")
        return self.form, self.scope

    @cached_property
    def table(self) -> ReportTable:
        """The report. Raises RuleViolation with what is wrong with the question."""
        form, scope = self.required()
        choice = self.choice
        basis = choice.cleaned_data["basis"] if choice.period_code else ""
        return build(form, scope, choice.window, self.at, period=choice.period_code, basis=basis)

    @property
    def query(self) -> dict[str, str]:
        """The question as it stands in an address."""
        return {
            name: value for name in self.choice.fields if (value := str(self.choice.data.get(name) or ""))
        }


def ask(request: StaffRequest, code: str) -> Asked:
    """What the address asks for; what it leaves out is the running quarter of the person's own agency.

    Raises NotFound for an agency whose reports the person may not read, and for a form that there is not.
    """
    at = now()
    agencies = readable_agencies(request.authority)
    chosen, below = first_choice(agencies, request.authority)
    day = legal_date(at)
    start = {"agency": str(chosen.pk), "period": containing(day).code, "basis": "law"}
    given = request.GET.dict() or ({"below": "on"} if below else {})
    choice = ReportChoice({**start, **given}, agencies=agencies, day=day)
    if not choice.is_valid():
        return Asked(code, choice, None, None, at)
    values = choice.cleaned_data
    scope = scope_of(access_agency(values["agency"]), request.authority, below=values["below"])
    form = attempt(choice, find_form, code, scope.agency, choice.window.end)
    if form and form.below and not scope.below:
        scope = scope_of(scope.agency, request.authority, below=True)
    return Asked(code, choice, form, scope, at)


def shown_lines(asked: Asked) -> Iterator[dict[str, Any]]:
    """The rows for the page: every number with the address of the dossiers behind it."""
    table = asked.table
    base = urlencode(asked.query)
    paths = {key: reverse("statistics:dossiers", args=[asked.code, key]) for key in table.form.keys}
    for line in table.all_lines:
        row = _row_query(line)
        cells = [
            {"text": cell.text, "href": f"{paths[cell.column.key]}?{base}{row}" if cell.opens else "", "title": cell.column.title}
            for cell in table.cells(line)
        ]  # fmt: skip
        yield {"kind": line.kind.value, "mark": line.mark, "label": line.label, "cells": cells}


def file_of(table: ReportTable, kind: str) -> HttpResponse:
    """A report as a file; a PDF opens in the browser. Reports hold no personal data. Raises NotFound for another kind."""
    if kind not in KINDS:
        raise NotFound("Không có dạng tệp này.")
    made = write(table, kind)
    shown = "inline" if kind == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{made.name}"', "Cache-Control": "no-store"}
    return HttpResponse(made.content, content_type=made.content_type, headers=headers)


def head_numbers(table: ReportTable) -> list[tuple[str, str]]:
    """The row of column numbers, each with the figure that it leads to."""
    return list(zip(table.form.numbers, ("", "", *(leaf.key for leaf in table.form.leaves)), strict=True))


def still_lines(table: ReportTable) -> Iterator[dict[str, Any]]:
    """The rows of a kept report: numbers that stand for what was frozen, and open nothing."""
    for line in table.all_lines:
        cells = [{"text": cell.text, "href": ""} for cell in table.cells(line)]
        yield {"kind": line.kind.value, "mark": line.mark, "label": line.label, "cells": cells}


def _row_query(line: Line) -> str:
    return "".join(f"&{ROW[name]}={value}" for name, value in line.groups.items())


def row_groups(request: StaffRequest) -> dict[str, int | str]:
    """The groups of a row as the address gives them. Raises NotFound for what is no number."""
    found: dict[str, int | str] = {}
    for name, key in ROW.items():
        if key not in request.GET:
            continue
        text = request.GET[key]
        if name != "level" and not (text.isdecimal() and len(text) < 10):
            raise NotFound("Không có dòng này trong báo cáo.")
        found[name] = text if name == "level" else int(text)
    return found


def require_reader(request: StaffRequest) -> None:
    """Raise NotFound unless the person may read reports somewhere."""
    request.authority.require_any(Permission.REPORT_READ)
