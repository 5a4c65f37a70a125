"""How a due date is shown: word, icon and class, so that colour never speaks alone. No clock, no tables."""

from dataclasses import dataclass
from datetime import datetime

from motcua.core.moments import to_local

ICONS = {
    "on-time": "check-circle",
    "soon": "clock-history",
    "late": "exclamation-triangle-fill",
    "paused": "pause-circle",
    "done": "check2",
    "done-late": "exclamation-triangle",
    "none": "dash-circle",
}


@dataclass(frozen=True)
class Badge:
    """`kind` is the class after "due-"; `word` is what a person reads."""

    kind: str
    word: str

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


def badge(
    due: datetime | None,
    now: datetime,
    *,
    finished_at: datetime | None = None,
    paused: bool = False,
    working_days: int | None = None,
    soon: int = 3,
    by_minute: bool = False,
) -> Badge:
    """The badge of a due moment; all moments are aware.

    `finished_at` is when the result was ready. `working_days`: working days left, if the caller has counted
    them, else days of the calendar are said. `soon`: so many days left or fewer are "due soon".
    """
    if due is None:
        return Badge("none", "Không tính hạn")
    if finished_at is not None:
        return _finished(_days(due, finished_at), by_minute and finished_at > due)
    if paused:
        return Badge("paused", "Tạm dừng tính hạn")
    return _running(due, now, working_days, soon, by_minute)


def _days(due: datetime, moment: datetime) -> int:
    """Days of the calendar in Viet Nam from the moment to the due date; negative after it."""
    return (to_local(due).date() - to_local(moment).date()).days


def _finished(days: int, after_the_minute: bool) -> Badge:
    if days < 0 or after_the_minute:
        return Badge("done-late", "Xong quá hạn")
    return Badge("done", "Xong trước hạn" if days > 0 else "Xong đúng hạn")


def _running(due: datetime, now: datetime, working_days: int | None, soon: int, by_minute: bool) -> Badge:
    days = _days(due, now)
    if days < 0:
        return Badge("late", f"Quá hạn {-days} ngày")
    if by_minute and now > due:
        return Badge("late", "Quá hạn hôm nay")
    if days == 0:
        return Badge("soon", f"Đến hạn hôm nay, {to_local(due):%H:%M}")
    left, unit = (days, "ngày") if working_days is None else (working_days, "ngày làm việc")
    return Badge("soon" if left <= soon else "on-time", f"Còn {left} {unit}")
