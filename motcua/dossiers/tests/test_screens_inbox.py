"""The officer's workbench over HTTP: tabs, filters, batches, statements."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask, SavedFilter
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.rules.states import TaskState
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    live_task,
    make_procedure,
    make_world,
    moment,
    receive,
)

pytestmark = pytest.mark.django_db
INBOX = reverse("dossiers:inbox")


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def tuesday():
    with time_machine.travel(moment(days=1), tick=False) as clock:
        yield clock


def handed_over(world, count=1):
    dossiers = [receive(world, at=moment(hours=n / 1000)) for n in range(count)]
    for dossier in dossiers:
        actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    return dossiers


def page_of(client, user, **query) -> str:
    client.force_login(user)
    answer = client.get(INBOX, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_tab_shows_what_its_name_says(client, world, tuesday):
    [given] = handed_over(world)
    mine = in_review(world, receive(world, at=moment(hours=0.1)))
    sent = for_signature(world, receive(world, at=moment(hours=0.2)))
    assert mine.code in page_of(client, world.officer, tab="mine")
    assert given.code not in page_of(client, world.officer, tab="mine")
    assert given.code in page_of(client, world.officer, tab="hand")
    assert given.code in page_of(client, world.officer, tab="unit")
    assert sent.code in page_of(client, world.boss, tab="sign")
    assert sent.code not in page_of(client, world.officer, tab="hand")


def test_late_and_soon_follow_the_date_and_paused_dossiers_are_neither(client, world):
    late = in_review(world)
    paused = in_review(world, receive(world, at=moment(hours=0.1)))
    items = [{"name": "Tờ khai"}]
    actions.request_supplement(
        paused.pk, reason="Thiếu chữ ký", items=items, actor=world.officer, at=moment(hours=3)
    )
    with time_machine.travel(moment(days=3), tick=False):
        assert late.code in page_of(client, world.officer, tab="soon")
        assert late.code not in page_of(client, world.officer, tab="late")
    with time_machine.travel(moment(days=8), tick=False):
        shown = page_of(client, world.officer, tab="late")
        assert late.code in shown
        assert paused.code not in shown
        assert paused.code in page_of(client, world.officer, tab="supplement")


def test_work_done_in_the_last_seven_days_is_kept_apart(client, world):
    done = for_signature(world)
    with time_machine.travel(moment(days=1), tick=False):
        assert done.code in page_of(client, world.officer, tab="done")
    with time_machine.travel(moment(days=9), tick=False):
        assert done.code not in page_of(client, world.officer, tab="done")


def test_a_question_waits_in_the_tab_of_opinions(client, world, tuesday):
    asked = in_review(world)
    question = {"question": "Xác minh nơi thường trú", "due_working_days": 2}
    actions.ask_opinion(
        asked.pk, to_agency_id=world.police.pk, **question, actor=world.officer, at=moment(hours=4)
    )
    assert "Xác minh nơi thường trú" in page_of(client, world.policeman, tab="opinion")
    assert asked.code not in page_of(client, world.officer, tab="opinion")


@pytest.mark.parametrize(
    ("query", "found"),
    [({"text": "nguyen thi"}, True), ({"text": "thu nghiem 1.0"}, True), ({"text": "tran"}, False), ({"stage": "Bước 1"}, True),
     ({"stage": "Bước 9"}, False), ({"procedure": "999999"}, False), ({"agency": "x"}, True), ({"field": "999999"}, False)],
)  # fmt: skip
def test_filters_narrow_the_list_and_what_cannot_be_read_narrows_nothing(
    client, world, tuesday, query, found
):
    mine = in_review(world)
    assert (f">{mine.code}<" in page_of(client, world.officer, tab="mine", **query)) is found


def test_a_filter_is_saved_used_and_dropped(client, world):
    client.force_login(world.officer)
    client.post(reverse("dossiers:save_filter"), {"name": "Hộ tịch", "query": "tab=mine&text=khai"})
    kept = SavedFilter.objects.get()
    assert (kept.user, kept.query) == (world.officer, "tab=mine&text=khai")
    assert "Hộ tịch" in client.get(reverse("dossiers:saved_filters")).content.decode()
    client.force_login(world.boss)
    client.post(reverse("dossiers:save_filter"), {"remove": kept.pk})
    assert SavedFilter.objects.exists()
    client.force_login(world.officer)
    client.post(reverse("dossiers:save_filter"), {"remove": kept.pk})
    assert not SavedFilter.objects.exists()


def test_a_saved_filter_is_kept_as_an_address_writes_it(client, world):
    client.force_login(world.officer)
    save = reverse("dossiers:save_filter")
    client.post(save, {"name": "Lạ", "query": 'tab=mine") AND 30=30 AND ("64"="64#x'})
    assert set(SavedFilter.objects.get().query).isdisjoint(' "()#<>')
    client.post(save, {"name": "Dài", "query": "text=" + "ộ" * 100})  # nine signs each in an address
    assert SavedFilter.objects.count() == 1


def test_a_batch_takes_over_what_it_may_and_tells_what_it_could_not(client, world, tuesday):
    first, second = handed_over(world, 2)
    actions.take_over([live_task(second).pk], actor=world.officer, at=moment(hours=2))
    tasks = list(
        DossierTask.objects.filter(state__in=[TaskState.OPEN, TaskState.ACCEPTED]).values_list(
            "pk", flat=True
        )
    )
    client.force_login(world.officer)
    page = client.post(reverse("dossiers:batch"), {"act": "take_over", "task": tasks}).content.decode()
    assert live_task(first).state == TaskState.ACCEPTED
    assert "1 hồ sơ xong, 1 hồ sơ chưa làm được" in page
    assert "không chờ ký nhận" in page


def test_a_batch_completes_and_assigns(client, world, tuesday):
    one, two = in_review(world), in_review(world, receive(world, at=moment(hours=0.1)))
    client.force_login(world.officer)
    client.post(
        reverse("dossiers:batch"),
        {"act": "complete", "task": [live_task(one).pk], "note": "Đủ", "late_cause": "capacity"},
    )
    assert live_task(one).stage_kind == "signature"
    other = make_user_with("officer", world.commune)
    client.force_login(world.boss)
    assert other.full_name in client.get(reverse("dossiers:officers")).content.decode()
    client.post(
        reverse("dossiers:batch"), {"act": "assign", "task": [live_task(two).pk], "officer": other.pk}
    )
    assert live_task(two).officer == other


def test_a_batch_without_rows_says_so(client, world):
    client.force_login(world.officer)
    answer = client.post(reverse("dossiers:batch"), {"act": "claim"}, follow=True)
    assert "Đánh dấu ít nhất một hồ sơ" in answer.content.decode()


def test_a_batch_does_not_reach_beyond_ones_own_agencies(client, world, tuesday):
    [dossier] = handed_over(world)
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    client.force_login(make_user_with("officer", far))
    client.post(reverse("dossiers:batch"), {"act": "take_over", "task": [live_task(dossier).pk]})
    assert live_task(dossier).state == TaskState.OPEN


def test_an_outsider_finds_no_inbox(client, world):
    client.force_login(make_user_with("web_editor", world.commune))
    assert client.get(INBOX).status_code == 404


def statements(client, url, **query) -> int:
    client.get(url, query)  # warm: reference memory, session
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url, query).status_code == 200
    return len(seen)


@pytest.mark.parametrize("tab", ["mine", "hand", "late", "opinion", "done"])
def test_the_inbox_needs_at_most_eight_statements_however_many_rows(client, world, tuesday, tab):
    client.force_login(world.officer)
    actions.take_over([live_task(handed_over(world, 5)[0]).pk], actor=world.officer, at=moment(hours=1.5))
    few = statements(client, INBOX, tab=tab)
    for number in range(20):
        party = PartyData("citizen", f"Người {number}", phone="0912345678")
        dossier = receive(world, at=moment(hours=number / 1000), applicant=party)
        [handed] = actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
        if number % 2:
            actions.take_over(handover_id=handed.pk, actor=world.officer, at=moment(hours=1.5))
    many = statements(client, INBOX, tab=tab)
    assert few == many <= 8


def test_the_next_dossier_of_the_list_is_one_key_away(client, world, tuesday):
    first, second, third = handed_over(world, 3)
    client.force_login(world.officer)
    more = client.get(
        reverse("dossiers:more", args=[second.pk]), {"danh-sach": "tab=hand"}, headers={"HX-Request": "true"}
    )
    page = more.content.decode()
    assert (
        f'href="{reverse("dossiers:dossier", args=[first.pk])}?danh-sach=tab%3Dhand" data-shortcut="["'
        in page
    )
    assert (
        f'href="{reverse("dossiers:dossier", args=[third.pk])}?danh-sach=tab%3Dhand" data-shortcut="]"'
        in page
    )


def test_lists_page_by_key(client, world, tuesday):
    handed_over(world, 27)
    page = page_of(client, world.officer, tab="hand")
    assert page.count('name="task"') == 25
    assert "Trang sau" in page


def test_a_procedure_without_limit_stands_last(client, world, tuesday):
    free = make_procedure("2.000001", world.commune, amount=None, unit="none")
    endless = receive(world, procedure=free)
    actions.hand_over([endless.pk], actor=world.clerk, at=moment(hours=1))
    [limited] = handed_over(world)
    page = page_of(client, world.officer, tab="hand")
    assert page.index(limited.code) < page.index(endless.code)
    assert timedelta(0) < limited.due_at - limited.received_at


def test_inbox_search_and_dossier_page_say_the_same_working_days_left(client, world):
    dossier = in_review(world)  # received on Monday 2-11, due in five working days: Monday 9-11
    with time_machine.travel(moment(days=2), tick=False):
        shown = page_of(client, world.officer, tab="mine")
        client.force_login(world.officer)
        pages = [
            client.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode(),
            client.get(reverse("dossiers:search"), {"q": "Thu nghiem"}).content.decode(),
        ]
    for text in (shown, *pages):
        assert "Còn 3 ngày làm việc" in text
        assert "Còn 5 ngày" not in text
