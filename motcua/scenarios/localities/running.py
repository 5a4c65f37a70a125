"""Running a replay: found the locality, then its counters, one after the other or several at once; the log is sealed."""

import os
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from multiprocessing import active_children, get_context

import django
from django.db import connection, transaction

from motcua.audit.actions import seal
from motcua.core import moments
from motcua.core.errors import RuleViolation
from motcua.scenarios.localities.founding import found, record_end
from motcua.scenarios.localities.plan import Locality
from motcua.scenarios.localities.registry import LOCALITIES
from motcua.scenarios.localities.replay import Counter
from motcua.scenarios.localities.survey import poll
from motcua.scenarios.localities.terms import Broken
from motcua.scenarios.localities.voices import speak

Say = Callable[[str], object]
FEW = 3000  # dossiers; below this other processes are not worth starting


def run(locality: Locality, scale: float, processes: int, say: Say) -> int:
    """The whole replay into an empty database; gives the most memory that a process used, in MB. Raises Broken."""
    with transaction.atomic():
        found(locality, scale)
    say("Đã lập cơ quan, bộ phận một cửa, cán bộ, thủ tục, lịch làm việc của thời đó")
    keys = [key for key in locality.shards() if locality.streams_of(key, scale)]
    count = _processes(locality, scale, processes)
    if count > 1:
        _together(locality, keys, scale, count, say)
    else:
        for key in keys:
            replay_here(locality, key, scale, say)
    with transaction.atomic():
        if survey := poll(locality):
            say(f"{survey.name}: đã thu phiếu và đóng")
        if words := speak(locality):
            say(f"Đã phát lại {words}")
        record_end(locality, {"dossiers": locality.planned(scale)})
    seal(at=moments.now())
    return _peak()


def _processes(locality: Locality, scale: float, wanted: int) -> int:
    """How many counters at once. SQLite has one writer."""
    if connection.vendor != "postgresql":
        return 1
    if wanted:
        return wanted
    return 1 if locality.planned(scale) < FEW else os.cpu_count() or 1


def replay_here(locality: Locality, key: str, scale: float, say: Say) -> None:
    """One counter in this process, in a batch unless a transaction is under way; sealed when done, if the log is at rest."""
    counter = Counter(locality, key, scale)
    came = counter.replay(batch=not connection.in_atomic_block)
    with suppress(RuleViolation):  # other counters are being written: the seal at the end takes it up
        seal(at=moments.now())
    say(f"{counter.office.name}: {came} hồ sơ")


def _together(locality: Locality, keys: list[str], scale: float, count: int, say: Say) -> None:
    """The counters by several processes, the busiest first; each process, once it knows the catalogue, goes on with the next
    counter that is left. Raises Broken when one fails.
    """
    connection.close()
    with ProcessPoolExecutor(count, get_context("spawn"), initializer=django.setup) as crowd:
        running = [crowd.submit(_replay_there, locality.name, key, scale) for key in keys]
        try:
            for done in as_completed(running):
                say(done.result())
        except BaseException:
            crowd.shutdown(wait=False, cancel_futures=True)
            _stop()
            raise


def _replay_there(name: str, key: str, scale: float) -> str:
    """One counter in a process of a crowd; what is to be said of it. Raises Broken for whatever stops it."""
    said: list[str] = []
    try:
        replay_here(LOCALITIES[name], key, scale, said.append)
    except Exception as error:
        raise Broken(str(error) or type(error).__name__) from error
    return said[-1]


def _stop() -> None:
    """One counter has failed: the others need not be ended."""
    for process in active_children():
        process.terminate()


def _peak() -> int:
    """The most memory that this process or one that it started has used, in MB."""
    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return used // 1024
