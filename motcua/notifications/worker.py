"""The worker: several threads that send what is due, second by second, until they are told to stop."""

import logging
import signal
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection
from django.db.utils import DatabaseError

from motcua.core.moments import now
from motcua.notifications.actions import deliver_due

log = logging.getLogger(__name__)
BATCH = 40


class Worker:
    """`threads` senders; each takes its own messages, so none waits for another. `every`: seconds between looks."""

    def __init__(self, threads: int = 4, every: float = 1.0) -> None:
        self.stopping = threading.Event()
        self._every = every
        self._threads = [threading.Thread(target=self._run, name=f"notify-{n}") for n in range(threads)]

    def run(self, ready: Callable[[], object]) -> None:
        """Work until SIGTERM or SIGINT; what has begun is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        for thread in self._threads:
            thread.start()
        ready()
        while not self.stopping.wait(0.5):
            pass
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while not self.stopping.is_set():
            if not self._look():
                self.stopping.wait(self._every)
        connection.close()

    def _look(self) -> bool:
        """One round; whether there may be more at once. A database that is away is asked again later."""
        try:
            done = deliver_due(at=now(), clock=now, limit=BATCH)
        except DatabaseError as error:
            log.warning("outbox not readable: %s", type(error).__name__)
            connection.close()
            return False
        finally:
            close_old_connections()
        return done.sent + done.failed > 0
