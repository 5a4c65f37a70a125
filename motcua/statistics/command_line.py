"""What the commands of figures ask and write alike. What is wrong is said in one sentence."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandError

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import agency_by_code
from motcua.statistics.output import KINDS
from motcua.statistics.output.files import BINARY
from motcua.statistics.rules.periods import Basis, Window, parse


def fail(message: str) -> NoReturn:
    """End the command."""
    raise CommandError(message)


def add_period(parser: ArgumentParser) -> None:
    """The options that say which days. Nothing is required here: what is missing is said in Vietnamese later."""
    parser.add_argument("--period", default="", help="2026-03, 2026-Q1, 2026-H1, 2026-9M hoặc 2026")
    parser.add_argument("--from", dest="start", default="", help="ngày đầu, dạng 2026-01-01")
    parser.add_argument("--to", dest="end", default="", help="ngày cuối, dạng 2026-03-31")
    parser.add_argument("--calendar", action="store_true", help="kỳ theo tháng dương lịch")


def add_person(parser: ArgumentParser) -> None:
    """The options that say who answers for an export, and why it is made."""
    parser.add_argument("--by", default="", help="tên đăng nhập của người xuất")
    parser.add_argument(
        "--reason", default="", help="lý do xuất dữ liệu có thể nhận ra người; được ghi nhật ký"
    )


def person_of(name: str) -> User | None:
    """The account of a sign-in name; None for none."""
    if not name:
        return None
    found = User.objects.filter(username=name.strip().lower()).first()
    if found is None:
        fail(f"Không có tài khoản “{name}”.")
    return found


def window_of(options: Mapping[str, Any], example: str) -> tuple[Window, str, str]:
    """The days, the code of the period and what closes it; both "" for free dates."""
    start, end, period = options["start"], options["end"], options["period"]
    if bool(start) != bool(end):
        fail("Cho cả --from và --to.")
    if start and period:
        fail("Chỉ cho --period, hoặc --from và --to.")
    if start:
        return Window(day_of(start, "--from"), day_of(end, "--to")), "", ""
    if not period:
        fail(f"Cho biết kỳ báo cáo bằng --period, hoặc --from và --to. {example}")
    basis = Basis.CALENDAR if options["calendar"] else Basis.LAW
    found = parse(period, basis)
    return found.window, found.code, basis.value


def day_of(text: str, option: str) -> date:
    """A day given as an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{option} phải là ngày dạng 2026-03-31, không phải “{text}”.")


def agency_of(code: str, example: str) -> Agency:
    """The agency given by its identifier."""
    if not code:
        fail(f"Cho biết mã cơ quan bằng --agency. {example}")
    found = agency_by_code(code)
    if found is None:
        fail(f"Không có cơ quan mang mã “{code}”.")
    return found


def kind_of(options: Mapping[str, Any]) -> str:
    """The kind of file, which must not be thrown at a screen when it is no text."""
    kind = str(options["format"]).lower()
    if kind not in KINDS:
        fail(f"Không có dạng tệp “{kind}”. Chọn một trong: {', '.join(KINDS)}.")
    if kind in BINARY and not options["output"] and sys.stdout.isatty():
        fail(f"Tệp {kind} không in ra màn hình được. Thêm --output TỆP.{kind}.")
    return kind


def emit(content: bytes, output: str, stdout: Any) -> None:
    """Write to a file, else to the screen or into a pipe, byte for byte."""
    raw = getattr(stdout, "buffer", None)
    if output:
        _save(Path(output), content)
    elif raw is None:  # captured by a test or by call_command
        stdout.write(content.decode("utf-8", "surrogateescape"), ending="")
    else:
        stdout.flush()
        raw.write(content)
        raw.flush()


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"Không ghi được tệp {path}: {error.strerror}.")
