"""What is kept beside what a recount says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.models import Agency
from motcua.core.moments import legal_date
from motcua.statistics.models import CountState, HalfCount
from motcua.statistics.queries.counting import recount
from motcua.statistics.queries.kept_counts import closing
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.halves import KEPT, half_of
from motcua.statistics.rules.periods import Window

Key = tuple[int, int, str]  # agency, field, test
BY = ("agency", "field")


@dataclass(frozen=True)
class Difference:
    """A number that is not what a recount says."""

    start: date
    agency: int
    field: int
    test: str
    kept: int
    counted: int


def counted(half: Window, *, at: datetime) -> dict[Key, int]:
    """What is to be kept of a half, of all agencies: what is not 0."""
    ids = list(Agency.objects.values_list("pk", flat=True))
    rows = recount(ids, Bounds.of(half, at), by=BY, tests=KEPT) if ids else []
    return {
        (a, f, test.value): int(n)
        for a, f, *counts in rows
        for test, n in zip(KEPT, counts, strict=True)
        if n
    }


def stored(half: Window) -> dict[Key, int]:
    """What is kept of a half."""
    rows = HalfCount.objects.filter(start=half.start).values_list("agency", "field", "test", "count")
    return {(agency, field, test): number for agency, field, test, number in rows}


def kept_halves() -> Iterator[Window]:
    """The halves that are kept and hold, the oldest first."""
    state = CountState.objects.first()
    if state is None or state.since is None or state.until is None:
        return
    half = half_of(state.since)
    while closing(half) <= state.until:
        yield half
        half = half_of(legal_date(closing(half)))


def differences(*, at: datetime) -> Iterator[Difference]:
    """Every number kept that a recount contradicts, or that is missing."""
    for half in kept_halves():
        kept, now = stored(half), counted(half, at=at)
        for key in sorted(kept.keys() | now.keys()):
            if kept.get(key, 0) != now.get(key, 0):
                yield Difference(half.start, *key, kept.get(key, 0), now.get(key, 0))
