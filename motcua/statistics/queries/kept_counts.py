"""Counts kept ready, read where they are provably those that a recount would give (docs/decisions/0065-fast-figures.md).

A window is the sum of its parts: what happened adds up, what was carried in is that of its first half, what stands that of its
last part. The halves of months that are kept are summed, the rest is counted from the dossiers. That holds only while no dossier
changed hands within the window: whoever received it and whoever ended it would be two agencies, where a recount knows one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet, Sum

from motcua.dossiers.models import FormerResolver
from motcua.statistics.models import CountState, HalfCount
from motcua.statistics.queries.standing import midnight
from motcua.statistics.rules.halves import CARRIED, GROUPS, HAPPENED, KEPT, STANDING, half_of, halves_in
from motcua.statistics.rules.periods import Window

Row = tuple[tuple[Any, ...], Counter[str]]
_COLUMNS = {"agency": "agency_id", "field": "field_id"}


@dataclass(frozen=True)
class Plan:
    """The first days of the first and of the last half that are read as kept, and the days that are left to be counted."""

    first: date
    last: date
    rest: Window | None


def plan(window: Window, *, at: datetime, by: Sequence[str], tests: Iterable[str]) -> Plan | None:
    """How a window can be read from what is kept; None when it must be counted. Two statements at most."""
    if not (set(by) <= GROUPS and set(tests) <= set(KEPT) and (halves := halves_in(window))):
        return None
    until = CountState.objects.values_list("until", flat=True).first()
    kept = [half for half in halves if until and closing(half) <= min(until, at)]
    if not kept:
        return None
    left = kept[-1].end + timedelta(days=1)
    rest = Window(left, window.end) if left <= window.end else None
    moved = FormerResolver.objects.filter(until__gte=midnight(window.start), until__lt=closing(window))
    if (rest or len(kept) > 1) and moved.exists():
        return None
    return Plan(kept[0].start, kept[-1].start, rest)


def closing(window: Window) -> datetime:
    """The midnight with which a window ends."""
    return midnight(window.end + timedelta(days=1))


def rows(made: Plan, ids: Iterable[int], *, by: Sequence[str], tests: Iterable[str]) -> list[Row] | None:
    """Groups (agencies of these ids, not yet their houses) and counts of the tests over the kept halves; None when they have
    been thrown away since they were planned. One statement, so that what it reads belongs together.
    """
    asked = set(tests)
    wanted = Q(test__in=asked & set(HAPPENED)) | Q(test__in=asked & set(CARRIED), start=made.first)
    if made.rest is None:
        wanted |= Q(test__in=asked & set(STANDING), start=made.last)
    found: defaultdict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    read = _read(made, HalfCount.objects.filter(wanted), ids, [*(_COLUMNS[name] for name in by), "test"])
    for *key, test, number in read or ():
        found[tuple(key)][test] = number
    return None if read is None else list(found.items())


def by_half(made: Plan, ids: Iterable[int], tests: Iterable[str]) -> list[tuple[date, dict[str, int]]] | None:
    """What happened in each kept half, by its first day: test and count; None as above. One statement."""
    read = _read(made, HalfCount.objects.filter(test__in=set(tests)), ids, ["start", "test"])
    return None if read is None else [(_day(start), {test: number}) for start, test, number in read]


def _read(
    made: Plan, kept: QuerySet[HalfCount], ids: Iterable[int], columns: list[str]
) -> list[list[Any]] | None:
    """Sums by columns, read beside the word on whether they still hold."""
    kept = kept.filter(agency__in=list(ids), start__range=(made.first, made.last)).order_by()
    connection = connections[kept.db]
    until = connection.ops.adapt_datetimefield_value(closing(half_of(made.last)))
    try:
        sql, params = kept.values_list(*columns).annotate(n=Sum("count")).query.get_compiler(kept.db).as_sql()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT sums.* FROM {CountState._meta.db_table} AS state LEFT JOIN ({sql}) AS sums ON 1 = 1 WHERE state.until >= %s",  # noqa: S608
            [*params, until],
        )
        found = cursor.fetchall()
    return [[*key, int(number)] for *key, number in found if number is not None] if found else None


def _day(found: Any) -> date:
    """SQLite gives dates as text."""
    return date.fromisoformat(found) if isinstance(found, str) else found
