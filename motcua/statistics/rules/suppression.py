"""Open data without small numbers: what is under five is not told, nor can it be subtracted out of a total.

A table has rows (agencies, procedures), each with blocks: a total and the parts that make it up. Beneath stands the sum of each column.
What is published of it:

1. A block whose total is 1 to 4 is "<5" throughout.
2. A block with a total of 5 or more in which some part is 1 to 4 keeps its total; all its parts are hidden.
3. Where hidden totals would follow from the column's sum, a further row's total is hidden: the least that leaves the others free.
4. Where hidden parts would follow from the sums of rows and columns, further rows hide their parts, the smallest first; when no row
   is left, the column's sums are hidden too.
5. A table below another (the procedures of one agency) hides at least what the row above hides.

The Fréchet bounds of a table with known margins are sharp, so rule 4 can be decided row by row and column by column.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5
SMALL: Final = "<5"
HIDDEN: Final = "*"
MARGIN: Final = 4  # a hidden total may be any of 1 to 4: what hides beside it must be able to move as far
Shown = int | str


@dataclass(frozen=True)
class Block:
    """A total and its parts, of one row."""

    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(self.parts)


@dataclass(frozen=True)
class ShownBlock:
    """A block as it is published."""

    total: Shown
    parts: tuple[Shown, ...]


@dataclass(frozen=True)
class ShownTable:
    """The rows as published, in the order given, and the sums beneath."""

    rows: tuple[ShownBlock, ...]
    below: ShownBlock


def is_small(value: int) -> bool:
    """Whether a count is not to be told: 1 to 4. Nothing at all concerns nobody and is told."""
    return 0 < value < LEAST


def lone(value: int) -> Shown:
    """A count that is part of no sum."""
    return SMALL if is_small(value) else value


def protect(rows: Sequence[Block], above: ShownBlock | None = None) -> ShownTable:
    """The table as it may be published; `above` is the row of the table above that this one breaks down (rule 5)."""
    if not rows:
        return ShownTable((), above or ShownBlock(0, ()))
    width = len(rows[0].parts)
    sums = Block(tuple(sum(row.parts[column] for row in rows) for column in range(width)))
    below = above or _alone(sums)
    if isinstance(below.total, str):
        return ShownTable(tuple(_nothing(row, below.total) for row in rows), below)
    totals = _hidden_totals([row.total for row in rows])
    if totals is None:
        hidden = ShownBlock(HIDDEN, (HIDDEN,) * width)
        return ShownTable(tuple(_nothing(row, HIDDEN) for row in rows), hidden)
    if isinstance(below.parts[0], str):
        return ShownTable(tuple(_row(row, i in totals, True) for i, row in enumerate(rows)), below)
    parts = _hidden_parts(rows, totals)
    return ShownTable(tuple(_row(row, i in totals, i in parts) for i, row in enumerate(rows)), below)


def _alone(block: Block) -> ShownBlock:
    """A block on its own: rules 1 and 2."""
    if is_small(block.total):
        return ShownBlock(SMALL, (SMALL,) * len(block.parts))
    if any(map(is_small, block.parts)):
        return ShownBlock(block.total, (HIDDEN,) * len(block.parts))
    return ShownBlock(block.total, block.parts)


def _nothing(block: Block, mark: str) -> ShownBlock:
    """A row of a table of which nothing is told."""
    return ShownBlock(mark, (mark,) * len(block.parts))


def _row(block: Block, total_hidden: bool, parts_hidden: bool) -> ShownBlock:
    if total_hidden:
        return _nothing(block, SMALL if is_small(block.total) else HIDDEN)
    if parts_hidden and block.total:
        return ShownBlock(block.total, (HIDDEN,) * len(block.parts))
    return ShownBlock(block.total, block.parts)


def _hidden_totals(totals: Sequence[int]) -> set[int] | None:
    """Rows whose total is hidden (rule 3): the small ones, and beside them one that can make up for any of 1 to 4."""
    small = {index for index, total in enumerate(totals) if is_small(total)}
    found = sum(totals[index] for index in small)
    if not small or (len(small) > 1 and all(_free(totals[i], found, len(small)) for i in small)):
        return small
    able = [index for index, total in enumerate(totals) if total >= LEAST + MARGIN]
    return small | {min(able, key=lambda index: totals[index])} if able else None


def _free(value: int, found: int, count: int) -> bool:
    """Whether a count of 1 to 4 may be another one too, when `count` of them make `found`."""
    low = max(1, found - (LEAST - 1) * (count - 1))
    high = min(LEAST - 1, found - (count - 1))
    return low < high


def _hidden_parts(rows: Sequence[Block], totals: set[int]) -> set[int]:
    """Rows whose parts are hidden (rules 2 and 4). All together always hide them: each is under five, while the sum of its column
    and the total of its row, where they are told, are not.
    """
    hidden = totals | {i for i, row in enumerate(rows) if any(map(is_small, row.parts))}
    others = sorted(
        (i for i, row in enumerate(rows) if i not in hidden and row.total), key=lambda i: rows[i].total
    )
    while not _ambiguous([rows[i] for i in sorted(hidden)], [rows[i] for i in sorted(hidden - totals)]):
        hidden.add(others.pop(0))
    return hidden


def _ambiguous(rows: Sequence[Block], told: Sequence[Block]) -> bool:
    """Whether each small part may be another number too, though the sums of columns are known, and in the rows `told` their own.
    A row whose total is hidden moves with the totals hidden beside it.
    """
    columns = [sum(column) for column in zip(*(row.parts for row in rows), strict=True)]
    whole = sum(columns)
    cells = ((row.total, columns[c]) for row in told for c, part in enumerate(row.parts) if is_small(part))
    return all(max(0, across + down - whole) < min(across, down) for across, down in cells)


def share_may_show(block: ShownBlock) -> bool:
    """Whether a share of a part in the total tells nothing more than is told: all of them are told."""
    return not any(isinstance(value, str) for value in (block.total, *block.parts))


def explanations(values: Iterable[Shown]) -> Mapping[str, str]:
    """What the marks that occur mean."""
    words = {
        SMALL: "số dưới 5, không công bố để không nhận ra ai",
        HIDDEN: "không công bố, vì nếu biết thì tính ra được một số dưới 5",
    }
    seen = set(values)
    return {mark: text for mark, text in words.items() if mark in seen}
