"""Open data as files: CSV for spreadsheets, JSON for programs. Both say what each column means."""

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from motcua.core.text import harmless
from motcua.statistics.queries.opendata import PublicRow, PublicTable
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.shares import SMALL
from motcua.statistics.rules.suppression import explanations

LICENCE = (
    "Dữ liệu mở của cơ quan nhà nước (Nghị định 47/2020/NĐ-CP): được dùng lại tự do, kể cả cho mục đích kinh doanh, "
    "với điều kiện ghi nguồn và không làm sai lệch số liệu. Số liệu không có dữ liệu cá nhân."
)
# Name of the column in files, and the figure of the registry that defines it.
COLUMNS = (
    ("tiep_nhan", "received_new"),
    ("tiep_nhan_truc_tuyen", "received_online"),
    ("tiep_nhan_truc_tiep_buu_chinh", "received_direct"),
    ("ty_le_truc_tuyen", "online_rate"),
    ("da_giai_quyet", "resolved"),
    ("truoc_han", "resolved_before"),
    ("dung_han", "resolved_on"),
    ("qua_han", "resolved_late"),
    ("ty_le_truoc_han", "before_rate"),
    ("ty_le_truoc_va_dung_han", "on_time_rate"),
    ("cho_tiep_nhan", "waiting"),
    ("dang_qua_han", "open_late"),
)


FEW = "†"
FEW_WORDS = f"tỷ lệ tính trên ít hơn {SMALL} hồ sơ: một hồ sơ làm tỷ lệ thay đổi nhiều"


def values(row: PublicRow) -> list[Any]:
    """The values of a line in the order of the columns."""
    return [
        row.received.total, *row.received.parts, row.online_rate, row.resolved.total, *row.resolved.parts,
        row.before_rate, row.on_time_rate, row.waiting, row.open_late,
    ]  # fmt: skip


def definitions() -> list[dict[str, str]]:
    """What each column means: label, formula in words, unit, law, window, denominator; from the registry."""
    return [
        {
            "column": name, "figure": key, "label": known.label, "formula": known.words, "unit": known.unit, "law": known.law,
            "window": known.window, "denominator": known.whole,
        }
        for name, key in COLUMNS
        for known in [REGISTRY[key].definition]
    ]  # fmt: skip


def marks(table: PublicTable) -> dict[str, str]:
    """The marks that occur in a table, and what they mean."""
    lines = (*table.rows, table.below)
    found = dict(explanations(v for row in lines for v in values(row) if isinstance(v, str)))
    return found | ({FEW: FEW_WORDS} if any(row.little for row in lines) else {})


def little(row: PublicRow) -> list[str]:
    """The columns of a line whose share rests on few dossiers, in order."""
    return [name for name, key in COLUMNS if key in row.little]


def as_csv(table: PublicTable) -> bytes:
    """UTF-8 with a mark for spreadsheets; shares with a point; what has no value is empty. The last column names the shares that
    rest on few dossiers.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["ma", "ten", *(name for name, _ in COLUMNS), "ty_le_tren_it_ho_so"])
    for row in (*table.rows, table.below):
        shown = ("" if v is None else v for v in values(row))
        writer.writerow([harmless(row.code), harmless(row.name), *shown, " ".join(little(row))])
    return "\ufeff".encode() + out.getvalue().encode()


def as_json(table: PublicTable) -> bytes:
    """One object: period, licence, definitions, marks, lines, sum."""
    period = table.period
    data = {
        "title": table.title,
        "period": {"code": period.code, "from": period.start.isoformat(), "to": period.end.isoformat()},
        "licence": LICENCE,
        "definitions": definitions(),
        "marks": marks(table),
        "rows": [_line(row) for row in table.rows],
        "total": _line(table.below),
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _line(row: PublicRow) -> dict[str, Any]:
    shown: Iterable[Any] = (float(v) if isinstance(v, Decimal) else v for v in values(row))
    told = dict(zip((name for name, _ in COLUMNS), shown, strict=True))
    return {"code": row.code, "name": row.name} | told | {"ty_le_tren_it_ho_so": little(row)}


WRITERS = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json")}
