"""`motcua report NAME --agency CODE --period 2026-Q1`: a statutory report at the command line."""

from argparse import ArgumentParser
from typing import Any

from motcua.agencies.models import Agency
from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.statistics import replica
from motcua.statistics.command_line import add_period, agency_of, emit, fail, kind_of, window_of
from motcua.statistics.output import write
from motcua.statistics.output.named import NAMED, Wanted
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.gathering import gather
from motcua.statistics.queries.templates import find_form
from motcua.statistics.rules.reports import CODES, code_of

EXAMPLE = "Ví dụ: motcua report II.06a --agency H40.12 --period 2026-Q1 --format xlsx --output bao-cao.xlsx"


class Command(PlainCommand):
    help = (
        "Lập báo cáo thống kê của một cơ quan: II.01–II.05, II.06a, II.06b, II.06c, II.07, II.08, 07a/BTP, "
        "tt01-2018 (cơ quan), tt01-2018-cb (cán bộ), qd-766 (chỉ số), qd-766-xep-hang hoặc mẫu riêng. "
        + EXAMPLE
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Nothing is required here: what is missing is said in Vietnamese below.
        parser.add_argument(
            "name", nargs="?", default="", help="tên biểu, ví dụ II.06a, II.07, 07a/BTP, mau-3"
        )
        parser.add_argument("--agency", default="", help="mã định danh cơ quan, ví dụ H40.12")
        add_period(parser)
        parser.add_argument("--below", action="store_true", help="gồm cả cơ quan, đơn vị trực thuộc")
        parser.add_argument(
            "--gathered", action="store_true", help="cộng báo cáo mà các đơn vị trực thuộc đã chốt và gửi"
        )
        parser.add_argument("--original", action="store_true", help="thêm số theo hạn trả ban đầu")
        parser.add_argument("--format", default="json", help="json, xlsx, csv hoặc pdf; mặc định json")
        parser.add_argument("--output", default="", help="tệp ghi ra; mặc định là màn hình")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the report. One sentence and exit status 1 when something asked for is not there."""
        emit(replica.read(lambda: self._made(options)), options["output"], self.stdout)

    def _made(self, options: dict[str, Any]) -> bytes:
        kind = kind_of(options)
        agency, code = agency_of(options["agency"], EXAMPLE), _code(options["name"])
        if code in NAMED:
            return _named(code, agency, kind, options)
        window, period, basis = window_of(options, EXAMPLE)
        form = find_form(code, agency, window.end)
        form = form.with_original() if options["original"] else form
        if options["gathered"]:
            return write(
                gather(form, agency, window, moments.now(), period=period, basis=basis), kind
            ).content
        table = build(
            form, Scope(agency, options["below"]), window, moments.now(), period=period, basis=basis
        )
        return write(table, kind).content


def _named(code: str, agency: Agency, kind: str, options: dict[str, Any]) -> bytes:
    """A report that is no form."""
    named = NAMED[code]
    if options["original"] or options["gathered"]:
        fail(f"“{code}” là chỉ số, không phải biểu đếm hồ sơ: không dùng được --original, --gathered.")
    asked = {**options, "calendar": True} if named.is_calendar else options
    window, period, basis = window_of(asked, EXAMPLE)
    return named.make(Wanted(agency, options["below"], window, period, basis, moments.now()), kind).content


def _code(name: str) -> str:
    if not name:
        fail(f"Cho biết tên biểu. {EXAMPLE}")
    code = code_of(name) or name.lower()
    if code not in (*CODES, *NAMED) and not code.startswith("mau-"):
        fail(f"Không có biểu “{name}”. Các biểu có sẵn: {', '.join((*CODES, *NAMED))}.")
    return code
