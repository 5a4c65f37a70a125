"""`motcua catalogue`: take the catalogue from files, write it to files, load the starting one."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from motcua.accounts.models import User
from motcua.agencies.actions import install_standards
from motcua.agencies.models import Level
from motcua.core.commands import PlainCommand
from motcua.core.errors import why_unreadable
from motcua.core.moments import now
from motcua.procedures import actions
from motcua.procedures.actions._report import conclusion, row_line, summary
from motcua.procedures.actions.importing import ImportReport, Outcome
from motcua.procedures.queries import export
from motcua.procedures.rules import portal_files
from motcua.procedures.rules.portal import UnreadableFile

SHOWN = 40


class Command(PlainCommand):
    """Import and export of the catalogue of procedures and of internal processes."""

    help = "Nhập, xuất danh mục thủ tục hành chính và quy trình nội bộ bằng tệp CSV, JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        take = parts.add_parser(
            "import", help="nhập tệp CSV hoặc JSON của cổng quốc gia, hoặc tệp quy trình nội bộ"
        )
        take.add_argument("file", type=Path)
        take.add_argument("--skip-bad", action="store_true", help="bỏ qua dòng lỗi, nhập các dòng còn lại")
        take.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi")
        take.add_argument(
            "--effective", type=date.fromisoformat, help="ngày hiệu lực của phiên bản mới, YYYY-MM-DD"
        )
        give = parts.add_parser("export", help="xuất danh mục đang có")
        give.add_argument("--format", choices=["json", "csv"], default="json")
        give.add_argument("--output", type=Path, help="tệp ghi ra; không có thì ra màn hình")
        give.add_argument(
            "--on", type=date.fromisoformat, help="chỉ thủ tục có hiệu lực vào ngày này, YYYY-MM-DD"
        )
        give.add_argument("--processes", action="store_true", help="xuất quy trình nội bộ thay cho thủ tục")
        parts.add_parser("start", help="nạp danh mục khởi đầu đi kèm phần mềm")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["part"] != "export" and not Level.objects.exists():
            # On a database nobody has set up: without levels no procedure could be offered at one.
            install_standards(actor=system_user(), at=now())
        {"import": self._import, "export": self._export, "start": self._start}[options["part"]](options)

    def _import(self, options: dict[str, Any]) -> None:
        try:
            raw = options["file"].read_bytes()
            parsed = portal_files.read(raw)
        except OSError as error:
            raise CommandError(f"Không mở được tệp {options['file']}: {why_unreadable(error)}.") from error
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        report = actions.import_file(
            parsed,
            actor=system_user(),
            at=now(),
            skip_bad=options["skip_bad"],
            dry_run=options["dry_run"],
            effective_on=options["effective"],
            source=f"Tệp {options['file'].name}",
        )
        self._tell(report, options)
        if report.refused:
            sys.exit(1)

    def _tell(self, report: ImportReport, options: dict[str, Any]) -> None:
        """Refusals to standard error, the rest to standard output, the sums last."""
        for note in report.notes:
            self.stdout.write(f"tệp: {note}")
        plain = 0
        for row in report.rows:
            stream = self.stderr if row.outcome == Outcome.REFUSED else self.stdout
            plain += not row.notes and row.outcome != Outcome.UNCHANGED
            if row.notes or options["verbosity"] > 1 or (row.outcome != Outcome.UNCHANGED and plain <= SHOWN):
                stream.write(row_line(row), ending="\n")
        if plain > SHOWN and options["verbosity"] < 2:
            self.stdout.write(f"… và {plain - SHOWN} dòng thay đổi khác; thêm -v 2 để xem từng dòng.")
        for label in (summary(report), conclusion(report, options["dry_run"])):
            self.stdout.write(label)

    def _export(self, options: dict[str, Any]) -> None:
        if options["processes"]:
            text = export.processes_text(options["on"])
        else:
            text = export.catalogue_text(options["format"], options["on"])
        if options["output"] is None:
            self.stdout.write(text, ending="")
            return
        options["output"].write_bytes(text.encode())
        self.stderr.write(f"Đã ghi {options['output']}.", self.style.SUCCESS)

    def _start(self, options: dict[str, Any]) -> None:
        count = actions.load_starting_catalogue(actor=system_user(), at=now())
        self.stdout.write(f"Danh mục khởi đầu: {count} thủ tục được thêm.")


def system_user() -> User:
    """The account under which commands act; it cannot sign in."""
    fields = {"full_name": "Hệ thống", "kind": User.Kind.SYSTEM, "password": "!"}
    return User.objects.get_or_create(username="he-thong", defaults=fields)[0]
