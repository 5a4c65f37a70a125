"""Reporting periods: those that the law closes on the 14th, and those of the calendar.

Decree 09/2019/NĐ-CP, article 12: a month runs from the 15th of the month before to its 14th; a quarter from the 15th of the
month before it to the 14th of its last month; half a year and a year from 15 December of the year before. All dates are
legal dates of Viet Nam, both ends included.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from motcua.core.errors import RuleViolation

LAW = "Nghị định 09/2019/NĐ-CP, Điều 12"
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Kind(StrEnum):
    """How long a period is; the value stands in its code."""

    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    NINE_MONTHS = "9M"
    YEAR = "Y"


class Basis(StrEnum):
    """What closes a period."""

    LAW = "law"
    CALENDAR = "calendar"


# First and last month of the period with this number.
_MONTHS: dict[Kind, Callable[[int], tuple[int, int]]] = {
    Kind.MONTH: lambda n: (n, n),
    Kind.QUARTER: lambda n: (3 * n - 2, 3 * n),
    Kind.HALF: lambda n: (6 * n - 5, 6 * n),
    Kind.NINE_MONTHS: lambda n: (1, 9),
    Kind.YEAR: lambda n: (1, 12),
}
_COUNT = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.HALF: 2, Kind.NINE_MONTHS: 1, Kind.YEAR: 1}
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_CODE = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<Q>[1-4])|H(?P<H>[12])|(?P<nine>9M)|(?P<M>0[1-9]|1[0-2])))?")


@dataclass(frozen=True)
class Window:
    """Days that a figure covers, both ends included. Raises RuleViolation when they stand the wrong way round."""

    start: date
    end: date
    label: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise RuleViolation("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.", field="end")

    @property
    def name(self) -> str:
        """The label, else the dates."""
        return self.label or f"từ ngày {self.start:%d-%m-%Y} đến ngày {self.end:%d-%m-%Y}"


@dataclass(frozen=True)
class Period:
    """One reporting period, e.g. the first quarter of 2026: 15-12-2025 to 14-3-2026 by law."""

    kind: Kind
    year: int
    number: int = 1
    basis: Basis = Basis.LAW

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= _COUNT[self.kind]):
            raise RuleViolation("Kỳ báo cáo không có: kiểm tra năm và số thứ tự của kỳ.", field="period")

    @property
    def start(self) -> date:
        """The first day."""
        first, _ = _MONTHS[self.kind](self.number)
        opening = date(self.year, first, 1)
        return opening if self.basis is Basis.CALENDAR else (opening - timedelta(days=1)).replace(day=15)

    @property
    def end(self) -> date:
        """The last day."""
        _, last = _MONTHS[self.kind](self.number)
        if self.basis is Basis.LAW:
            return date(self.year, last, 14)
        following = date(self.year + last // 12, last % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def code(self) -> str:
        """ "2026-Q1", "2026-03", "2026-H1", "2026-9M", "2026"."""
        tails = {
            Kind.MONTH: f"-{self.number:02d}", Kind.QUARTER: f"-Q{self.number}", Kind.HALF: f"-H{self.number}",
            Kind.NINE_MONTHS: "-9M", Kind.YEAR: "",
        }  # fmt: skip
        return f"{self.year}{tails[self.kind]}"

    @property
    def label(self) -> str:
        """ "quý I năm 2026"."""
        names = {
            Kind.MONTH: f"tháng {self.number}", Kind.QUARTER: f"quý {_ROMAN.get(self.number)}",
            Kind.HALF: "6 tháng đầu" if self.number == 1 else "6 tháng cuối", Kind.NINE_MONTHS: "9 tháng", Kind.YEAR: "",
        }  # fmt: skip
        return f"{names[self.kind]} năm {self.year}".strip()

    @property
    def window(self) -> Window:
        """Its days."""
        return Window(self.start, self.end, self.label)

    def before(self) -> "Period":
        """The period before it, of the same kind."""
        return self._shifted(-1)

    def after(self) -> "Period":
        """The period after it, of the same kind."""
        return self._shifted(1)

    def _shifted(self, by: int) -> "Period":
        years, index = divmod(self.number - 1 + by, _COUNT[self.kind])
        return Period(self.kind, self.year + years, index + 1, self.basis)


def parse(text: str, basis: Basis = Basis.LAW) -> Period:
    """The period that a code names. Raises RuleViolation that shows the forms."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        raise RuleViolation(
            "Kỳ báo cáo phải ghi như 2026-03 (tháng), 2026-Q1 (quý), 2026-H1 (6 tháng), 2026-9M hoặc 2026 (năm).", field="period"
        )  # fmt: skip
    year = int(found["year"])
    for kind in (Kind.QUARTER, Kind.HALF, Kind.MONTH):
        if found[kind.value]:
            return Period(kind, year, int(found[kind.value]), basis)
    return Period(Kind.NINE_MONTHS if found["nine"] else Kind.YEAR, year, 1, basis)


def containing(day: date, kind: Kind = Kind.QUARTER, basis: Basis = Basis.LAW) -> Period:
    """The period of a kind that holds a day."""
    for year in (day.year, day.year + 1):
        for number in range(1, _COUNT[kind] + 1):
            period = Period(kind, year, number, basis)
            if period.start <= day <= period.end:
                return period
    # Only nine months leave days of the year uncovered.
    return Period(kind, day.year, 1, basis)


_NAMES = {
    Kind.QUARTER: "Quý",
    Kind.MONTH: "Tháng",
    Kind.HALF: "6 tháng",
    Kind.NINE_MONTHS: "9 tháng",
    Kind.YEAR: "Năm",
}
_RECENT = {Kind.QUARTER: 9, Kind.MONTH: 14, Kind.HALF: 4, Kind.NINE_MONTHS: 3, Kind.YEAR: 5}


def recent(day: date) -> list[tuple[str, list[Period]]]:
    """Periods that people ask for on a day, by kind, the newest first: the running one and those before it."""
    found = []
    for kind, name in _NAMES.items():
        period, periods = containing(day, kind), []
        for _ in range(_RECENT[kind]):
            periods.append(period)
            period = period.before()
        found.append((name, periods))
    return found
