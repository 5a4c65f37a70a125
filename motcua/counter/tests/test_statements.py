"""How many statements the counter asks of the database."""

from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from motcua.counter.tests.test_reception import RECEIVE, typed
from motcua.tickets.models import TicketDossier
from motcua.tickets.testing import call, make_line, take

SAVEPOINTS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def test_an_intake_over_http_needs_at_most_twelve_statements(clerk, world):
    """BUDGETS.md; what belongs to the test's own transactions is not counted. The first one warms the memory."""
    for _ in range(2):
        assert clerk.post(RECEIVE, typed(world)).status_code == 302
    data = typed(world)
    with CaptureQueriesContext(connection) as seen:
        assert clerk.post(RECEIVE, data).status_code == 302
    asked = [query["sql"] for query in seen if not query["sql"].startswith(SAVEPOINTS)]
    assert len(asked) <= 12, "\n".join(sql[:90] for sql in asked)


def test_an_intake_for_a_called_number_needs_at_most_seventeen_statements(clerk, world):
    """Five more than without one (docs/decisions/0092): the number read and locked, its person here, the dossier written to it,
    the end of the number's chain, its entry there.
    """
    line, ticket = make_line(world), None
    for minute in range(3):
        take(line, minute)
        ticket = call(world, line, minutes=minute, after=ticket)
        data = typed(world, ticket=ticket.pk)
        with CaptureQueriesContext(connection) as seen:
            assert clerk.post(RECEIVE, data).status_code == 302
    assert TicketDossier.objects.count() == 3
    asked = [query["sql"] for query in seen if not query["sql"].startswith(SAVEPOINTS)]
    assert len(asked) <= 17, "\n".join(sql[:90] for sql in asked)


def test_an_intake_over_http_has_no_statement_built_anew(clerk, world, monkeypatch):
    """Building one takes Django many times what the database takes to answer it (docs/decisions/0089-intake-over-http.md)."""
    for _ in range(2):
        assert clerk.post(RECEIVE, typed(world)).status_code == 302
    data, built, as_sql = typed(world), [], SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda self, *a, **k: built.append(self.query) or as_sql(self, *a, **k)
    )
    assert clerk.post(RECEIVE, data).status_code == 302
    assert [str(query.model.__name__) for query in built] == []
