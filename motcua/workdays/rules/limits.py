"""Time limits of procedures: an amount and a unit, as the catalogue states them."""

from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from motcua.core.errors import RuleViolation
from motcua.core.text import fold

SAME_DAY_CUTOFF = time(15, 0)
HOUR = 3_600_000_000  # microseconds


class ClockError(RuleViolation):
    """The clock cannot answer: a malformed limit, a calendar without working days, a date that no calendar
    covers.
    """


class Unit(StrEnum):
    """Units of a time limit. The national catalogue writes them as in `VIETNAMESE`."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    WORKING_HOUR = "working_hour"
    SAME_DAY = "same_day"
    NONE = "none"

    @property
    def label(self) -> str:
        """The unit as the catalogue writes it, e.g. "Ngày làm việc"."""
        return VIETNAMESE[self]

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """The unit named by its code or in Vietnamese, with or without accents. Raises ClockError."""
        unit = _BY_NAME.get(text) or _BY_NAME.get(fold(text))
        if unit is None:
            raise ClockError(
                f"Đơn vị thời hạn “{text}” chưa được biết. Dùng một trong: {', '.join(u.value for u in cls)}.",
                field="unit",
            )
        return unit


VIETNAMESE = {
    Unit.WORKING_DAY: "Ngày làm việc",
    Unit.CALENDAR_DAY: "Ngày",
    Unit.MONTH: "Tháng",
    Unit.WORKING_HOUR: "Giờ",
    Unit.SAME_DAY: "Trong ngày",
    Unit.NONE: "Không quy định",
}
_ALIASES = {
    "gio lam viec": Unit.WORKING_HOUR,
    "ngay lich": Unit.CALENDAR_DAY,
    "trong ngay lam viec": Unit.SAME_DAY,
    "khong": Unit.NONE,
    "khong quy dinh thoi han": Unit.NONE,
}
_BY_NAME = {u.value: u for u in Unit} | {fold(v): u for u, v in VIETNAMESE.items()} | _ALIASES
_WHOLE = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH})


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. `amount` is in `unit`s and is ignored for same_day and none.

    `same_day_cutoff` is the local time up to which, inclusive, a same-day procedure received is answered
    that day (Luật Hộ tịch 2014, Điều 5 khoản 3: 15:00). Raises ClockError for a negative amount, or a
    fraction of a day or month.
    """

    amount: Decimal
    unit: Unit
    same_day_cutoff: time = SAME_DAY_CUTOFF
    #: whole days or months; microseconds for working hours
    count: int = field(init=False, default=0, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.unit in _WHOLE:
            object.__setattr__(self, "count", _whole(self.amount, self.unit))
        elif self.unit is Unit.WORKING_HOUR:
            object.__setattr__(self, "count", _microseconds(self.amount))

    @classmethod
    def parse(cls, amount: str, unit: str, same_day_cutoff: time = SAME_DAY_CUTOFF) -> "Limit":
        """The limit written as text, e.g. ("1,5", "Giờ"). Raises ClockError."""
        kind = Unit.parse(unit)
        if kind in (Unit.SAME_DAY, Unit.NONE):
            return cls(Decimal(0), kind, same_day_cutoff)
        return cls(parse_amount(amount), kind, same_day_cutoff)

    def describe(self) -> str:
        """The limit in Vietnamese, e.g. "10 ngày làm việc", "1,5 giờ làm việc"."""
        if self.unit is Unit.NONE:
            return "không quy định thời hạn"
        if self.unit is Unit.SAME_DAY:
            return "trong ngày làm việc"
        return f"{number(self.amount)} {_COUNTED[self.unit]}"


_COUNTED = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.CALENDAR_DAY: "ngày",
    Unit.MONTH: "tháng",
    Unit.WORKING_HOUR: "giờ làm việc",
}


def number(amount: Decimal) -> str:
    """A number in Vietnamese writing: no trailing zeros, decimal comma."""
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def parse_amount(text: str) -> Decimal:
    """A number with a decimal point or comma. Raises ClockError."""
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise ClockError(
            f"Số “{text}” không đọc được. Ghi một số không âm, ví dụ 3 hoặc 1.5.", field="amount"
        )
    return amount


_LONGEST = {
    Unit.WORKING_DAY: 100_000,
    Unit.CALENDAR_DAY: 100_000,
    Unit.MONTH: 3_000,
    Unit.WORKING_HOUR: 1_000_000,
}


def _check_range(amount: Decimal, unit: Unit) -> None:
    if amount < 0:
        raise ClockError(f"Thời hạn {number(amount)} là số âm. Ghi một số không âm.", field="amount")
    if amount > _LONGEST[unit]:
        raise ClockError(
            f"Thời hạn {number(amount)} {_COUNTED[unit]} quá dài. Kiểm tra lại số.", field="amount"
        )


def _whole(amount: Decimal, unit: Unit) -> int:
    _check_range(amount, unit)
    if amount != int(amount):
        raise ClockError(
            f"Thời hạn {number(amount)} {_COUNTED[unit]} không nguyên. Ghi số nguyên, hoặc đổi sang giờ làm việc "
            "(đơn vị working_hour; một ngày làm việc là 8 giờ).",
            field="amount",
        )
    return int(amount)


def _microseconds(amount: Decimal) -> int:
    """Hours as microseconds, rounded up: never before the hours have elapsed. Exact, and without the cost of a Fraction."""
    _check_range(amount, Unit.WORKING_HOUR)
    hours, parts = amount.as_integer_ratio()
    return -(-hours * HOUR // parts)
