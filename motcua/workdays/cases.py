"""`motcua clock`: due dates of a file of cases. No database, no Django: it starts at once and reads as it
writes.

Input: CSV with the columns id, received_at (local, YYYY-MM-DDTHH:MM), amount, unit, suspensions (date/date
joined by ";"), in any order. Output: id, due_at, and with `--explain` the derivation. Every row gives a
line; a row that cannot be read has an empty due_at and is named on standard error, and the exit status is 1.
What makes the whole file unusable ends with status 2 before anything is written. See
docs/decisions/0011-clock-command.md.
"""

import argparse
import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from motcua.core.errors import why_unreadable

from .rules.calendar import WorkCalendar
from .rules.clock import ClockError, History, Limit, Suspension, derive, due_at
from .rules.national import national, read_file

REQUIRED = ("id", "received_at", "amount", "unit")
_SHOWN = 20
_KEPT = 50_000
_LONGEST_PAUSE = 36_525  # days


class Columns(NamedTuple):
    """Where each column stands in a row; -1 when there is none for suspensions."""

    id: int
    received_at: int
    amount: int
    unit: int
    suspensions: int


class Report:
    """What is to be said on standard error."""

    def __init__(self, calendar: WorkCalendar, errors: TextIO) -> None:
        self.errors = errors
        self.failed = 0
        self.provisional: list[int] = []
        begin = calendar.provisional_from
        self.provisional_from = datetime.combine(begin, datetime.min.time()) if begin else datetime.max

    def bad(self, line: int, name: str, message: str) -> None:
        self.failed += 1
        print(f"Dòng {line} (id {name}): {message}", file=self.errors)

    def close(self) -> int:
        """Say what is left to say; the exit status."""
        if self.provisional:
            lines = ", ".join(map(str, self.provisional[:_SHOWN]))
            more = " …" if len(self.provisional) > _SHOWN else ""
            print(
                f"Lưu ý: {len(self.provisional)} hạn trả dựa trên lịch nghỉ tạm tính, chưa công bố "
                f"(từ {self.provisional_from:%d/%m/%Y}): dòng {lines}{more}.",
                file=self.errors,
            )
        if self.failed:
            print(
                f"{self.failed} dòng không tính được hạn; due_at để trống. Sửa rồi chạy lại.",
                file=self.errors,
            )
        return 1 if self.failed else 0


def main(argv: list[str] | None = None) -> int:
    """Run the command; the exit status: 0, 1 with bad rows, 2 with an unusable file."""
    parser = argparse.ArgumentParser(
        prog="motcua clock", description="Tính hạn trả của các trường hợp trong một tệp CSV."
    )
    add_arguments(parser)
    options = parser.parse_args(argv)
    return run(options.cases, options.calendar, explain=options.explain)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--cases", required=True, metavar="FILE.csv", help="tệp trường hợp; - là đầu vào chuẩn"
    )
    parser.add_argument(
        "--calendar", type=Path, metavar="FILE.json", help="lịch riêng thay cho lịch quốc gia"
    )
    parser.add_argument("--explain", action="store_true", help="thêm cột diễn giải từng bước")


