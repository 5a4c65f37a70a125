"""When numbers are given out: by the sessions of the office's working calendar."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from motcua.core.errors import RuleViolation

Sessions = Sequence[tuple[time, time]]
CLOSED = "Hôm nay bộ phận một cửa không làm việc nên không phát số."


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
    """Raise RuleViolation when no number is given out at a naive local moment, saying since or until when."""
    found = giving_out(sessions, local, early, lead)
    if found is None:
        raise RuleViolation(CLOSED)
    first, last = found
    if local < first:
        raise RuleViolation(f"Chưa đến giờ phát số. Hôm nay phát số từ {first:%H:%M}.")
    if local >= last:
        raise RuleViolation(
            f"Hôm nay đã ngừng phát số lúc {last:%H:%M}. Mời ông/bà trở lại vào ngày làm việc sau."
        )
