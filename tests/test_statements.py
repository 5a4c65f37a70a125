"""Statements built once give what the ORM gives, on both engines."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Length
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.agencies.models import Assignment
from motcua.agencies.queries.authority import _HELD, _rows
from motcua.core.moments import legal_date
from motcua.core.statements import Statement
from motcua.dossiers.actions._clock import _ENTRIES
from motcua.dossiers.actions._doors import _LOCKED_BY_TASK
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask
from motcua.dossiers.queries.access import _LOCKED, _TASKS
from motcua.dossiers.testing import in_review, live_task, make_world, moment, ready

DAY = legal_date(moment())


@pytest.fixture
def world(db):
    return make_world()


def values_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def same(found, expected):
    return sorted(map(values_of, found), key=lambda v: v["id"]) == sorted(
        map(values_of, expected), key=lambda v: v["id"]
    )


def test_whole_rows_are_those_of_the_orm(world):
    for dossier in (ready(world), in_review(world)):
        assert same(_LOCKED.rows(pk=dossier.pk), [Dossier.objects.get(pk=dossier.pk)])
        assert same(_TASKS.rows(dossier=dossier.pk), DossierTask.objects.filter(dossier=dossier))
        assert same(_ENTRIES.rows(dossier=dossier.pk), ClockEntry.objects.filter(dossier=dossier))
    task = live_task(dossier)
    assert same(_LOCKED_BY_TASK.rows(task=task.pk), [Dossier.objects.get(pk=dossier.pk)])


def test_a_row_can_be_saved_like_any_other(world):
    (task,) = [t for t in _TASKS.rows(dossier=in_review(world).pk) if t.state == "accepted"]
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
    assert _LOCKED.rows(pk=10**9) == []


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
        _TASKS.rows(dossier=1)
    assert len(asked) == 1


def test_a_value_that_django_changes_on_the_way_is_refused(world):
    statement = Statement(lambda name: User.objects.annotate(n=Length("username")).filter(n=0), name=int)
    with pytest.raises(ValueError, match="stand by itself"):
        statement.rows(name=1)


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_only_inside_a_transaction():
    with transaction.atomic():
        assert _LOCKED.rows(pk=1) == []
    with pytest.raises(TransactionManagementError):
        _LOCKED.rows(pk=1)
