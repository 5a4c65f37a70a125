"""Counting: every test of the registry, by any of the groups, in one pass over the dossiers that a window concerns."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
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

    One statement; three while dossiers counted here have been carried over to a successor since.
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
    rows, ids = standing(bounds), list(scope.agencies)
    here = rows.filter(resolving_agency__in=ids).annotate(resolver=F("resolving_agency_id"))
    if bounds.live or not _then(bounds).exists():
        return [(here, 1)]
    were_here = rows.filter(former_resolvers__in=_then(bounds).filter(agency__in=ids))
    return [
        (here, 1),
        (here.filter(_moved(bounds)), -1),
        (were_here.annotate(resolver=F("former_resolvers__agency_id")), 1),
    ]


def placed(bounds: Bounds, ids: list[int]) -> QuerySet[Dossier]:
    """The dossiers that agencies of these ids resolved when the window closed."""
    rows = standing(bounds)
    if bounds.live:
        return rows.filter(resolving_agency__in=ids).annotate(resolver=F("resolving_agency_id"))
    were_here = _then(bounds).filter(agency__in=ids).values("dossier")
    then = _then(bounds).filter(dossier=OuterRef("pk")).values("agency")[:1]
    rows = rows.annotate(
        resolver=Coalesce(Subquery(then), F("resolving_agency_id"), output_field=BigIntegerField())
    )
    return rows.filter((Q(resolving_agency__in=ids) & ~_moved(bounds)) | Q(pk__in=were_here))


def _then(bounds: Bounds) -> QuerySet[FormerResolver]:
    """Who resolved at the close the dossiers that have been carried over since: of each the first to give it away."""
    sooner = FormerResolver.objects.filter(
        dossier=OuterRef("dossier"), until__gte=bounds.closing, until__lt=OuterRef("until")
    )
    return FormerResolver.objects.filter(~Exists(sooner), until__gte=bounds.closing)


def _moved(bounds: Bounds) -> Exists:
    return Exists(FormerResolver.objects.filter(dossier=OuterRef("pk"), until__gte=bounds.closing))


def total(cells: Iterable[Cell]) -> Counter[str]:
    """The sum of cells."""
    whole: Counter[str] = Counter()
    for cell in cells:
        whole.update(cell.counts)
    return whole
