"""Signals: each shows what it is meant to show, made by the ordinary acts, and nothing in an honest history."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.actions import set_setting
from motcua.agencies.rules.settings import BY_KEY
from motcua.agencies.testing import make_user_with
from motcua.core.moments import to_local, to_utc
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask, ResultPaper, SupplementRequest
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import in_review, make_intake, make_world, moment, ready, receive, signed
from motcua.statistics.queries.cases import Only
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.signals import cases, find, shares, signals
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.signals import BY_CODE, SIGNALS, THRESHOLDS
from motcua.tickets.actions import link_dossier
from motcua.tickets.testing import call, later, make_line, take

BOUNDS = Bounds.of(Window(date(2026, 11, 1), date(2026, 12, 31)), moment(days=90))
ITEMS = [{"name": "Bản sao", "quantity": 1}]


@pytest.fixture
def world(db):
    return make_world()


def shown(world, code, **thresholds):
    found = find(BY_CODE[code], Scope(world.commune), BOUNDS, thresholds)
    return [case.dossier_id for case in listed(world, code, thresholds)], found.count, found.base


def listed(world, code, thresholds, **only):
    found = cases(BY_CODE[code], Scope(world.commune), BOUNDS, thresholds, Only(**only))
    return found.read(found.rows)


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
    assert shown(world, "supplement_at_the_end", signal_supplement_long_enough=2)[1:] == (1, 1)


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
    assert shown(world, "supplement_again", signal_supplement_again=3) == ([], 0, 1)
    assert shown(world, "supplement_at_once") == ([filed.pk], 1, 2)


def test_two_quick_requests_of_one_dossier_are_two_of_two(world):
    dossier = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    actions.request_supplement_before(
        dossier.pk, reason="Thiếu", items=ITEMS, actor=world.clerk, at=moment(hours=1)
    )
    actions.complete_presupplement(dossier.pk, actor=world.clerk, at=moment(hours=1.2))
    actions.accept(dossier.pk, actor=world.clerk, at=moment(hours=4))
    ask(world, in_review(world, dossier, at=moment(hours=5)), moment(days=1))
    actions.complete_supplement(dossier.pk, actor=world.clerk, at=moment(days=1, hours=0.2))
    assert shown(world, "supplement_at_once") == ([dossier.pk] * 2, 2, 2)
    assert shown(world, "supplement_again") == ([dossier.pk], 1, 1)


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


def test_stopped_and_refiled(world):
    dossier = in_review(world)
    actions.stop(dossier.pk, reason_code="citizen", actor=world.boss, at=moment(days=1))
    assert shown(world, "stopped_and_refiled") == ([], 0, 1)
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


def test_taken_in_long_after_the_number_was_called(world, client):
    line = make_line(world)
    for minute in range(3):
        take(line, minute)
    before, made = None, {}
    for called, *recorded in ((40, 70), (80, 111), (120, 140, 169, 200)):  # minutes; the first waited 40
        before = call(world, line, minutes=called, after=before)
        for minute in recorded:
            made[minute] = receive(world, at=later(minute))
            link_dossier(before.pk, made[minute], actor=world.clerk, at=later(minute))
    receive(world, at=later(300))  # of no number
    late = [made[200].pk, made[111].pk]
    assert shown(world, "taken_in_after_call") == (late, 2, 5)
    assert shown(world, "taken_in_after_call", signal_taken_in_after_call=31) == ([], 0, 5)
    found = listed(world, "taken_in_after_call", {})
    assert found[1].more == (("Lấy số", later(1)), ("Gọi số", later(80)))
    assert {case.officer_id for case in found} == {world.clerk.pk}
    with time_machine.travel(moment(days=40), tick=False):
        client.force_login(world.boss)
        query = {"agency": world.commune.pk, "start": "01/11/2026", "end": "30/11/2026"}
        page = client.get(reverse("statistics:signal", args=["taken_in_after_call"]), query).content.decode()
    assert '<td data-label="Lấy số">' in page
    assert '<td data-label="Gọi số">' in page


def test_an_apology_after_the_due_date(world):
    late, good = in_review(world), in_review(world)
    actions.apologise(good.pk, extra_working_days=3, reason="Chậm", actor=world.boss, at=moment(days=2))
    actions.apologise(late.pk, extra_working_days=3, reason="Chậm", actor=world.boss, at=moment(days=9))
    found = find(BY_CODE["apology_too_late"], Scope(world.commune), BOUNDS, {})
    assert ([c.dossier_id for c in listed(world, "apology_too_late", {})], found.base) == ([late.pk], 2)
    parts = shares(BY_CODE["apology_too_late"], Scope(world.commune), BOUNDS, {})
    assert [(s.key, s.count, s.base, s.rate_text) for s in parts.officers] == [
        (world.boss.pk, 1, 2, "50,00%*")
    ]


def test_agencies_and_people_stand_beside_their_own_base(world):
    other = make_user_with("receptionist", world.commune)
    for person in (world.clerk, world.clerk, world.clerk, other):
        actions.mark_ready(signed(world).pk, actor=person, at=moment(hours=6))
    ResultPaper.objects.exclude(pk=ResultPaper.objects.latest("pk").pk).exclude(
        pk=ResultPaper.objects.earliest("pk").pk
    ).delete()
    scope, signal = Scope(world.commune), BY_CODE["ready_without_result"]
    found, parts = find(signal, scope, BOUNDS, {}), shares(signal, scope, BOUNDS, {})
    assert (found.count, found.base) == (2, 4)
    assert [(s.key, s.count, s.base, s.rate_text) for s in parts.officers] == [
        (world.clerk.pk, 2, 3, "66,67%*"),
        (other.pk, 0, 1, "0,00%*"),
    ]
    assert [(s.key, s.count, s.base) for s in parts.agencies] == [(world.commune.pk, 2, 4)]


def test_beside_a_signal_stands_who_did_it_not_who_received_the_dossier(world):
    party = PartyData("citizen", "Nguyễn Thị Thử Nghiệm", "038200000001")
    for end in (
        lambda pk, at: actions.refuse(pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=at),
        lambda pk, at: actions.stop(pk, reason_code="citizen", actor=world.boss, at=at),
    ):
        end(in_review(world, receive(world, applicant=party)).pk, moment(days=1))
    receive(world, applicant=party, at=moment(days=2))
    asked = in_review(world)
    ask(world, asked, moment(days=1))
    together = ready(world)
    DossierTask.objects.filter(dossier=together, state="done").update(
        given_at=moment(days=1), taken_at=moment(days=1), taken_by=world.head
    )
    named = {
        "refused_and_refiled": (world.boss, 1, 1),
        "stopped_and_refiled": (world.boss, 1, 1),
        "supplement_again": (world.officer, 1, 1),
        "same_second": (world.head, 1, 1),
    }
    for code, (person, count, base) in named.items():
        limits = {"signal_supplement_again": 1}
        parts = shares(BY_CODE[code], Scope(world.commune), BOUNDS, limits).officers
        assert (person.pk, count, base) in [(s.key, s.count, s.base) for s in parts], code
        assert [case.officer_id for case in listed(world, code, limits)] == [person.pk], code


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.code)
def test_the_parts_of_every_signal_add_up_to_the_whole(world, signal):
    ask(world, in_review(world), moment(days=7, hours=2))
    ready(world)
    found, parts = (act(signal, Scope(world.commune), BOUNDS, {}) for act in (find, shares))
    for part in (parts.agencies, parts.officers):
        assert (sum(s.count for s in part), sum(s.base for s in part)) == (found.count, found.base)


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.code)
def test_the_list_of_every_share_is_as_long_as_its_count(world, signal):
    ask(world, in_review(world), moment(days=7, hours=2))
    ready(world)
    parts = shares(signal, Scope(world.commune), BOUNDS, {"signal_supplement_again": 1})
    for share in parts.agencies:
        found = listed(world, signal.code, {"signal_supplement_again": 1}, agency=share.key)
        assert [case.agency_id for case in found] == [share.key] * share.count
    for share in parts.officers:
        found = listed(world, signal.code, {"signal_supplement_again": 1}, whose=True, officer=share.key)
        assert [case.officer_id for case in found] == [share.key] * share.count


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
    assert shown(world, "closed_in_bulk", signal_closed_in_bulk=3, signal_closed_in_bulk_times=4)[1] == 0
    found = find(BY_CODE["closed_in_bulk"], Scope(world.commune), BOUNDS, {"signal_closed_in_bulk": 3})
    assert found.limit_words == [
        "số hồ sơ kết thúc trong ngày chốt kỳ từ 3 hồ sơ",
        "số hồ sơ kết thúc trong ngày chốt kỳ từ 3 lần ngày thường",
    ]
    ended = listed(world, "closed_in_bulk", {"signal_closed_in_bulk": 3})
    assert {case.officer_id for case in ended} == {world.clerk.pk}  # who said that they are ready


def passed_on(world, *, taken, signed, brought):
    """A dossier given at the first hour, reviewed at the second; hours of taking, signing, bringing to the counter."""
    dossier = receive(world)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    [first] = DossierTask.objects.filter(dossier=dossier, state="open").values_list("pk", flat=True)
    actions.take_over([first], actor=world.officer, at=moment(hours=taken))
    actions.complete_task(first, actor=world.officer, at=moment(hours=2))
    actions.sign_result(dossier.pk, number="1/GCN", actor=world.boss, at=moment(hours=signed))
    actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(hours=brought))
    return dossier


def test_given_and_taken_in_the_same_second(world):
    second = 1 / 3600
    apart = passed_on(world, taken=1 + second, signed=2 + second, brought=3)
    once = passed_on(world, taken=1 + second / 2, signed=3, brought=4)
    whole = passed_on(world, taken=1, signed=2 + second / 2, brought=2 + second * 0.8)
    assert shown(world, "same_second") == ([once.pk, whole.pk], 2, 3)
    assert shown(world, "same_second", signal_same_second=3) == ([whole.pk], 1, 3)
    assert shown(world, "same_second", signal_same_second=4) == ([], 0, 3)
    DossierTask.objects.filter(dossier=apart, stage_kind="result").update(
        given_by=world.clerk, taken_by=world.clerk, given_at=moment(hours=3), taken_at=moment(hours=3)
    )  # brought to the counter by who resolved it: nothing was handed over
    DossierTask.objects.filter(dossier=whole).update(taken_at=moment(days=1))
    assert shown(world, "same_second") == ([once.pk], 1, 3)


def test_answered_at_the_counter_itself_but_only_after_days(db):
    world = make_world(amount="", unit="same_day")
    slow, quick = receive(world), receive(world)
    actions.mark_ready(quick.pk, actor=world.clerk, at=moment(hours=2))
    actions.mark_ready(slow.pk, late_cause="capacity", actor=world.clerk, at=moment(days=3))
    assert shown(world, "never_left_the_counter") == ([slow.pk], 1, 2)


def test_days_with_an_officer_behind_the_counter_are_no_days_at_the_counter(world):
    dossier = in_review(world)
    actions.refuse(dossier.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=3))
    assert shown(world, "never_left_the_counter") == ([], 0, 1)


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


@pytest.mark.parametrize(
    ("code", "key", "limit"),
    [
        ("supplement_at_the_end", "signal_supplement_at_the_end", 1),
        ("supplement_at_the_end", "signal_supplement_long_enough", 6),
        ("supplement_again", "signal_supplement_again", 3),
        ("same_second", "signal_same_second", 9),
    ],
)
def test_a_dated_setting_changes_what_the_register_shows_from_its_day_on(client, world, code, key, limit):
    late = ask(world, in_review(world), moment(days=7, hours=2))
    SupplementRequest.objects.create(
        dossier=late, after_acceptance=False, requested_at=moment(), requested_by=world.clerk, reason="Thiếu"
    )
    DossierTask.objects.filter(dossier=ready(world), state="done").update(
        given_at=moment(days=1), taken_at=moment(days=1)
    )
    day = date(2026, 12, 1)
    set_setting(key, limit, valid_from=day, source="QĐ 1", actor=world.admin, at=moment(), agency=world.commune)  # fmt: skip
    for end, count in (("30/11/2026", "1"), ("01/12/2026", "0")):
        query = {"agency": world.commune.pk, "start": "01/11/2026", "end": end}
        with time_machine.travel(moment(days=40), tick=False):
            client.force_login(world.boss)
            text = client.get(reverse("statistics:signals"), query).content.decode()
        row = re.search(rf'href="[^"]*{code}/\?.*?</tr>', text, re.S)[0]
        assert re.search(r'data-label="Có dấu hiệu">(\d+)<', row)[1] == count, end
        assert (f" {limit} " in row) is (count == "0")


def test_thresholds_are_dated_settings_that_a_civil_servant_may_set():
    assert {setting.key for setting in THRESHOLDS} <= set(BY_KEY)
    assert all(signal.words and signal.base for signal in SIGNALS)
