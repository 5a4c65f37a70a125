"""Big tables cut by year: the acts, the reports, the log and the guards are those of a whole table; a dossier is read in one part."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from motcua.audit.queries import verify
from motcua.core.errors import RuleViolation
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.dossiers import triggers
from motcua.dossiers.models import ClockEntry, DossierPaper, DossierTask
from motcua.dossiers.queries import integrity
from motcua.dossiers.testing import in_review, make_world, moment, ready, receive, returned
from motcua.statistics import actions, partitions
from motcua.statistics.models import HalfCount
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.counts_check import differences
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on

pytestmark = pytest.mark.django_db
WHOLE = Window(date(2026, 11, 1), date(2027, 2, 28))
FIRST_YEAR, NEXT_YEAR, LATER = date(2027, 1, 20), date(2028, 1, 1), moment(days=200)
postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")


@pytest.fixture
def world():
    """A world with dossiers of two years, open and returned."""
    world = make_world()
    returned(world)
    in_review(world)
    ready(world, at=moment(days=70))
    actions.keep_counts(actor=None, at=moment(days=90))
    return world


def report(world):
    table = build(form_on("ii-06a", WHOLE.end), Scope(world.commune), WHOLE, LATER)
    return table.lines, table.total


def plan(rows):
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


def refused(sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return True


@postgresql
def test_a_cut_database_says_the_same_and_goes_on(world):
    before, entries = report(world), ClockEntry.objects.count()
    done = partitions.apply(FIRST_YEAR)
    assert len(done) == len(partitions.KEYS)
    assert all(partitions.is_partitioned(table) for table in partitions.KEYS)
    assert (report(world), ClockEntry.objects.count()) == (before, entries)
    dossier = in_review(world, at=moment(days=80))
    dossiers.apologise(dossier.pk, reason="Chậm", extra_working_days=5, actor=world.boss, at=moment(days=95))
    later = returned(world, at=moment(days=100))
    assert DossierTask.objects.filter(dossier=later, state="done").exists()
    assert list(dossier_queries.verify_clock()) == []
    assert list(integrity.breaks()) == []
    assert triggers.missing(connection) == []
    assert verify().is_whole
    actions.rebuild_counts(actor=None, at=LATER)
    assert list(differences(at=LATER)) == []


@postgresql
def test_a_dossier_is_read_in_one_part():
    world = make_world()
    old, new = receive(world), receive(world, at=moment(days=80))
    actions.keep_counts(actor=None, at=moment(days=110))
    partitions.apply(FIRST_YEAR)
    later = receive(world, at=moment(days=81))
    for model in (DossierTask, DossierPaper, ClockEntry):
        table = model._meta.db_table
        assert [name for name, *_ in partitions.pieces_of(table)] == [f"{table}_y2026", f"{table}_y2027"]
        for dossier, year in ((old, 2026), (new, 2027), (later, 2027)):
            said = plan(model.objects.filter(dossier=dossier).order_by())
            assert (f"{table}_y{year}" in said, f"{table}_y{4053 - year}" in said) == (True, False), said
    said = plan(HalfCount.objects.filter(start__range=("2027-01-01", "2027-01-31")))
    assert "statistics_halfcount_y2027" in said
    assert "statistics_halfcount_y2026" not in said


@postgresql
def test_every_guard_stands_on_every_part(world):
    partitions.apply(FIRST_YEAR)
    for table in ("dossiers_clockentry", "dossiers_clockentry_y2026", "dossiers_clockentry_y2027"):
        assert refused(f"TRUNCATE {table}")
    for table in ("dossiers_clockentry", "dossiers_clockentry_y2026"):
        assert refused(f"UPDATE {table} SET reason = 'x'")
        assert refused(f"DELETE FROM {table}")
    assert refused("UPDATE dossiers_dossiertask SET dossier_due_at = now()")
    assert refused("INSERT INTO dossiers_clockentry_y2026 SELECT * FROM dossiers_clockentry_y2026 LIMIT 1")


@postgresql
def test_a_new_year_gets_its_part_and_the_second_time_nothing_happens(world):
    partitions.apply(FIRST_YEAR)
    assert partitions.apply(FIRST_YEAR) == []
    assert len(partitions.apply(NEXT_YEAR)) == 4
    dossier = receive(world, at=moment(days=430))
    assert "dossiers_dossiertask_y2028" in plan(DossierTask.objects.filter(dossier=dossier).order_by())
    assert refused("TRUNCATE dossiers_clockentry_y2028")
    assert partitions.apply(NEXT_YEAR) == []
    assert verify().is_whole


@postgresql
def test_what_cannot_be_cut_says_why(world):
    said = "\n".join(partitions.check())
    assert "dossiers_dossiertask: chia được theo dossier_id" in said
    assert "dossiers_dossier: không chia theo received_on" in said
    assert "dossiers_dossier_code" in said
    assert "bảng tham chiếu tới" in said
    assert "audit_event: không chia" in said
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE UNIQUE INDEX own_note ON dossiers_dossierpaper (id, name)")
    with pytest.raises(RuleViolation, match="own_note"):
        partitions.apply(FIRST_YEAR)


@postgresql
def test_the_command_cuts_and_then_shows_the_parts(world):
    out = StringIO()
    call_command("database", "partition", "--apply", stdout=out)
    call_command("database", "partition", "--check", stdout=out)
    assert "đã chia theo dossier_id" in out.getvalue()
    assert "FOR VALUES FROM" in out.getvalue()


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="of SQLite alone")
def test_another_engine_is_told_so():
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("database", "partition", "--check")
