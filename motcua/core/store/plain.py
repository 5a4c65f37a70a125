"""Hand-built INSERT and UPDATE, prepared once per model and engine, with the values that the ORM would write."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.base import ModelState
from django.db.models.fields import AutoFieldMixin

from motcua.core.statements import Statement, prepared

M = TypeVar("M", bound=Model)
Value = int | str
AnyField = Any  # django.db.models.Field, which takes no parameters at run time
Prepare = Callable[[Any], Any]
MOST_ROWS = 500  # times some forty columns is within what SQLite (32,766) and PostgreSQL (65,535) take
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Values that the driver takes as they are; SQLite wants dates and decimals as the ORM writes them.
_AS_THEY_ARE = {
    "postgresql": frozenset({str, int, bool, type(None), datetime, date, Decimal}),
    "sqlite": frozenset({str, int, bool, type(None)}),
}
# Columns whose values PostgreSQL's driver takes as they are, whatever acts put into them.
_SIMPLE = (AutoField, BooleanField, CharField, DateField, DecimalField, ForeignKey, IntegerField, TextField)


@dataclass(frozen=True)
class Columns:
    """The columns of a model as one engine writes them."""

    model: type[Model]
    fields: tuple[AnyField, ...]
    names: tuple[str, ...]
    prepares: tuple[tuple[int, Prepare], ...]

    def values(self, row: Model) -> list[Any]:
        """The row's values in the order of the columns."""
        given = row.__dict__
        found = [given[name] for name in self.names]
        for place, prepare in self.prepares:
            found[place] = prepare(found[place])
        return found


@cache
def columns(model: type[Model], vendor: str, only: tuple[str, ...] = ()) -> Columns:
    """All columns of a model, or those of the fields named (by field or attribute name), the key left out then."""
    fields = [f for f in model._meta.concrete_fields if not only or f.name in only or f.attname in only]
    if only and len(fields) != len(set(only)):
        raise ValueError(f"{model.__name__} has not all of the fields {only}")
    simple = _SIMPLE if vendor == "postgresql" else ()
    prepares = tuple((n, _preparing(f, vendor)) for n, f in enumerate(fields) if not isinstance(f, simple))
    return Columns(model, tuple(fields), tuple(f.attname for f in fields), prepares)


def _preparing(field: AnyField, vendor: str) -> Prepare:
    """What makes of an attribute the value that the ORM would hand to the driver, or what the database reads as the same."""
    if vendor == "postgresql" and isinstance(field, JSONField) and field.encoder is None:
        return _json_text
    plain = frozenset() if isinstance(field, JSONField) else _AS_THEY_ARE[vendor]

    def prepare(value: Any) -> Any:
        if type(value) in plain:
            return value
        return field.get_db_prep_save(value, connection)

    return prepare


def _json_text(value: Any) -> str | None:
    """JSON as PostgreSQL reads it: half the time of the driver's wrapper, which escapes every letter beyond ASCII."""
    return None if value is None else _write_json(value)


