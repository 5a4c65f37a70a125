"""The queue for people: a number at the kiosk, the screen, one's own number, what an office's page says. Without a script."""

import re
from datetime import datetime

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_office, make_user_with
from motcua.core.moments import to_utc
from motcua.dossiers.testing import make_world, moment
from motcua.portal.throttle import Pace
from motcua.portal.views.queue import KIOSK
from motcua.tickets import actions
from motcua.tickets.models import Ticket
from motcua.tickets.queries.turns import kiosk_token, ticket_token
from motcua.tickets.testing import call, later, make_line, take


@pytest.fixture
def world(db):
    cache.clear()
    with time_machine.travel(later(30), tick=False):
        yield make_world()


@pytest.fixture
def line(world):
    return make_line(world)


@pytest.fixture
def kiosk(client: Client, world, line) -> Client:
    """The machine at the counter, told once that it is one."""
    answer = client.get(reverse("portal:queue", args=[world.office.pk]), {"may": kiosk_token(world.office)})
    assert answer.status_code == 302
    assert "may" not in answer.url
    assert answer.cookies[KIOSK]["httponly"]
    return client


def at(world, name: str = "queue") -> str:
    return reverse(f"portal:{name}", args=[world.office.pk])


def test_two_presses_give_a_number_and_the_machine_returns_by_itself(kiosk, world, line):
    take(line, 20)
    start = kiosk.get(at(world)).content.decode()
    assert "Tư pháp – hộ tịch" in start
    assert "1 người đang chờ" in start
    question = kiosk.get(at(world), {"hang": line.pk})
    assert "diện ưu tiên" in question.content.decode()
    assert question["Refresh"].endswith(f"url={at(world)}")
    shown = kiosk.post(at(world), {"hang": line.pk, "uu-tien": ""}, follow=True)
    body = shown.content.decode()
    assert ">A002<" in body
    assert "Còn 1 người trước ông/bà." in body
    assert "chưa đủ số liệu" in body
    assert "<svg" in body
    assert shown["Refresh"].endswith(f"url={at(world)}")
    assert Ticket.objects.get(number=2).priority == ""


def test_who_goes_first_says_why_and_stands_in_front(kiosk, world, line):
    take(line, 20)
    body = kiosk.post(at(world), {"hang": line.pk, "uu-tien": "elderly"}, follow=True).content.decode()
    assert "Không còn ai trước ông/bà." in body
    assert "ưu tiên" in body
    assert Ticket.objects.get(number=2).priority == "elderly"
    refused = kiosk.post(at(world), {"hang": line.pk, "uu-tien": "rich"})
    assert refused.status_code == 422


def test_no_number_is_given_to_who_is_not_there(client, world, line):
    for cookie in ("", "q1-0123456789abcdef", kiosk_token(make_office(world.province))):
        client.cookies[KIOSK] = cookie
        assert "máy lấy số" in client.get(at(world)).content.decode()
        client.post(at(world), {"hang": line.pk, "uu-tien": ""})
        client.get(at(world), {"may": "q1-0123456789abcdef"})
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("tls", [True, False])
def test_the_cookie_of_the_machine_is_kept_from_scripts_and_other_sites_and_behind_tls_from_lines_without(
    client, world, settings, tls
):
    settings.SESSION_COOKIE_SECURE = tls
    made = client.get(at(world), {"may": kiosk_token(world.office)}).cookies[KIOSK]
    assert (bool(made["secure"]), made["httponly"], made["samesite"]) == (tls, True, "Lax")


def test_the_kiosk_for_rating_leads_there_only_on_such_a_machine(kiosk, world):
    page = reverse("portal:kiosk", args=[world.office.pk])
    assert at(world) in kiosk.get(page).content.decode()
    assert at(world) not in Client().get(page).content.decode()


