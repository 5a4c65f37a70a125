"""What acts remember of the catalogue and the agencies, from one day to the next."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Agency, Assignment, DatedSetting
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.queries.reference import Desk, _dated_tables
from motcua.dossiers.testing import live_task, make_intake, moment, receive
from motcua.procedures.models import Offering

pytestmark = pytest.mark.django_db
TODAY = legal_date(moment())


def test_a_new_day_reads_nothing_anew_while_nothing_begins_or_ends(world):
    intake = make_intake(world)
    for _ in range(2):
        actions.receive(intake, actor=world.clerk, at=moment())
    with CaptureQueriesContext(connection) as today:
        actions.receive(intake, actor=world.clerk, at=moment())
    with CaptureQueriesContext(connection) as tomorrow:
        actions.receive(intake, actor=world.clerk, at=moment(days=1))
    assert len(tomorrow) == len(today)


def test_powers_remembered_from_another_day_are_those_of_the_day_of_the_act(world):
    assert Desk(world.clerk, moment()).authority.day == TODAY
    assert Desk(world.clerk, moment(days=1)).authority.day == TODAY + timedelta(days=1)


def test_a_post_that_ends_is_not_held_on_the_next_day(world):
    Assignment.objects.filter(user=world.clerk).update(valid_to=TODAY)
    actions.receive(make_intake(world), actor=world.clerk, at=moment())
    with pytest.raises(NotFound):
        actions.receive(make_intake(world), actor=world.clerk, at=moment(days=1))


def test_a_procedure_offered_until_today_is_not_received_tomorrow(world):
    Offering.objects.update(valid_to=TODAY)
    actions.receive(make_intake(world), actor=world.clerk, at=moment())
    with pytest.raises(RuleViolation):
        actions.receive(make_intake(world), actor=world.clerk, at=moment(days=1))


def test_a_setting_that_begins_tomorrow_holds_from_tomorrow(world):
    tomorrow = TODAY + timedelta(days=1)
    DatedSetting.objects.create(
        key="same_day_cutoff", value="14:00", valid_from=tomorrow, source="QĐ 1", agency=world.commune
    )
    assert Desk(world.clerk, moment()).setting("same_day_cutoff", world.commune) == "15:00"
    assert Desk(world.clerk, moment(days=1)).setting("same_day_cutoff", world.commune) == "14:00"
    assert Desk(world.clerk, moment()).setting("same_day_cutoff", world.commune, tomorrow) == "14:00"


def test_heritage_begins_a_new_stretch(world):
    before = Desk(world.clerk, moment()).span
    assert Desk(world.clerk, moment(days=3)).span == before
    Agency.objects.filter(pk=world.commune.pk).update(heritage={"99": str(TODAY + timedelta(days=2))})
    assert Desk(world.clerk, moment(days=3)).span == Desk(world.clerk, moment()).span + 1


def test_every_row_that_begins_or_ends_begins_a_new_stretch(world):
    Offering.objects.update(valid_to=date(2031, 5, 6))
    models = [m for m in apps.get_models() if m._meta.db_table in _dated_tables()]
    pairs = [pair for m in models for pair in m.objects.values_list("valid_from", "valid_to")]
    days = {d for d, _ in pairs if d} | {d + timedelta(days=1) for _, d in pairs if d}
    assert date(2031, 5, 7) in days
    for day in days:
        spans = [Desk(world.clerk, moment(days=(day - TODAY).days + shift)).span for shift in (-1, 0)]
        assert spans[1] == spans[0] + 1


def test_taking_over_costs_at_most_ten_statements(world, django_assert_max_num_queries):
    first, second = (receive(world) for _ in range(2))
    for dossier in (first, second):
        actions.hand_over([dossier.pk], actor=world.clerk, at=moment())
    actions.take_over([live_task(first).pk], actor=world.officer, at=moment(hours=1))
    task = live_task(second)
    with django_assert_max_num_queries(10 + 2):  # and the savepoint of the test, twice
        actions.take_over([task.pk], actor=world.officer, at=moment(hours=1))
