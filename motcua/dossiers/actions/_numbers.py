"""Numbers without gaps, never reused: taken by one upsert inside the act's transaction (DOMAIN 2.5)."""

from collections.abc import Sequence

from django.db import connection


def take(keys: Sequence[str]) -> dict[str, int]:
    """The next number under each key, in one statement. Rolled back with the act, so that no number is lost; the rows
    stay locked until the transaction ends, so take them late. Keys are taken in sorted order: no deadlock.
    """
    wanted = sorted(set(keys))
    rows = ", ".join(["(%s, 1)"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_counter (key, last) VALUES {rows} "  # noqa: S608 - only placeholders
            "ON CONFLICT (key) DO UPDATE SET last = dossiers_counter.last + 1 RETURNING key, last",
            wanted,
        )
        return dict(cursor.fetchall())
