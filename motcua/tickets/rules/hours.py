"""When numbers are given out: by the sessions of the office's working calendar."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from motcua.core.errors import RuleViolation

Sessions = Sequence[tuple[time, time]]
DAY_OFF = "Hôm nay bộ phận một cửa không làm việc nên không phát số."
NOT_YET = "Chưa đến giờ phát số. Hôm nay phát số từ %(time)s."
OVER = "Hôm nay đã ngừng phát số lúc %(time)s. Mời ông/bà trở lại vào ngày làm việc sau."


class Closed(RuleViolation):
    """No number is given out at this moment. `words` is the sentence with a place for `time` (local, "HH:MM"), so that it can be
    said in another language too; `message` is the whole in Vietnamese.
    """

    def __init__(self, words: str, time: str = "") -> None:
        super().__init__(words % {"time": time})
        self.words, self.time = words, time


def giving_out(sessions: Sessions, day: datetime, early: int, lead: int) -> tuple[datetime, datetime] | None:
    """From when to when numbers are given out on a day with these sessions: `early` minutes before the first to `lead` minutes
    before the end of the last, over noon too; naive local moments. None on a day off.
    """
    if not sessions:
        return None
    first = datetime.combine(day, sessions[0][0]) - timedelta(minutes=early)
    last = datetime.combine(day, sessions[-1][1]) - timedelta(minutes=lead)
    return first, last


def require_open(sessions: Sessions, local: datetime, early: int, lead: int) -> None:
    """Raise Closed when no number is given out at a naive local moment, saying since or until when."""
    found = giving_out(sessions, local, early, lead)
    if found is None:
        raise Closed(DAY_OFF)
    first, last = found
    if local < first:
        raise Closed(NOT_YET, f"{first:%H:%M}")
    if local >= last:
        raise Closed(OVER, f"{last:%H:%M}")
