"""Counting: every test of the registry, by any of the groups, in one pass over the dossiers that a window concerns."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import (
    BigIntegerField,
    Case,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from motcua.dossiers.models import Dossier, FormerResolver
from motcua.statistics.queries.facets import facets
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, standing
from motcua.statistics.rules.figures import TESTS, Test
from motcua.statistics.rules.meaning import MEANING, Facet, Meaning
from motcua.statistics.rules.periods import Window

Key = tuple[Any, ...]
WITHOUT_LIMIT = 1_000_000_000_000
# What figures may be broken down by, and the column that says it.
GROUPS = {
    "agency": "resolver",
    "field": "field_id",
    "procedure": "procedure_id",
    "channel": "channel",
    "office": "office_id",
}


@dataclass
class Cell:
    """The counts of one group of dossiers."""

    key: Key
    counts: Counter[str] = field(default_factory=Counter)


def count(
    scope: Scope,
    window: Window,
    *,
    at: datetime,
    by: Sequence[str] = (),
    tests: Iterable[str] = TESTS,
    by_minute: bool = False,
) -> dict[Key, Cell]:
    """Counts of the tests by the groups, as the window stood when it closed (or stands at `at`, while it runs).

    A dossier stands in the name of the agency that resolved it when it ended, or, open, when the window closed.
    Two statements; four for agencies that ever gave work to a successor, or took over some.
    """
    asked, bounds = tuple(tests), Bounds.of(window, at)
    cells: dict[Key, Cell] = defaultdict(lambda: Cell(()))
    meanings = {name: MEANING[Test(name)] for name in asked}
    wanted = dict.fromkeys(facet for meaning in meanings.values() for facet in meaning)
    sorted_by = facets(wanted, bounds, by_minute=by_minute)
    for rows, sign in _parts(scope, bounds, collection=Facet.COLLECTION in wanted):
        for row in _counted(rows, by, sorted_by, meanings):
            found, counts = row[: len(by)], row[len(by) :]
            key = tuple(_group(scope, name, value) for name, value in zip(by, found, strict=True))
            _add(cells, key, zip(asked, counts, strict=True), sign)
    return {key: cell for key, cell in cells.items() if any(cell.counts.values())}


def _counted(
    rows: QuerySet[Dossier], by: Sequence[str], sorted_by: dict[str, Any], meanings: dict[str, Meaning]
) -> list[tuple[Any, ...]]:
    """Groups and counts. Each dossier is sorted into its classes once, inside; the limit keeps both engines from working
    out the classes anew for every count. Only names and classes of our own stand in the statement outside.
    """
    groups = {f"by_{name}": F(GROUPS[name]) for name in by}
    inner = rows.values(**groups, **sorted_by)[:WITHOUT_LIMIT]
    sql, params = inner.query.get_compiler(rows.db).as_sql()
    columns = [*groups, *(f"COUNT(*) FILTER (WHERE {_where(meaning)})" for meaning in meanings.values())]
    grouped = f" GROUP BY {', '.join(groups)}" if groups else ""
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM ({sql}) AS dossiers{grouped}", params)  # noqa: S608
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _where(meaning: Meaning) -> str:
    lists = {facet: ", ".join(f"'{name}'" for name in classes) for facet, classes in meaning.items()}
    return " AND ".join(f"{facet} IN ({classes})" for facet, classes in lists.items())


def _group(scope: Scope, name: str, found: Any) -> Any:
    return scope.houses[found] if name == "agency" else found


def _add(cells: dict[Key, Cell], key: Key, counts: Iterable[tuple[str, int]], sign: int) -> None:
    cell = cells[key]
    cell.key = key
    for name, number in counts:
        cell.counts[name] += sign * number


def _parts(scope: Scope, bounds: Bounds, *, collection: bool) -> list[tuple[QuerySet[Dossier], int]]:
    """The dossiers resolved here now; less those that others resolved then; plus those resolved here then."""
    rows, ids, then = standing(bounds, collection=collection), list(scope.agencies), _then(bounds)
    here = rows.filter(resolving_agency__in=ids).annotate(resolver=F("resolving_agency_id"))
    touched = Q(agency__in=ids) | Q(dossier__resolving_agency__in=ids)
    if not FormerResolver.objects.filter(touched).exists():
        return [(here, 1)]
    were_here = rows.filter(former_resolvers__in=then.filter(agency__in=ids))
    return [
        (here, 1),
        (here.filter(pk__in=then.values("dossier")), -1),
        (were_here.annotate(resolver=F("former_resolvers__agency_id")), 1),
    ]


def placed(bounds: Bounds, ids: list[int]) -> QuerySet[Dossier]:
    """The dossiers that agencies of these ids resolved when they ended, or when the window closed."""
    then = _then(bounds)
    former = Subquery(then.filter(dossier=OuterRef("pk")).values("agency")[:1])
    resolver = Coalesce(former, F("resolving_agency_id"), output_field=BigIntegerField())
    stayed = Q(resolving_agency__in=ids) & ~Q(pk__in=then.values("dossier"))
    were_here = Q(pk__in=then.filter(agency__in=ids).values("dossier"))
    return standing(bounds).annotate(resolver=resolver).filter(stayed | were_here)


def _then(bounds: Bounds) -> QuerySet[FormerResolver]:
    """Who resolved the dossiers that have been carried over since they ended, or since the close: of each the first to give
    it away. What an agency has finished stays its own, even if a successor hands out the result.
    """
    close = Value(bounds.closing, output_field=DateTimeField())
    stop = Case(When(dossier__ended_at__lt=bounds.closing, then=F("dossier__ended_at")), default=close)
    rows = FormerResolver.objects.annotate(stop=stop).filter(until__gte=F("stop"))
    earlier = Q(until__lt=OuterRef("until")) | Q(until=OuterRef("until"), pk__lt=OuterRef("pk"))
    sooner = FormerResolver.objects.filter(earlier, dossier=OuterRef("dossier"), until__gte=OuterRef("stop"))
    return rows.filter(~Exists(sooner))


def total(cells: Iterable[Cell]) -> Counter[str]:
    """The sum of cells."""
    whole: Counter[str] = Counter()
    for cell in cells:
        whole.update(cell.counts)
    return whole
