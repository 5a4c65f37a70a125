"""The kinds of file that a report is handed out as."""

from collections.abc import Callable
from dataclasses import dataclass

from motcua.core.errors import NotFound
from motcua.statistics.output.flat import csv_bytes, json_bytes
from motcua.statistics.output.paper import pdf_bytes
from motcua.statistics.output.xlsx import xlsx_bytes
from motcua.statistics.rules.tables import ReportTable

Writer = Callable[[ReportTable], bytes]
KINDS: dict[str, tuple[str, Writer]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_bytes),
    "pdf": ("application/pdf", pdf_bytes),
    "csv": ("text/csv; charset=utf-8", csv_bytes),
    "json": ("application/json", json_bytes),
}
BINARY = frozenset({"xlsx", "pdf"})


@dataclass(frozen=True)
class File:
    """A file made."""

    name: str
    content_type: str
    content: bytes


def write(table: ReportTable, kind: str) -> File:
    """The report as a file of a kind. Raises NotFound for a kind that there is not."""
    if kind not in KINDS:
        raise NotFound("Không có dạng tệp này.")
    content_type, writer = KINDS[kind]
    days = table.period or f"{table.window.start:%Y%m%d}-{table.window.end:%Y%m%d}"
    name = "-".join(part for part in (table.form.code, table.agency_code.replace(".", ""), days) if part)
    return File(f"{name}.{kind}".lower(), content_type, writer(table))
