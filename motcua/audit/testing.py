"""Help for tests only: the log refuses to be emptied, and tests that flush the database must be able to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from motcua.audit import triggers


@contextmanager
def triggers_lifted(connection: Any) -> Iterator[None]:
    """Run a block without the log's refusing triggers: a forgery that `audit verify` must find."""
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)


@contextmanager
def all_triggers_lifted(connection: Any) -> Iterator[None]:
    """Run a block, e.g. a flush, without the triggers of any app; afterwards they are as they were."""
    with connection.cursor() as cursor:
        off, on = _postgresql(cursor) if connection.vendor == "postgresql" else _sqlite(cursor)
        _run(cursor, off)
        try:
            yield
        finally:
            _run(cursor, on)


def _postgresql(cursor: Any) -> tuple[list[str], list[str]]:
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    tables = [row[0] for row in cursor.fetchall()]
    off, on = (
        [f"ALTER TABLE {table} {act} TRIGGER USER" for table in tables] for act in ("DISABLE", "ENABLE")
    )
    return off, on


def _sqlite(cursor: Any) -> tuple[list[str], list[str]]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = cursor.fetchall()
    again = [sql.replace("CREATE TRIGGER ", "CREATE TRIGGER IF NOT EXISTS ", 1) for _, sql in found]
    return [f"DROP TRIGGER {name}" for name, _ in found], again


def _run(cursor: Any, statements: list[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def lift_triggers_for_flush() -> None:
    """Let Django's TransactionTestCase (and so live_server, transactional_db) empty the tables between tests."""
    from django.db import connection
    from django.test import TransactionTestCase

    tests: Any = TransactionTestCase  # Django's own, which its types do not tell of
    flush = tests._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with all_triggers_lifted(connection):
            flush(case)

    tests._fixture_teardown = teardown
