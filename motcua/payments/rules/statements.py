"""Bank statements: rows of a CSV file by a layout, or an MT940-like text. Nothing is guessed: a line that cannot be read is told.

Amounts are whole đồng; moments are naive local (Asia/Ho_Chi_Minh). Only money that came in is a row; money that went out is counted.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from motcua.core.text import nfc

MOST_LINES = 20_000
DATE_FORMATS = {
    "dd/mm/yyyy": ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"),
    "yyyy-mm-dd": ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"),
    "mm/dd/yyyy": ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y"),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a bank writes its CSV: names of columns, separator, the mark between thousands, the form of dates."""

    reference: str = "Số giao dịch"
    memo: str = "Nội dung"
    credit: str = "Số tiền ghi có"
    date: str = "Ngày giao dịch"
    debit: str = ""
    delimiter: str = ","
    thousands: str = "."
    dates: str = "dd/mm/yyyy"
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Money that came in, as its line says."""

    line: int
    reference: str
    memo: str
    amount: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line, in Vietnamese."""

    line: int
    text: str


@dataclass
class Parsed:
    """A statement: rows, faults, and how many lines were of money that went out."""

    rows: list[Row] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    outgoing: int = 0
    _seen: dict[str, Row] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Keep a row, once for each bank reference; two that differ are a fault."""
        twin = self._seen.setdefault(row.reference, row)
        if twin is row:
            self.rows.append(row)
        elif (twin.amount, twin.memo, twin.paid_at) != (row.amount, row.memo, row.paid_at):
            self.fault(
                row.line, f"số giao dịch {row.reference} trùng với dòng {twin.line} nhưng nội dung khác"
            )

    def fault(self, line: int, text: str) -> None:
        """Note what is wrong with a line."""
        self.faults.append(LineFault(line, text))


def decode(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Windows-1258. Raises ValueError for what is no text."""
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("tệp không phải văn bản (CSV hoặc MT940)")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return nfc_lines(content.decode("utf-16"))
    try:
        return nfc_lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return nfc_lines(content.decode("cp1258", "replace"))


