"""`motcua eventlog export FILE.xes|FILE.csv --agency CODE --period 2026-Q1`: histories for process-mining tools."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.statistics.actions.lake import announce_eventlog
from motcua.statistics.command_line import add_period, add_person, agency_of, fail, person_of, window_of
from motcua.statistics.output.eventlog import write
from motcua.statistics.queries import Scope
from motcua.statistics.queries.eventlog import log_name, procedure_by_code, traces

EXAMPLE = "Ví dụ: motcua eventlog export nhat-ky.xes --agency H40.12 --period 2026-Q1"
FIGURES = ("resolved", "received_new", "received", "open")


class Command(PlainCommand):
    help = f"Nhật ký sự kiện của hồ sơ cho phần mềm khai phá quy trình (pm4py, ProM): XES hoặc CSV. {EXAMPLE}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        export = commands.add_parser("export", help="mỗi hồ sơ một vết; không có dữ liệu cá nhân")
        export.add_argument("file", help="tệp ghi ra, đuôi .xes hoặc .csv")
        export.add_argument("--agency", default="", help="mã định danh cơ quan, ví dụ H40.12")
        add_period(export)
        export.add_argument("--below", action="store_true", help="gồm cả cơ quan, đơn vị trực thuộc")
        export.add_argument("--procedure", default="", help="mã thủ tục; mặc định mọi thủ tục")
        export.add_argument(
            "--figure", default="resolved", help=f"hồ sơ của chỉ tiêu nào: {', '.join(FIGURES)}"
        )
        export.add_argument(
            "--codes", action="store_true", help="ghi mã hồ sơ thay bí danh; cần --by và --reason"
        )
        add_person(export)

    def handle(self, *args: Any, **options: Any) -> None:
        """Logs who and why, then writes. One sentence and exit status 1 when something asked for is not there."""
        try:
            count = self._export(Path(options["file"]), options)
        except OSError as error:
            fail(f"Không ghi được tệp {options['file']}: {error.strerror}.")
        self.stdout.write(f"{count} hồ sơ vào {options['file']}")

    def _export(self, path: Path, options: dict[str, Any]) -> int:
        kind = path.suffix.lower().removeprefix(".")
        if kind not in ("xes", "csv"):
            fail("Tên tệp phải có đuôi .xes hoặc .csv.")
        if options["figure"] not in FIGURES:
            fail(f"Không có chỉ tiêu “{options['figure']}” ở đây. Chọn một trong: {', '.join(FIGURES)}.")
        agency, (window, _, _) = agency_of(options["agency"], EXAMPLE), window_of(options, EXAMPLE)
        procedure = procedure_by_code(options["procedure"]).pk if options["procedure"] else None
        at, codes = moments.now(), options["codes"]
        scope = Scope(agency, options["below"])
        actor, reason = person_of(options["by"]), options["reason"]
        announce_eventlog(
            scope, window=window.name, kind=kind, codes=codes, reason=reason, actor=actor, at=at
        )
        found = traces(scope, window, at=at, figure=options["figure"], procedure=procedure, codes=codes)
        count = 0
        with path.open("wb") as handle:
            for count, piece in enumerate(write(found, kind, name=log_name(agency, window))):  # noqa: B007 - the head is piece 0
                handle.write(piece)
        return count - (kind == "xes")  # and the end of a XES file is a piece too
