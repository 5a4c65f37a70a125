"""Statements that Django builds once and that are then only filled.

Building a wide statement takes Django one to five milliseconds of processor time, answering it takes the database a tenth
of that. The few that every request or every act asks are therefore built once per process, by Django and for its engine;
afterwards only their values change (docs/decisions/0043-statements-built-once.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.transaction import TransactionManagementError

T = TypeVar("T")
Mark = int | date


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
    """`build` makes a QuerySet from named values; `kinds` says of each whether it is an int or a date. Whole rows of one
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
        with connection.cursor() as cursor:
            cursor.execute(built.sql, params)
            return [_row(built, list(found)) for found in cursor.fetchall()]

    def _remember(self) -> _Built:
        built = self._built[connection.vendor] = _built(self._build, _marks(self._kinds))
        return built


def _marks(kinds: dict[str, type[Mark]]) -> dict[str, Mark]:
    """A value for each name by which its places are found again; nothing else in a statement has it."""
    return {name: _mark(kind, number) for number, (name, kind) in enumerate(kinds.items())}


def _mark(kind: type[Mark], number: int) -> Mark:
    return 7_700_000_001 + number if kind is int else date(1583, 1, 1) + timedelta(days=number)


def _built(build: Callable[..., QuerySet[Any]], marks: dict[str, Mark]) -> _Built:
    rows = build(**marks)
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    found = {str(mark): name for name, mark in marks.items()}
    slots = {
        place: (found[str(value)], isinstance(value, str))
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
