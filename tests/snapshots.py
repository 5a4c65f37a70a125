"""A database as it once stood, brought back in a moment instead of being made or emptied anew."""

import pickle
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

Made = TypeVar("Made")
_kept: dict[str, tuple[sqlite3.Connection, bytes]] = {}


def once(name: str, make: Callable[[], Made]) -> Made:
    """What `make` does to an empty database and returns: done once in this process, afterwards
    brought back whole. SQLite's only; PostgreSQL makes it each time."""
    if connection.vendor != "sqlite":
        return make()
    if name not in _kept:
        made = make()
        _kept[name] = _copy(), pickle.dumps(made)
    copy, made = _kept[name]
    connection.ensure_connection()
    copy.backup(connection.connection)
    return pickle.loads(made)  # our own, of a moment ago


def _copy() -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(copy)
    return copy


def empty_tables_quickly() -> None:
    """Let tests that commit (live_server, transactional_db) leave tables as the first emptying left them, without all of its work."""
    from django.test import TransactionTestCase

    tests: Any = TransactionTestCase  # Django's own, which its types do not tell of
    flush = tests._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        if connection.vendor == "sqlite":
            once("empty", lambda: flush(case))
        elif not (_rest and _bring_back()):
            flush(case)
            _rest.clear()
            _rest.update(_rows())

    tests._fixture_teardown = teardown


# What the first emptying left on PostgreSQL: the rows of each table that is not empty.
_rest: dict[str, set[str]] = {}


def _rows() -> dict[str, set[str]]:
    """Each table that is not empty, with its rows as text."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS(SELECT 1 FROM "{table}")' for table in tables))
        full = [table for table, found in zip(tables, cursor.fetchone(), strict=True) if found]
        return {table: _texts(cursor, table) for table in full}


def _texts(cursor: Any, table: str) -> set[str]:
    cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
    return {text for (text,) in cursor.fetchall()}


def _bring_back() -> bool:
    """Past all triggers, what the first emptying left and nothing else; False when that is not allowed here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute("SET session_replication_role = replica")
        for table, rows in _rows().items():
            rest = _rest.get(table, set())
            cursor.execute(f'DELETE FROM "{table}" t WHERE to_jsonb(t)::text <> ALL(%s)', [list(rest)])
            _insert(cursor, table, rest - rows)
        for table in _rest.keys() - _rows().keys():
            _insert(cursor, table, _rest[table])
        cursor.execute("SET session_replication_role = origin")
    return _rows() == _rest


def _insert(cursor: Any, table: str, rows: set[str]) -> None:
    for row in rows:
        cursor.execute(
            f'INSERT INTO "{table}" SELECT * FROM jsonb_populate_record(NULL::"{table}", %s::jsonb)', [row]
        )
