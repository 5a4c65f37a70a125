"""What the law lets happen to a running clock: suspension, restart by supplement, one extension by
apology.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from .limits import Limit


@dataclass(frozen=True, slots=True)
class Suspension:
    """The clock rests from `start` to `end` (local); no end while it still rests.

    Day limits look at the dates only; hour limits at the working time between the two moments. `restarts`: it waits for a
    supplement, so that a Restart will end it and not its own end.
    """

    start: datetime
    end: datetime | None
    reason: str = ""
    document: str = ""
    restarts: bool = False

    @classmethod
    def of_days(cls, start: date, end: date, reason: str = "", document: str = "") -> "Suspension":
        """From a day to a day: the days after the first, up to and including the last."""
        return cls(datetime.combine(start, time.max), datetime.combine(end, time.max), reason, document)


@dataclass(frozen=True, slots=True)
class Restart:
    """The supplement was complete at `at` (local): the limit runs from the start again (NĐ 61/2018, Điều 19
    khoản 4).
    """

    at: datetime
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Re-appointment by apology, told at `at` (local): so many working days after the due date as it stands.

    Once per dossier, at least one working day before the due date (NĐ 61/2018, Điều 19 khoản 9).
    """

    at: datetime
    amount_working_days: int
    reason: str = ""
    document: str = ""


Event = Suspension | Restart | Extension


def moment_of(event: Event) -> datetime:
    """The moment at which an event takes effect."""
    return event.start if isinstance(event, Suspension) else event.at


@dataclass(frozen=True, slots=True)
class History:
    """All that a due date rests on. `received_at` is local; `rule` and `article` name the source of the
    limit.

    `reception_cutoff`: by local regulation, what is received after it counts as received the next working
    day.
    """

    limit: Limit
    received_at: datetime
    events: tuple[Event, ...] = ()
    rule: str = ""
    article: str = ""
    reception_cutoff: time | None = None
