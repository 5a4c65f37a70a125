"""Sessions of a working day: from-to in minutes of the day, e.g. (450, 690) for 07:30-11:30; both ends
belong to it.
"""

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

from .limits import ClockError

Session = tuple[int, int]
Sessions = tuple[Session, ...]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SESSION = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def parse_sessions(texts: Iterable[str]) -> Sessions:
    """Sessions written "07:30-11:30", sorted. Raises ClockError when one is unreadable, reversed or
    overlaps.
    """
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise ClockError(f'Ca làm việc phải là một danh sách, ví dụ ["07:30-11:30"]; đang là {texts!r}.')
    found = sorted(_session(text) for text in texts)
    for (_, end), (start, _) in pairwise(found):
        if start < end:
            raise ClockError(
                f"Các ca làm việc chồng lên nhau: {', '.join(map(str, texts))}. Sửa lại giờ bắt đầu."
            )
    return tuple(found)


def _session(text: str) -> Session:
    match = _SESSION.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ClockError(f"Ca làm việc “{text}” không đọc được. Ghi theo mẫu 07:30-11:30.")
    hour, minute, to_hour, to_minute = map(int, match.groups())
    if hour > 23 or to_hour > 23 or minute > 59 or to_minute > 59:
        raise ClockError(f"Ca làm việc “{text}” có giờ không hợp lệ. Giờ từ 00:00 đến 23:59.")
    start, end = hour * 60 + minute, to_hour * 60 + to_minute
    if end <= start:
        raise ClockError(f"Ca làm việc “{text}” kết thúc trước khi bắt đầu. Đổi lại thứ tự.")
    return start, end


def clock_text(minute: int) -> str:
    """Minutes of the day as "07:30"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def session_texts(sessions: Sessions) -> list[str]:
    """Sessions in the form that `parse_sessions` reads."""
    return [f"{clock_text(a)}-{clock_text(b)}" for a, b in sessions]


def as_times(sessions: Sessions) -> tuple[tuple[time, time], ...]:
    """Sessions as pairs of local times."""
    return tuple((time(a // 60, a % 60), time(b // 60, b % 60)) for a, b in sessions)
