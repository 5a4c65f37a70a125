"""`motcua dossiers verify-clock | explain CODE | transitions`: due dates against the ledger, one explained, the table of transitions."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

from motcua.core.commands import PlainCommand
from motcua.core.moments import to_local
from motcua.dossiers import queries, triggers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import integrity
from motcua.dossiers.rules.transitions import as_rows


class Command(PlainCommand):
    help = "Kiểm tra sổ thời hạn của hồ sơ; in bảng chuyển trạng thái."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser(
            "verify-clock", help="tính lại mọi hạn từ sổ thời hạn; mã thoát 1 khi có chỗ khác"
        )
        explain = commands.add_parser(
            "explain", help="in cách tính hạn trả kết quả của một hồ sơ, dạng văn bản"
        )
        explain.add_argument("code", metavar="MÃ", help="mã hồ sơ")
        commands.add_parser("transitions", help="in bảng chuyển trạng thái, dạng TSV")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "explain":
            self.explain(options["code"])
        else:
            getattr(self, options["what"].replace("-", "_"))()

    def explain(self, code: str) -> None:
        """Print how the due date of a dossier follows, line by line. Refuses a code that no dossier has."""
        found = Dossier.objects.filter(code=code.strip()).first()
        if found is None:
            raise CommandError(f"Không có hồ sơ mã {code}. Kiểm tra mã ghi trên giấy tiếp nhận.")
        self.stdout.write(queries.derivation_of(found).as_text())

    def verify_clock(self) -> None:
        """Recompute all due dates; name what differs and which guards are missing. Exit status 1 when anything is wrong."""
        wrong = 0
        for name in triggers.missing(connection):
            wrong += 1
            self.stdout.write(f"Thiếu ràng buộc của cơ sở dữ liệu: {name}")
        for found in queries.verify_clock():
            wrong += 1
            where = f"mục {found.seq} của sổ thời hạn" if found.seq else "hồ sơ"
            self.stdout.write(
                f"{found.code}: {where} ghi {_text(found.stored)}, tính lại là {_text(found.computed)}"
            )
        for broken in integrity.breaks():
            wrong += 1
            self.stdout.write(str(broken))
        self.stdout.write(
            "Mọi hạn trả kết quả khớp với sổ thời hạn." if not wrong else f"Có {wrong} chỗ không khớp."
        )
        if wrong:
            raise SystemExit(1)

    def transitions(self) -> None:
        """Print the table of transitions."""
        self.stdout.write("Từ\tHành vi\tĐến\tQuyền\tGiấy tờ\tThời hạn\tĐiều khoản")
        for row in as_rows():
            self.stdout.write("\t".join(row))


def _text(moment: datetime | None) -> str:
    return f"{to_local(moment):%H:%M %d/%m/%Y}" if moment else "không có hạn"
