"""Up to which event the log is settled: each id so far is committed, or gone for ever."""

from time import sleep

from django.db import connection
from django.db.models import Max

from motcua.audit.models import Event

TRIES = 200
PAUSE = 0.05  # seconds

# Whoever writes events has this lock before an id is drawn, and until the transaction is over. The server's own cleaning up and counting of the
# table take another, so that they are not waited for: on a long log they take minutes.
WRITERS = """SELECT pid, virtualtransaction FROM pg_locks
WHERE relation = 'audit_event'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND mode = 'RowExclusiveLock' AND granted AND pid IS DISTINCT FROM pg_backend_pid()"""


def settled_until() -> int | None:
    """The last event's id (0 for an empty log) once everyone has ended who may have drawn a smaller one and not committed it.

    None when they have not within some ten seconds. Nobody is locked out or waits: who begins meanwhile draws a greater id.
    On SQLite there is one writer at a time, and what it has not committed is greater than all that is there.
    """
    found: int = Event.objects.aggregate(last=Max("id"))["last"] or 0
    return found if connection.vendor != "postgresql" or _writers_end() else None


def _writers_end() -> bool:
    """Whether the transactions that write events now have ended before patience has."""
    waited_for = _writers()
    for _ in range(TRIES):
        if not waited_for:
            return True
        sleep(PAUSE)
        waited_for &= _writers()
    return not waited_for


def _writers() -> set[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return set(cursor.fetchall())
