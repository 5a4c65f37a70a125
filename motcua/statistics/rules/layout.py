"""What a report form is made of: columns in a tree, what a row stands for, the heading with its spans, the numbers of columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypedDict, Unpack

from motcua.core.errors import RuleViolation
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.things import Subject


class Rows(StrEnum):
    """What a row of a report stands for."""

    LEVEL_FIELD = "level_field"
    UNIT = "unit"
    FIELD = "field"
    FIELD_PROCEDURE = "field_procedure"
    PLACE = "place"
    OFFICER = "officer"


# The groups that a count must be broken down by to fill such rows.
GROUPS: dict[Rows, tuple[str, ...]] = {
    Rows.LEVEL_FIELD: ("agency", "field"),
    Rows.UNIT: ("agency",),
    Rows.FIELD: ("field",),
    Rows.FIELD_PROCEDURE: ("field", "procedure"),
    Rows.PLACE: ("agency", "place"),
    Rows.OFFICER: ("agency", "officer"),
}
HEADS: dict[Rows, str] = {
    Rows.LEVEL_FIELD: "Lĩnh vực giải quyết",
    Rows.UNIT: "Đơn vị",
    Rows.FIELD: "Lĩnh vực giải quyết",
    Rows.FIELD_PROCEDURE: "Lĩnh vực, thủ tục hành chính",
    Rows.PLACE: "Đơn vị, nơi niêm yết",
    Rows.OFFICER: "Đơn vị, cán bộ, công chức",
}


@dataclass(frozen=True)
class Column:
    """A group of columns, or a leaf: a figure (`key`), words of the row (`text` names them), room to write (`blank`), or what
    cannot be counted yet (`reason`).
    """

    title: str
    key: str = ""
    children: tuple["Column", ...] = ()
    blank: bool = False
    reason: str = ""
    text: str = ""

    @property
    def leaves(self) -> tuple["Column", ...]:
        """The numbered columns below it, itself when it has none."""
        return tuple(leaf for child in self.children for leaf in child.leaves) if self.children else (self,)

    @property
    def depth(self) -> int:
        """How many rows of the heading it takes."""
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True)
class HeadCell:
    """One cell of the heading: where it begins (column from 0) and how many columns and rows it covers."""

    title: str
    start: int
    columns: int
    rows: int


class Changes(TypedDict, total=False):
    """What a form derived from another says in its stead."""

    code: str
    number: str
    title: str
    law: str


@dataclass(frozen=True)
class ReportForm:
    """A form. `code` names it in addresses and commands, `number` on paper; both ends of its validity are included."""

    code: str
    number: str
    title: str
    law: str
    rows: Rows
    columns: tuple[Column, ...]
    valid_from: date = date.min
    valid_to: date = date.max
    below: bool = False  # always counts everything below the agency
    only_with: str = ""  # leaves out rows in which this figure is 0
    certainty: str = ""
    requires: str = ""  # a further permission that reading it takes, beside that to read reports

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The numbered columns after (1) and (2), in order."""
        return tuple(leaf for column in self.columns for leaf in column.leaves)

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that it shows."""
        return tuple(leaf.key for leaf in self.leaves if leaf.key)

    @property
    def subjects(self) -> frozenset[Subject]:
        """What its figures count."""
        return frozenset(REGISTRY[key].subject for key in self.keys)

    @property
    def counts_dossiers(self) -> bool:
        """Whether any figure counts dossiers: the identities and notes of dossiers belong under it then."""
        return Subject.DOSSIER in self.subjects

    @property
    def unit(self) -> str:
        """What the figures are counted in: "hồ sơ", or as each column says."""
        units = {REGISTRY[key].unit for key in self.keys if not REGISTRY[key].is_share}
        return next(iter(units)) if len(units) == 1 else "như tên cột"

    def holds_on(self, day: date) -> bool:
        """Whether it is the form of a period that ends on this day."""
        return self.valid_from <= day <= self.valid_to

    @property
    def numbers(self) -> tuple[str, ...]:
        """The row of column numbers: (1), (2), (3) = (4) + (5) + (6), ..."""
        place = {leaf.key: number for number, leaf in enumerate(self.leaves, 3) if leaf.key}
        return ("(1)", "(2)", *(_numbered(leaf, number, place) for number, leaf in enumerate(self.leaves, 3)))

    @property
    def heading(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The heading, row by row, every cell with its spans."""
        depth = max(column.depth for column in self.columns)
        lines: list[list[HeadCell]] = [[] for _ in range(depth)]
        lines[0] += [HeadCell("STT", 0, 1, depth), HeadCell(HEADS[self.rows], 1, 1, depth)]
        start = 2
        for column in self.columns:
            for line, cell in _cells(column, start, 0, depth):
                lines[line].append(cell)
            start += len(column.leaves)
        return tuple(tuple(line) for line in lines)

    def with_original(self) -> "ReportForm":
        """The form with the counts by the due date given at reception beside those by the present one.

        Raises RuleViolation for a form that counts no dossiers: what it counts was never promised for a day.
        """
        if not self.counts_dossiers:
            raise RuleViolation(
                f"{self.number} không đếm hồ sơ theo hạn trả nên không có số theo hạn trả ban đầu. Bỏ lựa chọn này hoặc chọn biểu khác.",
                field="original",
            )
        return replace(self, columns=(*self.columns, ORIGINAL))

    def with_columns(self, extra: tuple[Column, ...], **changes: Unpack[Changes]) -> "ReportForm":
        """The form with further columns at its end."""
        added = (Column("Chỉ tiêu bổ sung", children=extra),) if extra else ()
        return replace(self, columns=(*self.columns, *added), **changes)


def _cells(column: Column, start: int, line: int, depth: int) -> Iterator[tuple[int, HeadCell]]:
    wide = len(column.leaves)
    yield line, HeadCell(column.title, start, wide, 1 if column.children else depth - line)
    for child in column.children:
        yield from _cells(child, start, line + 1, depth)
        start += len(child.leaves)


def _numbered(leaf: Column, number: int, place: Mapping[str, int]) -> str:
    terms = _terms(leaf.key, place) if leaf.key else []
    return f"({number})" + (" = " + " + ".join(f"({n})" for n in terms) if terms else "")


def _terms(key: str, place: Mapping[str, int]) -> list[int]:
    """The columns that a sum adds up; none when one of its terms has no column here."""
    found: list[int] = []
    for term in REGISTRY[key].sum_of:
        below = [place[term]] if term in place else _terms(term, place)
        if not below:
            return []
        found += below
    return found


def figure_column(key: str, title: str = "") -> Column:
    """A column of a figure; a share says so in its title. Raises RuleViolation for a figure that there is not."""
    if key not in REGISTRY:
        raise RuleViolation("Không có chỉ tiêu này trong từ điển.", field="figure")
    name = title or REGISTRY[key].label
    return Column(f"{name} (%)" if REGISTRY[key].is_share and "%" not in name else name, key)


ORIGINAL = Column("Theo hạn trả ban đầu, không kể tính lại và hẹn lại", children=(
    Column("Đã giải quyết", children=(
        Column("Trước hạn", "original_before"), Column("Đúng hạn", "original_on"), Column("Quá hạn", "original_late"),
    )),
    Column("Đang giải quyết", children=(
        Column("Trong hạn", "original_open_in_time"), Column("Quá hạn", "original_open_late"),
    )),
    Column("Tỷ lệ đúng hạn (%)", children=(
        Column("Hạn ban đầu", "original_on_time_rate"), Column("Hạn hiện nay", "on_time_rate"),
    )),
))  # fmt: skip
