"""Numbers without gaps, never reused: taken by one upsert inside the act's transaction (DOMAIN 2.5)."""

from collections.abc import Sequence

from motcua.core import store
from motcua.core.statements import prepared
from motcua.dossiers.models import Counter


def take(keys: Sequence[str]) -> dict[str, int]:
    """The next number under each key, in one statement. Rolled back with the act, so that no number is lost; the rows
    stay locked until the transaction ends, so take them late. Keys are taken in sorted order: no deadlock.
    """
    wanted = sorted(set(keys))
    if store.batching():
        return {key: _next(key) for key in wanted}
    rows = ", ".join(["(%s, 1)"] * len(wanted))
    with prepared() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_counter (key, last) VALUES {rows} "  # noqa: S608 - only placeholders
            "ON CONFLICT (key) DO UPDATE SET last = dossiers_counter.last + 1 RETURNING key, last",
            wanted,
        )
        return dict(cursor.fetchall())


def _next(key: str) -> int:
    """The same in a batch: the row is locked, or new, until the batch writes."""
    found = store.find(Counter, lock=True, key=key)
    if not found:
        store.insert([Counter(key=key, last=1)])
        return 1
    found[0].last += 1
    store.update(found[0], "last")
    return found[0].last
