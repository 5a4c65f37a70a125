"""The answers of the server that tests at a browser speak to: each has a thread, which may outlive its test, and may be late."""

import threading
import time
from collections.abc import Iterator
from typing import Any

FIRST = 40


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
    """An answer's content, its first characters late and the rest later still; then the answer is closed."""
    for piece in (answer.content[:FIRST], answer.content[FIRST:]):
        time.sleep(seconds)
        yield piece
    answer.close()
