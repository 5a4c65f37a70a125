"""Every way to tamper with the log is found and named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.audit import actions, keys, queries, seal_book
from motcua.audit.models import Event, Seal
from motcua.audit.queries import registry, verification
from motcua.audit.testing import triggers_lifted
from motcua.audit.tests.forge import forge, rewrite

User = get_user_model()
AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_book(monkeypatch, tmp_path):
    monkeypatch.setattr(seal_book, "_folder", lambda: tmp_path)


@pytest.fixture
def log(db):
    """Three chains of four events, sealed in two seals, and one event not yet sealed."""
    for turn in range(4):
        for chain in ("dossier/1", "dossier/2", "procedure/1"):
            actions.append(
                chain, f"act.{turn}", actor=None, at=AT + timedelta(hours=turn), data={"turn": turn}
            )
        if turn % 2:
            actions.seal(at=AT + timedelta(days=turn))
    actions.append("dossier/1", "late", actor=None, at=AT)


def _verify():
    report = queries.verify()
    return report, " / ".join(report.lines())


def test_a_whole_log_is_counted(log):
    report, text = _verify()
    assert report.is_whole, text
    assert (report.chains, report.events, report.seals, report.unsealed) == (3, 13, 2, 1)
    assert "Nhật ký toàn vẹn." in text


def test_a_thousand_small_seals_cost_no_query_each(log, django_assert_max_num_queries):
    for number in range(30):
        actions.append("dossier/1", f"more{number}", actor=None, at=AT)
        actions.seal(at=AT)
    with django_assert_max_num_queries(14):
        report = queries.verify()
    assert (report.seals, report.unsealed, report.is_whole) == (32, 0, True)


def test_an_empty_log_is_whole(db):
    assert _verify()[0].is_whole


def test_it_walks_in_pieces_of_any_size(log, monkeypatch):
    for module in ("verification", "leaves"):
        monkeypatch.setattr(f"motcua.audit.queries.{module}.PIECE", 2)
    report, text = _verify()
    assert report.is_whole, text
    assert report.events == 13


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "forged"),
        ("at", "2026-01-01 00:00:00+00:00"),
        ("actor_id", 99),
        ("actor_label", "Người khác"),
        ("data", '{"turn": 99}'),
        ("hash", "00" * 32),
    ],
)
def test_a_changed_field_is_named_by_chain_number_and_id(log, column, value):
    event = Event.objects.get(chain="dossier/2", seq=2)
    forge(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, event.pk)
    report, text = _verify()
    first = report.breaks[0]
    assert first.code == "changed"
    assert f"chuỗi dossier/2, sự kiện số 2, mã {event.pk}" in text.split(" / ")[0]
    assert {first.expected, first.found} & {event.hash, "00" * 32}


def test_a_changed_previous_hash_is_named_with_what_it_should_be(log):
    first, second = Event.objects.filter(chain="dossier/2").order_by("seq")[:2]
    forge("UPDATE audit_event SET previous_hash = %s WHERE id = %s", "11" * 32, second.pk)
    found = _verify()[0].breaks[0]
    assert (found.code, found.expected, found.found) == ("unlinked", first.hash, "11" * 32)


def test_a_removed_event_is_named_by_its_number(log):
    forge("DELETE FROM audit_event WHERE chain = 'dossier/2' AND seq = 3")
    found = _verify()[0].breaks[0]
    assert (found.code, found.expected, found.found) == ("gap", "3", "4")


def test_a_removed_first_event_is_named(log):
    forge("DELETE FROM audit_event WHERE chain = 'dossier/2' AND seq = 1")
    assert _verify()[0].breaks[0].code == "gap"


def test_renumbered_events_are_named(log):
    forge("UPDATE audit_event SET seq = seq + 10 WHERE chain = 'dossier/2'")
    found = _verify()[0].breaks[0]
    assert (found.code, found.expected, found.found) == ("gap", "1", "11")


def test_a_chain_moved_under_another_name_is_named(log):
    forge("UPDATE audit_event SET chain = 'dossier/3' WHERE chain = 'dossier/2'")
    assert "chuỗi dossier/3" in _verify()[0].breaks[0].where


def test_a_tail_cut_off_is_found_by_the_seal(log):
    gone = Event.objects.get(chain="dossier/2", seq=4)
    forge("DELETE FROM audit_event WHERE id = %s", gone.pk)
    found = _verify()[0].breaks[0]
    assert (found.code, found.expected, found.found) == ("seal-count", "6", "5")
    assert "niêm phong 2" in found.where
    assert f"các mã không có: {gone.pk}" in found.text


def test_a_whole_chain_removed_is_found_by_the_seals(log):
    forge("DELETE FROM audit_event WHERE chain = 'dossier/2'")
    report, _ = _verify()
    assert [found.code for found in report.breaks] == ["seal-count", "seal-count"]


def test_a_past_rewritten_consistently_is_found_by_the_seal(log):
    forge("UPDATE audit_event SET kind = 'forged' WHERE chain = 'dossier/2' AND seq = 3")
    rewrite("dossier/2")
    found = _verify()[0].breaks[0]
    assert found.code == "seal-root"
    assert "niêm phong 2" in found.where


def test_an_event_inserted_into_the_sealed_past_is_found(log):
    forge("DELETE FROM audit_event WHERE chain = 'dossier/2' AND seq = 4")
    hole = Seal.objects.get(number=2).last_event_id - 1
    actions.append_many("dossier/2", [("x", None), ("y", None)], actor=None, at=AT)
    forge("UPDATE audit_event SET id = -id WHERE id > %s", hole + 2)
    report, _ = _verify()
    assert not report.is_whole


def test_an_extra_event_in_a_sealed_range_is_counted(log):
    forge("UPDATE audit_event SET id = id + 100")
    forge("UPDATE audit_event SET id = id - 100 WHERE chain <> 'dossier/2'")
    report, _ = _verify()
    assert report.breaks[0].code == "seal-count"
    forge("UPDATE audit_seal SET event_count = 1 WHERE number = 2")
    assert any("chèn thêm" in found.text for found in _verify()[0].breaks)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite alone")
@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("data", "{not json", "changed"),
        ("at", "no moment", "unreadable"),
        ("at", "2026-13-77 00:00:00", "unreadable"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_does_not_stop_the_walk(log, column, value, code):
    with triggers_lifted(connection), connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE audit_event SET {column} = %s WHERE chain = 'dossier/2' AND seq = 2", [value])
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    report, _ = _verify()
    assert report.breaks[0].code == code
    assert report.events == 13


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DELETE FROM audit_seal WHERE number = 1", "seal-gap"),
        ("UPDATE audit_seal SET previous_hash = hash WHERE number = 2", "seal-unlinked"),
        ("UPDATE audit_seal SET merkle_root = hash WHERE number = 2", "seal-changed"),
        ("UPDATE audit_seal SET signature = '00' WHERE number = 2", "seal-signature"),
    ],
)
def test_a_changed_seal_is_named(log, sql, code):
    forge(sql)
    assert _verify()[0].breaks[0].code == code


def test_a_seal_made_with_another_key_is_named(log, monkeypatch):
    forge("DELETE FROM audit_seal WHERE number = 2")
    office, stranger = keys.trusted(), keys.Ed25519PrivateKey.generate()
    monkeypatch.setattr(keys, "office_key", lambda: stranger)
    actions.seal(at=AT)
    assert _verify()[0].breaks[0].code == "seal-key"
    assert queries.verify(trust=[keys.public_hex(stranger)]).is_whole
    monkeypatch.setattr(keys, "trusted", lambda: frozenset())
    report, text = _verify()
    assert report.is_whole
    assert "không có khóa công khai" in text
    assert office


def test_seals_cut_off_the_end_show_in_the_book_beside_the_database(log, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.seal(at=AT)
    assert set(seal_book.read()) == {3}
    forge("DELETE FROM audit_seal WHERE number = 3")
    assert [(found.code, found.found) for found in _verify()[0].breaks] == [("seal-book", "không có")]
    actions.seal(at=AT + timedelta(days=9))
    assert "khác với sổ" in _verify()[0].breaks[0].text


def test_there_is_no_book_without_a_seal(db):
    seal_book.write(1, "ab")
    assert seal_book.read() == {}


def test_a_published_seal_that_is_gone_shows(log):
    known = Seal.objects.get(number=2).hash
    assert queries.verify(expected_seal=known).is_whole
    forge("DELETE FROM audit_seal WHERE number = 2")
    assert queries.verify(expected_seal=known).breaks[0].code == "seal-missing"


def test_only_some_breaks_are_kept_but_all_are_counted(log):
    forge("UPDATE audit_event SET kind = 'forged'")
    report = queries.verify(limit=3)
    assert (len(report.breaks), report.break_count) == (3, 13)
    assert "… và 10 chỗ hỏng khác." in report.lines()


def test_the_newest_seals_can_be_checked_alone(log):
    forge("DELETE FROM audit_event WHERE chain = 'dossier/2' AND seq = 1")
    assert queries.verify_seals(1).is_whole
    assert not queries.verify_seals(5).is_whole


def test_missing_triggers_are_a_warning(log):
    with connection.cursor() as cursor:
        on = " ON audit_event" if connection.vendor == "postgresql" else ""
        name = "audit_event_no_change" if on else "audit_event_no_delete"
        cursor.execute(f"DROP TRIGGER {name}{on}")
    report, text = _verify()
    assert report.is_whole
    assert name in text


@pytest.fixture
def records(monkeypatch):
    """Users stand for dossiers: any table can have its histories."""
    monkeypatch.setattr(registry, "_records", {})
    registry.register_records("dossier", User.objects.all)


def test_a_record_removed_while_its_history_remains_is_named(log, records, monkeypatch):
    monkeypatch.setattr(verification, "BATCH", 1)
    User.objects.create(pk=1, username="a")
    actions.append("dossier/x", "odd", actor=None, at=AT)
    found = _verify()[0].breaks
    assert [(one.code, one.where) for one in found] == [("record-removed", "chuỗi dossier/2")]


def test_a_record_whose_history_was_removed_is_named(log, records):
    for pk in (1, 2, 3):
        User.objects.create(pk=pk, username=str(pk))
    found = _verify()[0].breaks
    assert [(one.code, one.where) for one in found] == [("chain-removed", "chuỗi dossier/3")]


def test_the_command_exits_1_and_names_the_break_or_0_with_counts(log, capsys):
    call_command("audit", "verify")
    assert "3 chuỗi, 13 sự kiện, 2 niêm phong; 1 sự kiện chưa niêm phong" in capsys.readouterr().out
    forge("DELETE FROM audit_event WHERE chain = 'dossier/2' AND seq = 3")
    with pytest.raises(SystemExit) as stop:
        call_command("audit", "verify")
    assert stop.value.code == 1
    assert "Mắt xích hỏng đầu tiên: chuỗi dossier/2, sự kiện số 4" in capsys.readouterr().out


def test_the_command_seals_and_says_so(log, capsys):
    call_command("audit", "seal")
    call_command("audit", "seal")
    out = capsys.readouterr().out
    assert "Niêm phong 3: 1 sự kiện" in out
    assert "Không có sự kiện mới" in out


def test_the_command_prints_the_public_key(db, capsys):
    call_command("audit", "key")
    assert capsys.readouterr().out.strip() in keys.trusted()


def test_a_proof_of_nothing_is_refused(log):
    with pytest.raises(CommandError, match="Không có chuỗi"):
        call_command("audit", "proof", "dossier/404")
