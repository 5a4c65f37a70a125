"""The answers of the server that browsers and partners of tests speak to: each has a thread, which may outlive its test, may be
late, or come while the test itself is at work.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

FIRST, PATIENCE = 40, 60


@contextmanager
def closed_door() -> Iterator[Callable[[], bool]]:
    """Whoever calls the server waits until the test opens, which then waits for the first answer; False when none was given.

    On SQLite the test and the server speak on one connection: what one begins while the other is in the midst of an act would
    stand in its transaction, and end with it.
    """
    from django.core.signals import request_finished, request_started

    opened, answered, inside = threading.Event(), threading.Event(), threading.current_thread()
    callers: set[threading.Thread] = set()  # the thread of an earlier test may still be ending

    def wait(**_: object) -> None:
        if threading.current_thread() is not inside:
            callers.add(threading.current_thread())
            opened.wait(PATIENCE)

    def note(**_: object) -> None:
        if threading.current_thread() in callers:
            answered.set()

    def open_it() -> bool:
        opened.set()
        return answered.wait(PATIENCE)

    request_started.connect(wait)
    request_finished.connect(note)
    try:
        yield open_it
    finally:
        opened.set()
        request_started.disconnect(wait)
        request_finished.disconnect(note)


def let_answers_end(seconds: float = 20) -> None:
    """Wait for the server's threads: one that goes on would find the database emptied, after the last test closed."""
    threads = [t for t in threading.enumerate() if "process_request_thread" in t.name]
    until = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))


def be_late(seconds: float) -> None:
    """Let each page wait so long, begin, and wait again before the rest; scripts wait half of it.

    A test that reads a page before it is there fails on a busy machine once in a hundred runs: here it fails every time.
    """
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.handlers.wsgi import WSGIHandler

    at_once, file_at_once = WSGIHandler.__call__, StaticFilesHandler.get_response

    def page(self: Any, environ: Any, start: Any) -> Any:
        answer: Any = at_once(self, environ, start)
        is_page = answer.__class__.__name__ != "FileWrapper" and not answer.streaming
        return in_pieces(answer, seconds) if is_page and answer.content else answer

    def file(self: Any, request: Any) -> Any:
        time.sleep(seconds / 2 * request.path.endswith(".js"))
        return file_at_once(self, request)

    WSGIHandler.__call__, StaticFilesHandler.get_response = page, file  # type: ignore[method-assign]


def in_pieces(answer: Any, seconds: float) -> Iterator[bytes]:
    """An answer's content, its first characters late and the rest later still; then, or when nobody listens, the answer is closed."""
    try:
        for piece in (answer.content[:FIRST], answer.content[FIRST:]):
            time.sleep(seconds)
            yield piece
    finally:
        answer.close()
