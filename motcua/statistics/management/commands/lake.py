"""`motcua lake export DIR`, `motcua lake report II.06a DIR --agency CODE --period 2026-Q1`, `motcua lake verify DIR`."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.statistics import replica
from motcua.statistics.command_line import (
    add_period,
    add_person,
    day_of,
    emit,
    fail,
    kind_of,
    person_of,
    window_of,
)
from motcua.statistics.output import write
from motcua.statistics.queries.standing import midnight
from motcua.statistics.rules.reports import code_of, form_on

EXAMPLE = (
    "Ví dụ: motcua lake export /srv/kho; motcua lake report II.06a /srv/kho --agency H40.12 --period 2026-Q1"
)
NEEDS = "Chưa cài phần kho số liệu. Cài: pip install --require-hashes -r requirements/lake.txt"


class Command(PlainCommand):
    help = f"Kho số liệu dạng Parquet cho máy khác, cụm máy: xuất, lập báo cáo, kiểm tra. {EXAMPLE}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        export = commands.add_parser("export", help="xuất hồ sơ ra kho; không có dữ liệu cá nhân")
        export.add_argument("folder", help="thư mục của kho")
        export.add_argument(
            "--since", default="", help="chỉ ghi lại các năm có hồ sơ thay đổi từ ngày này, dạng 2026-03-31"
        )
        export.add_argument(
            "--personal",
            action="store_true",
            help="kèm dữ liệu cá nhân; cần --by và --reason, được ghi nhật ký",
        )
        add_person(export)
        report = commands.add_parser("report", help="lập biểu từ kho, không cần cơ sở dữ liệu")
        report.add_argument("name", help="tên biểu: II.06a, II.06b, II.06c, II.07, 07a/BTP")
        report.add_argument("folder", help="thư mục của kho")
        report.add_argument("--agency", default="", help="mã định danh cơ quan, ví dụ H40.12")
        add_period(report)
        report.add_argument("--below", action="store_true", help="gồm cả cơ quan, đơn vị trực thuộc")
        report.add_argument("--original", action="store_true", help="thêm số theo hạn trả ban đầu")
        report.add_argument("--engine", default="duckdb", help="duckdb (trên máy này) hoặc spark (cụm máy)")
        report.add_argument("--format", default="json", help="json, xlsx, csv hoặc pdf; mặc định json")
        report.add_argument("--output", default="", help="tệp ghi ra; mặc định là màn hình")
        verify = commands.add_parser(
            "verify", help="so mọi tệp của kho với mã băm đã ghi; mã thoát 1 khi có tệp sai"
        )
        verify.add_argument("folder", help="thư mục của kho")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the sub-command. One sentence and exit status 1 when something asked for is not there."""
        try:
            getattr(self, f"do_{options['what']}")(options)
        except ModuleNotFoundError as error:
            if error.name and error.name.split(".")[0] in ("pyarrow", "ibis", "duckdb"):
                fail(NEEDS)
            raise

    def do_export(self, options: dict[str, Any]) -> None:
        """Log who and why, then write."""
        from motcua.statistics.actions.lake import announce_lake
        from motcua.statistics.output.lake_export import export
        from motcua.statistics.queries.lake_places import root_agencies

        at, folder = moments.now(), Path(options["folder"])
        since = midnight(day_of(options["since"], "--since")) if options["since"] else None
        personal, actor = options["personal"], person_of(options["by"])
        announce_lake(root_agencies(), folder=str(folder), personal=personal, reason=options["reason"], actor=actor, at=at)  # fmt: skip
        # A replica may lack the acts of the last seconds: what is read there stands to a moment of which it knows all.
        as_of = at - timedelta(seconds=settings.REPLICA_LAG) if replica.ALIAS in connections.databases else at
        made = replica.read(
            lambda: export(folder, as_of=as_of, since=since, personal=personal, tell=self.stdout.write)
        )
        kind = "có dữ liệu cá nhân" if personal else "không có dữ liệu cá nhân"
        self.stdout.write(f"{made.rows('dossiers')} hồ sơ, {len(made.parts)} tệp, {kind}; mã băm {made.hash}")

    def do_report(self, options: dict[str, Any]) -> None:
        """Count from the files."""
        from motcua.statistics.output.lake import broken
        from motcua.statistics.queries.lake import Lake, open_tables, report

        kind, lake = kind_of(options), Lake.at(Path(options["folder"]))
        if not options["agency"]:
            fail(f"Cho biết mã cơ quan bằng --agency. {EXAMPLE}")
        if faults := broken(lake.folder, lake.manifest):
            fail(f"Kho đang được ghi hoặc thiếu tệp ({faults[0]}). Đợi xuất xong hoặc xuất lại.")
        if not lake.manifest.rows("dossiers"):
            fail("Kho chưa có hồ sơ nào.")
        agency, (window, period, basis) = lake.agency(options["agency"]), window_of(options, EXAMPLE)
        form = form_on(code_of(options["name"]), window.end)
        form = form.with_original() if options["original"] else form
        with open_tables(options["engine"], lake.folder) as tables:
            table = report(
                lake, tables, form, agency, window, below=options["below"], period=period, basis=basis
            )
        emit(write(table, kind).content, options["output"], self.stdout)

    def do_verify(self, options: dict[str, Any]) -> None:
        """Read every file again."""
        from motcua.statistics.output.lake import broken
        from motcua.statistics.queries.lake import Lake

        lake = Lake.at(Path(options["folder"]))
        faults = broken(lake.folder, lake.manifest, whole=True)
        for path in faults:
            self.stdout.write(f"SAI: {path}")
        if faults:
            raise SystemExit(1)
        self.stdout.write(f"{len(lake.manifest.parts)} tệp đúng như đã ghi; mã băm {lake.manifest.hash}")
