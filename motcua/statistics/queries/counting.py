"""Counting: every test of the registry, by any of the groups, in one pass over the dossiers that a window concerns."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
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
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, conditions, standing
from motcua.statistics.rules.figures import TESTS
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
) -> dict[Key, Cell]:
    """Counts of the tests by the groups, as the window stood when it closed (or stands at `at`, while it runs).

    A dossier stands in the name of the agency that resolved it when it ended, or, open, when the window closed.
    Two statements; four while dossiers counted here have been carried over to a successor since.
    """
    asked, bounds = tuple(tests), Bounds.of(window, at)
    rule = conditions(bounds, by_minute=by_minute)
    columns = {name: Count("pk", filter=rule[name]) for name in asked}
    cells: dict[Key, Cell] = defaultdict(lambda: Cell(()))
    for rows, sign in _parts(scope, bounds):
        groups = {f"by_{name}": F(GROUPS[name]) for name in by}
        for row in rows.values(**groups).annotate(**columns):
            _add(cells, tuple(_group(scope, name, row[f"by_{name}"]) for name in by), row, asked, sign)
    return {key: cell for key, cell in cells.items() if any(cell.counts.values())}


def _group(scope: Scope, name: str, found: Any) -> Any:
    return scope.houses[found] if name == "agency" else found


def _add(cells: dict[Key, Cell], key: Key, row: dict[str, Any], asked: Iterable[str], sign: int) -> None:
    cell = cells[key]
    cell.key = key
    for name in asked:
        cell.counts[name] += sign * row[name]


def _parts(scope: Scope, bounds: Bounds) -> list[tuple[QuerySet[Dossier], int]]:
    """The dossiers resolved here now; less those that others resolved then; plus those resolved here then."""
    rows, ids, then = standing(bounds), list(scope.agencies), _then(bounds)
    here = rows.filter(resolving_agency__in=ids).annotate(resolver=F("resolving_agency_id"))
    if not then.filter(Q(agency__in=ids) | Q(dossier__resolving_agency__in=ids)).exists():
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
    sooner = FormerResolver.objects.filter(
        earlier, dossier=OuterRef("dossier"), until__gte=OuterRef("stop")
    )
    return rows.filter(~Exists(sooner))


def total(cells: Iterable[Cell]) -> Counter[str]:
    """The sum of cells."""
    whole: Counter[str] = Counter()
    for cell in cells:
        whole.update(cell.counts)
    return whole