@cache
def _blank(model: type[Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """The defaults of a new row, and those that are made anew each time."""
    fields = list(model._meta.concrete_fields)
    made = tuple((f.attname, f.default) for f in fields if f.has_default() and callable(f.default))
    fresh = {name for name, _ in made}
    return {f.attname: f.get_default() for f in fields if f.attname not in fresh}, made


@cache
def _pointing(model: type[Model]) -> tuple[tuple[str, str, str], ...]:
    """Of each column that points to a row: the name of the row, the attribute, and the row's attribute that it holds."""
    fields = [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]
    return tuple((f.name, f.attname, f.target_field.attname) for f in fields)


def new(model: type[M], values: Mapping[str, Any]) -> M:
    """A row that is not written yet, as the model's own constructor makes it, in a tenth of the time. Raises KeyError for what
    is no field.
    """
    defaults, made = _blank(model)
    found, state = defaults.copy(), ModelState()
    for name, make in made:
        found[name] = make()
    width = len(found)
    found.update(values)
    joined: dict[str, Any] = {}
    for name, attribute, target in _pointing(model):
        if name in values:
            joined[name] = row = found.pop(name)
            found[attribute] = None if row is None else getattr(row, target)
    if len(found) != width:
        raise KeyError(*(values.keys() - {f.attname for f in model._meta.concrete_fields} - joined.keys()))
    state.fields_cache = joined
    found["_state"] = state
    made_row = model.__new__(model)
    made_row.__dict__ = found
    return made_row


def _keyless(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, AutoFieldMixin | AutoField)


@cache
def _insert_head(model: type[Model], vendor: str, with_key: bool) -> tuple[Columns, str, str, str]:
    """The columns to write and the parts of the statement: head, marks of one row, tail."""
    known = columns(model, vendor)
    if not with_key:
        key = model._meta.pk.attname
        left = tuple(name for name in known.names if name != key)
        known = columns(model, vendor, left)
    quote = connection.ops.quote_name
    names = ", ".join(quote(f.column) for f in known.fields)
    head = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 - names of our own models
    tail = "" if with_key else f" RETURNING {quote(str(model._meta.pk.column))}"
    return known, head, f"({', '.join(['%s'] * len(known.fields))})", tail


def insert(rows: Sequence[M]) -> list[M]:
    """Write new rows by one statement; keys that the database gives come back in the order of the rows."""
    rows = list(rows)
    if len(rows) > MOST_ROWS:
        return [row for part in _parts(rows) for row in insert(part)]
    if not rows:
        return rows
    with_key = not _keyless(type(rows[0])) or rows[0].pk is not None
    known, head, marks, tail = _insert_head(type(rows[0]), connection.vendor, with_key)
    params = [value for row in rows for value in known.values(row)]
    with prepared() as cursor:
        cursor.execute(f"{head}{', '.join([marks] * len(rows))}{tail}", params)
        keys = sorted(found[0] for found in cursor.fetchall()) if tail else []
    for row, key in zip(rows, keys, strict=bool(tail)):
        row.pk = key
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return rows


def _parts(rows: Sequence[M]) -> list[Sequence[M]]:
    """Rows for one statement each: engines limit the values that a statement carries."""
    return [rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS)]


@cache
def _update_sql(model: type[Model], vendor: str, fields: tuple[str, ...]) -> tuple[Columns, str]:
    known = columns(model, vendor, fields)
    quote = connection.ops.quote_name
    assigned = ", ".join(f"{quote(f.column)} = %s" for f in known.fields)
    key = quote(str(model._meta.pk.column))
    return known, f"UPDATE {quote(model._meta.db_table)} SET {assigned} WHERE {key} = %s"  # noqa: S608 - as above


def update(rows: Sequence[Model], fields: Collection[str]) -> None:
    """Write named fields of some rows by one statement. Raises DatabaseError when one is not there."""
    if len(rows) > MOST_ROWS:
        for part in _parts(rows):
            update(part, fields)
        return
    model, wanted = type(rows[0]), tuple(sorted(set(fields)))
    if len(rows) == 1:
        known, sql = _update_sql(model, connection.vendor, wanted)
        params = [*known.values(rows[0]), rows[0].pk]
    else:
        known, sql, marks = _update_many_sql(model, connection.vendor, wanted)
        sql = sql.format(", ".join([marks] * len(rows)))
        params = [value for row in rows for value in (row.pk, *known.values(row))]
    with prepared() as cursor:
        cursor.execute(sql, params)
        if cursor.rowcount != len(rows):
            raise DatabaseError(
                f"{model.__name__}: {cursor.rowcount} of {len(rows)} rows were there to write"
            )


@cache
def _update_many_sql(model: type[Model], vendor: str, fields: tuple[str, ...]) -> tuple[Columns, str, str]:
    """The statement with a place for the rows of its VALUES, and the marks of one row."""
    known, quote = columns(model, vendor, fields), connection.ops.quote_name
    key = model._meta.pk
    every = (key, *known.fields)
    names = [quote(f.column) for f in every]
    marks = ", ".join(f"%s::{_type(f)}" if vendor == "postgresql" else "%s" for f in every)
    table = quote(model._meta.db_table)
    assigned = ", ".join(f"{name} = given.{name}" for name in names[1:])
    sql = (
        f"UPDATE {table} SET {assigned} FROM "  # noqa: S608 - as above
        f"(WITH given ({', '.join(names)}) AS (VALUES {{}}) SELECT * FROM given) AS given "
        f"WHERE {table}.{names[0]} = given.{names[0]}"
    )
    return known, sql, f"({marks})"


def _type(field: AnyField) -> str:
    target = field.target_field if isinstance(field, ForeignKey) else field
    return str(target.rel_db_type(connection))


# Reading --------------------------------------------------------------------------------------------------------------


Rest = tuple[tuple[str, Any], ...]


@cache
def _finder(model: type[Model], name: str, kind: type[Any], lock: bool, rest: Rest) -> Statement[Any]:
    def build(**values: Any) -> QuerySet[Any]:
        rows = model._default_manager.filter(**{name: values["wanted"]}, **dict(rest)).order_by()
        return rows.select_for_update() if lock else rows

    return Statement(build, wanted=kind)


@cache
def _checker(model: type[Model], name: str, kind: type[Any], rest: Rest) -> Statement[Any]:
    def build(**values: Any) -> QuerySet[Any]:
        rows = model._default_manager.filter(**{name: values["wanted"]}, **dict(rest)).order_by()
        return rows.values_list("pk")[:1]

    return Statement(build, wanted=kind)


def exists(model: type[Model], name: str, wanted: Value, rest: Rest) -> bool:
    """Whether there is a row in which columns have these values."""
    return bool(_checker(model, name, type(wanted), rest).rows(wanted=wanted))  # type: ignore[arg-type]  # a class is hashable


def find(model: type[M], name: str, wanted: Value | Iterable[Value], lock: bool, rest: Rest = ()) -> list[M]:
    """The rows in which a column has a value, or one of some values, and others are equal to what `rest` says."""
    if isinstance(wanted, int | str):
        found = _finder(model, name, type(wanted), lock, rest).rows(wanted=wanted)  # type: ignore[arg-type]  # as above
        return sorted(found, key=lambda row: row.pk) if lock else found
    values = list(wanted)
    if len(values) == 1:
        return find(model, name, values[0], lock, rest)
    if not values:
        return []
    rows = model._default_manager.filter(**{f"{name}__in": values}, **dict(rest))
    rows = rows.order_by(*(("pk",) if lock else ()))
    return list(rows.select_for_update() if lock else rows)
