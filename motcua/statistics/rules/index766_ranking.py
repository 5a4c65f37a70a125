"""Agencies of one kind below an agency against each other, by the index: reckoned anew, or by what each of them has sent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from motcua.core.text import sort_key
from motcua.statistics.rules.index766 import CODE, Line, Scheme, Sums, ranks, sums_of
from motcua.statistics.rules.index766_board import Board
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.tables import Share

UNITS = (("commune", "Cấp xã"), ("district", "Cấp huyện"), ("agency", "Sở, ngành, đơn vị"))
LABELS = dict(UNITS)
RECKONED = "tính trực tiếp"


def ranking_code(units: str) -> str:
    """What the ranking of a kind of agencies is kept under; never that of an index, so that none is taken for the other."""
    return f"{CODE}-xep-hang-{units}"


def ranking_number(units: str) -> str:
    """What stands where a form has its number."""
    return f"Xếp hạng 766, {LABELS[units].lower()}"


@dataclass(frozen=True)
class Unit:
    """An agency that is ranked."""

    pk: int
    name: str
    code: str


@dataclass(frozen=True)
class Entry:
    """What an agency is ranked by: every component, and its index of the window before. `share` says which of its own frozen
    indexes this is (None in a ranking that takes none), `said` how that came.
    """

    agency: Unit
    lines: tuple[Line, ...]
    was: Decimal | None = None
    share: Share | None = None
    said: str = ""


@dataclass(frozen=True)
class Place:
    """One agency in the ranking; `rank` is None without anything to reckon, `share` and `said` as in `Entry`."""

    agency: Unit
    lines: tuple[Line, ...]
    sums: Sums
    value: Decimal | None
    band: str
    rank: int | None
    trend: Decimal | None
    share: Share | None = None
    said: str = ""


@dataclass(frozen=True)
class Ranking:
    """The agencies of one kind below an agency, the best first; `kinds` are those that there are, with how many. `at` is when it
    was reckoned (aware, UTC); `missing` is the rule for components without a ratio, the same for all.
    """

    agency: str
    agency_code: str
    window: Window
    at: datetime
    live: bool
    scheme: Scheme
    missing: str
    kind: str
    kinds: tuple[tuple[str, str, int], ...]
    places: tuple[Place, ...]
    before: Window | None

    @property
    def below(self) -> bool:
        """All below the agency is ranked."""
        return True

    @cached_property
    def sourced(self) -> bool:
        """Whether it says from which frozen index each place comes."""
        return any(place.share for place in self.places)


def placed(entries: Iterable[Entry], scheme: Scheme, missing: str) -> tuple[Place, ...]:
    """The places, the best first and those without figures last; equal values share a rank and stand by name."""
    rows = [(one, sums_of(one.lines)) for one in entries]
    values = [sums.value(missing) for _, sums in rows]
    made = [
        Place(
            one.agency, one.lines, sums, value, scheme.band(value), rank, _less(value, one.was), one.share, one.said
        )
        for (one, sums), value, rank in zip(rows, values, ranks(values), strict=True)
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda p: (p.rank or len(made) + 1, sort_key(p.agency.name))))


def _less(value: Decimal | None, was: Decimal | None) -> Decimal | None:
    return None if value is None or was is None else value - was


def counts_alike(one: Scheme, other: Scheme) -> bool:
    """Whether two sets, or one before and after a correction, score by the same points, targets and measures."""
    return _scored(one) == _scored(other)


def _scored(scheme: Scheme) -> list[tuple[str, str, Decimal, Decimal | None, str]]:
    return [(g.code, c.code, c.points, c.target, c.measure.key) for g in scheme.groups for c in g.components]


def lines_in(scheme: Scheme, board: Board) -> tuple[Line, ...]:
    """The lines of a frozen index under the components of a set that counts alike."""
    return tuple(replace(line, component=c) for c, line in zip(scheme.components, board.lines, strict=True))
