"""A table of figures ready to be printed or opened in a spreadsheet: what stands around it, and its cells."""

from dataclasses import dataclass
from decimal import Decimal

from motcua.statistics.rules.reports import HeadCell
from motcua.statistics.rules.tables import Kind

BOLD = (Kind.SECTION, Kind.TOTAL)


@dataclass(frozen=True)
class Shown:
    """A cell: what people read, and the number behind it (None: words, or nothing). `small`: a share of few, marked by a star."""

    text: str
    value: int | Decimal | None = None
    small: bool = False


@dataclass(frozen=True)
class Row:
    """One row: `mark` stands in column (1), `label` in (2), `cells` in the others."""

    kind: Kind
    mark: str
    label: str
    cells: tuple[Shown, ...]

    @property
    def is_bold(self) -> bool:
        """Whether it sums up others."""
        return self.kind in BOLD


@dataclass(frozen=True)
class Sheet:
    """The table. `code` names it among others, `number` and `law` say what it is; `numbers` are those of the columns; `texts`
    are the columns after (2), from 0, that hold words and need room.
    """

    code: str
    number: str
    law: str
    title: str
    agency: str
    period: str
    scope: str
    unit: str
    head: tuple[tuple[HeadCell, ...], ...]
    numbers: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    texts: tuple[int, ...] = ()

    @property
    def last(self) -> int:
        """The last column, from 0."""
        return len(self.numbers) - 1
