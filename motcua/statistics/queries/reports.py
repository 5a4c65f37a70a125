"""Reports filled in: one count by the groups of the form's rows, then names; as many statements for ten rows as for ten thousand."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Protocol

from motcua.agencies.models import Agency
from motcua.core.text import sort_key
from motcua.procedures.models import Field, ProcedureVersion
from motcua.statistics.queries import points
from motcua.statistics.queries.counting import Cell, count, total
from motcua.statistics.queries.reports_things import add_things, by_place, complete, things_of
from motcua.statistics.queries.scopes import Scope, is_by_minute
from motcua.statistics.queries.things import Fact, Look, facts
from motcua.statistics.rules.figures import number, required_tests
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import GROUPS, ReportForm, Rows
from motcua.statistics.rules.tables import Kind, Line, ReportTable
from motcua.statistics.rules.things import Subject

# Levels of government as the sections of II.06a number them.
SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("province", "I", "Thủ tục hành chính thuộc thẩm quyền giải quyết của cấp tỉnh"),
    ("district", "II", "Thủ tục hành chính thuộc thẩm quyền giải quyết của cấp huyện"),
    ("commune", "III", "Thủ tục hành chính thuộc thẩm quyền giải quyết của cấp xã"),
    ("", "IV", "Thủ tục hành chính thuộc thẩm quyền giải quyết của cơ quan khác"),
)
# Counted for every report, whatever its columns: what the identities and the notes say.
ALWAYS: tuple[str, ...] = (
    "received", "resolved", "open", "stopped", "withdrawn", "not_accepted", "waiting", "refused",
    "late_a", "late_b", "late_c", "late_d",
)  # fmt: skip


def build(
    form: ReportForm, scope: Scope, window: Window, at: datetime, *, period: str = "", basis: str = ""
) -> ReportTable:
    """The report as it stood when the window closed (or stands at `at`, while it runs).

    `period` and `basis` are the code and kind of the window's period, kept for whoever reads the file; "" for free dates.
    """
    scope = Scope(scope.agency, below=True) if form.below and not scope.below else scope
    look, wanted = Look(scope, window, at), things_of(form)
    if own := _OWN.get(Subject.POINT if Subject.POINT in form.subjects else form.rows):
        lines, whole, found = own(form, look, wanted)
        return complete(_table(form, look, lines, whole, period, basis), found, wanted)
    by, by_minute = GROUPS[form.rows], is_by_minute(scope.agency, window.end)
    tests = tests_of(form) if form.counts_dossiers else ()
    cells = count(scope, window, at=at, by=by, tests=tests, by_minute=by_minute) if tests else {}
    found = facts(wanted, look) if wanted else []
    cells = add_things(cells, found, by, wanted)
    table = fill(form, scope, window, at, cells, Names(), period=period, basis=basis)
    return complete(table, found, wanted) if wanted else table


def _of_places(
    form: ReportForm, look: Look, wanted: tuple[str, ...]
) -> tuple[tuple[Line, ...], Counter[str], list[Fact]]:
    lines, found = by_place(look, wanted)
    return lines, Counter(), found


def _of_points(
    form: ReportForm, look: Look, wanted: tuple[str, ...]
) -> tuple[tuple[Line, ...], Counter[str], list[Fact]]:
    return *points.lines(form, look), []


_OWN = {Rows.PLACE: _of_places, Subject.POINT: _of_points}


def _table(
    form: ReportForm, look: Look, lines: tuple[Line, ...], whole: Counter[str], period: str, basis: str
) -> ReportTable:
    agency, live = look.scope.agency, look.bounds.live
    return ReportTable(
        form, agency.name, agency.code, look.scope.below, look.window, period, basis, look.at, live, lines, whole
    )  # fmt: skip


def tests_of(form: ReportForm) -> tuple[str, ...]:
    """What must be counted to fill a form and to say what stands under it."""
    return required_tests((*form.keys, *ALWAYS, form.only_with) if form.only_with else (*form.keys, *ALWAYS))


def fill(
    form: ReportForm, scope: Scope, window: Window, at: datetime, cells: dict[tuple[int, ...], Cell], names: "Naming", *,
    period: str = "", basis: str = "",
) -> ReportTable:  # fmt: skip
    """The report from its counts, wherever they were counted; `names` says what its rows are called."""
    whole = total(cells.values())
    shown = {key: c for key, c in cells.items() if not form.only_with or number(form.only_with, c.counts)}
    lines = tuple(_LINES[form.rows](shown, scope, window, names))
    return _table(form, Look(scope, window, at), lines, whole, period, basis)


class Naming(Protocol):
    """What rows of reports are called."""

    def fields(self, ids: Iterable[int]) -> dict[int, str]:
        """The names of fields."""

    def procedures(self, ids: set[int], window: Window) -> dict[int, str]:
        """The name that each procedure had at the end of the window, else its first one."""


class Names:
    """The names as the database has them."""

    def fields(self, ids: Iterable[int]) -> dict[int, str]:
        """The names of fields."""
        return dict(Field.objects.filter(pk__in=set(ids)).values_list("pk", "name"))

    def procedures(self, ids: set[int], window: Window) -> dict[int, str]:
        """The name that each procedure had at the end of the window, else its first one."""
        rows = (
            ProcedureVersion.objects.filter(procedure_id__in=ids).exclude(status="draft").order_by("number")
        )
        return names_then(rows.values_list("procedure_id", "name", "valid_from"), window)


def names_then(versions: Iterable[tuple[int, str, date | None]], window: Window) -> dict[int, str]:
    """Of versions (procedure, name, valid from) in order the name at the end of the window, else the first one."""
    found: dict[int, str] = {}
    for pk, name, since in versions:
        if pk not in found or since is None or since <= window.end:
            found[pk] = name
    return found


def _by_level(
    cells: dict[tuple[int, ...], Cell], scope: Scope, window: Window, names: Naming
) -> Iterator[Line]:
    fields = names.fields(pk for _, pk in cells)
    levels: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (house, pk), cell in cells.items():
        levels[scope.level_of(house)][pk].update(cell.counts)
    for code, mark, title in SECTIONS:
        if not (rows := levels.get(code)):
            continue
        whole: Counter[str] = Counter()
        for counts in rows.values():
            whole.update(counts)
        yield Line(Kind.SECTION, mark, title, whole, {"level": code})
        for position, pk in enumerate(sorted(rows, key=lambda pk: sort_key(fields[pk])), 1):
            yield Line(Kind.ROW, str(position), fields[pk], rows[pk], {"level": code, "field": pk})


def _by_unit(
    cells: dict[tuple[int, ...], Cell], scope: Scope, window: Window, names: Naming
) -> Iterator[Line]:
    """Every unit that existed in the window, also one without dossiers: nought was counted there."""
    there = [a for pk, a in scope.agencies.items() if scope.houses[pk] == pk and _existed(a, window)]
    found = {pk for (pk,) in cells} | {a.pk for a in there}
    order = sorted((scope.house(pk) for pk in found), key=_rank)
    for position, agency in enumerate(order, 1):
        cell = cells.get((agency.pk,))
        counts = cell.counts if cell else Counter[str]()
        yield Line(Kind.ROW, str(position), agency.name, counts, {"agency": agency.pk})


def _existed(agency: Agency, window: Window) -> bool:
    return agency.valid_from <= window.end and (agency.valid_to is None or agency.valid_to >= window.start)


def _rank(agency: Agency) -> tuple[int, object]:
    return (agency.level.rank if agency.level else 99), sort_key(agency.name)


def _by_field(
    cells: dict[tuple[int, ...], Cell], scope: Scope, window: Window, names: Naming
) -> Iterator[Line]:
    fields = names.fields(pk for (pk,) in cells)
    for position, pk in enumerate(sorted(fields, key=lambda pk: sort_key(fields[pk])), 1):
        yield Line(Kind.ROW, str(position), fields[pk], cells[(pk,)].counts, {"field": pk})


def _by_procedure(
    cells: dict[tuple[int, ...], Cell], scope: Scope, window: Window, names: Naming
) -> Iterator[Line]:
    fields = names.fields(pk for pk, _ in cells)
    called = names.procedures({pk for _, pk in cells}, window)
    for position, pk in enumerate(sorted(fields, key=lambda pk: sort_key(fields[pk])), 1):
        inside = {key: cell for key, cell in cells.items() if key[0] == pk}
        yield Line(Kind.SECTION, str(position), fields[pk], total(inside.values()), {"field": pk})
        order = sorted(inside, key=lambda key: sort_key(called.get(key[1], "")))
        for number_, (_, procedure) in enumerate(order, 1):
            groups = {"field": pk, "procedure": procedure}
            yield Line(Kind.DETAIL, f"{position}.{number_}", called.get(procedure, ""), inside[(pk, procedure)].counts, groups)  # fmt: skip


_LINES: dict[Rows, Callable[[dict[tuple[int, ...], Cell], Scope, Window, Naming], Iterator[Line]]] = {
    Rows.LEVEL_FIELD: _by_level,
    Rows.UNIT: _by_unit,
    Rows.FIELD: _by_field,
    Rows.FIELD_PROCEDURE: _by_procedure,
}
