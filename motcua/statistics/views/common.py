"""What the pages of reports share: what was asked for, the table, addresses of what is behind a number."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.answers import PDF, file_answer, pdf_answer
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound, RuleViolation
from motcua.statistics import replica
from motcua.statistics.forms import ReportChoice
from motcua.statistics.output import File, write
from motcua.statistics.queries import Scope, build, scope_of
from motcua.statistics.queries.templates import find_form
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.reports import ReportForm
from motcua.statistics.rules.tables import Line, ReportTable
from motcua.statistics.rules.things import Subject
from motcua.statistics.views.asking import Question, question

# A row's groups as they stand in an address; the scope's own agency is "agency".
ROW = {
    "level": "row_level", "agency": "row_agency", "field": "row_field", "procedure": "row_procedure", "place": "row_place",
    "officer": "row_officer",
}  # fmt: skip


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
        days, code = choice.window, choice.period_code
        return replica.read(lambda: build(form, scope, days, self.at, period=code, basis=basis))

    @property
    def query(self) -> dict[str, str]:
        """The question as it stands in an address."""
        return Question(self.choice, self.scope, self.at).query


def ask(request: StaffRequest, code: str) -> Asked:
    """What the address asks for; what it leaves out is the running quarter of the person's own agency.

    Raises NotFound for an agency whose reports the person may not read, and for a form that there is not.
    """
    found = question(request)
    choice, scope, at = found.choice, found.scope, found.at
    if scope is None:
        return Asked(code, choice, None, None, at)
    form = attempt(choice, find_form, code, scope.agency, choice.window.end)
    if form and choice.cleaned_data["original"]:
        form = attempt(choice, form.with_original)
    if form and form.requires:
        _require_all(request, form.requires, scope)
    if form and form.below and not scope.below:
        scope = scope_of(scope.agency, request.authority, below=True)
    return Asked(code, choice, form, scope, at)


def _require_all(request: StaffRequest, permission: str, scope: Scope) -> None:
    """Raise NotFound unless the permission is held in every house of the scope."""
    for pk in set(scope.houses.values()):
        request.authority.require(permission, scope.house(pk))


def shown_lines(table: ReportTable, code: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The rows for the page: every number with the address of the dossiers behind it. `code` and `query` are the report as it
    stands in an address.
    """
    base = urlencode(query)
    paths = {key: reverse(_list_of(key), args=[code, key]) for key in table.form.keys}
    yield from lines_with(table, lambda line, key: f"{paths[key]}?{base}{_row_query(line)}")


def lines_with(table: ReportTable, href: Callable[[Line, str], str]) -> Iterator[dict[str, Any]]:
    """The rows for the page; `href` says where the number of a row and a figure leads, if anything is behind it."""
    for line in table.all_lines:
        cells = [
            {
                "text": cell.text,
                "figure": cell.column.key,
                "href": href(line, cell.column.key) if cell.opens else "",
                "title": cell.column.title,
            }
            for cell in table.cells(line)
        ]
        yield {"kind": line.kind.value, "mark": line.mark, "label": line.label, "cells": cells}


def _list_of(key: str) -> str:
    """The page that lists what a figure counts."""
    of_dossiers = REGISTRY[key].subject is Subject.DOSSIER
    return "statistics:dossiers" if of_dossiers else "statistics:things"


def file_of(table: ReportTable, kind: str, mark: str = "") -> HttpResponse:
    """A report as a file, with a mark in its name. Reports hold no personal data. Raises NotFound for a kind that there is not."""
    return handed_out(write(table, kind, mark))


def handed_out(made: File) -> HttpResponse:
    """A file of figures: a PDF opens in the browser, others are kept."""
    if made.content_type == PDF:
        return pdf_answer(made.content, made.name.removesuffix(".pdf"))
    return file_answer(made.content, made.name, made.content_type)


def head_numbers(table: ReportTable) -> list[tuple[str, str]]:
    """The row of column numbers, each with the figure that it leads to."""
    return list(zip(table.form.numbers, ("", "", *(leaf.key for leaf in table.form.leaves)), strict=True))


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
