"""Reports for programs: CSV with one line of column names, JSON with keys."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

from motcua.core.text import harmless
from motcua.statistics.output.words import flat_titles, leaf_titles
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.layout import Column
from motcua.statistics.rules.tables import UNKNOWN, Cell, Line, ReportTable, Share

BOM = "\ufeff"


def csv_bytes(table: ReportTable) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the letters; numbers plain, shares with a decimal comma."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(flat_titles(table))
    for line in table.all_lines:
        writer.writerow([line.mark, harmless(line.label), *(_plain(cell) for cell in table.cells(line))])
    return (BOM + out.getvalue()).encode()


def _plain(cell: Cell) -> str:
    if cell.value is None:
        return cell.text
    return str(cell.value).replace(".", ",")


def json_bytes(table: ReportTable) -> bytes:
    """The report with its period, scope, moment and form; figures under the keys of the registry."""
    return (json.dumps(as_data(table), ensure_ascii=False, indent=1) + "\n").encode()


def as_data(table: ReportTable) -> dict[str, Any]:
    """The report as plain data."""
    form, window = table.form, table.window
    return {
        "form": {"code": form.code, "number": form.number, "title": form.title, "law": form.law, "certainty": form.certainty},
        "scope": {"agency": table.agency, "code": table.agency_code, "below": table.below},
        "period": {
            "code": table.period, "basis": table.basis, "label": window.label,
            "from": window.start.isoformat(), "to": window.end.isoformat(), "closed": not table.live,
        },
        "generated_at": table.at.isoformat(),
        "columns": _columns(table),
        "rows": [_row(table, line) for line in table.lines],
        "total": _figures(table, table.all_lines[-1]),
        "notes": list(table.notes),
        "broken_identities": list(table.broken),
        **({"sources": [_source(share) for share in table.shares]} if table.shares else {}),
    }  # fmt: skip


def _source(share: Share) -> dict[str, Any]:
    """Which frozen report of a unit was added up; null for who had sent none."""
    found = {"report": share.report, "number": share.number, "hash": share.hash, "sent_on": share.sent_on}
    return {"agency": share.name, **(found if share.report else dict.fromkeys(found))}


def _columns(table: ReportTable) -> list[dict[str, Any]]:
    titles, leaves = leaf_titles(table.form.columns), table.form.leaves
    return [
        {
            "number": number,
            "key": leaf.key or None,
            "title": title,
            "unit": REGISTRY[leaf.key].unit if leaf.key else "",
            "status": _status(leaf),
            "reason": leaf.reason,
        }
        for number, (leaf, title) in enumerate(zip(leaves, titles, strict=True), 3)
    ]


def _status(leaf: Column) -> str:
    if leaf.key or leaf.text:
        return "counted" if leaf.key else "words"
    return UNKNOWN if leaf.reason else "to be written"


def _row(table: ReportTable, line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "mark": line.mark,
        "label": line.label,
        "groups": dict(line.groups),
        "figures": _figures(table, line),
        **({"texts": dict(line.texts)} if line.texts else {}),
        **({"missing": line.missing} if line.missing else {}),
    }


def _figures(table: ReportTable, line: Line) -> dict[str, Any]:
    """Counts as numbers, shares as text of two decimals ("98.35") so that nothing is rounded on the way; null is no share."""
    return {cell.column.key: _value(cell) for cell in table.cells(line) if cell.column.key}


def _value(cell: Cell) -> Any:
    return str(cell.value) if isinstance(cell.value, Decimal) else cell.value
