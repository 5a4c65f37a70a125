"""Figures read from a replica of the database when one is named by DATABASE_REPLICA_URL (docs/howto/large.md).

`read` is the one way there. Acts never go it: what is frozen, signed or sent is counted in the transaction of the act, on the
primary. A replica that does not answer, or lacks acts older than MOTCUA_REPLICA_LAG seconds, is passed over with a line in the log.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from time import monotonic
from typing import Any, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Max
from django.db.utils import InterfaceError, OperationalError

from motcua.core.moments import now

T = TypeVar("T")
ALIAS = "replica"
LOOK_SECONDS = 10  # how long what was seen of the replica is believed, in each process
DOWN = (OperationalError, InterfaceError, OSError)
_log = logging.getLogger("motcua.replica")
_reading: ContextVar[str] = ContextVar("motcua_reading", default=DEFAULT_DB_ALIAS)


class Router:
    """Reads go where `read` says, everything else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The replica inside `read`."""
        return _reading.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The primary, also for rows that came from the replica."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """The same row from both is the same row."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """What is made on the primary comes to the replica by itself."""
        return db == DEFAULT_DB_ALIAS


class _Seen:
    """What was last seen of the replica: until when it is believed, and whether it may be asked."""

    until: float = 0
    usable: bool = False

    def believe(self, usable: bool) -> bool:
        """Believe it for some seconds."""
        self.until, self.usable = monotonic() + LOOK_SECONDS, usable
        return usable


_seen = _Seen()


def read(work: Callable[[], T]) -> T:
    """What `work` returns, reading from the replica where there is one to be relied on. `work` must only read, and read all it
    needs; it is done again on the primary when the replica breaks off.
    """
    if ALIAS not in connections.databases or not _usable():
        return work()
    token = _reading.set(ALIAS)
    try:
        return work()
    except DOWN as error:
        _log.warning("bản sao không trả lời giữa chừng, đọc từ máy chính: %s", error)
        _seen.believe(False)
    finally:
        _reading.reset(token)
    return work()


def forget() -> None:
    """Look at the replica anew before it is asked again."""
    _seen.until = 0


def _usable() -> bool:
    if monotonic() < _seen.until:
        return _seen.usable
    try:
        behind = lag_seconds()
    except DOWN as error:
        _log.warning("bản sao không trả lời, đọc từ máy chính: %s", error)
        return _seen.believe(False)
    if behind > settings.REPLICA_LAG:
        _log.warning("bản sao chậm %.0f giây, quá %s giây, đọc từ máy chính", behind, settings.REPLICA_LAG)
    return _seen.believe(behind <= settings.REPLICA_LAG)


def lag_seconds() -> float:
    """How long ago the first act was logged that the replica does not know; 0 when it knows all. Needs no rights but reading."""
    from motcua.audit.models import Event

    last = Event.objects.using(ALIAS).aggregate(last=Max("id"))["last"] or 0
    missing = Event.objects.using(DEFAULT_DB_ALIAS).filter(id__gt=last).order_by("id")
    first = missing.values_list("at", flat=True).first()
    return max(0.0, (now() - first).total_seconds()) if first else 0.0
