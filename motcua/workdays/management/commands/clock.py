"""`motcua clock` as a Django command; the work is in `workdays.cases`, which needs neither Django nor a database."""

import sys
from typing import Any

from django.core.management.base import CommandParser

from motcua.core.commands import PlainCommand
from motcua.workdays import cases


class Command(PlainCommand):
    """Hands its options on."""

    help = "Tính hạn trả của các trường hợp trong một tệp CSV: --cases FILE.csv [--calendar FILE.json] [--explain]"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        cases.add_arguments(parser)

    def handle(self, *args: str, **options: Any) -> None:
        status = cases.run(options["cases"], options["calendar"], explain=options["explain"])
        if status:
            sys.exit(status)
