"""The index and the ranking by it as tables for files: heading with its spans, rows of cells, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.statistics.rules.index766 import STATE_WORDS, Group, Line, Sums, plain
from motcua.statistics.rules.index766_board import Board
from motcua.statistics.rules.index766_ranking import Place, Ranking
from motcua.statistics.rules.keeping import share_words
from motcua.statistics.rules.periods import Window
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
SOURCE = "Nguồn số liệu"


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


def ranking_head(
    groups: Sequence[str], trend: str, *, sourced: bool = False
) -> tuple[tuple[HeadCell, ...], ...]:
    """The heading of a ranking: points by group, the totals, the change; where each comes from if it says so."""
    end = 2 + len(groups)
    return (
        (
            HeadCell("Hạng", 0, 1, 2), HeadCell("Cơ quan", 1, 1, 2), HeadCell("Điểm theo nhóm", 2, len(groups), 1),
            HeadCell("Cộng", end, 2, 1), HeadCell("Chỉ số", end + 2, 1, 2), HeadCell(trend, end + 3, 1, 2),
            HeadCell("Xếp loại", end + 4, 1, 2), *([HeadCell(SOURCE, end + 5, 1, 2)] if sourced else []),
        ),
        (
            *(HeadCell(name, 2 + n, 1, 1) for n, name in enumerate(groups)),
            HeadCell("Điểm đạt", end, 1, 1), HeadCell("Trên số tính được", end + 1, 1, 1),
        ),
    )  # fmt: skip


def head_of(ranking: Ranking) -> tuple[tuple[HeadCell, ...], ...]:
    """The heading of this ranking."""
    groups = [group.name for group in ranking.scheme.groups]
    return ranking_head(groups, _before_words(ranking.before), sourced=ranking.sourced)


def ranking_rows(ranking: Ranking) -> tuple[Row, ...]:
    """A row for each place."""
    return tuple(
        Row(Kind.ROW, str(place.rank or "–"), place.agency.name, _place_cells(place, ranking))
        for place in ranking.places
    )


def _place_cells(place: Place, ranking: Ranking) -> tuple[Cell, ...]:
    groups = (group_points(place.lines, group) for group in ranking.scheme.groups)
    sums, source = place.sums, ([source_words(place)] if ranking.sourced else [])
    return (*groups, sums.earned, sums.possible, place.value, place.trend, place.band, *source)


def source_words(place: Place) -> str:
    """From which frozen index a place comes, or that it was reckoned: "Lần chốt 1, mã băm 3f9a…; gửi 03-12-2026"."""
    share = place.share
    said = f"{share_words(share)}; {place.said}" if share and share.report else place.said
    return said[:1].upper() + said[1:]


def group_points(lines: Sequence[Line], group: Group) -> Decimal | None:
    """The points of a group; None when none of its components has any."""
    found = [line.points for line in lines if line.component in group.components and line.points is not None]
    return sum(found, Decimal(0)) if found else None


def _before_words(before: Window | None) -> str:
    return f"So với {before.label}" if before and before.label else "So với kỳ trước"


def texts_of_ranking(ranking: Ranking) -> tuple[int, ...]:
    """Which of its columns hold words and need room."""
    return (len(ranking.scheme.groups) + 5,) if ranking.sourced else ()
