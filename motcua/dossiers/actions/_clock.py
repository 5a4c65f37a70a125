"""The one writer of the clock ledger. The database carries each entry's due date over to the dossier (`triggers`)."""

from datetime import datetime
from typing import Any

from motcua.agencies.models import Agency
from motcua.core import store
from motcua.core.moments import to_utc
from motcua.dossiers.actions._journal import trace
from motcua.dossiers.models import CalendarSnapshot, ClockEntry, Dossier, DossierTask
from motcua.dossiers.queries.clock import history_of
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ledger, snapshots, stages
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import run

Kind = ClockEntry.Kind


def basis_for(desk: Desk, agency: Agency, rule: str, article: str) -> ledger.Basis:
    """The cut-offs in force on the day of the act, and the rule that the limit comes from."""
    cutoff = ledger.clock_time(desk.setting("same_day_cutoff", agency))
    reception = ledger.clock_time(desk.setting("reception_cutoff", agency) or "")
    default = ledger.Basis()
    return ledger.Basis(cutoff or default.same_day_cutoff, reception, rule, article)


def snapshot_of(desk: Desk, calendar: WorkCalendar, agency: Agency) -> str:
    """The hash of the calendar's snapshot, written when it is new."""
    key = ("snapshot", agency.pk)
    if name := store.kept(key):
        return str(name)
    name = desk.recall_snapshot(key, lambda: _written(calendar))
    store.keep(key, name)
    return name


def _written(calendar: WorkCalendar) -> tuple[str, bool]:
    """The hash, and whether the snapshot was stored before."""
    content = snapshots.dump(calendar)
    name = snapshots.fingerprint(content)
    stored = bool(store.find(CalendarSnapshot, hash=name))
    if not stored and store.batching():
        store.insert([CalendarSnapshot(hash=name, content=content)])
    elif not stored:
        CalendarSnapshot.objects.bulk_create(
            [CalendarSnapshot(hash=name, content=content)], ignore_conflicts=True
        )
    return name, stored


def start(dossier: Dossier, desk: Desk, basis: ledger.Basis, document: str) -> ClockEntry:
    """Open the ledger at `dossier.received_at` with the resolving agency's calendar as known now; `document` is the slip."""
    reason, at = "Tiếp nhận hồ sơ đầy đủ, hợp lệ", dossier.received_at
    return _write(dossier, desk, [], Kind.START, reason, document=document, basis=basis, at=at)


def record(
    dossier: Dossier, desk: Desk, kind: str, reason: str, *, document: str = "", amount: int | None = None,
    flagged: bool = False, entries: list[ClockEntry] | None = None,
) -> ClockEntry:  # fmt: skip
    """Append an act to the ledger. Restart and re-projection take the calendar as known now; every other act goes on
    with the calendar that the due date rests on, so that a changed calendar moves no date by the way.
    """
    entries = entries_of(dossier) if entries is None else entries
    return _write(dossier, desk, entries, kind, reason, document=document, amount=amount, flagged=flagged)


def entries_of(dossier: Dossier) -> list[ClockEntry]:
    """The ledger of a dossier, oldest first."""
    return sorted(store.find(ClockEntry, dossier_id=dossier.pk), key=lambda entry: entry.seq)


def _write(
    dossier: Dossier, desk: Desk, entries: list[ClockEntry], kind: str, reason: str, **more: Any
) -> ClockEntry:
    entry = _entry(dossier, desk, entries, kind, reason, **more)
    ledger.require_order(entries[-1].at if entries else None, entry.at)
    _compute(dossier, desk, entries, entry)
    store.insert([entry])
    trace(dossier, "clock", ledger.trace_of(entry.seq, entry.kind, entry.due_at, entry.document))
    dossier.due_at, dossier.due_provisional = entry.due_at, entry.provisional
    if entry.seq == 1:
        dossier.original_due_at = entry.due_at
    elif store.batching():
        _carry_over(entry)
    return entry


def _carry_over(entry: ClockEntry) -> None:
    """In a batch the copies that the database's trigger carries over to unfinished tasks are read before it has run."""
    for task in store.find(DossierTask, dossier_id=entry.dossier_id):
        if task.state not in stages.ENDED:
            task.dossier_due_at = entry.due_at


def _entry(
    dossier: Dossier, desk: Desk, entries: list[ClockEntry], kind: str, reason: str, *, document: str = "",
    amount: int | None = None, flagged: bool = False, basis: ledger.Basis | None = None, at: datetime | None = None,
) -> ClockEntry:  # fmt: skip
    return store.new(ClockEntry,
        dossier=dossier, seq=len(entries) + 1, kind=kind, at=at or desk.at, amount_working_days=amount, reason=reason[:500],
        document=document, flagged=flagged, actor=desk.actor, basis=basis.as_json() if basis else {},
    )  # fmt: skip


def _compute(dossier: Dossier, desk: Desk, entries: list[ClockEntry], entry: ClockEntry) -> None:
    """Set the due date that follows from all entries; the end changes nothing."""
    if entry.kind == Kind.END:
        last = entries[-1]
        entry.calendar_id, entry.due_at, entry.provisional = last.calendar_id, last.due_at, last.provisional
        return
    calendar, entry.calendar_id = _calendar_for(dossier, desk, entries, entry.kind)
    entry.due_at, entry.provisional = _due(dossier, [*entries, entry], calendar)


_ANEW = frozenset({Kind.START, Kind.RESTART, Kind.REPROJECT})


def _calendar_for(
    dossier: Dossier, desk: Desk, entries: list[ClockEntry], kind: str
) -> tuple[WorkCalendar, str]:
    """The calendar to compute with, and the name of its snapshot."""
    if kind in _ANEW:
        current = desk.calendar(dossier.resolving_agency)
        return current, snapshot_of(desk, current, dossier.resolving_agency)
    name = str(entries[-1].calendar_id)
    return loaded(desk, name), name


def _due(dossier: Dossier, entries: list[ClockEntry], calendar: WorkCalendar) -> tuple[datetime | None, bool]:
    """The due date after some entries, and whether it rests on a provisional year."""
    due = run(history_of(dossier, entries), calendar).due_at
    return (to_utc(due), calendar.is_provisional(due.date())) if due else (None, False)


def reprojection(
    dossier: Dossier, desk: Desk, entries: list[ClockEntry], reason: str, document: str
) -> ClockEntry:
    """The entry, not yet saved, that computes a dossier's dates anew with the calendar as known now."""
    found = _entry(dossier, desk, entries, Kind.REPROJECT, reason, document=document)
    _compute(dossier, desk, entries, found)
    return found


def loaded(desk: Desk, name: str) -> WorkCalendar:
    """The calendar of a snapshot."""
    return desk.recall(
        ("snapshot calendar", name),
        lambda: snapshots.load(store.find(CalendarSnapshot, hash=name)[0].content),
    )
