"""Is an office open now, and if not, when does it open again: the sessions of its working calendar, Tết included."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from .calendar import BeyondCalendar, DayNote, WorkCalendar

HORIZON_DAYS = 30  # the longest holiday with its weekends is nine days


@dataclass(frozen=True, slots=True)
class Opening:
    """Naive local moments. Open until `until`; closed until `again` (None: not within a month, or not known)."""

    is_open: bool
    until: datetime | None = None
    again: datetime | None = None
    note: DayNote | None = None
    today: tuple[tuple[time, time], ...] = ()


def opening_at(calendar: WorkCalendar, local: datetime) -> Opening:
    """The state of an office with this calendar at a local moment; `note` says why a day off is one."""
    try:
        sessions = calendar.sessions_on(local.date())
        note = calendar.day_note(local.date())
    except BeyondCalendar:
        return Opening(is_open=False)
    for start, end in sessions:
        if start <= local.time() < end:
            return Opening(True, until=datetime.combine(local, end), note=note, today=sessions)
    return Opening(False, again=_next_opening(calendar, local), note=note, today=sessions)


def _next_opening(calendar: WorkCalendar, local: datetime) -> datetime | None:
    for ahead in range(HORIZON_DAYS):
        day = local.date() + timedelta(days=ahead)
        try:
            starts = [datetime.combine(day, start) for start, _ in calendar.sessions_on(day)]
        except BeyondCalendar:
            return None
        if later := [start for start in starts if start > local]:
            return later[0]
    return None