def nfc_lines(text: str) -> str:
    """The text composed, its line ends alike."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def parse_csv(text: str, layout: Layout) -> Parsed:
    """The rows of a CSV statement. Raises ValueError when the file as a whole is not of this layout."""
    lines = text.split("\n")
    body = "\n".join(lines[layout.skip :])
    reader = csv.reader(io.StringIO(body), delimiter=layout.delimiter)
    made = Parsed()
    try:
        heading = [nfc(cell) for cell in next(reader, [])]
        places = _places(heading, layout)
        for cells in reader:
            number = layout.skip + reader.line_num
            if len(made.rows) + len(made.faults) >= MOST_LINES:
                raise ValueError(f"tệp quá dài: tối đa {MOST_LINES} dòng, chia thành nhiều tệp")
            if any(cell.strip() for cell in cells):
                _csv_line(made, number, cells, places, layout)
    except csv.Error as error:
        raise ValueError(f"tệp CSV hỏng: {error}") from error
    return made


def _places(heading: list[str], layout: Layout) -> dict[str, int]:
    wanted = {
        "reference": layout.reference,
        "memo": layout.memo,
        "credit": layout.credit,
        "date": layout.date,
    }
    if layout.debit:
        wanted["debit"] = layout.debit
    folded = [cell.casefold() for cell in heading]
    missing = [name for name in wanted.values() if nfc(name).casefold() not in folded]
    if missing:
        raise ValueError(f"dòng tiêu đề không có cột {', '.join(missing)}; chọn mẫu sao kê khác hoặc sửa mẫu")
    return {key: folded.index(nfc(name).casefold()) for key, name in wanted.items()}


def _csv_line(made: Parsed, line: int, cells: list[str], places: dict[str, int], layout: Layout) -> None:
    value = {key: nfc(cells[at]) if at < len(cells) else "" for key, at in places.items()}
    if value["credit"].strip("0., ") == "" and value.get("debit", "").strip("0., "):
        made.outgoing += 1
        return
    try:
        amount = amount_of(value["credit"], layout.thousands)
        paid_at = moment_of(value["date"], layout.dates)
        if not value["reference"]:
            raise ValueError("thiếu số giao dịch")
    except ValueError as error:
        made.fault(line, str(error))
        return
    if amount < 0:
        made.outgoing += 1
        return
    made.add(Row(line, value["reference"][:60], value["memo"][:300], amount, paid_at))


def amount_of(text: str, thousands: str = ".") -> int:
    """Whole đồng: "1.000.000", "8,000.00", "+8000 VND". A fraction other than noughts is refused; negative went out.

    Raises ValueError.
    """
    bare = re.sub(r"(?i)(vnd|đ|đồng|\s|\u00a0)", "", text)
    bare = bare.replace(thousands, "") if thousands else bare
    found = re.fullmatch(r"([+-]?)([0-9]{1,15})(?:[.,]([0-9]+))?", bare)
    if not found:
        raise ValueError(f"số tiền “{text[:30]}” không đọc được")
    if (found[3] or "").strip("0"):
        raise ValueError(f"số tiền “{text[:30]}” có phần lẻ của đồng")
    amount = int(found[2])
    if amount == 0:
        raise ValueError("số tiền bằng 0")
    return -amount if found[1] == "-" else amount


def moment_of(text: str, form: str = "dd/mm/yyyy") -> datetime:
    """A local moment; a day alone means its noon. Raises ValueError."""
    for pattern in DATE_FORMATS[form]:
        try:
            found = datetime.strptime(text.strip(), pattern)
        except ValueError:
            continue
        if not 2000 <= found.year <= 2100:
            break
        return found if "%H" in pattern else found.replace(hour=12)
    raise ValueError(f"ngày “{text[:30]}” không đọc được; mẫu này ghi ngày dạng {form}")


_TAG = re.compile(r":(\d{2}[A-Z]?):(.*)")
# :61: value date, entry date, C or D (RC, RD: taken back), funds code, amount with a comma, type, references.
_ENTRY = re.compile(
    r"(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d{1,15}),(\d{0,2})([A-Z]\w{3})([^/\n]*)(?://([^\n]*))?"
)


def parse_mt940(text: str) -> Parsed:
    """Entries (:61:) with their memo (:86:) of an MT940-like text. Raises ValueError when there is no entry at all."""
    made, entries = Parsed(), list(_tags(text))
    if not any(tag in ("61", "62F", "60F") for _, tag, _ in entries):
        raise ValueError("tệp không có dòng :61: nào; đây không phải sao kê MT940")
    for number, (line, tag, value) in enumerate(entries):
        if tag != "61":
            continue
        following = entries[number + 1] if number + 1 < len(entries) else (0, "", "")
        _entry(made, line, value, following[2] if following[1] == "86" else "")
    return made


def _tags(text: str) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TAG.match(line.strip()):
            found.append((number, match[1], match[2]))
        elif found and line.strip() and not line.startswith(("-", "{")):
            start, tag, value = found[-1]
            found[-1] = (start, tag, f"{value}\n{line.strip()}" if tag == "61" else value + line.strip())
    return found[:MOST_LINES]


def _entry(made: Parsed, line: int, value: str, memo: str) -> None:
    found = _ENTRY.match(value)
    if not found:
        made.fault(line, "dòng :61: không đúng dạng ngày, C/D, số tiền, loại, số tham chiếu")
        return
    if found[3] != "C":
        made.outgoing += 1
        return
    try:
        if found[6].strip("0"):
            raise ValueError("số tiền có phần lẻ của đồng")
        amount = amount_of(found[5], "")
        paid_at = datetime.strptime(found[1], "%y%m%d").replace(hour=12)
    except ValueError as error:
        made.fault(line, str(error) if "tiền" in str(error) else f"ngày “{found[1]}” không đọc được")
        return
    reference = (found[9] or found[8]).strip()
    if not reference or reference == "NONREF":
        made.fault(line, "thiếu số giao dịch của ngân hàng")
        return
    clean = nfc(re.sub(r"\?\d{2}", " ", memo))
    made.add(Row(line, reference[:60], clean[:300], amount, paid_at))
