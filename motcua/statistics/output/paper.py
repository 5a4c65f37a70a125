"""A report on paper: A4 landscape, heading by NĐ 30/2020/NĐ-CP."""

from typing import Any

from motcua.printing.actions import render
from motcua.statistics.output.words import foot_lines, period_line, scope_line
from motcua.statistics.rules.tables import Line, ReportTable


def pdf_bytes(table: ReportTable) -> bytes:
    """The PDF."""
    return render("statistical_report", paper_data(table))


def paper_data(table: ReportTable) -> dict[str, Any]:
    """What the printed form takes."""
    form = table.form
    return {
        "form_title": form.title,
        "form_number": f"{form.number} ({form.law})",
        "agency": table.agency,
        "template_version": f"{form.number} – {form.law}",
        "period": period_line(table),
        "scope": scope_line(table),
        "head": [
            [{"title": c.title, "start": c.start, "columns": c.columns, "rows": c.rows} for c in line]
            for line in form.heading
        ],
        "numbers": list(form.numbers),
        "blanks": [number for number, leaf in enumerate(form.leaves) if leaf.blank],
        "rows": [_row(table, line) for line in table.all_lines],
        "notes": foot_lines(table),
        "maker": {"titles": ["Người lập biểu"], "name": ""},
        "signer": {"titles": ["Thủ trưởng đơn vị"], "name": "", "note": "(Ký, đóng dấu, ghi rõ họ tên)"},
    }


def _row(table: ReportTable, line: Line) -> dict[str, Any]:
    cells = [cell.text for cell in table.cells(line)]
    return {"kind": line.kind.value, "mark": line.mark, "label": line.label, "cells": cells}