def run(cases: str, calendar: Path | None, *, explain: bool) -> int:
    """Standard output gets the due dates, standard error what went wrong. Returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="")
    try:
        return _answer(cases, calendar, explain)
    except BrokenPipeError:  # the reader left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ClockError as error:
        print(f"Lỗi: {error.message}", file=sys.stderr)
    except OSError as error:
        print(f"Lỗi: không đọc được {error.filename}: {why_unreadable(error)}.", file=sys.stderr)
    except UnicodeDecodeError:
        print("Lỗi: tệp không phải UTF-8. Lưu lại tệp theo mã UTF-8 rồi chạy lại.", file=sys.stderr)
    return 2


def _answer(cases: str, calendar: Path | None, explain: bool) -> int:
    chosen = read_file(calendar) if calendar else national()
    with ExitStack() as stack:
        source: TextIO = sys.stdin
        if cases != "-":
            source = stack.enter_context(open(cases, encoding="utf-8-sig", newline=""))
        elif isinstance(source, TextIOWrapper):
            source.reconfigure(encoding="utf-8-sig", newline="")
        return write_due_dates(source, sys.stdout, sys.stderr, chosen, explain=explain)


def write_due_dates(
    source: Iterable[str], out: TextIO, errors: TextIO, calendar: WorkCalendar, *, explain: bool = False
) -> int:
    """Read cases, write due dates. Returns the exit status. Raises ClockError for a file without its
    columns.
    """
    lines = iter(source)
    header = next(lines, None)
    if header is None:
        raise ClockError("Tệp trống. Dòng đầu phải là: id,received_at,amount,unit,suspensions.")
    separator = max(",;\t", key=header.count)
    columns = _columns(next(csv.reader([header], delimiter=separator)))
    report = Report(calendar, errors)
    rows = csv.reader(lines, delimiter=separator)
    out.write("id,due_at,derivation\n" if explain else "id,due_at\n")
    answer = (_explained if explain else _plain)(rows, columns, calendar, report)
    out.writelines(_answers(rows, columns, report, answer, explain=explain))
    return report.close()


def _quoted(text: str) -> str:
    """A cell as CSV wants it: in quotes when it holds a separator, a quote or a line end."""
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _columns(header: list[str]) -> Columns:
    names = [name.strip().lower() for name in header]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise ClockError(
            f"Thiếu cột {', '.join(missing)}. Dòng đầu của tệp phải có: id,received_at,amount,unit,suspensions."
        )
    last = names.index("suspensions") if "suspensions" in names else -1
    first, second, third, fourth = (names.index(name) for name in REQUIRED)
    return Columns(first, second, third, fourth, last)


Answer = Callable[[list[str]], str]


def _answers(rows: Any, columns: Columns, report: Report, answer: Answer, *, explain: bool) -> Iterator[str]:
    """A line for every row: its id and the answer; bad rows are reported and have none."""
    at_id, width = columns.id, max(columns[:4])
    try:
        for row in rows:
            if not row:
                continue
            name = row[at_id] if at_id < len(row) else ""
            try:
                if len(row) <= width:
                    raise ClockError(f"thiếu cột: có {len(row)} ô, cần ít nhất {width + 1}.")
                text = answer(row)
            except ClockError as error:
                report.bad(rows.line_num + 1, name, error.message)
                text = f",{_quoted(f'Không tính được: {error.message}')}" if explain else ""
            yield f"{_quoted(name)},{text}\n"
    except csv.Error as error:
        raise ClockError(f"Dòng {rows.line_num + 1}: không phải CSV hợp lệ ({error}).") from error


def _plain(rows: Any, columns: Columns, calendar: WorkCalendar, report: Report) -> Answer:
    """Answers a row with its due date."""
    read, provisional_from = _reader(columns), report.provisional_from
    texts: dict[datetime, str] = {}  # most due dates are the end of some day: written once

    def answer(row: list[str]) -> str:
        limit, received_at, suspensions = read(row)
        due = due_at(limit, received_at, calendar, suspensions)
        if due is None:
            return ""
        if due >= provisional_from:
            report.provisional.append(rows.line_num + 1)
        text = texts.get(due)
        if text is None:
            if len(texts) > _KEPT:
                texts.clear()
            text = texts[due] = due.isoformat(timespec="minutes")
        return text

    return answer


def _explained(rows: Any, columns: Columns, calendar: WorkCalendar, report: Report) -> Answer:
    """Answers a row with its due date and the derivation, which runs over several lines, in quotes."""
    read = _reader(columns)

    def answer(row: list[str]) -> str:
        limit, received_at, suspensions = read(row)
        derivation = derive(History(limit, received_at, suspensions), calendar)
        if derivation.provisional:
            report.provisional.append(rows.line_num + 1)
        due = derivation.due_at
        return f"{due.isoformat(timespec='minutes') if due else ''},{_quoted(derivation.as_text())}"

    return answer


Case = tuple[Limit, datetime, tuple[Suspension, ...]]


def _reader(columns: Columns) -> Callable[[list[str]], Case]:
    """What turns a long enough row into a case; it raises ClockError. Limits are read once each."""
    limits: dict[tuple[str, str], Limit] = {}
    _, at_received, at_amount, at_unit, at_suspensions = columns

    def read(row: list[str]) -> Case:
        key = (row[at_amount], row[at_unit])
        limit = limits.get(key)
        if limit is None:
            limit = limits[key] = Limit.parse(key[0], key[1].strip())
        dates = row[at_suspensions] if 0 <= at_suspensions < len(row) else ""
        return limit, _moment(row[at_received]), _suspensions(dates) if dates else ()

    return read


def _moment(text: str) -> datetime:
    """A local moment YYYY-MM-DDTHH:MM. Raises ClockError."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None and len(text) >= 16:
            return moment
    except ValueError:
        if text != text.strip():
            return _moment(text.strip())
    raise ClockError(f"received_at “{text}” không đọc được. Ghi giờ Việt Nam theo mẫu 2026-01-05T09:30.")


def _suspensions(text: str) -> tuple[Suspension, ...]:
    """Suspensions written date/date, joined by ";". Raises ClockError."""
    return tuple(_suspension(part.strip()) for part in text.split(";") if part.strip())


def _suspension(text: str) -> Suspension:
    start, _, end = text.partition("/")
    try:
        first, last = date.fromisoformat(start.strip()), date.fromisoformat(end.strip())
    except ValueError:
        raise ClockError(
            f"Tạm dừng “{text}” không đọc được. Ghi ngày/ngày, ví dụ 2026-01-05/2026-01-12; nhiều lần thì nối bằng “;”."
        ) from None
    if last < first:
        raise ClockError(f"Tạm dừng “{text}” kết thúc trước khi bắt đầu. Đổi lại thứ tự hai ngày.")
    if (last - first).days > _LONGEST_PAUSE:
        raise ClockError(f"Tạm dừng “{text}” quá dài. Kiểm tra lại hai ngày.")
    return Suspension.of_days(first, last)
