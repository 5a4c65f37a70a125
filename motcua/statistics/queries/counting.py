"""Counting: every test of the registry, by any of the groups, in one pass over the dossiers that a window concerns."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
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
from motcua.statistics.queries import kept_counts, parts
from motcua.statistics.queries.facets import facets
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, standing, standing_of
from motcua.statistics.rules.figures import TESTS, Test
from motcua.statistics.rules.halves import CARRIED
from motcua.statistics.rules.meaning import MEANING, Facet, Meaning
from motcua.statistics.rules.periods import Window

Key = tuple[Any, ...]
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
    kept: bool = True,
) -> dict[Key, Cell]:
    """Counts of the tests by the groups, as the window stood when it closed (or stands at `at`, while it runs).

    A dossier stands in the name of the agency that resolved it when it ended, or, open, when the window closed. Counts kept
    ready are read where they are known to be the same, unless `kept` is false. Two statements, five with kept ones.
    """
    asked, ids = tuple(tests), list(scope.agencies)
    plan = kept_counts.plan(window, at=at, by=by, tests=asked) if kept and not by_minute else None
    read = kept_counts.rows(plan, ids, by=by, tests=asked) if plan else None
    plan = None if read is None else plan
    left = plan.rest if plan else window
    cells: dict[Key, Cell] = defaultdict(lambda: Cell(()))
    for found, counts in read or ():
        _add(cells, _key(scope, by, found), ((test, counts[test]) for test in asked))
    for row in recount(ids, Bounds.of(left, at), by=by, tests=asked, by_minute=by_minute) if left else ():
        counted = zip(asked, row[len(by) :], strict=True)
        _add(
            cells,
            _key(scope, by, row[: len(by)]),
            (one for one in counted if not plan or one[0] not in CARRIED),
        )
    return {key: cell for key, cell in cells.items() if any(cell.counts.values())}


def recount(
    ids: list[int], bounds: Bounds, *, by: Sequence[str], tests: Iterable[str], by_minute: bool = False
) -> list[tuple[Any, ...]]:
    """Groups (agencies of these ids, not yet their houses) and counts of the tests, from the dossiers themselves.

    Each part of the dossiers is sorted into classes and counted by class where it is read; what is left to add up is short.
    Only names and classes of our own stand in the statement outside.
    """
    meanings = [MEANING[Test(name)] for name in tests]
    wanted = list(dict.fromkeys(facet for meaning in meanings for facet in meaning))
    groups = {f"by_{name}": F(GROUPS[name]) for name in by}
    columns, arms, values = [*groups, *wanted], [], []
    for rows, sorted_by, sign in _parts(ids, bounds, wanted, meanings, by_minute):
        try:
            sql, params = rows.values(**groups, **sorted_by).query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            continue
        arms.append(_by_class(sql, columns, sign, _fence(by, rows.db)))
        values += params
    if not arms:
        return []
    sums = [f"COALESCE(SUM(n) FILTER (WHERE {_where(meaning)}), 0)" for meaning in meanings]
    grouped = f" GROUP BY {', '.join(groups)}" if groups else ""
    with connections[rows.db].cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join([*groups, *sums])} FROM ({' UNION ALL '.join(arms)}) AS parts{grouped}",  # noqa: S608
            values,
        )
        return [tuple(row) for row in cursor.fetchall()]


def _by_class(sql: str, columns: list[str], sign: int, fence: str) -> str:
    names = ", ".join(columns)
    return f"SELECT {names}, {sign} * COUNT(*) AS n FROM ({sql}{fence}) AS part GROUP BY {names}"  # noqa: S608


def _fence(by: Sequence[str], database: str) -> str:
    """By procedure PostgreSQL takes nearly every dossier for a class of its own and sorts them all. What it may not look into
    it hashes, at two thirds of the time; without procedures its guess is good, and it can count in parallel.
    """
    return " OFFSET 0" if "procedure" in by and connections[database].vendor == "postgresql" else ""


def _where(meaning: Meaning) -> str:
    lists = {facet: ", ".join(f"'{name}'" for name in classes) for facet, classes in meaning.items()}
    return " AND ".join(f"{facet} IN ({classes})" for facet, classes in lists.items())


def _key(scope: Scope, by: Sequence[str], found: Sequence[Any]) -> Key:
    return tuple(scope.houses[v] if name == "agency" else v for name, v in zip(by, found, strict=True))


def _add(cells: dict[Key, Cell], key: Key, counts: Iterable[tuple[str, int]]) -> None:
    cell = cells[key]
    cell.key = key
    for name, number in counts:
        cell.counts[name] += int(number)


def _parts(
    ids: list[int], bounds: Bounds, wanted: list[Facet], meanings: list[Meaning], by_minute: bool
) -> Iterator[tuple[QuerySet[Dossier], dict[str, Any], int]]:
    """The dossiers resolved here now, part by part; less those that others resolved then; plus those resolved here then."""
    here = standing_of(ids)
    for part in parts.parts_for(wanted):
        sorted_by = parts.facets(part, meanings, bounds, by_minute=by_minute)
        yield here.filter(parts.condition(part, bounds)), sorted_by, 1
    if not carried_over(ids).exists():
        return
    rows, then = standing(bounds, collection=Facet.COLLECTION in wanted), _then(bounds)
    sorted_by = facets(wanted, bounds, by_minute=by_minute)
    away = rows.filter(resolving_agency__in=ids, pk__in=then.values("dossier"))
    yield away.annotate(resolver=F("resolving_agency_id")), sorted_by, -1
    were_here = rows.filter(former_resolvers__in=then.filter(agency__in=ids))
    yield were_here.annotate(resolver=F("former_resolvers__agency_id")), sorted_by, 1


def carried_over(ids: list[int], since: datetime | None = None) -> QuerySet[FormerResolver]:
    """What these agencies, or whoever had it before them, have ever given away, or have since a moment."""
    touched = Q(agency__in=ids) | Q(dossier__resolving_agency__in=ids)
    return FormerResolver.objects.filter(touched, *([Q(until__gte=since)] if since else []))


def placed(bounds: Bounds, ids: list[int], *, carried: bool = True) -> QuerySet[Dossier]:
    """The dossiers that agencies of these ids resolved when they ended, or when the window closed. `carried`: false when none of
    them has been carried over since; the agency is then said plainly, so that an index can be used.
    """
    if not carried:
        rows = standing(bounds).filter(resolving_agency__in=ids)
        return rows.annotate(resolver=F("resolving_agency_id"))
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
