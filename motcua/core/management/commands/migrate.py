"""`motcua migrate`: Django's own, but a new database is made in one step (`core.founding`)."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from motcua.core.founding import found, is_new


class Command(Migrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--stepwise", action="store_true", help="từng bước một, kể cả trên cơ sở dữ liệu mới"
        )

    def handle(self, *args: Any, stepwise: bool = False, **options: Any) -> None:
        """Then Django's own: it finds nothing left to apply and tells the apps, which ship their triggers and data."""
        connection = connections[options["database"]]
        only_asks = any(
            options.get(name) for name in ("app_label", "plan", "check_unapplied", "fake", "prune")
        )
        if not (stepwise or only_asks) and is_new(connection):
            found(connection)
        super().handle(*args, **options)
