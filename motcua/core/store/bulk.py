"""Writing what a batch holds: by COPY on PostgreSQL, by many rows at once on SQLite; parents before children."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Model

from motcua.core.store import kinds, plain
from motcua.core.store.keys import draw
from motcua.core.store.memory import Table

Group = tuple[type[Model], list[Any], list[Any]]


class Writer:
    """Writes the tables of a batch, in few statements. How often each group was written is of no concern to anybody."""

    def write(self, tables: dict[type[Model], Table], late: dict[type[Model], list[Any]]) -> int:
        """Write what is new and what has changed; says how many rows."""
        count = 0
        for model, new, changed in _order(tables, late):
            if new:
                self._insert(model, new)
            if changed:
                fields = set().union(*(tables[model].dirty[row.pk] for row in changed))
                self._update(model, changed, fields)
            count += len(new) + len(changed)
        return count

    def _insert(self, model: type[Model], rows: list[Any]) -> None:
        kind = kinds.kind_of(model)
        if kind.shared:
            model._default_manager.bulk_create(rows, ignore_conflicts=True)
            return
        if kind.late_key:
            _number(model, rows)
        known = plain.columns(model, connection.vendor)
        values: Iterator[list[Any]] = (known.values(row) for row in rows)
        if kind.by_database:
            born = [(known.names.index(name), value) for name, value in kind.by_database.items()]
            values = _as_born(values, born)
        if connection.vendor == "postgresql":
            _copy(model._meta.db_table, [f.column for f in known.fields], values)
        else:
            _insert_many(model._meta.db_table, [f.column for f in known.fields], values)

    def _update(self, model: type[Model], rows: list[Any], fields: set[str]) -> None:
        left_out = kinds.kind_of(model).by_database
        attributes = {f.attname for f in model._meta.concrete_fields if {f.name, f.attname} & fields}
        wanted = tuple(sorted(attributes - left_out.keys()))
        if not wanted:
            return
        known = plain.columns(model, connection.vendor, wanted)
        values = ([row.pk, *known.values(row)] for row in rows)
        write = _update_by_copy if connection.vendor == "postgresql" else _update_many
        write(model, [f.column for f in known.fields], values, len(rows))


def _order(tables: dict[type[Model], Table], late: dict[type[Model], list[Any]]) -> Iterator[Group]:
    """The groups of rows to write, new ones and changed ones, one after the other."""
    waiting = {
        model: (list(table.new.values()), [table.rows[key] for key in table.dirty])
        for model, table in tables.items()
        if table.is_pending
    }
    waiting |= {model: (rows, []) for model, rows in late.items() if rows}
    for model in sorted(waiting, key=lambda m: (kinds.depth(m), m._meta.db_table)):
        if model not in waiting:
            continue
        new, changed = waiting.pop(model)
        waves = kinds.kind_of(model).waves
        if waves is None:
            yield model, new, changed
            continue
        other, sort = waves
        beside = waiting.pop(other, ([], []))
        for kind, rows in sort([*new, *changed], [*beside[0], *beside[1]]):
            fresh = tables[kind].new
            yield kind, [row for row in rows if row.pk in fresh], [row for row in rows if row.pk not in fresh]


def _number(model: type[Model], rows: list[Any]) -> None:
    """Keys drawn at the time of writing. The table is locked as any INSERT locks it, first: whoever waits for all writers to end
    waits for this one too (the seals of the log do).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN ROW EXCLUSIVE MODE"
            )
    for row, key in zip(rows, reversed(draw(model, len(rows))), strict=True):
        row.pk = key


def _as_born(values: Iterable[list[Any]], born: Sequence[tuple[int, Any]]) -> Iterator[list[Any]]:
    for row in values:
        for place, value in born:
            row[place] = value
        yield row


# PostgreSQL -----------------------------------------------------------------------------------------------------------


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _copy(table: str, columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    sql = f"COPY {_quoted([table])} ({_quoted(columns)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in values:
            copy.write_row(row)


def _update_by_copy(
    model: type[Model], columns: Sequence[str], values: Iterable[Sequence[Any]], amount: int
) -> None:
    """The new values go into a table of this connection's own, and from there into the rows."""
    table, key = model._meta.db_table, str(model._meta.pk.column)
    beside = f"batch_{table}"
    assigned = ", ".join(f"{_quoted([c])} = given.{_quoted([c])}" for c in columns)
    with connection.cursor() as cursor:
        shape = f"SELECT * FROM {_quoted([table])} WITH NO DATA"  # noqa: S608
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {_quoted([beside])} ON COMMIT DELETE ROWS AS {shape}"
        )
        cursor.execute(f"DELETE FROM {_quoted([beside])}")  # noqa: S608
    _copy(beside, [key, *columns], values)
    _written(
        f"UPDATE {_quoted([table])} AS kept SET {assigned} FROM {_quoted([beside])} AS given "  # noqa: S608
        f"WHERE kept.{_quoted([key])} = given.{_quoted([key])}",
        amount,
    )


def _written(sql: str, amount: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        if cursor.rowcount != amount:
            raise DatabaseError(f"{cursor.rowcount} of {amount} rows were there to write: {sql}")


# SQLite ---------------------------------------------------------------------------------------------------------------


def _insert_many(table: str, columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_quoted([table])} ({_quoted(columns)}) VALUES ({marks})",  # noqa: S608
            list(values),
        )


def _update_many(
    model: type[Model], columns: Sequence[str], values: Iterable[Sequence[Any]], amount: int
) -> None:
    assigned = ", ".join(f"{_quoted([c])} = %s" for c in columns)
    table, key = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_quoted([table])} SET {assigned} WHERE {_quoted([key])} = %s",  # noqa: S608
            [[*row[1:], row[0]] for row in values],
        )
        if cursor.rowcount != amount:
            raise DatabaseError(f"{table}: {cursor.rowcount} of {amount} rows were there to write")
