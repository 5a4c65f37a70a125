"""Calling numbers at the counter: the strip, its keys' targets, the dossier that comes of a number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.counter.tests.test_reception import RECEIVE, typed
from motcua.dossiers.models import Dossier
from motcua.tickets import actions
from motcua.tickets.models import Ticket, TicketDossier
from motcua.tickets.rules.states import State
from motcua.tickets.testing import call, later, make_line, take

DESK, NEXT = reverse("counter:queue_desk"), reverse("counter:queue_next")
HTMX = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{RECEIVE}"}


@pytest.fixture
def line(world):
    return make_line(world)


@pytest.fixture
def seated(clerk, line):
    """The receptionist has said where she sits."""
    clerk.post(DESK, {"desk": "Quầy 3", "lines": [line.pk]})
    return clerk


def act(ticket: Ticket, name: str) -> str:
    return reverse("counter:queue_act", args=[ticket.pk, name])


def page(client) -> str:
    return client.get(RECEIVE).content.decode()


def test_an_office_without_lines_shows_no_strip(clerk):
    assert "queue-strip" not in page(clerk)
    assert clerk.get(reverse("counter:queue_waiting")).content.strip() == b""
    refused = clerk.post(NEXT, {"after": ""})
    assert refused.status_code == 422


def test_where_one_sits_is_said_once(clerk, line):
    take(line)
    assert "Bắt đầu gọi số" in page(clerk)
    assert "Gọi số tiếp theo" not in page(clerk)
    for wrong in ({"desk": "Quầy 1"}, {"lines": [line.pk]}, {"desk": " ", "lines": ["x"]}):
        assert clerk.post(DESK, wrong).status_code == 422
    assert clerk.post(DESK, {"desk": "Quầy 3", "lines": [line.pk]}).url == RECEIVE
    assert "Gọi số tiếp theo" in page(clerk)
    assert "<strong>1</strong> người đang chờ" in clerk.get(reverse("counter:queue_waiting")).content.decode()
    clerk.post(DESK, {"stop": "1"})
    assert "Bắt đầu gọi số" in page(clerk)


def test_the_next_number_its_person_and_done(seated, line):
    first, second = take(line), take(line, priority="elderly")
    body = seated.post(NEXT, {"after": ""}, headers=HTMX).content.decode()
    assert "A002" in body
    assert "Người cao tuổi" in body
    assert "đang gọi" in body
    assert body.lstrip().startswith("<section")  # the strip alone
    again = seated.post(act(second, "goi-lai"), headers=HTMX).content.decode()
    assert "đang gọi" in again
    assert "đang phục vụ" in seated.post(act(second, "da-den"), headers=HTMX).content.decode()
    assert "Chưa gọi số nào" in seated.post(act(second, "xong"), headers=HTMX).content.decode()
    assert "A001" in seated.post(NEXT, {"after": ""}, headers=HTMX).content.decode()
    absent = seated.post(act(first, "vang-mat"), headers=HTMX).content.decode()
    assert "vắng 1" in absent
    assert "không còn ai chờ" in absent
    assert "<strong>1</strong>" in seated.post(act(first, "tro-lai"), headers=HTMX).content.decode()
    assert [Ticket.objects.get(pk=one.pk).state for one in (first, second)] == [State.WAITING, State.ENDED]
    assert seated.post(act(first, "ban")).status_code == 404


def test_without_a_script_the_page_comes_again(seated, line):
    take(line)
    elsewhere = reverse("counter:return_desk")
    assert seated.post(NEXT, {"after": "", "next": elsewhere}).url == elsewhere
    assert seated.post(NEXT, {"after": "", "next": "https://evil.example/"}).url == RECEIVE
    ticket = Ticket.objects.get()
    done = seated.post(NEXT, {"after": ticket.pk}, follow=True)
    assert "Không còn ai chờ" in done.content.decode()


def test_the_dossier_taken_in_belongs_to_the_number_at_the_desk(seated, world, line):
    take(line)
    seated.post(NEXT, {"after": ""})
    ticket = Ticket.objects.get()
    assert f'<option value="{ticket.pk}" selected>A001</option>' in page(seated)
    answer = seated.post(RECEIVE, typed(world, ticket=ticket.pk), follow=True)
    assert TicketDossier.objects.get().dossier == Dossier.objects.get()
    assert Ticket.objects.get().state is State.SERVED
    assert "A001" in answer.content.decode()  # and from here the next is called
    assert f'value="{RECEIVE}"' in answer.content.decode()


def test_a_number_already_done_with_can_still_be_chosen_for_what_is_recorded_late(seated, world, line):
    take(line), take(line)
    seated.post(NEXT, {"after": ""})
    first = Ticket.objects.get(number=1)
    seated.post(NEXT, {"after": first.pk})
    assert ">A001</option>" in page(seated)
    seated.post(RECEIVE, typed(world, ticket=first.pk))
    assert TicketDossier.objects.get().ticket == first


def test_without_a_number_a_dossier_is_taken_in_as_ever(seated, world):
    seated.post(RECEIVE, typed(world, ticket=""))
    assert Dossier.objects.count() == 1
    assert not TicketDossier.objects.exists()


def test_a_dossier_and_its_number_both_or_neither(seated, world, line):
    take(line)
    theirs = call(world, line, minutes=1, actor=world.head)
    answer = seated.post(RECEIVE, typed(world, ticket=theirs.pk))
    assert answer.status_code == 404
    seated.post(RECEIVE, typed(world, ticket="x"))
    assert Dossier.objects.count() == 1
    actions.mark_absent(theirs.pk, actor=world.head, at=later(2))
    Ticket.objects.update(officer=world.clerk)
    answer = seated.post(RECEIVE, typed(world, ticket=theirs.pk))
    assert answer.status_code == 422
    assert "Nguyễn  Văn A" in answer.content.decode()
    assert Dossier.objects.count() == 1


def test_the_return_desk_calls_too_but_writes_no_dossier(seated, world, line, client):
    client.force_login(world.head)
    client.post(DESK, {"desk": "Quầy 9", "lines": [line.pk]})
    take(line)
    client.post(NEXT, {"after": ""})
    body = client.get(reverse("counter:return_desk")).content.decode()
    assert "A001" in body
    assert "queue-ticket" not in body


def test_the_strip_adds_at_most_two_statements_and_not_one_more_for_more_people(clerk, line):
    def asked() -> int:
        clerk.get(RECEIVE)
        with CaptureQueriesContext(connection) as seen:
            clerk.get(RECEIVE)
        return len(seen)

    without_desk = asked()
    with CaptureQueriesContext(connection) as seen:
        clerk.get(RECEIVE)
    assert sum("tickets_" in query["sql"] for query in seen) == 1
    clerk.post(DESK, {"desk": "Quầy 3", "lines": [line.pk]})
    for minute in range(5):
        take(line, minute)
    clerk.post(NEXT, {"after": ""})
    few = asked()
    for minute in range(5):
        take(line, minute)
    assert few == asked() == without_desk + 1
