"""A provisional year, computed from the law until its announcement is entered.

Bộ luật Lao động 2019: Điều 112 khoản 1 names the public holidays; Điều 111 khoản 3 gives the next working
day when one falls on a weekly day off. Which five days of Tết and which day beside 2-9 the law leaves to the
yearly announcement: they are taken as in the last announced year. Swaps of a working day for a Saturday are
never guessed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import DayEntry
from .lunar import hung_kings_day, new_year

LAW = "Bộ luật Lao động 2019, Điều 112 khoản 1"
COMPENSATION = "Bộ luật Lao động 2019, Điều 111 khoản 3"
_TET_DAYS = 5
CULTURE_DAY = "Ngày Văn hóa Việt Nam"
_CULTURE_SOURCE = "Nghị quyết số 80-NQ/TW"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a year's announcement chose: the first day of Tết off counted from mùng 1 (-1 is the day before
    it), and the day off beside 2-9 (-1 or 1; 0 for none, before 2021)."""

    tet_from: int
    national_day_beside: int


def provisional_days(year: int, choices: Choices, *, culture_day: bool = True) -> dict[date, DayEntry]:
    """The days off of a year by law, flagged provisional: holidays on weekdays, and compensation for the
    others.
    """
    holidays = _holidays(year, choices, culture_day)
    days = {day: _entry(name, LAW) for day, name in holidays.items() if day.weekday() < 5}
    for day, name in sorted(holidays.items()):
        if day.weekday() >= 5:
            days[_next_free(day, holidays, days)] = _entry(f"nghỉ bù {name}", COMPENSATION)
    return dict(sorted(days.items()))


def _holidays(year: int, choices: Choices, culture_day: bool) -> dict[date, str]:
    tet = new_year(year) + timedelta(days=choices.tet_from)
    found = {tet + timedelta(days=n): "Tết Nguyên đán" for n in range(_TET_DAYS)}
    found |= {
        date(year, 1, 1): "Tết Dương lịch",
        hung_kings_day(year): "Giỗ Tổ Hùng Vương",
        date(year, 4, 30): "Ngày Chiến thắng",
        date(year, 5, 1): "Ngày Quốc tế Lao động",
        date(year, 9, 2): "Quốc khánh",
    }
    if choices.national_day_beside:
        found[date(year, 9, 2) + timedelta(days=choices.national_day_beside)] = "Quốc khánh (ngày liền kề)"
    if culture_day:
        found[date(year, 11, 24)] = CULTURE_DAY
    return found


def _next_free(day: date, holidays: dict[date, str], taken: dict[date, DayEntry]) -> date:
    """The next weekday that is neither a holiday nor already a day of compensation."""
    while day.weekday() >= 5 or day in holidays or day in taken:
        day += timedelta(days=1)
    return day


def _entry(name: str, source: str) -> DayEntry:
    text = _CULTURE_SOURCE if CULTURE_DAY in name else source
    return DayEntry(False, None, name, f"{text}; tạm tính, chưa có thông báo", True)
