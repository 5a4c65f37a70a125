"""`motcua report NAME --agency CODE --period 2026-Q1`: a statutory report at the command line."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from motcua.agencies.models import Agency
from motcua.agencies.queries import agency_by_code
from motcua.core import moments
from motcua.core.errors import NotFound, RuleViolation
from motcua.statistics.output import KINDS, write
from motcua.statistics.output.files import BINARY
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.templates import find_form
from motcua.statistics.rules.periods import Basis, Window, parse
from motcua.statistics.rules.reports import CODES, code_of

EXAMPLE = "Ví dụ: motcua report II.06a --agency H40.12 --period 2026-Q1 --format xlsx --output bao-cao.xlsx"


class Command(BaseCommand):
    help = (
        "Lập báo cáo thống kê của một cơ quan: II.06a, II.06b, II.06c, II.07, 07a/BTP hoặc mẫu riêng. "
        + EXAMPLE
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Nothing is required here: what is missing is said in Vietnamese below.
        parser.add_argument(
            "name", nargs="?", default="", help="tên biểu, ví dụ II.06a, II.07, 07a/BTP, mau-3"
        )
        parser.add_argument("--agency", default="", help="mã định danh cơ quan, ví dụ H40.12")
        parser.add_argument("--period", default="", help="2026-03, 2026-Q1, 2026-H1, 2026-9M hoặc 2026")
        parser.add_argument("--from", dest="start", default="", help="ngày đầu, dạng 2026-01-01")
        parser.add_argument("--to", dest="end", default="", help="ngày cuối, dạng 2026-03-31")
        parser.add_argument("--calendar", action="store_true", help="kỳ theo tháng dương lịch")
        parser.add_argument("--below", action="store_true", help="gồm cả cơ quan, đơn vị trực thuộc")
        parser.add_argument("--format", default="json", help="json, xlsx, csv hoặc pdf; mặc định json")
        parser.add_argument("--output", default="", help="tệp ghi ra; mặc định là màn hình")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the report. Exit status 2 with a message when something asked for is not there."""
        try:
            made = self._made(options)
        except (RuleViolation, NotFound) as error:
            _fail(error.message)
        if options["output"]:
            _save(Path(options["output"]), made)
        else:
            self._print(made)

    def _made(self, options: dict[str, Any]) -> bytes:
        kind = options["format"].lower()
        if kind not in KINDS:
            _fail(f"Không có dạng tệp “{kind}”. Chọn một trong: {', '.join(KINDS)}.")
        if kind in BINARY and not options["output"] and sys.stdout.isatty():
            _fail(f"Tệp {kind} không in ra màn hình được. Thêm --output TỆP.{kind}.")
        agency, code = _agency(options["agency"]), _code(options["name"])
        window, period = _window(options)
        basis = (Basis.CALENDAR if options["calendar"] else Basis.LAW).value if period else ""
        form = find_form(code, agency, window.end)
        table = build(
            form, Scope(agency, options["below"]), window, moments.now(), period=period, basis=basis
        )
        return write(table, kind).content

    def _print(self, content: bytes) -> None:
        out = getattr(self.stdout, "buffer", None)
        if out is None:  # captured by a test or by call_command
            self.stdout.write(content.decode("utf-8", "surrogateescape"), ending="")
            return
        self.stdout.flush()
        out.write(content)
        out.flush()


def _fail(message: str) -> NoReturn:
    raise CommandError(message, returncode=2)


def _code(name: str) -> str:
    if not name:
        _fail(f"Cho biết tên biểu. {EXAMPLE}")
    code = code_of(name) or name.lower()
    if code not in CODES and not code.startswith("mau-"):
        _fail(f"Không có biểu “{name}”. Các biểu có sẵn: {', '.join(CODES)}.")
    return code


def _agency(code: str) -> Agency:
    if not code:
        _fail(f"Cho biết mã cơ quan bằng --agency. {EXAMPLE}")
    found = agency_by_code(code)
    if found is None:
        _fail(f"Không có cơ quan mang mã “{code}”.")
    return found


def _window(options: dict[str, Any]) -> tuple[Window, str]:
    """The days, and the code of the period; "" for free dates."""
    start, end, period = options["start"], options["end"], options["period"]
    if bool(start) != bool(end):
        _fail("Cho cả --from và --to.")
    if start and period:
        _fail("Chỉ cho --period, hoặc --from và --to.")
    if start:
        return Window(_day(start, "--from"), _day(end, "--to")), ""
    if not period:
        _fail(f"Cho biết kỳ báo cáo bằng --period, hoặc --from và --to. {EXAMPLE}")
    found = parse(period, Basis.CALENDAR if options["calendar"] else Basis.LAW)
    return found.window, found.code


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _fail(f"{option} phải là ngày dạng 2026-03-31, không phải “{text}”.")


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        _fail(f"Không ghi được tệp {path}: {error.strerror}.")
