"""Tables of figures of tasks: on the board by officer and by stage, every number with the list behind it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.statistics.queries import Scope
from motcua.statistics.queries.tasks import MOST, Done, Line
from motcua.statistics.rules.figures import REGISTRY, rests_on_few, text

COLUMNS = ("task_ended", "task_before", "task_on", "task_late", "task_on_time_rate", "task_before_rate")
Way = Callable[..., str]


def sees_officers(request: StaffRequest, scope: Scope) -> bool:
    """Whether the person watches over every house of the scope: only then is told how often an officer was in time."""
    houses = set(scope.houses.values())
    return all(request.authority.can(Permission.DOSSIER_SUPERVISE, scope.house(pk)) for pk in houses)


def task_tables(done: Done, way: Way, *, officers: bool) -> list[dict[str, Any]]:
    """The tables that there is something in. `way(figure, **narrowed)` is the address of a list."""
    parts = [("stages", "Việc đã xong theo bước", "Bước", "buoc", done.stages)]
    if officers:
        parts.insert(
            0, ("officers", "Việc đã xong theo cán bộ", "Cán bộ, công chức", "can-bo", done.officers)
        )
    return [
        {"title": title, "head": head, "columns": [REGISTRY[key].heading for key in COLUMNS], "rows": list(_rows(lines, way, name)), "most": MOST if which in done.more else 0, "few": "ít việc"}
        for which, title, head, name, lines in parts
        if lines
    ]  # fmt: skip


def _rows(lines: Iterable[Line], way: Way, name: str) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    for line in lines:
        yield line.name, [_cell(key, line.counts, way(key, **{name: line.key})) for key in COLUMNS]


def _cell(key: str, counts: Counter[str], href: str) -> dict[str, Any]:
    return figure_cell(key, counts, href, late=key == "task_late" and bool(counts[key]))


def figure_cell(key: str, counts: Mapping[str, int], href: str, *, late: bool = False) -> dict[str, Any]:
    """One number of a table: name, text and mark by its definition, and the address of the list behind it."""
    return {
        "figure": key, "text": text(key, counts), "href": href, "label": REGISTRY[key].heading,
        "small": rests_on_few(key, counts), "late": late,
    }  # fmt: skip
