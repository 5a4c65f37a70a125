"""Taking, calling, coming, going: with one event for each act."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.agencies.actions import set_setting
from motcua.agencies.testing import make_agency, make_office, make_user_with
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.testing import make_world, moment, receive
from motcua.tickets import actions
from motcua.tickets.models import QueueLine, Ticket, TicketDossier
from motcua.tickets.queries.today import today_of
from motcua.tickets.rules.states import State
from motcua.tickets.testing import DESK, call, later, make_line, take
from motcua.workdays.rules.calendar import BeyondCalendar


def kinds(ticket: Ticket) -> list[str]:
    return list(
        Event.objects.filter(chain=f"ticket/{ticket.pk}").order_by("seq").values_list("kind", flat=True)
    )


def test_numbers_of_a_line_and_day_follow_each_other(world, line, other):
    assert [str(take(one)) for one in (line, line, other, line)] == ["A001", "A002", "B001", "A003"]
    tomorrow = actions.take_ticket(line.pk, actor=None, at=moment(days=1))
    assert (str(tomorrow), tomorrow.day) == ("A001", date(2026, 11, 3))


def test_a_number_goes_back_with_an_act_that_fails(line):
    with transaction.atomic():
        take(line)
        transaction.set_rollback(True)
    assert str(take(line)) == "A001"


def test_the_log_tells_of_a_number_but_not_why_it_goes_first(line):
    ticket = take(line, priority="disabled")
    [event] = Event.objects.filter(chain=f"ticket/{ticket.pk}")
    assert (event.kind, event.actor_id) == ("ticket.taken", None)
    assert event.data == {"line": line.pk, "day": "2026-11-02", "number": 1, "priority": True}


def test_the_reason_of_priority_is_forgotten_when_the_turn_is_over(world, line):
    take(line, priority="pregnant")
    ticket = call(world, line)
    assert ticket.priority == "pregnant"
    actions.finish(ticket.pk, actor=world.clerk, at=later(5))
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.is_priority) == ("kept", True)


def test_no_number_outside_the_hours_of_the_office(world, line, monkeypatch):
    for at, said in (
        (moment(hours=-2), "Chưa đến giờ"),
        (moment(hours=9.5), "ngừng phát số"),
        (moment(days=6), "không làm việc"),  # Sunday
    ):
        with pytest.raises(RuleViolation, match=said):
            actions.take_ticket(line.pk, actor=None, at=at)

    def beyond(*args: object) -> None:
        raise BeyondCalendar("")

    monkeypatch.setattr("motcua.workdays.rules.calendar.WorkCalendar.sessions_on", beyond)
    with pytest.raises(RuleViolation, match="không làm việc"):
        take(line)


def test_how_long_before_the_end_numbers_are_given_out_is_a_dated_setting(world, line):
    set_setting("ticket_lead", 180, valid_from=date(2026, 11, 2), source="Quy chế", actor=world.admin, at=moment(), agency=world.commune)  # fmt: skip
    with pytest.raises(RuleViolation, match="ngừng phát số lúc 14:30"):
        take(line, 6 * 60 + 30)


def test_a_line_that_has_ended_and_an_unknown_reason_give_no_number(world, line):
    with pytest.raises(RuleViolation, match="diện ưu tiên"):
        take(line, priority="kept")
    actions.end_line(line, last_day=date(2026, 11, 1), actor=world.admin, at=moment())
    with pytest.raises(NotFound):
        take(line)


def test_a_ticket_goes_from_the_line_to_the_desk_and_out(world, line):
    take(line)
    ticket = call(world, line, minutes=4)
    assert (ticket.state, ticket.desk, ticket.officer, ticket.wait) == (State.CALLED, DESK, world.clerk, timedelta(minutes=4))  # fmt: skip
    again = actions.call_again(ticket.pk, actor=world.clerk, at=later(5))
    assert (again.called_at, again.last_called_at) == (later(4), later(5))
    assert actions.serve(ticket.pk, actor=world.clerk, at=later(6)).state is State.SERVED
    assert actions.finish(ticket.pk, actor=world.clerk, at=later(9)).state is State.ENDED
    assert kinds(ticket) == [
        "ticket.taken",
        "ticket.called",
        "ticket.called_again",
        "ticket.served",
        "ticket.ended",
    ]
    assert verify().is_whole


def test_who_calls_the_next_is_done_with_the_one_before(world, line):
    take(line), take(line)
    first = call(world, line, minutes=1)
    second = call(world, line, minutes=2, after=first)
    first.refresh_from_db()
    assert (first.state, str(second)) == (State.ENDED, "A002")
    assert call(world, line, minutes=3, after=second) is None
    second.refresh_from_db()
    assert second.state is State.ENDED


def test_a_key_pressed_twice_calls_once(world, line):
    take(line), take(line)
    first = call(world, line)
    assert call(world, line).pk == first.pk
    assert Ticket.objects.filter(called_at=None).count() == 1


def test_priority_is_called_first_and_after_two_somebody_else(world, line):
    for priority in ("", "", "elderly", "merit", "child"):
        take(line, priority=priority)
    called, before = [], None
    for minute in range(5):
        before = call(world, line, minutes=minute, after=before)
        called.append(before.number)
    assert called == [3, 4, 1, 5, 2]


def test_how_many_of_priority_in_a_row_is_a_dated_setting(world, line):
    set_setting("ticket_priority_run", 1, valid_from=date(2026, 11, 2), source="Quy chế", actor=world.admin, at=moment(), agency=world.commune)  # fmt: skip
    for priority in ("", "elderly", "merit"):
        take(line, priority=priority)
    order = [one.pk for one in today_of(world.office, later(1)).order([line.pk])]
    assert [Ticket.objects.get(pk=pk).number for pk in order] == [2, 1, 3]


def test_a_desk_calls_only_from_its_own_lines_who_came_first_in_any(world, line, other):
    take(line, 2), take(other, 1), take(line, 0)
    assert str(call(world, line, other)) == "A002"
    officer = make_user_with("receptionist", world.commune)
    assert str(call(world, line, actor=officer)) == "A001"
    another = make_user_with("receptionist", world.commune)
    assert call(world, line, actor=another) is None


def test_a_number_called_by_somebody_else_meanwhile_is_passed_over(world, line, monkeypatch):
    take(line), take(line)
    as_it_was = today_of(world.office, later(1))
    monkeypatch.setattr("motcua.tickets.actions.calling.today_of", lambda office, at: as_it_was)
    assert call(world, line, minutes=1).number == 1
    assert call(world, line, minutes=1, actor=world.head).number == 2
    another = make_user_with("receptionist", world.commune)
    assert call(world, line, minutes=1, actor=another) is None


def test_absent_and_back_into_the_line_once_behind_the_others(world, line):
    take(line), take(line, 1)
    ticket = call(world, line, minutes=2)
    actions.mark_absent(ticket.pk, actor=world.clerk, at=later(4))
    back = actions.put_back(ticket.pk, actor=world.head, at=later(6))
    assert (back.state, back.since, back.wait) == (State.WAITING, later(6), None)
    second = call(world, line, minutes=7)
    assert second.number == 2
    third = call(world, line, minutes=9, after=second)
    assert (third.pk, third.wait) == (ticket.pk, timedelta(minutes=3))
    actions.mark_absent(ticket.pk, actor=world.clerk, at=later(10))
    with pytest.raises(RuleViolation, match="lấy số mới"):
        actions.put_back(ticket.pk, actor=world.clerk, at=later(11))
    assert kinds(ticket)[2:4] == ["ticket.absent", "ticket.put_back"]


def test_nobody_touches_what_another_called_nor_other_days_and_counters(world, line):
    take(line)
    ticket = call(world, line)
    for act in (actions.call_again, actions.serve, actions.finish, actions.mark_absent):
        with pytest.raises(NotFound):
            act(ticket.pk, actor=world.head, at=later(1))
        with pytest.raises(NotFound):
            act(ticket.pk, actor=world.clerk, at=moment(days=1))
    actions.mark_absent(ticket.pk, actor=world.clerk, at=later(1))
    with pytest.raises(NotFound):
        actions.put_back(ticket.pk, actor=world.officer, at=later(1))
    with pytest.raises(NotFound):
        call(world, line, actor=world.officer)


def test_a_seated_agency_calls_too(world, line):
    take(line)
    assert call(world, line, actor=world.policeman).officer == world.policeman


def test_who_calls_says_where_and_from_which_lines(world, line):
    elsewhere = make_line(world, "C", office=make_office(world.province))
    with pytest.raises(RuleViolation, match="quầy"):
        actions.call_next(world.office.pk, [line.pk], " ", actor=world.clerk, at=later(1))
    with pytest.raises(RuleViolation, match="hàng chờ"):
        call(world, elsewhere)


def test_dossiers_taken_in_belong_to_the_ticket_one_ticket_to_a_dossier(world, line):
    take(line)
    ticket = call(world, line, minutes=1)
    first, second = receive(world, at=later(5)), receive(world, at=later(9))
    actions.link_dossier(ticket.pk, first, actor=world.clerk, at=later(5))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.served_at) == (State.SERVED, later(5))
    actions.finish(ticket.pk, actor=world.clerk, at=later(6))
    actions.link_dossier(ticket.pk, second, actor=world.clerk, at=later(9))  # recorded afterwards
    ticket.refresh_from_db()
    assert (ticket.state, ticket.dossiers.count()) == (State.ENDED, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        TicketDossier.objects.create(ticket=ticket, dossier=first, at=later(10))
    assert kinds(ticket).count("ticket.linked") == 2


def test_no_dossier_for_a_number_that_waits_nor_of_another_office(world, line):
    waiting, dossier = take(line), receive(world, at=later(1))
    with pytest.raises(NotFound):
        actions.link_dossier(waiting.pk, dossier, actor=world.clerk, at=later(2))
    ticket = call(world, line)
    dossier.office = make_office(world.commune, name="Nơi khác")
    with pytest.raises(RuleViolation, match="bộ phận một cửa khác"):
        actions.link_dossier(ticket.pk, dossier, actor=world.clerk, at=later(2))
    actions.mark_absent(ticket.pk, actor=world.clerk, at=later(3))
    with pytest.raises(RuleViolation, match="chưa được gọi"):
        actions.link_dossier(ticket.pk, dossier, actor=world.clerk, at=later(4))


def test_no_dossier_of_a_counter_where_one_does_not_work(world, line):
    take(line)
    ticket, dossier = call(world, line), receive(world, at=later(1))
    stranger = make_user_with("receptionist", make_agency("UBND xã Yên Phú", world.province))
    Ticket.objects.filter(pk=ticket.pk).update(officer=stranger)  # as after a move to another office
    with pytest.raises(NotFound):
        actions.link_dossier(ticket.pk, dossier, actor=stranger, at=later(2))
    assert not TicketDossier.objects.exists()


def test_lines_are_kept_by_who_administers_the_office(world, line):
    field = world.procedure.versions.get().field
    data = actions.LineData("Hộ tịch", 2, [field.pk])
    changed = actions.change_line(line, data, actor=world.admin, at=later(1))
    assert (changed.name, changed.position, changed.fields.get()) == ("Hộ tịch", 2, field)
    actions.change_line(line, data, actor=world.admin, at=later(2))
    rows = Event.objects.filter(chain=f"queue_line/{line.pk}").order_by("seq")
    assert list(rows.values_list("kind", flat=True)) == ["queue_line.opened", "queue_line.changed"]
    for act in (
        lambda: actions.change_line(line, data, actor=world.clerk, at=later(1)),
        lambda: actions.end_line(line, last_day=date(2026, 12, 1), actor=world.clerk, at=later(1)),
        lambda: actions.open_line(world.office, data, prefix="Z", valid_from=date(2026, 1, 1), actor=world.clerk, at=later(1)),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act()


def test_the_same_letters_only_after_the_line_before_has_ended(world, line):
    with pytest.raises(RuleViolation, match="đang dùng"):
        make_line(world, "A", "Đất đai")
    actions.end_line(line, last_day=date(2026, 10, 31), actor=world.admin, at=moment())
    again = actions.open_line(world.office, actions.LineData("Đất đai"), prefix="a", valid_from=date(2026, 11, 1), actor=world.admin, at=moment())  # fmt: skip
    assert str(again) == "A – Đất đai"
    with pytest.raises(RuleViolation):
        actions.end_line(again, last_day=date(2026, 10, 1), actor=world.admin, at=moment())
    with pytest.raises(RuleViolation, match="Nhập tên"):
        actions.change_line(again, actions.LineData(" "), actor=world.admin, at=moment())


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"called_at": moment()},  # by nobody
        {"ended_at": moment()},
        {"outcome": "done"},
        {"desk": "Quầy 1"},
    ],
)
def test_the_database_refuses_moments_that_contradict_each_other(line, wrong):
    ticket = take(line)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**wrong)


def test_the_database_refuses_two_open_tickets_at_one_clerk(world, line):
    take(line), take(line)
    first = call(world, line)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.exclude(pk=first.pk).update(
            called_at=later(1), last_called_at=later(1), officer=world.clerk
        )
    assert str(TicketDossier(ticket=first, dossier=receive(world))).startswith("A001: ")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one connection in memory")
def test_two_who_press_at_once_never_get_the_same_number():
    world = make_world()
    line = make_line(world)
    clerks = [make_user_with("receptionist", world.commune) for _ in range(6)]
    for minute in range(24):
        take(line, minute / 10)

    def work(number: int) -> list[int]:
        got: list[int] = []
        try:
            before = None
            for turn in range(4):
                before = call(world, line, minutes=10 + turn, actor=clerks[number], after=before)
                assert before is not None
                got.append(before.number)
        finally:
            connection.close()
        return got

    with ThreadPoolExecutor(6) as pool:
        called = [number for batch in pool.map(work, range(6)) for number in batch]
    assert sorted(called) == list(range(1, 25))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one connection in memory")
def test_many_who_take_at_once_get_gapless_numbers_and_one_clerk_pressing_twice_calls_once():
    world = make_world()
    line = make_line(world)

    def get(number: int) -> int:
        try:
            return take(line, number / 60).number
        finally:
            connection.close()

    def press(_: int) -> int:
        try:
            found = call(world, line, minutes=5)
            return found.number if found else 0
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(get, range(24))) == list(range(1, 25))
        assert len(set(pool.map(press, range(4)))) == 1
    assert QueueLine.objects.get().tickets.filter(called_at__isnull=False).count() == 1
