"""A report as plain data that can be kept for years and filled in again exactly, with the form as it was then; what differs
between two of them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.procedures.rules.hours import PARTS_AN_HOUR
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import Column, ReportForm, Rows
from motcua.statistics.rules.tables import Kind, Line, ReportTable, Share
from motcua.statistics.rules.things import THINGS

_IN_HOURS = frozenset(thing.key for thing in THINGS if thing.per == PARTS_AN_HOUR)


def dump(table: ReportTable) -> dict[str, Any]:
    """The table as JSON values; `load` gives an equal one."""
    plain = {
        f.name: getattr(table, f.name)
        for f in fields(table)
        if f.name not in ("form", "window", "lines", "shares")
    }
    return {
        **plain,
        "parts_an_hour": PARTS_AN_HOUR,
        "at": table.at.isoformat(),
        "total": dict(table.total),
        "form": _form_out(table.form),
        "window": [table.window.start.isoformat(), table.window.end.isoformat(), table.window.label],
        "remarks": list(table.remarks),
        "lines": [_line_out(line) for line in table.lines],
        **({"shares": [asdict(share) for share in table.shares]} if table.shares else {}),
    }


def load(data: Mapping[str, Any]) -> ReportTable:
    """The table that `dump` wrote. Reports kept before hours were added up in finer parts hold minutes."""
    start, end, label = data["window"]
    finer = PARTS_AN_HOUR // data.get("parts_an_hour", 60)
    return ReportTable(
        **{
            **{key: value for key, value in data.items() if key != "parts_an_hour"},
            "form": _form_in(data["form"]),
            "window": Window(date.fromisoformat(start), date.fromisoformat(end), label),
            "at": datetime.fromisoformat(data["at"]),
            "remarks": tuple(data.get("remarks", ())),
            "lines": tuple(_line_in(finer, *line) for line in data["lines"]),
            "total": _counts(data["total"], finer),
            "shares": tuple(Share(**share) for share in data.get("shares", ())),
        }
    )


def _line_out(line: Line) -> list[Any]:
    plain = [line.kind.value, line.mark, line.label, dict(line.counts), dict(line.groups)]
    return [*plain, dict(line.texts), line.missing] if line.texts or line.missing else plain


def _counts(kept: Mapping[str, int], finer: int) -> Counter[str]:
    return Counter({key: n * finer if key in _IN_HOURS else n for key, n in kept.items()})


def _line_in(
    finer: int, kind: str, mark: str, label: str, counts: Mapping[str, int], groups: Mapping[str, Any],
    texts: Mapping[str, str] | None = None, missing: str = "",
) -> Line:  # fmt: skip
    return Line(Kind(kind), mark, label, _counts(counts, finer), groups, texts or {}, missing)


def _form_out(form: ReportForm) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(form).items()
    }


def _form_in(data: Mapping[str, Any]) -> ReportForm:
    dates = {
        name: date.fromisoformat(data[name]) if data[name] else None for name in ("valid_from", "valid_to")
    }
    return ReportForm(
        **{**data, **dates, "rows": Rows(data["rows"]), "columns": tuple(_column(c) for c in data["columns"])}
    )


def _column(data: Mapping[str, Any]) -> Column:
    return Column(**{**data, "children": tuple(_column(child) for child in data["children"])})


@dataclass(frozen=True)
class Difference:
    """One figure that two reports of the same period give differently; None where a row is only in one of them."""

    row: str
    column: str
    before: str | None
    after: str | None


Cells = Mapping[tuple[str, str], str]  # by row and column, as people read them


def differences(before: ReportTable, after: ReportTable) -> list[Difference]:
    """What an amendment changes, cell by cell in the order of the later report; then rows that are gone."""
    return compared(cells_of(before), cells_of(after))


def compared(old: Cells, new: Cells) -> list[Difference]:
    """The same of any two tables of cells."""
    keys = [*new, *(key for key in old if key not in new)]
    return [Difference(*key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def cells_of(table: ReportTable) -> dict[tuple[str, str], str]:
    """The cells of a report. Of a gathered one, which report of each unit was added in place of how it was sent: that a unit is
    a day later still is no other figure.
    """
    found = {
        (f"{line.mark} {line.label}".strip(), f"({number}) {cell.column.title}"): cell.text
        for line in table.all_lines
        for number, cell in enumerate(table.cells(line), 3)
        if not (table.shares and cell.column.text)
    }
    for share, line in zip(table.shares, table.lines, strict=False):
        found[f"{line.mark} {line.label}".strip(), "Báo cáo được cộng"] = share_words(share)
    return found


def share_words(share: Share) -> str:
    """Which report of a unit was added: "lần chốt 2, số liệu 3f9a…"."""
    return f"lần chốt {share.number}, mã băm {share.hash[:16]}…" if share.report else "chưa có"


def require_closed(window: Window, today: date) -> None:
    """Raise RuleViolation while the period still runs: only what is over can be frozen."""
    if window.end >= today:
        raise RuleViolation(
            f"Kỳ báo cáo đến hết ngày {window.end:%d-%m-%Y} mới kết thúc. Chốt báo cáo từ ngày hôm sau."
        )


def require_reason(reason: str) -> str:
    """The reason of an amendment. Raises RuleViolation without one."""
    if not reason.strip():
        raise RuleViolation("Ghi lý do điều chỉnh báo cáo.", field="reason")
    return reason.strip()


def require_newest(number: int, times: int, act: str) -> None:
    """Raise RuleViolation, saying where to do the act, for a report that a later freeze has replaced."""
    if number < times:
        raise RuleViolation(f"Báo cáo này đã được điều chỉnh. Mở lần chốt mới nhất rồi {act} ở đó.")


def require_state(state: str, wanted: str, words: str) -> None:
    """Raise RuleViolation unless the report is in the state that the act starts from."""
    if state != wanted:
        raise RuleViolation(words)
