"""Keys of partners: motcua apikey create "Tên phần mềm" --agency H40.12 · list · end <số> --last-day 2026-12-31."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.api.actions import create_key, end_key
from motcua.api.models import ApiKey
from motcua.core.commands import PlainCommand
from motcua.core.moments import now, today


class Command(PlainCommand):
    """Give, show and end keys of other programmes (Open311)."""

    help = "Khóa nối phần mềm khác (Open311): create, list, end"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["create", "list", "end"])
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("--agency", default="", help="mã định danh của cơ quan nhận, ví dụ H40.12")
        parser.add_argument("--last-day", default="", help="ngày cuối dùng khóa, dạng 2026-12-31")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked as the system's own account."""
        {"create": self._create, "list": self._list, "end": self._end}[options["what"]](options)

    def _system(self) -> User:
        found = User.objects.filter(kind=User.Kind.SYSTEM).order_by("pk").first()
        if found is None:
            raise CommandError("Chưa cài đặt: chạy “motcua install” trước.")
        return found

    def _create(self, options: dict[str, Any]) -> None:
        agency = Agency.objects.filter(code=options["agency"]).exclude(code="").first()
        if agency is None:
            raise CommandError("Không có cơ quan nào mang mã này. Ghi --agency H40.12.")
        made, key = create_key(
            options["name"], agency, valid_to=_day(options), actor=self._system(), at=now()
        )
        self.stdout.write(f"{made.pk}\t{made.name}\t{key}")

    def _list(self, options: dict[str, Any]) -> None:
        for row in ApiKey.objects.select_related("agency").order_by("pk"):
            self.stdout.write(
                f"{row.pk}\t{row.name}\t{row.agency.name}\t{row.valid_from}\t{row.valid_to or ''}"
            )

    def _end(self, options: dict[str, Any]) -> None:
        if not (
            options["name"].isascii()
            and options["name"].isdigit()
            and ApiKey.objects.filter(pk=options["name"]).exists()
        ):
            raise CommandError("Không có khóa số này: xem “motcua apikey list”.")
        end_key(int(options["name"]), last_day=_day(options) or today(), actor=self._system(), at=now())


def _day(options: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(options["last_day"]) if options["last_day"] else None
    except ValueError:
        raise CommandError("Ngày ghi dạng 2026-12-31.") from None
