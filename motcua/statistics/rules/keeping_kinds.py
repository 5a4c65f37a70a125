"""What may be frozen, whatever it is: a report of rows and columns (counted, or gathered from units), the index, the ranking by it."""

from collections.abc import Mapping
from typing import Any

from motcua.statistics.rules.index766_board import Board
from motcua.statistics.rules.index766_ranking import Ranking
from motcua.statistics.rules.keeping import Cells, Difference, cells_of, compared, dump, load
from motcua.statistics.rules.keeping_index import cells_of_index, dump_index, load_index
from motcua.statistics.rules.keeping_ranking import cells_of_ranking, dump_ranking, load_ranking
from motcua.statistics.rules.tables import ReportTable

FORM, GATHERED, INDEX, RANKING = "form", "gathered", "index", "ranking"
Found = ReportTable | Board | Ranking


def written(found: Found) -> dict[str, Any]:
    """What is kept of it."""
    if isinstance(found, Ranking):
        return dump_ranking(found)
    return dump_index(found) if isinstance(found, Board) else dump(found)


def read(kind: str, content: Mapping[str, Any]) -> Found:
    """What was kept, filled in again."""
    if kind == RANKING:
        return load_ranking(content)
    return load_index(content) if kind == INDEX else load(content)


def faults_of(found: Found) -> tuple[str, ...]:
    """Why it must not be frozen, in words: sums that do not hold."""
    return found.broken if isinstance(found, ReportTable) else ()


def changes(before: Found, after: Found) -> list[Difference]:
    """What is different in the later one, cell by cell."""
    return compared(_cells(before), _cells(after))


def _cells(found: Found) -> Cells:
    if isinstance(found, Ranking):
        return cells_of_ranking(found)
    return cells_of_index(found) if isinstance(found, Board) else cells_of(found)
