"""The index as a table for files: heading with its spans, rows of cells, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.statistics.rules.index766 import STATE_WORDS, Line, Sums, plain
from motcua.statistics.rules.index766_board import Board
from motcua.statistics.rules.reports import HeadCell
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.rules.tables import Kind

Cell = int | Decimal | str | None


@dataclass(frozen=True)
class Row:
    """One row: `mark` stands in column (1), `label` in (2), `cells` in the others."""

    kind: Kind
    mark: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A table ready to be written. `texts`: which columns after (2), from 0, hold words and need room."""

    title: str
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    texts: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return sum(cell.columns for cell in self.head[0])

    @property
    def titles(self) -> list[str]:
        """The title of every column on one line, with the group that it stands under."""
        return titles_of(self.head)


def titles_of(head: Sequence[Sequence[HeadCell]]) -> list[str]:
    """The title of every column below a heading, each with the group that it stands under."""
    found = [""] * sum(cell.columns for cell in head[0])
    for line in head:
        for cell in line:
            for column in range(cell.start, cell.start + cell.columns):
                found[column] = f"{found[column]}, {cell.title}".lstrip(", ")
    return found


def cell_text(cell: Cell) -> str:
    """A cell as people read it; nothing for what has no value."""
    return "" if cell is None else cell if isinstance(cell, str) else decimal_text(cell)


BOARD_HEAD: tuple[tuple[HeadCell, ...], ...] = (
    (
        HeadCell("Mã", 0, 1, 2), HeadCell("Nhóm, thành phần", 1, 1, 2), HeadCell("Bộ chỉ số", 2, 2, 1),
        HeadCell("Kết quả trong kỳ", 4, 4, 1), HeadCell("Tình trạng", 8, 1, 2),
    ),
    (
        HeadCell("Điểm tối đa", 2, 1, 1), HeadCell("Chỉ tiêu (%)", 3, 1, 1), HeadCell("Tử số", 4, 1, 1),
        HeadCell("Mẫu số", 5, 1, 1), HeadCell("Tỷ lệ (%)", 6, 1, 1), HeadCell("Điểm đạt", 7, 1, 1),
    ),
)  # fmt: skip
BOARD_TEXTS = (6,)


def board_rows(board: Board) -> tuple[Row, ...]:
    """The rows of a board: each group with its sums, its components, the total."""
    rows = []
    for group, lines, sums in board.groups:
        rows.append(Row(Kind.SECTION, group.code, group.name, _sum_cells(sums)))
        rows += [Row(Kind.ROW, line.component.code, line.component.name, _cells(line)) for line in lines]
    return (*rows, Row(Kind.TOTAL, "", "Tổng cộng", _sum_cells(board.sums)))


def _cells(line: Line) -> tuple[Cell, ...]:
    component, ratio = line.component, line.ratio
    counted = (ratio.part, ratio.whole) if ratio and ratio.whole else (None, None)
    rate = f"{cell_text(line.rate)}*" if line.is_small else line.rate
    return (component.points, component.target, *counted, rate, line.points, STATE_WORDS[line.state])


def _sum_cells(sums: Sums) -> tuple[Cell, ...]:
    said = f"trên {plain(sums.possible)} điểm tính được"
    return (sums.points, None, None, None, None, sums.earned if sums.possible else None, said)


def ranking_head(groups: Sequence[str], trend: str) -> tuple[tuple[HeadCell, ...], ...]:
    """The heading of a ranking: points by group, the totals, the change."""
    end = 2 + len(groups)
    return (
        (
            HeadCell("Hạng", 0, 1, 2), HeadCell("Cơ quan", 1, 1, 2), HeadCell("Điểm theo nhóm", 2, len(groups), 1),
            HeadCell("Cộng", end, 2, 1), HeadCell("Chỉ số", end + 2, 1, 2), HeadCell(trend, end + 3, 1, 2),
            HeadCell("Xếp loại", end + 4, 1, 2),
        ),
        (
            *(HeadCell(name, 2 + n, 1, 1) for n, name in enumerate(groups)),
            HeadCell("Điểm đạt", end, 1, 1), HeadCell("Trên số tính được", end + 1, 1, 1),
        ),
    )  # fmt: skip


RANKING_TEXTS: tuple[int, ...] = ()
