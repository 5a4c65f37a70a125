"""A table of figures on paper: A4 landscape, heading by NĐ 30/2020/NĐ-CP."""

from typing import Any

from motcua.printing.actions import render
from motcua.statistics.output.sheets import Row, Sheet


def pdf_bytes(sheet: Sheet) -> bytes:
    """The PDF."""
    return render("statistical_report", paper_data(sheet))


def paper_data(sheet: Sheet) -> dict[str, Any]:
    """What the printed form takes."""
    return {
        "form_title": sheet.title,
        "form_number": f"{sheet.number} ({sheet.law})",
        "agency": sheet.agency,
        "template_version": f"{sheet.number} – {sheet.law}",
        "period": sheet.period,
        "scope": sheet.scope,
        "unit": sheet.unit,
        "head": [
            [{"title": c.title, "start": c.start, "columns": c.columns, "rows": c.rows} for c in line]
            for line in sheet.head
        ],
        "numbers": list(sheet.numbers),
        "blanks": list(sheet.texts),
        "rows": [_row(row) for row in sheet.rows],
        "notes": list(sheet.notes),
        "maker": {"titles": ["Người lập biểu"], "name": ""},
        "signer": {"titles": ["Thủ trưởng đơn vị"], "name": "", "note": "(Ký, đóng dấu, ghi rõ họ tên)"},
    }


def _row(row: Row) -> dict[str, Any]:
    cells = [cell.text for cell in row.cells]
    return {"kind": row.kind.value, "mark": row.mark, "label": row.label, "cells": cells}
