"""Many small counts in one statement, none of which counts further than the screen shows."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from motcua.core.web import COUNT_LIMIT


def counted(sets: Mapping[str, QuerySet[Any]], limit: int = COUNT_LIMIT) -> dict[str, int]:
    """The number of rows of each set, or limit + 1 when there are more. One statement for all of them."""
    parts = {name: _limited(rows, limit + 1) for name, rows in sets.items()}
    asked = {name: part for name, part in parts.items() if part}
    found = dict.fromkeys(sets, 0)
    if asked:
        columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS part)" for sql, _ in asked.values())  # noqa: S608 - Django's own SQL
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns}", [value for _, values in asked.values() for value in values])
            found.update(zip(asked, cursor.fetchone(), strict=True))
    return found


def _limited(rows: QuerySet[Any], limit: int) -> tuple[str, tuple[Any, ...]] | None:
    """The statement that reads at most `limit` keys; None for a set known to be empty."""
    try:
        return rows.order_by().values("pk")[:limit].query.sql_with_params()
    except EmptyResultSet:
        return None
