"""What of a dossier held only between two moments, as spells (`rules.lake`). A spell holds for each window that closes after `since`,
up to and with `until`; where no spell holds, the dossier's own row says it.

The clock ledger is read as `queries.standing` reads it: at a close, the entry with the highest number of those made before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

Moment = datetime | None
RUNNING_OR_RESTING = frozenset({"start", "suspend", "resume", "restart"})


@dataclass(frozen=True)
class Spell:
    """One spell; `moment` and `agency` are what it says."""

    kind: str
    since: Moment
    until: Moment
    moment: Moment = None
    agency: int | None = None


@dataclass(frozen=True)
class Entry:
    """An entry of the clock ledger."""

    kind: str
    at: datetime
    due_at: Moment


@dataclass(frozen=True)
class Asking:
    """A request for more before acceptance."""

    requested_at: datetime
    completed_at: Moment
    acceptance_due_at: Moment


def due_spells(
    entries: Sequence[Entry], received_at: Moment, ended_at: Moment, due_at: Moment
) -> list[Spell]:
    """Where the due date in force was another than that of the row: while received and not ended."""
    first = _earliest(entry.at for entry in entries)
    found = [Spell("due", None, first)]
    found += [Spell("due", entry.at, until, entry.due_at) for entry, until in _in_force(entries)]
    return [spell for spell in found if spell.moment != due_at and _meets(spell, received_at, ended_at)]


def rest_spells(entries: Sequence[Entry], received_at: Moment, ended_at: Moment) -> list[Spell]:
    """Where the clock rested, and since when."""
    running = [entry for entry in entries if entry.kind in RUNNING_OR_RESTING]
    found = [Spell("rest", e.at, until, e.at) for e, until in _in_force(running) if e.kind == "suspend"]
    return [spell for spell in found if _meets(spell, received_at, ended_at)]


def _in_force(entries: Sequence[Entry]) -> list[tuple[Entry, Moment]]:
    """Each entry that is the last before some close, and until which one."""
    found: list[tuple[Entry, Moment]] = []
    until: Moment = None
    for entry in reversed(entries):
        if until is None or entry.at < until:
            found.append((entry, until))
            until = entry.at
    return found[::-1]


def _meets(spell: Spell, received_at: Moment, ended_at: Moment) -> bool:
    """Whether a window may close in the spell while the dossier is received and not ended."""
    if received_at is None or (spell.until is not None and spell.until <= received_at):
        return False
    return ended_at is None or spell.since is None or spell.since < ended_at


def resolver_at(former: Iterable[tuple[datetime, int]], moment: Moment, present: int) -> int:
    """Who resolved a dossier at a moment (None: now), of those who gave it away (until when, agency) in order."""
    return next((agency for until, agency in former if moment is not None and until >= moment), present)


def resolver_spells(former: Sequence[tuple[datetime, int]]) -> list[Spell]:
    """Who resolved it before it was given away; asked only for windows that close before its end."""
    found: list[Spell] = []
    since: Moment = None
    for until, agency in former:
        if since is None or since < until:
            found.append(Spell("agency", since, until, agency=agency))
            since = until
    return found


def acceptance_spells(requests: Iterable[Asking], acceptance_due_at: Moment) -> list[Spell]:
    """Where the due date of acceptance was another: up to the answer to a request it is the one that the request stopped."""
    answered = [(r.completed_at, r.acceptance_due_at) for r in requests if r.completed_at]
    found: list[Spell] = []
    since: Moment = None
    for until, due in sorted(answered, key=lambda pair: pair[0]):
        if due is not None and due != acceptance_due_at and since != until:
            found.append(Spell("acceptance", since, until, due))
        since = until
    return found


def asked_spells(requests: Iterable[Asking]) -> list[Spell]:
    """Where the citizen had been asked for more, and since when; spells of several requests may overlap, the earliest counts."""
    return [Spell("asked", r.requested_at, r.completed_at, r.requested_at) for r in requests]


def lasting(kind: str, since: datetime, *ends: Moment) -> Spell:
    """What began at a moment and held until the first of its ends: a receipt, a corrected result waiting."""
    return Spell(kind, since, _earliest(end for end in ends if end is not None))


def _earliest(moments: Iterable[datetime]) -> Moment:
    return min(moments, default=None)