def test_a_machine_that_gives_out_too_many_is_stopped_for_a_while(kiosk, world, line, monkeypatch):
    monkeypatch.setattr("motcua.portal.views.queue.TAKING", Pace("few", 0, 2, 600, "Chờ đến %(time)s."))
    answers = [kiosk.post(at(world), {"hang": line.pk, "uu-tien": ""}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert Ticket.objects.count() == 2


def test_closed_says_so_and_an_unknown_line_begins_again(kiosk, world, line):
    with time_machine.travel(moment(datetime(2026, 11, 2, 19)), tick=False):
        refused = kiosk.post(at(world), {"hang": line.pk, "uu-tien": ""})
        start = kiosk.get(at(world)).content.decode()
    assert refused.status_code == 422
    assert refused["Refresh"].endswith(f"url={at(world)}")
    for page in (refused.content.decode(), start):
        assert "ngừng phát số" in page
        assert "queue-choice" not in page
    for wrong in ("0", "x", "²", "9" * 30):
        assert kiosk.post(at(world), {"hang": wrong}).status_code == 200
    assert not Ticket.objects.exists()


def test_the_telephone_says_where_one_stands_and_when_to_come(client, world, line):
    take(line, 1)
    mine = take(line, 2)
    page = reverse("portal:ticket", args=[ticket_token(mine)])

    def said() -> str:
        now = client.get(reverse("portal:ticket_now", args=[ticket_token(mine)])).content.decode()
        assert now in client.get(page).content.decode()
        return now

    assert "Còn 1 người trước ông/bà." in said()
    assert "Chưa gọi số nào" in said()
    first = call(world, line, minutes=5)
    assert "Không còn ai trước" in said()
    assert "A001" in said()
    call(world, line, minutes=6, after=first)
    assert "Mời đến" in said()
    assert "Quầy 1" in said()
    actions.serve(mine.pk, actor=world.clerk, at=later(7))
    assert "Đang được phục vụ" in said()
    actions.finish(mine.pk, actor=world.clerk, at=later(8))
    assert "Đã xong" in said()
    with time_machine.travel(moment(days=1), tick=False):
        assert "Đã xong" in said()


def test_the_telephone_of_who_was_absent_and_of_yesterday(client, world, line):
    first, second = take(line, 1), take(line, 2)
    call(world, line, minutes=3)
    actions.mark_absent(first.pk, actor=world.clerk, at=later(4))
    asked = {one: reverse("portal:ticket", args=[ticket_token(one)]) for one in (first, second)}
    assert "không thấy ông/bà" in client.get(asked[first]).content.decode()
    with time_machine.travel(moment(days=1), tick=False):
        body = client.get(asked[second]).content.decode()
    assert "ngày đã qua" in body
    assert "hx-get" not in body


def test_a_number_can_be_followed_by_who_has_its_code_only(client, world, line):
    mine = take(line)
    forged = ticket_token(mine)[:-1] + ("0" if ticket_token(mine)[-1] != "0" else "1")
    for token in (forged, str(mine.pk), kiosk_token(world.office)):
        assert client.get(reverse("portal:ticket", args=[token])).status_code == 404
    other = make_office(world.province)
    wrong = reverse("portal:queue_taken", args=[other.pk, ticket_token(mine)])
    assert client.get(wrong).status_code == 404
    for _ in range(30):
        client.get(reverse("portal:ticket", args=[forged]))
    assert (
        client.get(reverse("portal:ticket", args=[ticket_token(mine)])).status_code == 404
    )  # guessed too often


def test_the_slip_is_printed(client, world, line):
    answer = client.get(reverse("portal:ticket_slip", args=[ticket_token(take(line, priority="merit"))]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_screen_shows_the_last_five_and_who_waits_in_few_statements(client, world, line):
    other = make_line(world, "B", "Đất đai")
    for minute in range(9):
        take(line, minute)
    take(other, 9)
    before = None
    for minute in range(7):
        before = call(world, line, minutes=10 + minute, after=before)
    actions.mark_absent(before.pk, actor=world.clerk, at=later(20))
    client.get(at(world, "calling"))
    with CaptureQueriesContext(connection) as seen:
        body = client.get(at(world, "calling_now")).content.decode()
    assert len(seen) <= 3
    shown = [f"A00{n}" in body for n in range(1, 10)]
    assert shown == [False, True, True, True, True, True, False, False, False]
    assert "<strong>2</strong>" in body
    assert "<strong>1</strong>" in body
    assert body in client.get(at(world, "calling")).content.decode()


def offices(client, world) -> tuple[str, str, str]:
    """The list of offices, the office's page, the sheet of a procedure that it takes."""
    addresses = (
        reverse("portal:offices"),
        reverse("portal:office", args=[world.office.pk]),
        reverse("portal:procedure", args=[world.procedure.code]),
    )
    listed, one, sheet = (client.get(address).content.decode() for address in addresses)
    return listed, one, sheet


def test_the_pages_of_an_office_and_of_its_procedure_say_how_many_wait_and_how_long_only_when_that_is_known(
    client, world
):
    for page in offices(client, world):
        assert "Đang chờ" not in page  # no lines: nothing is invented
    line = make_line(world)
    for minute in range(8):
        take(line, minute)
    for page in offices(client, world):
        assert "Đang chờ 8 người · thời gian chờ: chưa đủ số liệu" in page
    before = None
    for minute in range(6):
        before = call(world, line, minutes=10 + 3 * minute, after=before)
    for page in offices(client, world):
        assert "Đang chờ 2 người · chờ chừng 9 phút" in page
    with time_machine.travel(to_utc(datetime(2026, 11, 2, 12, 0)), tick=False):
        for page in offices(client, world):
            assert "Đang chờ" not in page  # closed


def test_several_lines_are_told_apart_on_the_office_page(client, world, line):
    other = make_line(world, "B", "Đất đai")
    second = make_user_with("receptionist", world.commune)
    for minute in range(12):
        take(line if minute % 2 else other, minute)
    for one, actor, each in ((line, world.clerk, 1), (other, second, 2)):
        before = None
        for minute in range(6):
            before = call(world, one, minutes=14 + each * minute, actor=actor, after=before)
    page = offices(client, world)[1]
    assert "chờ chừng 1 đến 2 phút" in page
    assert "Đất đai</span>: Đang chờ 0 người · chờ chừng 2 phút" in page


def test_an_office_is_not_told_by_its_one_quick_line(client, world, line):
    other = make_line(world, "B", "Đất đai")
    for minute in range(7):
        take(line, minute)
    before = None
    for minute in range(6):
        before = call(world, line, minutes=10 + 3 * minute, after=before)
    take(other, 20)
    listed, page, sheet = offices(client, world)
    for told in (listed, sheet):
        assert "Đang chờ 2 người · thời gian chờ: chưa đủ số liệu" in told
    assert "Tư pháp – hộ tịch</span>: Đang chờ 1 người · chờ chừng 6 phút" in page


def test_the_list_of_offices_asks_no_more_for_more_of_them(client, world, line):
    client.get(reverse("portal:offices"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("portal:offices"))
    for number in range(4):
        office = make_office(world.province, name=f"Nơi {number}")
        take(make_line(world, "A", office=office), 5)
    client.get(reverse("portal:offices"))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("portal:offices"))
    assert len(many) == len(few)


def left_in_vietnamese(answer) -> list[str]:
    """What an English page still says in Vietnamese without marking it as such."""
    page = re.sub(r"<title>.*?</title>", "", answer.content.decode(), flags=re.S)
    assert '<html lang="en"' in page
    bare = re.sub(r'<(\w+)[^>]* lang="vi"[^>]*>.*?</\1>', "", page, flags=re.S)
    left = re.findall(r"[^<>]*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^<>]*", bare)
    return [text for text in left if "Một Cửa" not in text]


def in_english(client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_the_kiosk_speaks_english_when_asked_to(kiosk, world, line):
    start, question = in_english(kiosk).get(at(world)), kiosk.get(at(world), {"hang": line.pk})
    shown = kiosk.post(at(world), {"hang": line.pk, "uu-tien": "elderly"}, follow=True)
    refused = kiosk.post(at(world), {"hang": line.pk, "uu-tien": "rich"})
    assert "Choose a reason from the list." in refused.content.decode()
    assert "Nobody" in shown.content.decode()
    assert ">A001<" in shown.content.decode()
    elsewhere = in_english(Client()).get(at(world))
    for answer in (start, question, shown, refused, elsewhere):
        assert left_in_vietnamese(answer) == []


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 11, 2, 5), "from 07:"),
        (datetime(2026, 11, 2, 19), "the last were given out at 1"),
        (datetime(2026, 11, 1, 9), "is closed today"),
    ],
)
def test_a_closed_kiosk_says_why_in_english(kiosk, world, line, when, words):
    with time_machine.travel(moment(when), tick=False):
        start = in_english(kiosk).get(at(world))
        refused = kiosk.post(at(world), {"hang": line.pk, "uu-tien": ""})
    for page in (start, refused):
        assert words in page.content.decode()
        assert left_in_vietnamese(page) == []


def test_the_screen_and_the_telephone_speak_english(client, world, line):
    first, second = take(line, 1), take(line, 2)
    telephone = {one: reverse("portal:ticket", args=[ticket_token(one)]) for one in (first, second)}
    in_english(client)
    pages = [client.get(at(world, "calling")), client.get(telephone[first])]
    call(world, line, minutes=5)
    pages += [client.get(at(world, "calling")), *map(client.get, telephone.values())]
    called = pages[-2].content.decode()
    actions.serve(first.pk, actor=world.clerk, at=later(6))
    pages.append(client.get(telephone[first]))
    call(world, line, minutes=7, after=first)
    actions.mark_absent(second.pk, actor=world.clerk, at=later(8))
    pages += map(client.get, telephone.values())
    pages.append(client.get(reverse("portal:ticket", args=["q1-x"])))
    assert [left_in_vietnamese(page) for page in pages] == [[]] * len(pages)
    assert "Quầy 1" in called
    assert "It is your turn" in called
