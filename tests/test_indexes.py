"""The statements that are asked all day long are answered by the index that was made for them, on both databases."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.queries import authority_of
from motcua.audit import actions as audit
from motcua.audit.queries import Search, events_of, search_events
from motcua.dossiers.models import Dossier, DossierTask, Party
from motcua.dossiers.queries.workbench import LIVE, days_for, tabs
from motcua.dossiers.testing import World, make_world
from motcua.files.models import StoredFile
from motcua.files.queries import waiting as files_waiting
from motcua.notifications.models import Message
from motcua.notifications.queries import due
from motcua.payments.models import Charge

pytestmark = pytest.mark.django_db
# SQLite gives the index of a constraint no name, but says the columns.
CHAIN = r"event_chain_seq|USING INDEX \w+ \(chain="
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture
def world() -> World:
    return make_world()


def plan(sql: str, parameters: Any) -> str:
    """How the engine would answer, in its own words. PostgreSQL reads and sorts small tables whole unless told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {sql}", parameters)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def plan_of(queryset: Any) -> str:
    return plan(*queryset.query.sql_with_params())


def _tab(world: World, name: str) -> Any:
    authority = authority_of(world.officer, DAY)
    return tabs(authority, world.officer, days_for(authority, world.officer, AT), AT)[name]


EVERYWHERE: dict[str, tuple[Callable[[World], Any], str]] = {
    "one record's history": (lambda world: events_of("dossier/1"), CHAIN),
    "what a person did": (lambda world: search_events(Search(person="7")).order_by(), "event_actor"),
    "what was done on a day": (lambda world: search_events(Search(first_day=DAY)).order_by("at"), "event_at"),
    "a dossier by its code": (
        lambda world: Dossier.objects.filter(code="H40.12-261123-0007"),
        r"dossiers_dossier_code_|USING INDEX \w+ \(code=",
    ),
    "dossiers received for an agency": (
        lambda world: Dossier.objects.filter(resolving_agency_id=1, received_at__gte=AT),
        "dossier_resolving",
    ),
}
# Indexes over some of the rows: SQLite does not see that a parameter is one of them, so it is not asked.
PARTIAL: dict[str, tuple[Callable[[World], Any], str]] = {
    "a person by identity number": (
        lambda world: Party.objects.filter(identity_number="001099000001"),
        "party_identity",
    ),
    "a person by phone": (lambda world: Party.objects.filter(phone="+84900000001"), "party_phone"),
    "my tasks": (lambda world: _tab(world, "mine"), "task_inbox_officer"),
    "an agency's tasks, the most urgent first": (
        lambda world: DossierTask.objects.filter(agency_id=1, state__in=LIVE).order_by(
            "dossier_due_at", "id"
        ),
        "task_inbox_agency",
    ),
    "messages to send": (lambda world: due(AT, ["sms", "email"]), "message_due"),
    "files to scan again": (lambda world: files_waiting(), "storedfile_waiting"),
    "what an agency has to collect": (
        lambda world: Charge.objects.filter(agency_id=1, state="due").order_by("created_at"),
        "charge_due",
    ),
}
ASKED = EVERYWHERE | PARTIAL


@pytest.mark.parametrize("asked", ASKED)
def test_a_statement_is_answered_by_its_index(world: World, asked: str) -> None:
    if asked in PARTIAL and connection.vendor != "postgresql":
        pytest.skip("of PostgreSQL alone")
    make, index = ASKED[asked]
    said = plan_of(make(world))
    assert re.search(index, said), said


def test_an_act_finds_the_head_of_its_chain_by_the_index(world: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        audit.append("dossier/1", "dossier.x", actor=None, at=AT)
    [head] = [one["sql"] for one in captured.captured_queries if one["sql"].startswith("SELECT seq, hash")]
    assert re.search(CHAIN, plan(head, None))


def test_the_plan_of_a_statement_without_an_index_names_none(world: World) -> None:
    """So that the tests above can fail."""
    assert "message_" not in plan_of(Message.objects.filter(body="x"))
    assert "storedfile_waiting" not in plan_of(StoredFile.objects.filter(name="x"))
