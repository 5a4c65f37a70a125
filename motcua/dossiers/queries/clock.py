"""The clock ledger read: derivations in words, and the check that every due date is what its ledger says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from django.db.models import Prefetch

from motcua.core.errors import RuleViolation
from motcua.core.moments import to_local, to_utc
from motcua.dossiers.models import CalendarSnapshot, ClockEntry, Dossier
from motcua.dossiers.rules import ledger, snapshots
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import run
from motcua.workdays.rules.events import History
from motcua.workdays.rules.explain import Derivation, Line, derive, moment_text

BATCH = 1000
FIRST_PROMISE = "Hạn trả ban đầu"
_EMPTY = Derivation(None, None, False, False, ())
MOST_KEPT = 16
_kept: dict[str, WorkCalendar] = {}


def entries_of(dossier: Dossier) -> list[ClockEntry]:
    """The ledger of a dossier, oldest first, each with its calendar. One statement."""
    return list(ClockEntry.objects.filter(dossier=dossier).select_related("calendar").order_by("seq"))


def rows_of(entries: list[ClockEntry], *, reasons: bool = True) -> list[ledger.Row]:
    """Ledger entries as the rules see them; without `reasons`, what officers wrote in their own words is left out."""
    return [
        ledger.Row(e.kind, to_local(e.at), e.amount_working_days, e.reason if reasons else "", e.document)
        for e in entries
    ]


def history_of(dossier: Dossier, entries: list[ClockEntry], *, reasons: bool = True) -> History:
    """The history that the ledger tells."""
    basis = ledger.Basis.from_json(entries[0].basis)
    limit = ledger.limit_of(dossier.limit_amount, dossier.limit_unit, basis)
    return ledger.history(limit, to_local(entries[0].at), rows_of(entries, reasons=reasons), basis)


def derivation_of(dossier: Dossier, *, reasons: bool = True) -> Derivation:
    """How the due date follows, line by line, with the calendar that it rests on, whatever calendars say today. Its
    `due_at` (local) equals the dossier's. Empty before reception. Without `reasons` for pages that anyone may read:
    an officer's own words may name people.
    """
    entries = entries_of(dossier)
    if not entries:
        return _EMPTY
    calendar = _unrolled(entries[-1].calendar)  # type: ignore[arg-type]  # every entry but an end has one
    return _with_promises(derive(history_of(dossier, entries, reasons=reasons), calendar), entries, reasons)


def _unrolled(found: CalendarSnapshot) -> WorkCalendar:
    """The calendar of a snapshot, unrolled once in a process: its name is the hash of its content, so it never changes."""
    calendar = _kept.get(found.hash)
    if calendar is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        calendar = _kept[found.hash] = snapshots.load(found.content)
    return calendar


def _with_promises(derived: Derivation, entries: list[ClockEntry], reasons: bool) -> Derivation:
    """The derivation with what was really promised at first, and with each re-projection: the calendar that the date rests
    on now does not know either.
    """
    original = _local(entries[0].due_at)
    lines = list(derived.lines)
    if original and original != derived.original_due_at:
        lines = [line for line in lines if not line.text.startswith(FIRST_PROMISE)]
        lines.insert(-1, Line(f"{FIRST_PROMISE}: {moment_text(original)}.", "final"))
    pairs = pairwise(entries)
    told = [_reprojected(before, e, reasons) for before, e in pairs if e.kind == ClockEntry.Kind.REPROJECT]
    return replace(derived, original_due_at=original, lines=(*lines[:-1], *told, *lines[-1:]))


def _reprojected(before: ClockEntry, entry: ClockEntry, reasons: bool) -> Line:
    was, now = _local(before.due_at), _local(entry.due_at)
    why = f"{entry.reason} ({entry.document})" if reasons else entry.document
    moved = (
        f"; hạn chuyển từ {moment_text(was)} sang {moment_text(now)}" if was and now and was != now else ""
    )
    return Line(f"Ngày {to_local(entry.at):%d/%m/%Y} tính lại theo lịch mới: {why}{moved}.", "warning")


def _local(moment: datetime | None) -> datetime | None:
    return to_local(moment) if moment else None


def flagged(dossier: Dossier) -> list[ClockEntry]:
    """Entries made against a rule that allows them: a late supplement request, a late apology."""
    return [e for e in entries_of(dossier) if e.flagged]


@dataclass(frozen=True, slots=True)
class Difference:
    """A due date that is not what its ledger says. Moments are aware."""

    code: str
    seq: int
    stored: datetime | None
    computed: datetime | None


def verify_clock() -> Iterator[Difference]:
    """Every entry of every ledger recomputed with the calendar that it names, and every dossier against its last entry.
    Yields what differs: nothing in an honest database.
    """
    calendars: dict[str, WorkCalendar] = {}
    ledgers = Prefetch("clock_entries", ClockEntry.objects.order_by("seq"))
    rows = Dossier.objects.filter(received_at__isnull=False).order_by("pk").prefetch_related(ledgers)
    for dossier in rows.iterator(chunk_size=BATCH):
        yield from _differences(dossier, list(dossier.clock_entries.all()), calendars)


def _differences(
    dossier: Dossier, entries: list[ClockEntry], calendars: dict[str, WorkCalendar]
) -> Iterator[Difference]:
    name = str(dossier)
    if not entries:
        yield Difference(name, 0, dossier.due_at, None)
        return
    for count, entry in enumerate(entries, 1):
        computed = _computed(dossier, entries[:count], calendars)
        if computed != entry.due_at:
            yield Difference(name, entry.seq, entry.due_at, computed)
    if (dossier.due_at, dossier.original_due_at) != (entries[-1].due_at, entries[0].due_at):
        yield Difference(name, 0, dossier.due_at, entries[-1].due_at)


def _computed(
    dossier: Dossier, entries: list[ClockEntry], calendars: dict[str, WorkCalendar]
) -> datetime | None:
    """The due date that entries give; None as well where the calendar that they name can no longer be read."""
    try:
        due = run(history_of(dossier, entries), _calendar(entries[-1], calendars)).due_at
    except (KeyError, TypeError, ValueError, RuleViolation):
        return None
    return to_utc(due) if due else None


def _calendar(entry: ClockEntry, calendars: dict[str, WorkCalendar]) -> WorkCalendar:
    key = str(entry.calendar_id)
    if key not in calendars:
        calendars[key] = snapshots.load(CalendarSnapshot.objects.get(pk=key).content)
    return calendars[key]
