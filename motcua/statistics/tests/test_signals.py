"""Signals: each shows what it is meant to show, made by the ordinary acts, and nothing in an honest history."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.rules.settings import BY_KEY
from motcua.core.moments import to_local, to_utc
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask, ResultPaper
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import in_review, make_intake, make_world, moment, ready, receive
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.signals import find, signals
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.signals import BY_CODE, SIGNALS, THRESHOLDS

BOUNDS = Bounds.of(Window(date(2026, 11, 1), date(2026, 12, 31)), moment(days=90))
ITEMS = [{"name": "Bản sao", "quantity": 1}]


@pytest.fixture
def world(db):
    return make_world()


def shown(world, code, **thresholds):
    found = find(BY_CODE[code], Scope(world.commune), BOUNDS, thresholds)
    return [case.dossier_id for case in found.cases], found.count, found.base


def ask(world, dossier, at):
    actions.request_supplement(dossier.pk, reason="Thiếu", items=ITEMS, actor=world.officer, at=at)
    return dossier


def test_an_honest_history_shows_nothing(world):
    ready(world)
    in_review(world)
    found = signals(Scope(world.commune), BOUNDS, {})
    assert [f.signal.code for f in found] == [s.code for s in SIGNALS]
    assert [f.signal.code for f in found if f.count] == []


def test_a_supplement_asked_for_just_before_the_due_date(world):
    ask(world, in_review(world), moment(days=1))
    late = ask(world, in_review(world), moment(days=7, hours=2))
    assert shown(world, "supplement_at_the_end") == ([late.pk], 1, 2)
    assert shown(world, "supplement_at_the_end", signal_supplement_at_the_end=1)[1] == 0


@pytest.mark.parametrize(
    ("amount", "unit", "count"), [("2", "working_day", 0), ("3", "working_day", 1), ("1", "month", 1)]
)
def test_a_limit_of_a_day_or_two_is_always_close_to_its_end_and_no_signal(db, amount, unit, count):
    world = make_world(amount=amount, unit=unit)
    dossier = in_review(world)
    ask(world, dossier, to_utc(to_local(dossier.due_at) - timedelta(hours=2)))
    assert shown(world, "supplement_at_the_end")[1:] == (count, count)


def test_more_than_one_request_and_one_answered_within_minutes(world):
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    actions.request_supplement_before(
        filed.pk, reason="Thiếu", items=ITEMS, actor=world.clerk, at=moment(hours=1)
    )
    actions.complete_presupplement(filed.pk, actor=world.clerk, at=moment(hours=3))
    actions.accept(filed.pk, actor=world.clerk, at=moment(hours=4))
    in_review(world, filed, at=moment(hours=5))
    ask(world, filed, moment(days=1))
    actions.complete_supplement(filed.pk, actor=world.clerk, at=moment(days=1, hours=0.2))
    assert shown(world, "supplement_again") == ([filed.pk], 1, 1)
    assert shown(world, "supplement_at_once") == ([filed.pk], 1, 2)


@pytest.mark.parametrize(
    ("days", "person", "count"),
    [(20, "038200000001", 1), (40, "038200000001", 0), (20, "038200000002", 0)],
    ids=["soon", "long after", "somebody else"],
)
def test_refused_and_refiled_by_the_same_person(world, days, person, count):
    refused = in_review(world)
    actions.refuse(refused.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=2))
    party = PartyData("citizen", "Nguyễn Thị Thử Nghiệm", person)
    receive(world, applicant=party, at=moment(days=2 + days))
    assert shown(world, "refused_and_refiled")[1:] == (count, 1)


def test_withdrawn_and_refiled(world):
    dossier = receive(world)
    actions.request_withdrawal(dossier.pk, reason="Rút", actor=world.clerk, at=moment(days=1))
    actions.confirm_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=1))
    receive(world, at=moment(days=2))
    assert shown(world, "stopped_and_refiled") == ([dossier.pk], 1, 1)


def test_ready_without_a_result_paper_and_ready_before_its_signature(world):
    dossier = ready(world)
    assert shown(world, "ready_without_result")[1:] == (0, 1)
    ResultPaper.objects.filter(dossier=dossier).update(signed_on=date(2026, 11, 20))
    assert shown(world, "ready_before_signature") == ([dossier.pk], 1, 1)
    ResultPaper.objects.all().delete()
    assert shown(world, "ready_without_result") == ([dossier.pk], 1, 1)


def test_an_online_dossier_taken_in_long_after_it_was_filed(world):
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    soon = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    actions.accept(soon.pk, actor=world.clerk, at=moment(hours=2))
    actions.accept(filed.pk, actor=world.clerk, at=moment(days=3))
    assert shown(world, "taken_in_late") == ([filed.pk], 1, 2)


def test_an_apology_after_the_due_date(world):
    late, good = in_review(world), in_review(world)
    actions.apologise(good.pk, extra_working_days=3, reason="Chậm", actor=world.boss, at=moment(days=2))
    actions.apologise(late.pk, extra_working_days=3, reason="Chậm", actor=world.boss, at=moment(days=9))
    found = find(BY_CODE["apology_too_late"], Scope(world.commune), BOUNDS, {})
    assert ([c.dossier_id for c in found.cases], found.base) == ([late.pk], 2)
    assert found.by("officer_id") == [(world.boss.pk, 1)]


def test_many_ended_on_the_closing_day(world):
    for _ in range(4):
        ready(world, at=moment(days=0))
    closing = moment(days=28)  # 30-11
    for _ in range(3):
        ready(world, at=closing)
    assert shown(world, "closed_in_bulk", signal_closed_in_bulk=3)[1] == 0
    dossiers = [ready(world, at=closing) for _ in range(9)]
    cases, count, base = shown(world, "closed_in_bulk", signal_closed_in_bulk=3)
    assert (count, base) == (12, 16)
    assert {d.pk for d in dossiers} <= set(cases)


def test_three_steps_in_one_second(world):
    dossier, other = ready(world), ready(world)
    tasks = DossierTask.objects.filter(dossier=other, state="done").order_by("pk")
    for number, task in enumerate(tasks):
        task.done_at = moment(days=1, hours=number)
        task.save(update_fields=["done_at"])
    DossierTask.objects.filter(dossier=dossier, state="done").update(done_at=moment(days=1))
    cases, count, base = shown(world, "same_second")
    assert (cases, base) == (([dossier.pk], 2) if tasks.count() >= 3 else ([], 2))
    assert count == len(cases)


def test_the_number_of_statements_does_not_grow_with_the_cases(world):
    ready(world)
    with CaptureQueriesContext(connection) as few:
        signals(Scope(world.commune), BOUNDS, {})
    for _ in range(3):
        ready(world)
        ask(world, in_review(world), moment(days=7, hours=2))
    with CaptureQueriesContext(connection) as many:
        signals(Scope(world.commune), BOUNDS, {})
    assert len(few) == len(many) <= 3 * len(SIGNALS) + 3


def test_thresholds_are_dated_settings_that_a_civil_servant_may_set():
    assert {setting.key for setting in THRESHOLDS} <= set(BY_KEY)
    assert all(signal.words and signal.base for signal in SIGNALS)
