"""Statements that Django builds once and that are then only filled.

Building a wide statement takes Django one to five milliseconds of processor time, answering it takes the database a tenth
of that. The few that every request or every act asks are therefore built once per process, by Django and for its engine;
afterwards only their values change (docs/decisions/0043-statements-built-once.md).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import count
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.transaction import TransactionManagementError

T = TypeVar("T")
Mark = int | str | date
LONGEST_KEPT = 8000  # characters of a statement kept in its numbered form
_KEPT = "motcua_cursor"
_PLACE = re.compile("%[s%]")


@dataclass(frozen=True)
class _Built:
    """A statement as built for one engine. `slots`: place among the parameters -> name of the value, and whether the engine
    wants it as text. `columns`: attribute names of a whole row, None for tuples.
    """

    sql: str
    params: tuple[Any, ...]
    slots: dict[int, tuple[str, bool]]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]
    model: type[Model]
    columns: tuple[str, ...] | None
    locks: bool


class Statement(Generic[T]):
    """`build` makes a QuerySet from named values; `kinds` says of each whether it is an int, a text or a date. Whole rows of one
    model, without joined ones, or tuples of `values_list`; a value stands by itself, never in a list or a pattern.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], **kinds: type[Mark]) -> None:
        self._build, self._kinds = build, kinds
        self._built: dict[str, _Built] = {}

    def rows(self, **values: Mark) -> list[T]:
        """What the database answers for these values. Raises TransactionManagementError for a lock outside a transaction."""
        built = self._built.get(connection.vendor) or self._remember()
        if built.locks and connection.get_autocommit():
            raise TransactionManagementError("A row is locked only inside a transaction.")
        params = list(built.params)
        for place, (name, as_text) in built.slots.items():
            params[place] = str(values[name]) if as_text else values[name]
        with prepared() as cursor:
            cursor.execute(built.sql, params)
            return [_row(built, list(found)) for found in cursor.fetchall()]

    def _remember(self) -> _Built:
        built = self._built[connection.vendor] = _built(self._build, _marks(self._kinds))
        return built


@contextmanager
def prepared() -> Iterator[Any]:
    """A cursor for a statement whose text never changes. On PostgreSQL the server prepares it after some uses (`prepare_threshold`);
    Django's own cursors put the values into the text, so that each statement is a new one and is planned anew.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]  # each look through `connection` asks the thread anew
    if (
        database.vendor != "postgresql" or database.queries_logged
    ):  # whoever counts statements wants to read them
        with database.cursor() as cursor:
            yield cursor
        return
    if database.connection is None:
        database.ensure_connection()
    held = _server_side(database)
    with database.make_cursor(held) as cursor:
        yield cursor
    held.lay_by()


def _server_side(database: Any) -> Any:
    """A cursor that sends values apart from the text, with Django's time zone: the connection's own, unless it is in use."""
    from django.db.backends.postgresql import base
    from django.db.backends.postgresql.psycopg_any import register_tzloader

    kept = database.connection.__dict__.pop(_KEPT, None)
    if kept is not None and kept.zone is database.timezone:
        return kept
    with database.wrap_database_errors:
        cursor = _numbering()(database.connection)
    cursor.zone = database.timezone
    loader = database.connection.adapters.get_loader(base.TIMESTAMPTZ_OID, base.Format.TEXT)  # type: ignore[attr-defined]  # not in its types
    if loader.timezone != cursor.zone:
        register_tzloader(cursor.zone, cursor)
    return cursor


@cache
def _numbering() -> Any:
    """The class of such cursors. The driver takes a long text with marks apart at each use, one with numbers it sends as it is;
    and a cursor learns how to write and read each kind of value, which costs more than many a statement: so it is kept.
    """
    from django.db.backends.postgresql.base import CursorMixin
    from psycopg import RawCursor

    class Numbering(CursorMixin, RawCursor):
        zone: Any = None

        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            text = query if params is None else numbered(query)
            return super().execute(text, params, **options)

        def close(self) -> None:
            """Nothing: it holds nothing of the server's, and the connection may use it again."""

        def lay_by(self) -> None:
            """Leave it to the connection's next statement; one that failed is not left."""
            self.connection.__dict__[_KEPT] = self

    return Numbering


def numbered(text: str) -> str:
    """A statement with its places as PostgreSQL numbers them: "%s" is $1, $2 and so on, "%%" one per cent sign."""
    return _numbered_once(text) if len(text) <= LONGEST_KEPT else _numbered(text)


def _numbered(text: str) -> str:
    places = count(1)
    return _PLACE.sub(lambda found: "%" if found[0] == "%%" else f"${next(places)}", text)


_numbered_once = lru_cache(maxsize=1000)(_numbered)


def _marks(kinds: dict[str, type[Mark]]) -> dict[str, Mark]:
    """A value for each name by which its places are found again; nothing else in a statement has it."""
    return {name: _mark(kind, number) for number, (name, kind) in enumerate(kinds.items())}


def _mark(kind: type[Mark], number: int) -> Mark:
    if kind is str:
        return f"motcua:value:{number}"
    return 7_700_000_001 + number if kind is int else date(1583, 1, 1) + timedelta(days=number)


def _built(build: Callable[..., QuerySet[Any]], marks: dict[str, Mark]) -> _Built:
    rows = build(**marks)
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    found = {str(mark): name for name, mark in marks.items()}
    slots = {
        place: (found[str(value)], isinstance(value, str) and not isinstance(marks[found[str(value)]], str))
        for place, value in enumerate(params)
        if str(value) in found
    }
    if {name for name, _ in slots.values()} != set(marks):
        raise ValueError("A value of the statement does not stand by itself among its parameters.")
    expressions = [column[0] for column in compiler.select]
    converters = tuple((n, *pair) for n, pair in compiler.get_converters(expressions).items())
    whole = rows._iterable_class is ModelIterable
    columns = tuple(e.target.attname for e in expressions) if whole else None
    return _Built(sql, tuple(params), slots, converters, rows.model, columns, rows.query.select_for_update)


def _row(built: _Built, values: list[Any]) -> Any:
    for n, converters, expression in built.converters:
        for convert in converters:
            values[n] = convert(values[n], expression, connection)
    if built.columns is None:
        return tuple(values)
    return built.model.from_db(connection.alias, built.columns, values)
