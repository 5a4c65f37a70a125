"""An installation of its own beside the tests: a home and a database on the run's engine, driven from outside."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR).parent
ENTER = "from motcua.cli import main; main()"


class Machine:
    """A home and a database of its own, driven from outside as an operator does."""

    def __init__(self, folder: Path, name: str):
        self.home, self.database = folder / name, f"motcua_rehearsed_{name}_{os.getpid()}"
        given = connection.get_connection_params()
        place = f"{given.get('user') or ''}@{given.get('host') or '127.0.0.1'}:{given.get('port') or 5432}"
        self.url = f"postgresql://{place}/{self.database}" if connection.vendor == "postgresql" else ""

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes."""
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "PGPASSWORD")}
        ours = {"MOTCUA_HOME": str(self.home), "DATABASE_URL": self.url, "MOTCUA_DB_POOL": "0", "MOTCUA_UPLOAD_UNSCANNED": "accept"}  # fmt: skip
        return {**kept, **ours, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}

    def start(self, code: str) -> "subprocess.Popen[str]":
        """A process that goes on by itself; its output can be read line by line."""
        command = [sys.executable, "-c", code]
        return subprocess.Popen(command, env=self.env, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def python(
        self, code: str, *arguments: str | Path, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        done = subprocess.run(command, env=self.env, cwd=ROOT, capture_output=True, text=True)
        assert not check or done.returncode == 0, f"code {done.returncode}: {done.stdout}{done.stderr}"
        return done

    def json(self, code: str) -> Any:
        """What a piece of code prints as JSON."""
        return json.loads(self.python(code).stdout)

    def motcua(self, *arguments: str | Path) -> str:
        return self.python(ENTER, *arguments).stdout

    def fails(self, *arguments: str | Path) -> tuple[int, str]:
        done = self.python(ENTER, *arguments, check=False)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    """A machine to back up and an empty one, on the engine that the tests use."""
    both = Machine(tmp_path, "old"), Machine(tmp_path, "new")
    for one in both:
        _server(f'CREATE DATABASE "{one.database}" TEMPLATE template0')
    yield both
    for one in both:
        _server(f'DROP DATABASE IF EXISTS "{one.database}"')


def _server(statement: str) -> None:
    if connection.vendor != "postgresql":
        return
    import psycopg

    given = {**connection.get_connection_params(), "dbname": "postgres"}
    wanted = {name: given[name] for name in ("dbname", "user", "host", "port", "password") if given.get(name)}
    with psycopg.connect(**wanted, autocommit=True) as server:
        server.execute(statement)
