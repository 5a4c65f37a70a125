"""`motcua statistics keep | rebuild | check`: the counts kept ready from which reports are summed."""

from argparse import ArgumentParser
from typing import Any

from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.statistics import actions
from motcua.statistics.queries.counts_check import differences, kept_halves

MOST = 20


class Command(PlainCommand):
    help = "Số đếm giữ sẵn cho báo cáo: lập tiếp, lập lại từ đầu, hoặc đối chiếu với đếm lại."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("keep", help="lập số đếm của các nửa tháng đã qua mà chưa lập")
        commands.add_parser("rebuild", help="bỏ hết và lập lại từ hồ sơ")
        commands.add_parser("check", help="đếm lại mọi nửa tháng; mã thoát 1 khi có chỗ khác")

    def handle(self, *args: Any, **options: Any) -> None:
        {"keep": self.keep, "rebuild": self.rebuild, "check": self.compare}[options["what"]]()

    def keep(self) -> None:
        """Keep what is missing."""
        self.stdout.write(f"Đã lập {actions.keep_counts(actor=None, at=moments.now())} nửa tháng.")

    def rebuild(self) -> None:
        """Make all anew."""
        self.stdout.write(f"Đã lập lại {actions.rebuild_counts(actor=None, at=moments.now())} nửa tháng.")

    def compare(self) -> None:
        """Compare with a recount. Exit status 1 when anything differs."""
        found = list(differences(at=moments.now()))
        for one in found[:MOST]:
            self.stdout.write(
                f"Nửa tháng từ {one.start:%d/%m/%Y}, cơ quan {one.agency}, lĩnh vực {one.field}, {one.test}: "
                f"giữ {one.kept}, đếm lại {one.counted}"
            )
        halves = len(list(kept_halves()))
        if found:
            self.stdout.write(f"Có {len(found)} chỗ khác; chạy: motcua statistics rebuild")
            raise SystemExit(1)
        self.stdout.write(f"{halves} nửa tháng giữ sẵn khớp với đếm lại từ hồ sơ.")
