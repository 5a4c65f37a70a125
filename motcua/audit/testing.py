"""Help for tests only: the log refuses to be emptied, and tests that flush the database must be able to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from motcua.audit import triggers


@contextmanager
def triggers_lifted(connection: Any) -> Iterator[None]:
    """Run a block without the refusing triggers, e.g. a flush, or a forgery that `audit verify` must find."""
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)


def lift_triggers_for_flush() -> None:
    """Let Django's TransactionTestCase (and so live_server, transactional_db) empty the log between tests."""
    from django.db import connection
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        if "audit_event" not in connection.introspection.table_names():
            return flush(case)
        with triggers_lifted(connection):
            return flush(case)

    TransactionTestCase._fixture_teardown = teardown
