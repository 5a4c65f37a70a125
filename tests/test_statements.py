"""Statements built once give what the ORM gives, on both engines."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Length
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.agencies.models import Assignment
from motcua.agencies.queries.authority import _HELD, _rows
from motcua.core import store
from motcua.core.moments import legal_date
from motcua.core.statements import Statement, numbered, prepared
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask
from motcua.dossiers.queries.access import _LOCKED_BY_TASK
from motcua.dossiers.rules.states import TaskState
from motcua.dossiers.testing import in_review, live_task, make_world, moment, ready

DAY = legal_date(moment())


@pytest.fixture
def world(db):
    return make_world()


def locked(pk):
    return store.find(Dossier, lock=True, id=pk)


def tasks_of(pk):
    return store.find(DossierTask, dossier_id=pk)


def values_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def same(found, expected):
    return sorted(map(values_of, found), key=lambda v: v["id"]) == sorted(
        map(values_of, expected), key=lambda v: v["id"]
    )


def test_whole_rows_are_those_of_the_orm(world):
    for dossier in (ready(world), in_review(world)):
        assert same(locked(dossier.pk), [Dossier.objects.get(pk=dossier.pk)])
        assert same(tasks_of(dossier.pk), DossierTask.objects.filter(dossier=dossier))
        assert same(store.find(ClockEntry, dossier_id=dossier.pk), ClockEntry.objects.filter(dossier=dossier))
    task = live_task(dossier)
    assert same(_LOCKED_BY_TASK.rows(task=task.pk), [Dossier.objects.get(pk=dossier.pk)])


def test_a_row_can_be_saved_like_any_other(world):
    (task,) = [t for t in tasks_of(in_review(world).pk) if t.state == "accepted"]
    assert not task._state.adding
    task.note = "đã xem"
    task.save(update_fields=["note"])
    assert DossierTask.objects.get(pk=task.pk).note == "đã xem"


@pytest.mark.parametrize("shift", [-9000, 0, 9000])
def test_tuples_are_those_of_the_orm(world, shift):
    for user in (world.clerk, world.officer, world.boss):
        day = DAY + timedelta(days=shift)
        assert _HELD.rows(user_id=user.pk, day=day) == list(_rows(user.pk, day))


def test_nothing_found_is_an_empty_list(world):
    assert locked(10**9) == []


def test_a_value_may_stand_in_several_places_and_nothing_is_built_twice(world):
    built = []

    def spans(day):
        built.append(day)
        return (
            Assignment.objects.filter(Assignment.in_force(day)).values_list("pk", "valid_from").order_by("pk")
        )

    statement = Statement(spans, day=date)
    for day in (DAY, date(1999, 1, 1)):
        expected = list(
            Assignment.objects.filter(Assignment.in_force(day)).values_list("pk", "valid_from").order_by("pk")
        )
        assert statement.rows(day=day) == expected
    assert len(built) == 1


def test_one_statement_is_asked(world):
    with CaptureQueriesContext(connection) as asked:
        tasks_of(1)
    assert len(asked) == 1


def test_a_value_that_django_changes_on_the_way_is_refused(world):
    statement = Statement(lambda name: User.objects.annotate(n=Length("username")).filter(n=0), name=int)
    with pytest.raises(ValueError, match="stand by itself"):
        statement.rows(name=1)


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_only_inside_a_transaction():
    with transaction.atomic():
        assert locked(1) == []
    with pytest.raises(TransactionManagementError):
        locked(1)


def test_a_row_made_by_hand_is_what_the_constructor_makes(world):
    dossier = ready(world)
    for model, values in (
        (
            DossierTask,
            {"dossier": dossier, "agency": world.commune, "stage": 1, "officer": None, "name": "x"},
        ),
        (ClockEntry, {"dossier_id": dossier.pk, "seq": 9, "actor": world.clerk}),
    ):
        made, expected = store.new(model, **values), model(**values)
        assert values_of(made) == values_of(expected)
        assert made._state.fields_cache == expected._state.fields_cache
        assert made._state.adding
    with pytest.raises(KeyError):
        store.new(DossierTask, nonsense=1)


def test_what_is_inserted_and_updated_by_hand_is_what_the_orm_would_write(world):
    dossier = ready(world)
    values = {
        "dossier": dossier, "stage": 7, "stage_name": "Bước", "stage_kind": "review", "position": 1, "name": "Việc",
        "agency": world.commune, "role_code": "officer", "hours": Decimal("1.5"), "state": TaskState.OPEN,
        "given_at": moment(hours=3), "dossier_due_at": dossier.due_at,
    }  # fmt: skip
    by_hand, twin = store.insert([store.new(DossierTask, **values), store.new(DossierTask, **values)])
    by_orm = DossierTask.objects.create(**values)
    stored = [DossierTask.objects.filter(pk=t.pk).values().get() for t in (by_hand, by_orm)]
    assert stored[0] == {**stored[1], "id": by_hand.pk}
    by_hand.note, by_hand.officer, by_hand.taken_at = "a", world.officer, moment(hours=4)
    twin.note, twin.officer, twin.taken_at = "b", None, None
    store.update_many([by_hand, twin], ["note", "officer", "taken_at"])
    twin.hours = Decimal("2.25")
    store.update(twin, "hours")
    for row, officer, note, hours in ((by_hand, world.officer.pk, "a", "1.50"), (twin, None, "b", "2.25")):
        found = DossierTask.objects.get(pk=row.pk)
        assert (found.officer_id, found.note, str(found.hours), found.taken_at) == (
            officer,
            note,
            hours,
            row.taken_at,
        )


def test_more_rows_than_a_statement_takes_are_written_by_several(world, monkeypatch):
    monkeypatch.setattr("motcua.core.store.plain.MOST_ROWS", 2)
    dossier = ready(world)
    values = {"dossier": dossier, "agency": world.commune, "hours": 1, "dossier_due_at": dossier.due_at}
    made = store.insert(
        [store.new(DossierTask, stage=n, position=n, name=str(n), **values) for n in range(5)]
    )
    for task in made:
        task.note = f"việc {task.position}"
    store.update_many(made, ["note"])
    stored = DossierTask.objects.filter(pk__in=[t.pk for t in made]).order_by("pk").values_list("pk", "note")
    assert list(stored) == [(t.pk, f"việc {n}") for n, t in enumerate(made)]


def test_a_row_that_is_not_there_cannot_be_updated(world):
    gone = DossierTask(pk=10**9, note="x")
    for rows in ([gone], [gone, DossierTask(pk=10**9 + 1)]):
        with pytest.raises(DatabaseError):
            store.update_many(rows, ["note"])
    with pytest.raises(ValueError, match="not all of the fields"):
        store.update(gone, "nonsense")


def test_rows_are_found_by_one_value_or_several_and_by_what_is_equal_besides(world):
    first, second = in_review(world), ready(world)
    assert same(store.find(Dossier, id=[first.pk, second.pk]), [first, second])
    assert [t.pk for t in store.find(DossierTask, dossier_id=first.pk, state="accepted")] == [
        live_task(first).pk
    ]
    assert store.exists(DossierTask, dossier_id=first.pk, done_at=None)
    assert not store.exists(DossierTask, dossier_id=second.pk, done_at=None, state="open")
    assert store.find(Dossier, id=[]) == []
    assert store.insert([]) == []
    assert not store.batching()
    assert store.kept("x") is None


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("SELECT 1", "SELECT 1"),
        ("(%s, %s::int)", "($1, $2::int)"),
        ("a LIKE 'x%%' AND b = %s", "a LIKE 'x%' AND b = $1"),
        ("%%s" + "%s, " * 3000, "%s" + "".join(f"${n}, " for n in range(1, 3001))),
    ],
)
def test_places_are_numbered_as_postgresql_numbers_them(written, sent):
    assert numbered(written) == sent


def test_an_account_is_found_by_its_key_as_the_orm_finds_it(world):
    for key in (world.clerk.pk, str(world.clerk.pk)):
        assert same([User.objects.get(pk=key)], User.objects.filter(pk=key))
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=10**9)
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=world.clerk.pk, username="ai khác")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only its driver keeps a cursor")
def test_a_connection_keeps_its_cursor_but_neither_one_in_use_nor_one_that_failed(world):
    with prepared() as outer:
        outer.execute("SELECT %s::int", [1])
        with prepared() as inner:
            inner.execute("SELECT %s::int", [2])
            assert inner.fetchone() == (2,)
        assert outer.fetchone() == (1,)
        first = outer.cursor
    with prepared() as again:
        assert again.cursor is first
    with pytest.raises(DatabaseError), transaction.atomic(), prepared() as failing:
        failing.execute("SELECT 1 / %s::int", [0])
    with prepared() as fresh:
        assert fresh.cursor is not first
        fresh.execute("SELECT %s::text", ["còn dùng được"])
        assert fresh.fetchone() == ("còn dùng được",)
