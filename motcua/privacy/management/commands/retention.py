"""`motcua retention`: throw away what was kept long enough; the timer (`motcua tick`) does the same once a day."""

from argparse import ArgumentParser
from typing import Any

from motcua.accounts.models import User
from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.privacy import actions, queries


class Command(PlainCommand):
    help = "Xóa dữ liệu cá nhân đã hết thời hạn lưu giữ. --dry-run chỉ đếm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không xóa gì")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each class: its time and how much is old, or was thrown away."""
        at = moments.now()
        lines = queries.class_lines(at, moments.legal_date(at))
        system = User.objects.filter(kind=User.Kind.SYSTEM).order_by("pk").first()
        done = {} if options["dry_run"] else actions.carry_out(actor=system, at=at)
        for line in lines:
            kept = line.rule.described if line.rule else "chưa đặt"
            count = line.due or "–" if options["dry_run"] else done.get(line.about.code, 0)
            self.stdout.write(f"{line.about.label}: {kept}; {count}")
