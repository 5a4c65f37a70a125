"""Where the time goes: spans through the acts, and the dossiers behind every number of the page."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import for_signature, in_review, make_world, moment
from motcua.statistics.queries import spans
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.spans import where_time_goes
from motcua.statistics.rules.periods import Window
from motcua.statistics.tests.boards import finish, page, refused

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
STAGES = reverse("statistics:stages")


@pytest.fixture
def world():
    return make_world()


def test_time_goes_into_waiting_and_hands_stage_by_stage(world):
    finish(world, 2.5, moment())
    found = where_time_goes(Scope(world.commune), NOVEMBER, at=moment(days=8), cut=30)
    line = found.lines[0]
    first = line.stages[0]
    assert (first.waited.p50, first.held.p50, first.planned, first.reworked) == (
        Decimal("0.50"),
        Decimal("1.00"),
        16,
        0,
    )
    assert (line.pace.count, line.pace.late, line.pace.made_late) == (1, 0, 0)
    assert line.pace.taken.p50 == Decimal("3.50")
    assert line.pace.limit == Decimal("47.50")  # the rest of the day of reception and five working days


def test_a_stage_done_anew_is_told_with_the_time_of_both_rounds(world):
    finish(world, 2.5, moment())
    once = for_signature(world)
    actions.send_back(once.pk, reason="Sai tên", actor=world.boss, at=moment(hours=2.5))
    again = once.tasks.get(stage=1, round=2)
    actions.complete_task(again.pk, actor=world.officer, at=moment(hours=3.5))
    actions.sign_result(once.pk, number="2/GCN", actor=world.boss, at=moment(hours=6))
    actions.mark_ready(once.pk, actor=world.clerk, at=moment(hours=6.5))
    first, signing, *_ = (
        where_time_goes(Scope(world.commune), NOVEMBER, at=moment(days=8), cut=30).lines[0].stages
    )
    assert (first.count, first.reworked) == (2, 1)
    assert (signing.count, signing.reworked) == (2, 0)  # each was signed once
    # Waited half an hour, and half an hour with one more in the second round; held for 1 hour, and for half an hour.
    assert (first.waited.p50, first.held.p50) == (Decimal("1.00"), Decimal("0.75"))
    assert (first.held.average, first.held.p90) == (Decimal("0.75"), Decimal("0.95"))


def test_time_begins_anew_with_the_clock_and_a_deep_cut_makes_late(world):
    dossier = in_review(world)
    actions.request_supplement(
        dossier.pk,
        items=[{"name": "Giấy tờ", "reason": "Thiếu"}],
        reason="Thiếu",
        actor=world.officer,
        at=moment(days=1),
    )
    actions.complete_supplement(dossier.pk, actor=world.clerk, at=moment(days=3))
    actions.refuse(dossier.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=4))
    scope = Scope(world.commune)
    taken = where_time_goes(scope, NOVEMBER, at=moment(days=8), cut=30).lines[0].pace
    assert (taken.taken.p50, taken.made_late) == (Decimal(8), 0)  # the clock began anew when the paper came
    assert where_time_goes(scope, NOVEMBER, at=moment(days=8), cut=90).lines[0].pace.made_late == 1


def test_every_number_of_the_page_of_times_opens_to_as_many_dossiers(client, world):
    finish(world, 2.5, moment())
    refused(world, days=8, hours=1)  # late by an hour and a half
    refused(world, days=3)  # more than half of the limit
    again = for_signature(world)
    actions.send_back(again.pk, reason="Sai tên", actor=world.boss, at=moment(hours=2.5))
    actions.complete_task(again.tasks.get(stage=1, round=2).pk, actor=world.officer, at=moment(hours=3.5))
    actions.sign_result(again.pk, number="2/GCN", actor=world.boss, at=moment(hours=6))
    actions.mark_ready(again.pk, actor=world.clerk, at=moment(hours=6.5))
    text = page(client, world.boss, STAGES, days=9, cat="50")
    ways = re.findall(r'<a href="([^"]+/thoi-gian/ho-so/([a-z_]+)/[^"]*)">([\d.]+)', text)
    told = {}
    for href, figure, shown in ways:
        opened = page(client, world.boss, href.replace("&amp;", "&"), days=9)
        assert re.search(r'<h1>.*?<span class="count">(\d+)</span>', opened, re.S)[1] == shown, href
        assert len(re.findall(r'<a class="code"', opened)) == int(shown), href
        told.setdefault(figure, []).append(int(shown))
    assert told == {
        "time_counted": [4, 4],
        "time_over": [1],
        "time_over_if_cut": [1],
        "stage_passed": [2, 2, 2],
        "stage_reworked": [1, 0, 0],
    }
    listed = reverse("statistics:timed", args=["stage_reworked"])
    for wrong in ({"thu-tuc": "x"}, {"buoc": "²"}):
        page(client, world.boss, listed, status=404, **wrong)
    page(client, world.boss, reverse("statistics:timed", args=["time_taken_average"]), status=404)


@pytest.mark.parametrize("newest_days", [1, 4, 30])
def test_the_sample_of_the_past_is_the_newest_whether_the_last_days_hold_it_or_not(
    world, monkeypatch, newest_days
):
    for day in (3, 1, 0, 2):
        finish(world, 2.5, moment(days=day))
    newest = list(Dossier.objects.order_by("-ended_at").values_list("pk", flat=True)[:2])
    monkeypatch.setattr(spans, "SAMPLE", 2)
    monkeypatch.setattr(spans, "NEWEST_DAYS", newest_days)
    found = spans._sample(Scope(world.commune), {world.procedure.pk}, moment(days=5))
    assert [pk for pk, *_ in found] == newest
    assert spans._sample(Scope(world.commune), set(), moment(days=5)) == []
