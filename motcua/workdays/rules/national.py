"""Calendars from files: the form of `motcua clock --calendar`, and the national calendar shipped with the
package.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from .calendar import DayEntry, Layer, Plan, WorkCalendar
from .holidays import CULTURE_DAY, Choices, provisional_days
from .limits import ClockError
from .sessions import WEEKDAYS, parse_sessions

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "national.json"
PROVISIONAL_YEARS = 2


def from_json(data: Mapping[str, Any]) -> WorkCalendar:
    """A calendar of its own from {"sessions": {"mon": [...]}, "days": {"2026-01-02": "off"}}; unbounded in
    time.

    A weekday without a key has no sessions; a day given as "work" has Monday's. Raises ClockError.
    """
    if not isinstance(data, Mapping):
        raise ClockError("Tệp lịch phải là một đối tượng JSON có “sessions” và “days”.")
    layer = Layer(_plans(data.get("sessions", {})), _days(data.get("days", {})))
    return WorkCalendar([layer], name=str(data.get("name", "lịch riêng")))


def read_file(path: Path) -> WorkCalendar:
    """The calendar of a JSON file. Raises ClockError, OSError."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8-sig")))
    except json.JSONDecodeError as error:
        place = f"dòng {error.lineno}, cột {error.colno}"
        raise ClockError(f"Tệp lịch không phải JSON hợp lệ, hỏng ở {place}. Sửa rồi chạy lại.") from error
    except UnicodeDecodeError as error:
        raise ClockError("Tệp lịch không phải UTF-8. Lưu lại tệp theo mã UTF-8 rồi chạy lại.") from error


@lru_cache(maxsize=1)
def shipped_data() -> dict[str, Any]:
    """The national calendar as shipped: sessions, days with name and source, what each announcement chose."""
    data: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def national() -> WorkCalendar:
    """The shipped national calendar: announced years, then two provisional ones, then an error."""
    data = shipped_data()
    announced = {int(year): choices_of(entry) for year, entry in data["announced"].items()}
    layer = Layer(_plans(data["sessions"]), _days(data["days"]))
    return with_provisional_years(
        [layer], announced, first=date.fromisoformat(data["first"]), name=data["name"]
    )


def days_of_data(data: Mapping[str, Any]) -> dict[date, DayEntry]:
    """The days of a calendar in file form. Raises ClockError."""
    return _days(data["days"])


def choices_of(entry: Mapping[str, Any]) -> Choices:
    """What an announcement chose, from its stored form."""
    return Choices(int(entry["tet_from"]), int(entry["national_day_beside"]))


def with_provisional_years(
    layers: list[Layer], announced: Mapping[int, Choices], *, first: date, name: str
) -> WorkCalendar:
    """A calendar known from `first` through the announced years and two more, computed as in the last
    announced.

    What the layers say of a provisional year stands above the computation. Raises ClockError without
    announced years.
    """
    if not announced:
        raise ClockError(
            "Chưa có năm nào được công bố trong lịch quốc gia. Nhập lịch nghỉ của ít nhất một năm."
        )
    known = max(announced)
    culture = any(
        CULTURE_DAY in entry.name
        for layer in layers
        for day, entry in layer.days.items()
        if day.year == known
    )
    computed: dict[date, DayEntry] = {}
    for year in range(known + 1, known + 1 + PROVISIONAL_YEARS):
        computed |= provisional_days(year, announced[known], culture_day=culture)
    end = date(known + PROVISIONAL_YEARS, 12, 31)
    begin = date(known + 1, 1, 1)
    return WorkCalendar(
        [*layers, Layer((), computed)], first=first, last=end, provisional_from=begin, name=name
    )


def _plans(sessions: Mapping[str, Any]) -> tuple[Plan, ...]:
    if not isinstance(sessions, Mapping):
        raise ClockError('“sessions” phải là một đối tượng, ví dụ {"mon": ["07:30-11:30"]}.')
    return tuple(
        Plan(_weekday(key), parse_sessions([] if texts is None else texts)) for key, texts in sessions.items()
    )


def _weekday(key: str) -> int:
    if key.lower() not in WEEKDAYS:
        raise ClockError(f"Thứ “{key}” trong “sessions” không hợp lệ. Dùng: {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(key.lower())


def _days(days: Mapping[str, Any]) -> dict[date, DayEntry]:
    if not isinstance(days, Mapping):
        raise ClockError('“days” phải là một đối tượng, ví dụ {"2026-01-02": "off"}.')
    return {_date(key): _entry(key, value) for key, value in days.items()}


def _date(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except ValueError as error:
        raise ClockError(f"Ngày “{key}” trong “days” không hợp lệ. Ghi theo mẫu 2026-01-02.") from error


def _entry(key: str, value: object) -> DayEntry:
    if value in ("off", "work"):
        return DayEntry(value == "work")
    if isinstance(value, Mapping) and ("work" in value) != ("off" in value):
        own = value.get("work")
        sessions = None if own in (None, True) else parse_sessions(own)
        return DayEntry("work" in value, sessions, str(value.get("name", "")), str(value.get("source", "")))
    raise ClockError(f'Ngày {key}: giá trị phải là “off”, “work” hoặc {{"work": ["08:00-12:00"]}}.')
