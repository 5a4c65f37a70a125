"""The statements that are asked all day long can be answered by the index that was made for them, on both databases."""

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
from motcua.dossiers.models.dossier import PAUSED_STATUSES
from motcua.dossiers.queries.workbench import LIVE, days_for, tabs
from motcua.dossiers.testing import World, make_world
from motcua.feedback.models import Feedback
from motcua.files.models import StoredFile
from motcua.files.queries import waiting as files_waiting
from motcua.filing.queries import drafts_of
from motcua.notifications.models import Message
from motcua.notifications.queries import due
from motcua.payments.models import Charge
from motcua.statistics.models import HalfCount
from motcua.statistics.queries import Scope
from motcua.statistics.queries.tasks import ended_tasks
from motcua.statistics.rules.periods import Window

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


def plan_of(queryset: Any, index: str = "") -> str:
    """The plan of a queryset. `index`: what it is hoped for; on PostgreSQL its table has then no other index than that and
    those of constraints, since between several that fit the statistics of a nearly empty table choose by chance.
    """
    if index and connection.vendor == "postgresql":
        leave_only(queryset.model._meta.db_table, index)
    return plan(*queryset.query.sql_with_params())


def leave_only(table: str, index: str) -> None:
    """Drop the table's other indexes until the test's transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND NOT indisunique",
            [table],
        )
        for (name,) in cursor.fetchall():
            if not re.search(index, name):
                cursor.execute(f"DROP INDEX {name}")


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
        lambda world: Dossier.objects.filter(resolving_agency_id=1, received_at__gte=AT).order_by(
            "received_at"
        ),
        "dossier_resolving",
    ),
    "dossiers that a report counts": (
        lambda world: Dossier.objects.filter(resolving_agency_id=1, ended_at__gte=AT).order_by("ended_at"),
        "dossier_figures",
    ),
    "counts kept ready": (
        lambda world: HalfCount.objects.filter(agency_id=1, start__gte=DAY),
        r"half_count_once|USING (COVERING )?INDEX \w+ \(agency_id=",
    ),
}
# Indexes over some of the rows: SQLite does not see that a parameter is one of them, so it is not asked.
PARTIAL: dict[str, tuple[Callable[[World], Any], str]] = {
    "a person by identity number": (
        lambda world: Party.objects.filter(identity_number="001099000001"),
        "party_identity",
    ),
    "a person by phone": (lambda world: Party.objects.filter(phone="+84900000001"), "party_phone"),
    "a dossier by its temporary number": (
        lambda world: Dossier.objects.filter(temporary_number="T-261123-0001"),
        "dossier_temporary",
    ),
    "drafts of a person": (
        lambda world: drafts_of(world.clerk, AT),
        "application_drafts",
    ),
    "feedback made public, newest first": (
        lambda world: Feedback.objects.filter(published_at__isnull=False).order_by("-published_at"),
        "feedback_published",
    ),
    "my tasks, the most urgent first": (
        lambda world: _tab(world, "mine").order_by("dossier_due_at", "id"),
        "task_inbox_officer",
    ),
    "what nobody has taken in hand": (lambda world: _tab(world, "hand"), "task_in_hand"),
    "work of the unit that is nobody's": (lambda world: _tab(world, "unit"), "task_unclaimed"),
    "dossiers whose clock rests": (
        lambda world: Dossier.objects.filter(status__in=PAUSED_STATUSES),
        "dossier_paused",
    ),
    "an agency's tasks, the most urgent first": (
        lambda world: DossierTask.objects.filter(agency_id=1, state__in=LIVE).order_by(
            "dossier_due_at", "id"
        ),
        "task_inbox_agency",
    ),
    "tasks that ended in a window": (
        lambda world: ended_tasks(Scope(world.commune), Window(DAY, DAY), at=AT),
        "task_ended",
    ),
    "results that nobody has collected": (
        lambda world: Dossier.objects.filter(
            resolving_agency_id=1, ready_at__isnull=False, returned_at__gte=AT
        ).order_by("returned_at"),
        "dossier_collected",
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
    said = plan_of(make(world), index)
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
