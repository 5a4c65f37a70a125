"""Dumping and loading the database of either engine, and counting its rows."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from motcua.core.errors import RuleViolation

NAMES = {"postgresql": "motcua.dump", "sqlite": "motcua.sqlite3"}
_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}  # fmt: skip


def dump(to: Path) -> dict[str, int]:
    """Write the database to a file as it stands at one moment; gives the rows of each table at that moment."""
    return _dump_postgresql(to) if connection.vendor == "postgresql" else _dump_sqlite(to)


def load(source: Path) -> None:
    """Fill the empty database from a file that `dump` wrote. Raises RuleViolation when the file cannot be loaded."""
    if connection.vendor == "postgresql":
        _run(
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--dbname",
            _database(),
            str(source),
        )
        return
    name = str(connection.settings_dict["NAME"])
    connection.close()
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(name)) as new:
        old.backup(new)


def counts() -> dict[str, int]:
    """Rows of each table of the connected database."""
    with connection.cursor() as cursor:
        return {
            table: _count(cursor, table) for table in sorted(connection.introspection.table_names(cursor))
        }


def server_version() -> str:
    """The engine with its version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()"
        )
        return f"{connection.vendor} {cursor.fetchone()[0]}"


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table of the catalogue
    return int(cursor.fetchone()[0])


def _dump_sqlite(to: Path) -> dict[str, int]:
    connection.ensure_connection()
    with closing(sqlite3.connect(to)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = sorted(name for name in names if not name.startswith("sqlite_"))
        return {name: copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in kept}  # noqa: S608


def _dump_postgresql(to: Path) -> dict[str, int]:
    """pg_dump and the counts look at one snapshot: work may go on meanwhile."""
    with _snapshot() as name:
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={name}", "--file", str(to))
        return counts()


@contextmanager
def _snapshot() -> Iterator[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _database() -> str:
    return str(connection.get_connection_params()["dbname"])


def _run(*command: str) -> None:
    """Run a program of PostgreSQL on our database; the password travels in the environment, where nobody else reads it."""
    given = connection.get_connection_params()
    ours = {name: str(given[key]) for key, name in _VARIABLES.items() if given.get(key)}
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs
            command, env={**os.environ, **ours}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise RuleViolation(f"Chưa có lệnh {command[0]}. Cài gói postgresql-client rồi chạy lại.") from None
    if done.returncode:
        raise RuleViolation(f"{command[0]} không chạy xong: {done.stderr.strip()[:1000]}")
