"""When a message that could not be sent is tried again, and when nobody tries any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Schedule:
    """Pauses double from the first to the longest; tries end so long after the first one."""

    first: timedelta = timedelta(seconds=10)
    longest: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=26)

    def pause(self, tries: int) -> timedelta:
        """How long to wait after the try with this number, from 1."""
        return min(self.longest, self.first * (1 << min(max(tries, 1), 24) - 1))

    def gives_up(self, first_try_at: datetime | None, at: datetime) -> bool:
        """Whether a failure at this moment was the last: longer than a day of a partner being away."""
        return first_try_at is not None and at - first_try_at >= self.whole


REST_AFTER = 5  # failures in a row
REST_FIRST = timedelta(seconds=15)
REST_LONGEST = timedelta(seconds=60)


def rest(failures: int) -> timedelta | None:
    """How long a partner is left alone after so many failures in a row; None: not yet. Messages keep their tries meanwhile."""
    if failures < REST_AFTER:
        return None
    return min(REST_LONGEST, REST_FIRST * (1 << min(failures - REST_AFTER, 4)))
