"""`motcua serve`: serve the site with gunicorn."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connection

from motcua.core.commands import PlainCommand
from motcua.core.health import pending_migrations
from motcua.core.storage import COLLECTED


class Command(PlainCommand):
    help = "Phục vụ trang web bằng gunicorn tại MOTCUA_BIND (mặc định 127.0.0.1:PORT)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=2, help="số tiến trình")
        parser.add_argument("--threads", type=int, default=4, help="số luồng mỗi tiến trình")

    def handle(self, *args: object, workers: int, threads: int, **options: object) -> None:
        """Collect static files, then become gunicorn. Raises CommandError while migrations are pending."""
        if pending_migrations():
            raise CommandError("Cơ sở dữ liệu chưa cập nhật: chạy `motcua migrate` rồi thử lại.")
        call_command("collectstatic", interactive=False, verbosity=0)
        os.environ[COLLECTED] = "1"
        connection.close()
        bind = os.environ.get("MOTCUA_BIND", f"127.0.0.1:{settings.PORT}")
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        arguments = [
            gunicorn, "motcua.config.wsgi:application", "--bind", bind, "--worker-class", "gthread",
            "--workers", str(workers), "--threads", str(threads), "--max-requests", "20000",
            "--max-requests-jitter", "2000", "--no-control-socket",
        ]  # fmt: skip
        if log := os.environ.get("MOTCUA_ACCESS_LOG"):  # without a file no line is made up, either
            arguments += ["--access-logfile", log]
        self.stdout.flush()
        os.execv(gunicorn, arguments)  # noqa: S606 - no shell, fixed program
