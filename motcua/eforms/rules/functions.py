"""The functions of the small language: what each takes, what it gives, how it is worked out on plain values.

Values: Decimal, str, bool, date, tuple of str (several choices), tuple of rows (a repeated group), None for blank.
A function of a blank value is blank, unless it says otherwise.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from motcua.core import money
from motcua.core.text import fold

LARGEST = Decimal(10) ** 15
TEXT_LENGTH = 2000
YEARS = range(1800, 2201)


class Kind(StrEnum):
    """What an expression gives, in the words of the people who write them."""

    NUMBER = "số"
    TEXT = "chữ"
    TRUTH = "đúng/sai"
    DATE = "ngày"
    LIST = "nhiều lựa chọn"
    ROWS = "nhóm lặp"
    ANY = "giá trị bất kỳ"


@dataclass(frozen=True)
class Function:
    """A function: kinds of its arguments (`more`: of any number of further ones), of its result, its work, its help."""

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    work: Callable[..., Any]
    help: str
    least: int = -1  # how many arguments there must be; -1: all of `takes`
    more: Kind | None = None
    blanks: bool = False  # whether it wants to see blank arguments
    by_row: bool = False  # whether its second argument is worked out for each row of the group named first


N, T, B, D, L, R, A = Kind.NUMBER, Kind.TEXT, Kind.TRUTH, Kind.DATE, Kind.LIST, Kind.ROWS, Kind.ANY


def in_bounds(number: Decimal) -> Decimal | None:
    """The number, or blank when it is no number or too large for any form."""
    return number if number.is_finite() and abs(number) <= LARGEST else None


def make_date(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    """A date of the years that forms know; blank when there is none such."""
    if year != int(year) or int(year) not in YEARS:
        return None
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def full_years(since: date, until: date) -> Decimal:
    """Full years lived (tuổi tròn) from one day to another; born on 29 February, a year older on 1 March."""
    return Decimal(until.year - since.year - ((until.month, until.day) < (since.month, since.day)))


def moved(day: date, days: Decimal) -> date | None:
    """A day so many days later; blank outside the years that forms know."""
    try:
        found = date.fromordinal(day.toordinal() + int(days))
    except (ValueError, OverflowError):
        return None
    return found if found.year in YEARS else None


def month_later(day: date, months: Decimal) -> date | None:
    """The same day so many months later, or the last day of that month (Bộ luật Dân sự 2015, Điều 148)."""
    if abs(months) > 12 * len(YEARS):
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    if year not in YEARS:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def rounded(number: Decimal, digits: Decimal = Decimal(0)) -> Decimal:
    """Half up, to so many decimals (0 to 4)."""
    places = min(max(int(digits), 0), 4)
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def plain(value: Any) -> str:
    """A value for joining texts: 1234,5 · 05/01/2026 · Có. A year is a number: no dots between thousands."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Decimal):
        return decimal_text(value).replace(".", "")
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def decimal_text(number: Decimal) -> str:
    """1.234,5: dots between thousands, a comma before decimals, no idle zeros."""
    text = f"{number:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.", ".,"))


def joined(*parts: Any) -> str:
    """Texts put together; nothing for a blank one; cut where no form needs more."""
    return "".join(plain(part) for part in parts if part is not None)[:TEXT_LENGTH]


def words_of(amount: Decimal) -> str:
    """An amount of đồng in words."""
    return money.in_words(int(rounded(amount)))


def _total(values: list[Any]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


_ALL = (
    Function("NEU", (B, A, A), A, lambda test, then, other: then if test else other,
             "NEU(điều kiện, giá trị khi đúng, giá trị khi sai)", blanks=True),
    Function("TRONG", (A,), B, lambda value: value in (None, "", ()), "TRONG(trường): đúng khi chưa có giá trị", blanks=True),
    Function("CO", (L, T), B, lambda chosen, one: one in chosen, 'CO(trường nhiều lựa chọn, "mã"): đúng khi có chọn mã đó'),
    Function("THUOC", (T, T), B, lambda value, *among: value in among, 'THUOC(trường, "a", "b"): đúng khi là một trong các mã', more=T),
    Function("TONG", (R, N), N, _total, "TONG(nhóm, số của mỗi dòng): cộng các dòng", by_row=True),
    Function("DEM", (R, B), N, lambda values: Decimal(sum(1 for value in values if value)),
             "DEM(nhóm) hoặc DEM(nhóm, điều kiện của dòng): đếm dòng", least=1, by_row=True),
    Function("LONNHAT", (N,), N, lambda *values: max(values), "LONNHAT(số, số, …)", more=N),
    Function("NHONHAT", (N,), N, lambda *values: min(values), "NHONHAT(số, số, …)", more=N),
    Function("LAMTRON", (N, N), N, rounded, "LAMTRON(số) hoặc LAMTRON(số, số chữ số thập phân)", least=1),
    Function("TUYETDOI", (N,), N, abs, "TUYETDOI(số)"),
    Function("HOMNAY", (), D, lambda: None, "HOMNAY(): ngày khai"),  # rules have no clock: whoever evaluates says it
    Function("NGAY", (N, N, N), D, make_date, "NGAY(năm, tháng, ngày)"),
    Function("NAM", (D,), N, lambda day: Decimal(day.year), "NAM(ngày): số năm"),
    Function("THANG", (D,), N, lambda day: Decimal(day.month), "THANG(ngày): số tháng"),
    Function("TUOI", (D, D), N, full_years, "TUOI(ngày sinh) hoặc TUOI(ngày sinh, ngày): tuổi tròn", least=1),
    Function("THEMTHANG", (D, N), D, month_later, "THEMTHANG(ngày, số tháng)"),
    Function("NOI", (A,), T, joined, 'NOI(giá trị, " ", giá trị): ghép thành chữ', more=A, blanks=True),
    Function("VIETHOA", (T,), T, str.upper, "VIETHOA(chữ)"),
    Function("VIETTHUONG", (T,), T, str.lower, "VIETTHUONG(chữ)"),
    Function("DODAI", (T,), N, lambda text: Decimal(len(text)), "DODAI(chữ): số ký tự"),
    Function("CHUA", (T, T), B, lambda text, part: fold(part) in fold(text), "CHUA(chữ, phần): đúng khi có phần đó, không kể dấu"),
    Function("BATDAU", (T, T), B, lambda text, part: fold(text).startswith(fold(part)), "BATDAU(chữ, phần): đúng khi bắt đầu bằng phần đó"),
    Function("BANGCHU", (N,), T, words_of, "BANGCHU(số tiền): số tiền bằng chữ"),
)  # fmt: skip
TODAY = "homnay"
FUNCTIONS: Mapping[str, Function] = {function.name.lower(): function for function in _ALL}
HELP: tuple[str, ...] = tuple(function.help for function in _ALL)
