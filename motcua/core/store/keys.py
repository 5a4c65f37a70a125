"""Primary keys for rows that are written later: drawn in blocks from the sequences, given in the order of the inserts."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model
from django.db.models.fields import AutoFieldMixin

BLOCK = 500


class Keys:
    """Keys by table. PostgreSQL: what a refused act was given is lost, as it is ordinarily; SQLite gives it again."""

    def __init__(self) -> None:
        self._left: dict[type[Model], list[int]] = {}
        self._last: dict[type[Model], int] = {}

    def begin(self) -> None:
        """A transaction begins: on SQLite somebody else may have written since the last one."""
        if connection.vendor != "postgresql":
            self._left, self._last = {}, {}

    def give(self, rows: Sequence[Any], name: str) -> None:
        """Give keys, under the attribute's name, to rows of one model that the database would number."""
        model: type[Model] = type(rows[0])
        if not _is_numbered(model):
            return
        for row in rows:
            left = self._left.get(model)
            if not left:
                left = self._left[model] = draw(model, BLOCK, self._last.get(model, 0))
                self._last[model] = left[0]
            row.__dict__[name] = left.pop()

    def take_back(self, rows: Sequence[Any]) -> None:
        """An act that gave keys did not happen."""
        model: type[Model] = type(rows[0])
        if connection.vendor != "postgresql" and _is_numbered(model):
            self._left[model] += [row.pk for row in reversed(rows)]


@cache
def _is_numbered(model: type[Model]) -> bool:
    """Whether the database gives the keys."""
    return isinstance(model._meta.pk, AutoFieldMixin | AutoField)


def draw(model: type[Model], amount: int, after: int = 0) -> list[int]:
    """The next keys of a table, the smallest last; on SQLite behind `after`, which is drawn and not yet written."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, amount],
            )
            return sorted((row[0] for row in cursor.fetchall()), reverse=True)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = max((cursor.fetchone() or (0,))[0], after)
    return list(range(last + amount, last, -1))
