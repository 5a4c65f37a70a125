"""The eight working hours in which an office must answer a submission: what is left of them, and when somebody is told
(NĐ 61/2018/NĐ-CP, Điều 17; NĐ 118/2025/NĐ-CP). Hours are working hours of the office.
"""

from dataclasses import dataclass
from decimal import Decimal

SOON = Decimal(2)  # from here on a list shows that it presses; the day has two sessions of about four hours


@dataclass(frozen=True, slots=True)
class Left:
    """Working time until acceptance is due; negative once it is past. `tone`: late, soon, ok."""

    hours: Decimal

    @property
    def tone(self) -> str:
        """How pressing it is, as the classes of the pages call it."""
        if self.hours <= 0:
            return "late"
        return "soon" if self.hours <= SOON else "ok"

    @property
    def words(self) -> str:
        """ "còn 3 giờ 20 phút làm việc"; minutes are rounded down while time is left, up once it is past."""
        minutes = abs(int(self.hours * 60))
        amount = span(minutes)
        if self.hours > 0:
            return f"còn {amount} làm việc" if minutes else "còn chưa đến 1 phút làm việc"
        return f"quá hạn {amount} làm việc" if minutes else "vừa hết hạn"


def span(minutes: int) -> str:
    """So many minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours} giờ"] if hours else []) + ([f"{rest} phút"] if rest else [])
    return " ".join(parts)


def stage_to_tell(left: Decimal, *, seen: bool, before: Decimal, after: Decimal, told: frozenset[str]) -> str:
    """Which word of a submission the head of the office is owed now: "overdue" when the time has run out by `after` hours and
    more, "unseen" when nobody has opened it with `before` hours or fewer left, "" for none. Each is told once.
    """
    if left <= -after:
        return "" if "overdue" in told else "overdue"
    return "unseen" if not seen and left <= before and not told else ""
