"""A report filled in: its rows with counts, from which every output takes the same cells."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from motcua.statistics.rules.figures import REGISTRY, broken_identities, number, value
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import Column, ReportForm, Rows
from motcua.statistics.rules.shares import decimal_text, is_small

UNKNOWN = "chưa tính được"
POINTS = 10  # figures kept in tenths are points
Number = int | Decimal | None


class Kind(StrEnum):
    """What a row is."""

    SECTION = "section"
    ROW = "row"
    DETAIL = "detail"
    TOTAL = "total"


@dataclass(frozen=True)
class Cell:
    """One cell: the value (None: nothing to show as a number), its text, and whether a share rests on few dossiers."""

    column: Column
    value: Number
    text: str
    small: bool = False

    @property
    def opens(self) -> bool:
        """Whether something stands behind it; behind a point of nought as well: it is what one wants to see."""
        if not self.column.key or self.value is None:
            return False
        return bool(self.value) or REGISTRY[self.column.key].per == POINTS


@dataclass(frozen=True)
class Line:
    """One row. `groups` narrows the dossiers behind its figures as the row does, e.g. {"field": 3}; `texts` fills columns of
    words; `missing` says why it has no figures at all: its cells show that, never a nought.
    """

    kind: Kind
    mark: str
    label: str
    counts: Counter[str]
    groups: Mapping[str, int | str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""


@dataclass(frozen=True)
class Share:
    """What a row of a gathered table was taken from: a unit (its id) and which of its frozen reports (None: it had none) with
    the number of that freeze, the hash of its figures and the day on which it was sent ("" for one's own, never sent).
    """

    agency: int
    name: str
    report: int | None = None
    number: int = 0
    hash: str = ""
    sent_on: str = ""


@dataclass(frozen=True)
class ReportTable:
    """A report. `at` is when it was counted (aware, UTC); `live` says that its period was still running then."""

    form: ReportForm
    agency: str
    agency_code: str
    below: bool
    window: Window
    period: str
    basis: str
    at: datetime
    live: bool
    lines: tuple[Line, ...]
    total: Counter[str]
    remarks: tuple[str, ...] = ()  # further notes of whoever filled it in
    shares: tuple[Share, ...] = ()  # of a gathered table: one for each of its lines

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        """The rows, then the total: without figures when no row has any."""
        why = self.lines[0].missing if self.lines and all(line.missing for line in self.lines) else ""
        return (*self.lines, Line(Kind.TOTAL, "", "Tổng cộng", self.total, missing=why))

    def cells(self, line: Line) -> tuple[Cell, ...]:
        """The numbered cells of a row, from column (3)."""
        return tuple(cell_of(column, line) for column in self.form.leaves)

    @cached_property
    def broken(self) -> tuple[str, ...]:
        """The identities that a row or the total breaks, in words; none for any lawful history."""
        return tuple(
            f"{line.label}: {said}" for line in self.all_lines for said in broken_identities(line.counts)
        )

    @cached_property
    def has_small(self) -> bool:
        """Whether a share in it rests on few dossiers."""
        return any(cell.small for line in self.all_lines for cell in self.cells(line))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What stands under the table: who is outside it and why the sum still holds, what could not be counted."""
        balanced = self.form.counts_dossiers and not self.all_lines[-1].missing
        found = [_balance(self.total), _outside(self.total)] if balanced else []
        found += list(self.remarks)
        found += unknown_notes(self.form)
        if self.form.rows is Rows.FIELD_PROCEDURE:
            found.append(f"Đang giải quyết quá hạn cuối kỳ, chưa ghi nguyên nhân: {_n('open_late', self.total)} hồ sơ.")  # fmt: skip
        if self.has_small:
            found.append("Dấu * sau tỷ lệ: tính trên dưới 30 hồ sơ, chưa đủ để so sánh.")
        return tuple(found)


def cell_of(column: Column, line: Line) -> Cell:
    """What a column says of a row."""
    if column.text:
        return Cell(column, None, line.texts.get(column.text, ""))
    if line.missing and column.key:
        return Cell(column, None, line.missing)
    if not column.key:
        return Cell(column, None, UNKNOWN if column.reason else "")
    counts = line.counts
    found, share = value(column.key, counts), REGISTRY[column.key].share_of
    small = bool(share) and is_small(number(share[1], counts)) if share else False
    return Cell(column, found, decimal_text(found) + ("*" if small else ""), small)


def unknown_notes(form: ReportForm) -> list[str]:
    """Why columns cannot be counted, each reason once with the numbers of its columns: "Cột (3), (4): chưa tính được; ..."."""
    found: dict[str, list[str]] = {}
    for position, leaf in enumerate(form.leaves, 3):
        if leaf.reason and not leaf.key:
            found.setdefault(leaf.reason, []).append(f"({position})")
    return [f"Cột {', '.join(where)}: {UNKNOWN}; {reason}." for reason, where in found.items()]


def _n(key: str, counts: Counter[str]) -> str:
    return decimal_text(number(key, counts))


def _balance(total: Counter[str]) -> str:
    """Why received is more than resolved and open."""
    return (
        f"Tổng số tiếp nhận {_n('received', total)} = đã giải quyết {_n('resolved', total)} + đang giải quyết "
        f"{_n('open', total)} + dừng giải quyết {_n('stopped', total)} + rút hồ sơ {_n('withdrawn', total)}."
    )


def _outside(total: Counter[str]) -> str:
    return (
        f"Ngoài số tiếp nhận: không tiếp nhận {_n('not_accepted', total)}, chờ tiếp nhận cuối kỳ {_n('waiting', total)}. "
        f"Trong số đã giải quyết có {_n('refused', total)} hồ sơ từ chối giải quyết."
    )
