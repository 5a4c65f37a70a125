"""The kinds of file that a report is handed out as."""

from collections.abc import Callable
from dataclasses import dataclass

from motcua.core.answers import CSV, PDF, XLSX
from motcua.core.errors import NotFound
from motcua.statistics.output.flat import csv_bytes, json_bytes
from motcua.statistics.output.names import BELOW, GATHERED, file_name
from motcua.statistics.output.paper import pdf_bytes
from motcua.statistics.output.sheets import Row, Sheet, Shown
from motcua.statistics.output.words import foot_lines, period_line, scope_line
from motcua.statistics.output.xlsx import xlsx_bytes
from motcua.statistics.rules.tables import ReportTable

Writer = Callable[[ReportTable], bytes]
KINDS: dict[str, tuple[str, Writer]] = {
    "xlsx": (XLSX, lambda table: xlsx_bytes(sheet_of(table), table.at)),
    "pdf": (PDF, lambda table: pdf_bytes(sheet_of(table))),
    "csv": (CSV, csv_bytes),
    "json": ("application/json", json_bytes),
}
BINARY = frozenset({"xlsx", "pdf"})


@dataclass(frozen=True)
class File:
    """A file made."""

    name: str
    content_type: str
    content: bytes


def sheet_of(table: ReportTable) -> Sheet:
    """A report as it is printed."""
    form = table.form
    return Sheet(
        code=form.code, number=form.number, law=form.law, title=form.title, agency=table.agency, period=period_line(table),
        scope=scope_line(table), unit=form.unit, head=tuple(form.heading), numbers=tuple(form.numbers),
        rows=tuple(
            Row(line.kind, line.mark, line.label, tuple(Shown(cell.text, cell.value, cell.small) for cell in table.cells(line)))
            for line in table.all_lines
        ),
        notes=tuple(foot_lines(table)), texts=tuple(number for number, leaf in enumerate(form.leaves) if leaf.blank),
    )  # fmt: skip


def write(table: ReportTable, kind: str, mark: str = "") -> File:
    """The report as a file of a kind, with a mark in its name. Raises NotFound for a kind that there is not."""
    if kind not in KINDS:
        raise NotFound("Không có dạng tệp này.")
    content_type, writer = KINDS[kind]
    name = file_name(
        kind, table.form.code, table.agency_code, table.window, _reach(table), mark, period=table.period, basis=table.basis
    )  # fmt: skip
    return File(name, content_type, writer(table))


def _reach(table: ReportTable) -> str:
    if table.shares:
        return GATHERED
    return BELOW if table.below and not table.form.below else ""
