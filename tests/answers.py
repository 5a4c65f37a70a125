"""The answers of the server that tests at a browser speak to: each has a thread, which may outlive its test."""

import threading
import time


def let_answers_end(seconds: float = 20) -> None:
    """Wait for the server's threads: one that goes on would find the database emptied, after the last test closed."""
    threads = [t for t in threading.enumerate() if "process_request_thread" in t.name]
    until = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
