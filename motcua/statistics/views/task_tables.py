"""Tables of figures of tasks: on the board by officer and by stage, every number with the list behind it."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.statistics.queries import Scope
from motcua.statistics.queries.tasks import MOST, Done, Line
from motcua.statistics.rules.figures import rests_on_few, text

# Figures of the tables, with names that fit above a column.
COLUMNS = {
    "task_ended": "Việc đã xong",
    "task_before": "Trước hạn",
    "task_on": "Đúng hạn",
    "task_late": "Quá hạn",
    "task_on_time_rate": "Tỷ lệ đúng hạn",
    "task_before_rate": "Tỷ lệ trước hạn",
}
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
        {"title": title, "head": head, "columns": COLUMNS.values(), "rows": list(_rows(lines, way, name)), "most": MOST if which in done.more else 0, "few": "ít việc"}
        for which, title, head, name, lines in parts
        if lines
    ]  # fmt: skip


def _rows(lines: Iterable[Line], way: Way, name: str) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    for line in lines:
        yield line.name, [_cell(key, line.counts, way(key, **{name: line.key})) for key in COLUMNS]


def _cell(key: str, counts: Counter[str], href: str) -> dict[str, Any]:
    return {
        "text": text(key, counts), "href": href, "label": COLUMNS[key], "small": rests_on_few(key, counts),
        "late": key == "task_late" and counts[key],
    }  # fmt: skip
