"""`motcua database partition --check | --apply`: the big tables by year, on PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.core.errors import RuleViolation
from motcua.statistics import partitions


class Command(PlainCommand):
    help = "Chia các bảng lớn theo năm tiếp nhận trên PostgreSQL (docs/howto/large.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        cut = commands.add_parser("partition", help="chia bảng theo năm")
        what = cut.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--check", action="store_true", help="chỉ nói bảng nào chia được, bảng nào không và vì sao"
        )
        what.add_argument(
            "--apply", action="store_true", help="chia, hoặc thêm phần cho năm mới; khóa bảng trong lúc làm"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 2 with a message where it cannot be done."""
        try:
            said = partitions.check() if options["check"] else partitions.apply(moments.today())
        except RuleViolation as error:
            raise CommandError(error.message, returncode=2) from error
        for line in said or ["Không còn gì phải chia."]:
            self.stdout.write(line)
