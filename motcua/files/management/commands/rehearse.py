"""`motcua rehearse PLACE`: restore the latest copy somewhere else, report, and clean up. A copy never restored is a hope."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.db.utils import ProgrammingError

from motcua.core import backup
from motcua.core.commands import PlainCommand

ENTER = "import sys; from motcua.cli import main; sys.argv[0] = 'motcua'; main()"


class Command(PlainCommand):
    help = "Diễn tập: khôi phục bản sao mới nhất của THƯ_MỤC (hoặc một bản sao) vào nơi tạm, in báo cáo, dọn sạch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, metavar="THƯ_MỤC|BẢN_SAO")
        parser.add_argument(
            "--database",
            default="",
            help="cơ sở dữ liệu PostgreSQL trống để dùng (mặc định: tự tạo, xong thì xóa)",
        )

    def handle(self, *args: object, place: Path, database: str, **options: object) -> None:
        """Touches neither the data nor the copy. Exits as the restore did; its report is printed."""
        copy = backup.Copy(place) if (place / "manifest.json").exists() else backup.latest(place)
        with tempfile.TemporaryDirectory(prefix="motcua-rehearsal-") as home, _empty(database) as url:
            env = {**os.environ, "MOTCUA_HOME": home, "DATABASE_URL": url, "MOTCUA_DB_POOL": "0"}
            command = [sys.executable, "-c", ENTER, "restore", str(copy.folder.resolve())]
            done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        self.stdout.write(done.stdout + done.stderr, ending="")
        if done.returncode:
            raise SystemExit(done.returncode)


@contextmanager
def _empty(database: str) -> Iterator[str]:
    """The address of an empty database of the same engine; "" is SQLite in the home."""
    if database or connection.vendor != "postgresql":
        yield database
        return
    name = f"motcua_rehearsal_{os.getpid()}"
    _server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
    finally:
        _server(f'DROP DATABASE IF EXISTS "{name}"')


def _server(statement: str) -> None:
    """Raises CommandError without the right to create databases."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        raise CommandError(
            f"Không tạo được cơ sở dữ liệu tạm: {str(error).strip()}. Cấp quyền bằng `ALTER ROLE motcua CREATEDB`, "
            "hoặc tự tạo một cơ sở dữ liệu trống và dùng --database."
        ) from error
