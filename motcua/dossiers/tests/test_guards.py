"""What the database itself refuses, whoever asks."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from motcua.audit.queries import verify
from motcua.dossiers import actions, triggers
from motcua.dossiers.apps import guard
from motcua.dossiers.models import ClockEntry, Counter, Dossier, Notice, ReferenceStamp
from motcua.dossiers.testing import in_review, moment, receive
from motcua.procedures.models import Procedure

pytestmark = pytest.mark.django_db


def refused(sql, params=()):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize("column", ["due_at", "original_due_at"])
def test_no_sql_sets_a_due_date_beside_the_ledger(world, column):
    dossier = receive(world)
    refused(f"UPDATE dossiers_dossier SET {column} = %s WHERE id = %s", [moment(days=30), dossier.pk])
    refused(f"UPDATE dossiers_dossier SET {column} = NULL WHERE id = %s", [dossier.pk])
    dossier.refresh_from_db()
    assert dossier.due_at == dossier.original_due_at == ClockEntry.objects.get().due_at


def test_no_sql_makes_a_date_provisional_or_certain(world):
    dossier = receive(world)
    refused("UPDATE dossiers_dossier SET due_provisional = TRUE WHERE id = %s", [dossier.pk])


def test_the_orm_does_not_set_a_due_date_either(world):
    dossier = receive(world)
    dossier.due_at += timedelta(days=1)
    for save in (
        dossier.save,
        lambda: dossier.save(update_fields=["due_at"]),
        lambda: Dossier.objects.update(due_at=moment()),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            save()


def test_a_stale_copy_saved_whole_does_not_bring_back_an_old_date(world):
    dossier = in_review(world)
    stale = Dossier.objects.get(pk=dossier.pk)
    actions.apologise(dossier.pk, extra_working_days=1, reason="x", actor=world.boss, at=moment(days=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        stale.save()


def test_a_paper_replaces_one_of_its_own_dossier_only(world):
    one, other = receive(world), receive(world)
    mine, theirs = one.papers.get(), other.papers.get()
    sql = "UPDATE dossiers_dossierpaper SET replaces_id = %s WHERE id = %s"
    for wrong in (mine.pk, 10**9):
        refused(sql, [wrong, theirs.pk])
    another = {"position": 99, "name": "Giấy khai sinh", "handed_in_at": moment()}
    with pytest.raises(DatabaseError), transaction.atomic():
        other.papers.create(**another, replaces=mine)
    renewed = other.papers.create(**another, replaces=theirs)
    assert theirs.replaced_by.get() == renewed


@pytest.mark.parametrize("change", ["electronic = 1", "electronic = 1, electronic_at = NULL"])
def test_no_paper_is_electronic_without_a_moment_since_which_it_is(world, change):
    paper = receive(world).papers.get()
    refused(f"UPDATE dossiers_dossierpaper SET {change} WHERE id = %s", [paper.pk])


def test_a_dossier_is_not_born_with_a_due_date(world):
    dossier = receive(world)
    dossier.pk, dossier.code, dossier.register_number = None, "H40.12-261102-0777", 777
    with pytest.raises(DatabaseError), transaction.atomic():
        dossier.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Dossier.objects.bulk_create([dossier])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossiers_clockentry SET due_at = NULL",
        "UPDATE dossiers_clockentry SET reason = 'x'",
        "DELETE FROM dossiers_clockentry",
        "DELETE FROM dossiers_dossier",
        "UPDATE dossiers_notice SET number = 9",
        "DELETE FROM dossiers_notice",
        "UPDATE dossiers_counter SET last = 0",
        "UPDATE dossiers_counter SET key = 'x'",
        "DELETE FROM dossiers_counter",
        "UPDATE dossiers_dossier SET code = 'H40.12-261102-0002'",
        "UPDATE dossiers_dossier SET code = NULL",
        "UPDATE dossiers_dossier SET register_number = 5",
        "UPDATE dossiers_dossier SET received_at = NULL",
        "UPDATE dossiers_dossier SET limit_amount = 50",
        "UPDATE dossiers_dossier SET limit_unit = 'month'",
        "UPDATE dossiers_dossier SET version_id = version_id + 1",
        "UPDATE dossiers_dossier SET received_on = '2026-01-01'",
        "UPDATE dossiers_dossier SET receiving_agency_id = receiving_agency_id + 1",
        "UPDATE dossiers_dossier SET statutory_amount = 50",
        "UPDATE dossiers_dossiertask SET dossier_due_at = '2030-01-01'",
        "UPDATE dossiers_dossiertask SET dossier_due_at = NULL",
        "UPDATE dossiers_calendarsnapshot SET content = '{}'",
        "DELETE FROM dossiers_calendarsnapshot",
    ],
)
def test_what_was_written_stays(world, sql):
    receive(world)
    refused(sql)


def next_entry(world, dossier, **changes):
    """A second entry of the ledger, written past the acts."""
    values = {
        "dossier": dossier, "seq": 2, "kind": "extend", "at": moment(), "reason": "x", "document": "Phiếu 1", "actor": world.boss,
        "calendar": ClockEntry.objects.get().calendar, "due_at": moment(days=20), "provisional": True,
    }  # fmt: skip
    return ClockEntry.objects.create(**(values | changes))


def test_the_ledger_grows_one_by_one_and_begins_with_the_start(world):
    dossier = receive(world)
    for seq, kind in ((1, "start"), (3, "end"), (2, "start"), (0, "end")):
        with pytest.raises(DatabaseError), transaction.atomic():
            next_entry(world, dossier, seq=seq, kind=kind)
    next_entry(world, dossier, kind="end", due_at=dossier.due_at)


@pytest.mark.parametrize(
    "lacking",
    [{"reason": ""}, {"document": ""}, {"actor": None}, {"at": moment(days=-1)}],
    ids=lambda d: next(iter(d)),
)
def test_no_entry_without_person_reason_document_or_dated_back(world, lacking):
    dossier = receive(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        next_entry(world, dossier, **lacking)


def test_an_entry_that_no_act_wrote_is_named_by_both_verifications(world, capsys):
    dossier = receive(world)
    assert verify().is_whole
    next_entry(world, dossier)
    report = verify()
    assert [found.code for found in report.breaks] == ["clock"]
    assert f"hồ sơ {dossier}, mục 2" in report.breaks[0].where
    with pytest.raises(SystemExit):
        call_command("dossiers", "verify-clock")
    assert "không có hành vi nào trong nhật ký" in capsys.readouterr().out


FORGED = {
    "status": "UPDATE dossiers_dossier SET status = 'returned'",
    "end": "UPDATE dossiers_dossier SET ended_at = '2026-11-03'",
    "notice": "UPDATE dossiers_notice SET data = '{}'",
    "snapshot": "UPDATE dossiers_calendarsnapshot SET content = '{}'",
    "task-due": "UPDATE dossiers_dossiertask SET dossier_due_at = '2030-01-01'",
    "clock": "DELETE FROM dossiers_clockentry WHERE seq = 2",
}


@pytest.mark.parametrize("code", FORGED)
def test_what_is_changed_with_the_guards_taken_away_is_named(world, code):
    in_review(world)
    stopped = in_review(world)
    actions.issue_obligation(
        stopped.pk, amount_dong=5, notice_number="1", actor=world.officer, at=moment(days=1)
    )
    assert verify().is_whole
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(FORGED[code])
    assert code in {found.code for found in verify(limit=99).breaks}
    with pytest.raises(SystemExit):
        call_command("dossiers", "verify-clock")
    guard(None)


def test_a_changed_guard_replaces_the_earlier_one():
    name = "dossiers_notice_no_update" if connection.vendor == "sqlite" else "dossiers_notice_no_change"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON dossiers_notice BEGIN SELECT 1; END")
        else:
            cursor.execute(f"DROP TRIGGER {name} ON dossiers_notice")
    guard(None)
    assert triggers.missing(connection) == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
            assert "RAISE" in cursor.fetchone()[0]


def test_the_ledger_carries_its_dates_over_to_the_dossier_and_its_open_tasks(world):
    dossier = receive(world)
    later = moment(days=20)
    next_entry(world, dossier)
    first = dossier.due_at
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.original_due_at, dossier.due_provisional) == (later, first, True)
    assert {t.dossier_due_at for t in dossier.tasks.all()} == {later}


def test_other_columns_can_be_saved_at_will(world):
    dossier = receive(world)
    dossier.refresh_from_db()
    dossier.content = "sửa"
    dossier.save()


def test_a_filed_dossier_gets_its_fixed_columns_once(world):
    from motcua.dossiers.testing import make_intake

    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    actions.accept(filed.pk, actor=world.clerk, at=moment(hours=1))
    refused("UPDATE dossiers_dossier SET procedure_id = NULL WHERE id = %s", [filed.pk])


def test_stamps_change_with_their_table_and_come_back_with_a_rollback():
    def stamp():
        return ReferenceStamp.objects.get(table="procedures_procedure").value

    before = stamp()
    with transaction.atomic():
        Procedure.objects.bulk_create([Procedure(code="1.9"), Procedure(code="1.8")])
        inside = stamp()
        transaction.set_rollback(True)
    assert stamp() == before != inside
    Procedure.objects.create(code="1.9")
    assert stamp() not in (before, inside)


def test_missing_guards_are_named_and_put_back_after_migrate(capsys):
    assert triggers.missing(connection) == []
    triggers.remove(connection)
    gone = triggers.missing(connection)
    assert any("due_follows" in name for name in gone)
    with pytest.raises(SystemExit):
        call_command("dossiers", "verify-clock")
    assert "Thiếu ràng buộc" in capsys.readouterr().out
    guard(None)
    assert triggers.missing(connection) == []


def test_every_table_that_acts_remember_has_a_stamp():
    present = set(connection.introspection.table_names())
    wanted = {t for t in triggers.REFERENCE_TABLES if t in present}
    assert wanted == set(triggers.REFERENCE_TABLES)
    assert set(ReferenceStamp.objects.values_list("table", flat=True)) == wanted


def test_counters_go_on(world):
    receive(world)
    Counter.objects.filter(key__startswith="code/").update(last=41)
    assert receive(world).code.endswith("-0042")
    assert Notice.objects.count() == 2


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite scans one commune's names")
def test_names_are_found_by_trigrams_where_the_extension_may_be_made():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'dossiers_party_name_trigrams'")
        assert "gin_trgm_ops" in cursor.fetchone()[0]
