"""Appending, and that nothing else is possible."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.utils.safestring import mark_safe

from motcua.audit import actions, triggers
from motcua.audit.models import Event
from motcua.audit.rules.canonical import clean, moment_text
from motcua.audit.rules.chain import Link, genesis
from motcua.core.errors import RuleViolation

User = get_user_model()


class Colour(StrEnum):
    RED = "red"


AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("can.bo.1", full_name="Trần Thị Mẫu")


def _rehash(event: Event) -> str:
    at = moment_text(event.at)
    link = Link(
        event.chain,
        event.seq,
        event.kind,
        at,
        event.actor_id,
        event.actor_label,
        event.data,
        event.previous_hash,
    )
    return link.hash()


def test_the_first_event_stands_on_the_name_of_its_chain(clerk):
    event = actions.append("dossier/1", "dossier.received", actor=clerk, at=AT, data={"code": "H40.12-1"})
    event.refresh_from_db()
    assert (event.seq, event.previous_hash) == (1, genesis("dossier/1"))
    assert event.hash == _rehash(event)
    assert (event.actor_id, event.actor_label) == (clerk.pk, "Trần Thị Mẫu")


def test_later_events_stand_on_the_one_before_and_chains_do_not_mix(clerk):
    first = actions.append("dossier/1", "a", actor=clerk, at=AT)
    other = actions.append("dossier/2", "a", actor=None, at=AT)
    second, third = actions.append_many("dossier/1", [("b", None), ("c", {"n": 1})], actor=clerk, at=AT)
    assert (second.seq, second.previous_hash) == (2, first.hash)
    assert (third.seq, third.previous_hash) == (3, second.hash)
    assert (other.seq, other.actor_label) == (1, "Hệ thống")


def test_several_events_cost_one_look_up_and_one_insert(clerk, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        actions.append_many("dossier/1", [("a", None), ("b", None), ("c", None)], actor=clerk, at=AT)
    with transaction.atomic(), django_assert_num_queries(1):
        actions.append_many("dossier/2", [("a", None), ("b", None)], actor=clerk, at=AT, first=True)


def test_data_comes_back_from_the_database_with_the_same_hash(clerk):
    data = {
        "due": date(2026, 12, 1),
        "amount": Decimal("8000.50"),
        "at": AT,
        "name": "Đặng\x00 Văn \ud800Ơ",
        "list": (1, True, None, {"b": 2**60, "a": "é"}),
        "kinds": {"y", "x"},
        "enum": Colour.RED,
        3: "key",
    }
    event = actions.append("dossier/1", "a", actor=clerk, at=AT, data=data)
    event.refresh_from_db()
    assert event.hash == _rehash(event)
    assert event.data["due"] == "2026-12-01"
    assert event.data["amount"] == "8000.50"
    assert event.data["kinds"] == ["x", "y"]
    assert event.data["enum"] == "red"
    assert str(event) == "dossier/1#1 a"


@pytest.mark.parametrize("value", [1.5, object(), b"bytes"])
def test_what_an_engine_might_write_differently_is_refused(clerk, value):
    with pytest.raises(TypeError):
        actions.append("dossier/1", "a", actor=clerk, at=AT, data={"value": value})


def test_a_naive_moment_is_refused(clerk):
    with pytest.raises(ValueError, match="aware"):
        actions.append("dossier/1", "a", actor=clerk, at=AT.replace(tzinfo=None))


def test_two_writers_of_one_number_cannot_both_win(clerk):
    actions.append("dossier/1", "a", actor=clerk, at=AT, first=True)
    with pytest.raises(RuleViolation, match="cùng lúc"), transaction.atomic():
        actions.append("dossier/1", "b", actor=clerk, at=AT, first=True)
    assert Event.objects.get(chain="dossier/1").kind == "a"


def test_seeing_personal_data_is_logged_without_the_data(clerk):
    event = actions.record_view(clerk, "dossier/17", ["identity_number", "phone"], at=AT, ip="127.0.0.1")
    assert (event.chain, event.kind) == (f"views/{clerk.pk}", "view.personal_data")
    assert event.data == {"record": "dossier/17", "fields": ["identity_number", "phone"], "ip": "127.0.0.1"}


def test_a_view_that_collides_is_tried_again(clerk, monkeypatch):
    from motcua.audit.actions import events

    actions.record_view(clerk, "dossier/17", ["phone"], at=AT)
    stale, head = [(0, genesis(f"views/{clerk.pk}"))], events._head
    monkeypatch.setattr(events, "_head", lambda chain: stale.pop() if stale else head(chain))
    assert actions.record_view(clerk, "dossier/18", ["phone"], at=AT).seq == 2


def test_a_view_that_collides_every_time_gives_up(clerk, monkeypatch):
    from motcua.audit.actions import events

    actions.record_view(clerk, "dossier/17", ["phone"], at=AT)
    monkeypatch.setattr(events, "_head", lambda chain: (0, genesis(chain)))
    with pytest.raises(RuleViolation):
        actions.record_view(clerk, "dossier/18", ["phone"], at=AT)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET kind = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET seq = seq + 1",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(clerk, sql):
    actions.append("dossier/1", "a", actor=clerk, at=AT)
    with (
        pytest.raises(DatabaseError, match="chỉ được ghi thêm"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.get().kind == "a"


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite alone")
def test_replacing_a_row_on_sqlite_is_refused(clerk):
    event = actions.append("dossier/1", "a", actor=clerk, at=AT)
    columns = "id, chain, seq, kind, at, actor_id, actor_label, data, previous_hash, hash"
    changed = columns.replace("kind", "'x'")
    with (
        pytest.raises(DatabaseError, match="chỉ được ghi thêm"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT OR REPLACE INTO audit_event ({columns}) SELECT {changed} FROM audit_event")
    event.refresh_from_db()
    assert event.kind == "a"


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_truncating_on_postgresql_is_refused(clerk):
    with (
        pytest.raises(DatabaseError, match="chỉ được ghi thêm"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_event CASCADE")


def test_the_orm_cannot_change_it_either(clerk):
    event = actions.append("dossier/1", "a", actor=clerk, at=AT)
    event.kind = "x"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_missing_triggers_are_noticed_and_can_be_made_again(db):
    assert triggers.missing(connection) == []
    triggers.remove(connection)
    assert triggers.missing(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_tests_that_flush_the_database_still_can():
    actions.append("dossier/1", "a", actor=None, at=AT)


def test_what_is_a_kind_of_text_number_or_table_is_kept_as_the_plain_one():
    class Amount(int):
        pass

    class Table(dict):
        pass

    kept = clean(Table(name=mark_safe("An"), amount=Amount(5)))
    assert kept == {"name": "An", "amount": 5}
    assert type(kept) is dict
