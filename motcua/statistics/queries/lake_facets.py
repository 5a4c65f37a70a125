"""The facets of `rules.meaning` over the lake, as ONE ibis expression for every engine: DuckDB on one machine, Spark on a cluster.

`queries.facets` and `queries.standing` say the same in SQL for the database; names of conditions are theirs. Which classes of a facet a
figure takes is written once, in `rules.meaning`, and applied to what comes back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import ibis

from motcua.core.moments import legal_date
from motcua.dossiers.rules.states import Status as S
from motcua.statistics.queries.facets import PARTIAL, WHOLE, WITH_RESULT
from motcua.statistics.queries.standing import RESTING, Bounds
from motcua.statistics.rules.meaning import Facet

# Kinds of spells that each facet asks for; every count asks who resolved.
SPELLS: dict[Facet, tuple[str, ...]] = {
    Facet.SIDE: ("due", "rest"), Facet.ORIGINAL: ("rest",), Facet.PATIENCE: ("acceptance", "asked"), Facet.COLLECTION: ("corrected", "came_back"),
    Facet.PAID: ("paid_online", "paid_direct"),
}  # fmt: skip
GROUPS = {
    "agency": "resolver", "field": "field_id", "procedure": "procedure_id", "channel": "channel", "office": "office_id",
}  # fmt: skip
# What is read of a dossier: an expression that carries every column from step to step takes longer to write down than to answer.
READ = (
    "dossier_id", "status", "fate", "channel", "procedure_id", "online_level", "field_id", "agency_id", "office_id", "away", "submitted_at",
    "received_at", "acceptance_due_at", "original_due_at", "original_due_on", "due_at", "due_on", "ready_at", "ended_at", "ended_on",
    "returned_at", "apologised_at", "late_cause",
)  # fmt: skip
Column = Any  # of ibis: its expressions have no useful static types


@dataclass(frozen=True)
class Rows:
    """The dossiers of a lake with the spells that hold at a close, and the bounds of the window."""

    d: Column
    bounds: Bounds
    by_minute: bool

    @property
    def opening(self) -> Column:
        return moment(self.bounds.opening)

    @property
    def closing(self) -> Column:
        return moment(self.bounds.closing)

    @property
    def received(self) -> Column:
        return (self.d.received_at >= self.opening) & (self.d.received_at < self.closing)

    @property
    def carried(self) -> Column:
        return (self.d.received_at < self.opening) & self.alive

    @property
    def alive(self) -> Column:
        """Not ended before the window."""
        return self.d.ended_at.isnull() | (self.d.ended_at >= self.opening)

    @property
    def still(self) -> Column:
        """Not ended by the close."""
        return self.d.ended_at.isnull() | (self.d.ended_at >= self.closing)

    @property
    def ended(self) -> Column:
        return (self.d.ended_at >= self.opening) & (self.d.ended_at < self.closing)

    @property
    def filed(self) -> Column:
        later = self.d.received_at.isnull() | (self.d.received_at >= self.closing)
        return (self.d.submitted_at < self.closing) & later

    @property
    def running(self) -> Column:
        return (self.d.received_at < self.closing) & self.still

    @property
    def waiting(self) -> Column:
        return self.filed & self.still

    @property
    def uncollected(self) -> Column:
        kept = self.d.returned_at.isnull() | (self.d.returned_at >= self.closing)
        again = (self.d.corrected_then == 1).fill_null(False) | (self.d.came_back_then == 1).fill_null(False)
        return ((self.d.ready_at < self.closing) & kept) | again

    @property
    def there(self) -> Column:
        """Received or filed by the close, and not ended before the window."""
        return self.alive & ((self.d.received_at < self.closing) | self.filed)


def moment(at: datetime) -> Column:
    """A moment as a literal."""
    return ibis.literal(at, type="timestamp('UTC')")


def day(on: date) -> Column:
    """A legal date as a literal."""
    return ibis.literal(on, type="date")


def figures(
    dossiers: Column, spells: Column, bounds: Bounds, *, agencies: Iterable[int] | None, by: Sequence[str], wanted: Iterable[Facet],
    by_minute: bool,
) -> Column:  # fmt: skip
    """The expression: how many dossiers there are of each group and of each combination of classes, of these resolving agencies or
    (None) of all. Columns: the names of `by`, those of the facets, `n`.
    """
    facets = list(dict.fromkeys(wanted))
    held = _held(spells, bounds, {kind for facet in facets for kind in SPELLS.get(facet, ())} | {"agency"})
    # What a filter on the dossiers' own columns can leave out is left out while the files are read.
    collection, dossiers = Facet.COLLECTION in facets, dossiers.select(*READ)
    few = dossiers if collection else dossiers.filter(Rows(dossiers, bounds, by_minute).there)
    joined = few.left_join(held, few.dossier_id == held.of_dossier)
    resolver = ibis.ifelse(
        _over(joined, bounds), joined.agency_id, ibis.coalesce(joined.agency_then, joined.agency_id)
    )
    whole = joined.mutate(resolver=resolver)
    if collection:
        rows = Rows(whole, bounds, by_minute)
        whole = whole.filter(rows.there | ((whole.received_at < rows.closing) & rows.uncollected))
    theirs = whole.resolver.notnull() if agencies is None else whole.resolver.isin(sorted(agencies))
    here = Rows(whole.filter(theirs), bounds, by_minute)
    classes = {facet.value: _CLASSES[facet](here) for facet in facets}
    sorted_ = here.d.select(**{name: here.d[GROUPS[name]] for name in by}, **classes)
    return sorted_.group_by([*by, *classes]).agg(n=sorted_.count())


def _over(d: Column, b: Bounds) -> Column:
    """Ended before the close: whoever resolved it then stays."""
    return (d.ended_at < moment(b.closing)).fill_null(False)


def _held(spells: Column, b: Bounds, kinds: set[str]) -> Column:
    """What held at the close, one row for each dossier that has spells."""
    close = moment(b.closing)
    there = (spells.since.isnull() | (spells.since < close)) & (
        spells.until.isnull() | (spells.until >= close)
    )
    now = spells.filter(spells.kind.isin(sorted(kinds)) & there)
    columns: dict[str, Column] = {}
    for kind in sorted(kinds):
        columns |= _SAID.get(kind, _there)(now, now.kind == kind, kind)
    return now.group_by(of_dossier=now.dossier_id).agg(**columns)


def _there(now: Column, of: Column, kind: str) -> dict[str, Column]:
    return {f"{kind}_then": of.cast("int8").max()}


# What is asked of the spells of a kind; of a kind that is not named, whether there is any.
_SAID: dict[str, Callable[[Column, Column, str], dict[str, Column]]] = {
    "due": lambda now, of, kind: {
        "due_known": of.cast("int8").max(), "due_then": now.moment.max(where=of), "due_then_on": now.moment_on.max(where=of),
    },
    "rest": lambda now, of, kind: {
        "rest_since": now.moment.max(where=of), "rest_since_on": now.moment_on.max(where=of),
    },
    "agency": lambda now, of, kind: {"agency_then": now.agency_id.max(where=of)},
    "acceptance": lambda now, of, kind: {"acceptance_then": now.moment.max(where=of)},
    "asked": lambda now, of, kind: {"asked_since": now.moment.min(where=of)},
}  # fmt: skip


def _class(*cases: tuple[Column, Any], other: Any = "") -> Column:
    return ibis.cases(*cases, else_=other)


def _arrival(r: Rows) -> Column:
    return _class((r.received, r.d.channel), (r.carried, "carried"))


def _level(r: Rows) -> Column:
    how_far = _class((_offers(r, WHOLE), "whole"), (_offers(r, PARTIAL), "partial"), other="other")
    return _class((r.received & (r.d.channel == "online"), how_far))


def _offers(r: Rows, levels: Iterable[Any]) -> Column:
    return r.d.online_level.isin([str(getattr(level, "value", level)) for level in levels])


def _offered(r: Rows) -> Column:
    return _class((r.received & _offers(r, [*WHOLE, *PARTIAL]), "online"))


def _away(r: Rows) -> Column:
    return _class((r.received & r.d.away, "yes"))


def _paid(r: Rows) -> Column:
    return _class(
        (r.received & (r.d.paid_online_then == 1), "online"),
        (r.received & (r.d.paid_direct_then == 1), "direct"),
    )


def _fate(r: Rows) -> Column:
    return _class((r.running, "open"), (r.ended, r.d.fate), (r.waiting, "waiting"))


def _side(r: Rows) -> Column:
    """Against the due date in force: at the close while open, at the end after it."""
    d, live = r.d, r.bounds.live
    known = d.due_known == 1
    due = d.due_at if live else ibis.ifelse(known, d.due_then, d.due_at)
    due_on = d.due_on if live else ibis.ifelse(known, d.due_then_on, d.due_on)
    running = _against(r, *_measured(r), due, due_on)
    return _class(
        (r.running, running), (_answered(r), _against(r, d.ended_at, d.ended_on, d.due_at, d.due_on))
    )


def _original(r: Rows) -> Column:
    """As `_side`, against the due date given at reception; of apologies nothing is asked."""
    due = (r.d.original_due_at, r.d.original_due_on)
    running = _against(r, *_measured(r), *due, apologies=False)
    ended = _against(r, r.d.ended_at, r.d.ended_on, *due, apologies=False)
    return _class((r.running, running), (_answered(r), ended))


def _answered(r: Rows) -> Column:
    return r.ended & r.d.status.isin([*WITH_RESULT, S.REFUSED.value])


def _measured(r: Rows) -> tuple[Column, Column]:
    """When the clock last ran, and on which day: just before the close, or when it came to rest."""
    d = r.d
    rests = d.rest_since.notnull() & (d.status.isin(RESTING) if r.bounds.live else ibis.literal(True))
    last = r.bounds.closing - timedelta(microseconds=1)
    return ibis.ifelse(rests, d.rest_since, moment(last)), ibis.ifelse(
        rests, d.rest_since_on, day(legal_date(last))
    )


def _against(
    r: Rows, at: Column, on: Column, due: Column, due_on: Column, *, apologies: bool = True
) -> Column:
    same = (on == due_on) & (at <= due) if r.by_minute else on == due_on
    sorry = [(r.d.apologised_at < r.closing, "late_apologised")] if apologies else []
    return _class((due.isnull() | (on < due_on), "before"), (same, "on"), *sorry, other="late_plain")


def _patience(r: Rows) -> Column:
    due = ibis.coalesce(r.d.acceptance_then, r.d.acceptance_due_at)
    measured = ibis.coalesce(r.d.asked_since, r.closing)
    return _class((r.waiting, _class((due < measured, "late"), other="in_time")))


def _collection(r: Rows) -> Column:
    return _class((r.uncollected, "waits"))


_CLASSES: dict[Facet, Callable[[Rows], Column]] = {
    Facet.ARRIVAL: _arrival, Facet.LEVEL: _level, Facet.AWAY: _away, Facet.PAID: _paid, Facet.FATE: _fate, Facet.SIDE: _side,
    Facet.ORIGINAL: _original, Facet.CAUSE: lambda r: r.d.late_cause, Facet.PATIENCE: _patience, Facet.COLLECTION: _collection, Facet.OFFERED: _offered,
}  # fmt: skip
COUNTED = frozenset(_CLASSES)
