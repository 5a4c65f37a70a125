"""Sending: who is asked, in which order, what happens when a partner fails, is silent, is full, or the night has begun."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail

from motcua.core.moments import to_utc
from motcua.notifications import actions, queries
from motcua.notifications.actions import _steps
from motcua.notifications.adapters import Reply
from motcua.notifications.models import Attempt, Message, Provider, ProviderDay
from motcua.notifications.rules.delivery import Outcome
from motcua.notifications.rules.ics import Appointment
from motcua.notifications.tests.conftest import AT, MAIL, make_provider, put_setting

DAY = date(2026, 11, 23)


def _outcomes():
    return list(Attempt.objects.order_by("id").values_list("provider__code", "outcome"))


def test_the_first_in_order_is_asked_and_the_try_is_kept(queue, partners):
    make_provider("hai", priority=20)
    make_provider("mot", priority=10)
    (message,) = queue()
    assert actions.deliver_due(at=AT) == actions.Delivered(sent=1)
    message.refresh_from_db()
    assert (message.state, message.provider.code, message.tries, message.lease) == ("sent", "mot", 1, None)
    attempt = Attempt.objects.get()
    assert (attempt.number, attempt.outcome, attempt.partner_reference, attempt.is_good) == (
        1,
        "accepted",
        "P-1",
        True,
    )
    assert partners.got[0][1].key == str(message.key)
    assert ProviderDay.objects.get().used == 1


def test_a_refusal_hands_the_message_to_the_next_at_once(queue, partners):
    make_provider("mot", priority=10)
    make_provider("hai", priority=20)
    partners.answers["mot"] = Outcome.REFUSED
    queue()
    assert actions.deliver_due(at=AT).sent == 1
    assert _outcomes() == [("mot", "refused"), ("hai", "accepted")]
    assert Message.objects.get().provider.code == "hai"
    assert dict(ProviderDay.objects.values_list("provider__code", "used")) == {"mot": 0, "hai": 1}


def test_who_may_have_it_is_asked_again_alone_with_the_same_key(queue, partners):
    make_provider("mot", priority=10)
    make_provider("hai", priority=20)
    partners.answers["mot"] = Outcome.UNCLEAR
    queue()
    at = AT
    for _ in range(3):
        assert actions.deliver_due(at=at).failed == 1
        assert actions.deliver_due(at=at).failed == 0
        at = Message.objects.get().next_try_at
    assert set(partners.asked) == {"mot"}
    assert len({outgoing.key for _, outgoing in partners.got}) == 1
    assert actions.deliver_due(at=at).sent == 1  # patience is used up
    assert partners.asked[-1] == "hai"


def test_who_answers_at_last_has_sent_it(queue, partners):
    make_provider("mot")
    partners.answers["mot"] = Outcome.UNCLEAR
    queue()
    actions.deliver_due(at=AT)
    partners.answers["mot"] = Outcome.ACCEPTED
    actions.deliver_due(at=AT + timedelta(seconds=10))
    assert Message.objects.get().state == "sent"
    assert Message.objects.get().last_error == ""


def test_an_address_that_nobody_reaches_is_a_dead_letter_at_once(queue, partners):
    make_provider("mot", priority=10)
    make_provider("hai", priority=20)
    partners.answers["mot"] = Reply(Outcome.IMPOSSIBLE, "không có +84900000001")
    queue()
    assert actions.deliver_due(at=AT).failed == 1
    message = Message.objects.get()
    assert (message.state, message.last_error) == ("failed", "không có •••")
    assert partners.asked == ["mot"]
    assert Provider.objects.get(code="mot").failures == 0


def test_tries_grow_rare_and_end_after_more_than_a_day(queue, partners):
    put_setting("notify_quiet_from", "")
    make_provider("mot")
    partners.answers["mot"] = Outcome.REFUSED
    (message,) = queue()
    at, pauses = AT, []
    while message.state == "queued":
        actions.deliver_due(at=at)
        Provider.objects.update(rest_until=None, failures=0)
        message.refresh_from_db()
        pauses.append(message.next_try_at - at)
        at = message.next_try_at
    assert [pause.total_seconds() for pause in pauses[:4]] == [10, 20, 40, 80]
    assert max(pauses[:-1]) == timedelta(minutes=30)
    assert timedelta(hours=26) <= at - AT < timedelta(hours=27, minutes=5)
    assert actions.deliver_due(at=at + timedelta(days=2)).failed == 0


def test_a_partner_away_for_a_day_loses_nothing(queue, partners):
    make_provider("mot")
    partners.answers["mot"] = Outcome.REFUSED
    for number in range(5):
        queue(phone=f"+8490000000{number}")
    for minutes in range(0, 24 * 60, 20):
        actions.deliver_due(at=AT + timedelta(minutes=minutes))
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}
    partners.answers["mot"] = Outcome.ACCEPTED
    assert actions.deliver_due(at=AT + timedelta(hours=24, minutes=31)).sent == 5


def test_the_schedule_is_data(queue, partners):
    put_setting("notify_retry_first", 120)
    put_setting("notify_retry_hours", 1)
    make_provider("mot")
    partners.answers["mot"] = Outcome.REFUSED
    (message,) = queue()
    actions.deliver_due(at=AT)
    message.refresh_from_db()
    assert message.next_try_at == AT + timedelta(minutes=2)
    actions.deliver_due(at=AT + timedelta(hours=1))
    message.refresh_from_db()
    assert message.state == "failed"


def test_who_fails_again_and_again_is_left_alone_and_costs_messages_no_try(queue, partners):
    make_provider("mot")
    partners.answers["mot"] = Outcome.REFUSED
    for number in range(8):
        queue(phone=f"+8490000000{number}")
    actions.deliver_due(at=AT)
    provider = Provider.objects.get(code="mot")
    assert (provider.failures, provider.rest_until) == (5, AT + timedelta(seconds=15))
    assert len(partners.got) == 5
    assert actions.deliver_due(at=AT + timedelta(seconds=14)) == actions.Delivered()
    partners.answers["mot"] = Outcome.ACCEPTED
    assert actions.deliver_due(at=AT + timedelta(seconds=600)).sent == 8
    provider.refresh_from_db()
    assert (provider.failures, provider.rest_until) == (0, None)


def test_a_resting_partner_is_passed_over(queue, partners):
    make_provider("mot", priority=10, failures=9, rest_until=AT + timedelta(seconds=30))
    make_provider("hai", priority=20)
    queue()
    actions.deliver_due(at=AT)
    assert partners.asked == ["hai"]


def test_a_cap_lets_the_next_one_help_and_then_the_next_day(queue, partners):
    make_provider("mot", priority=10, daily_cap=2)
    make_provider("hai", priority=20, daily_cap=1)
    for number in range(4):
        queue(phone=f"+8490000000{number}")
    assert actions.deliver_due(at=AT) == actions.Delivered(sent=3, put_off=1)
    assert partners.asked == ["mot", "mot", "hai"]
    waiting = Message.objects.get(state="queued")
    assert (waiting.tries, waiting.next_try_at) == (0, to_utc(datetime(2026, 11, 24)))
    # The next day begins in the quiet hours.
    assert actions.deliver_due(at=waiting.next_try_at).put_off == 1
    assert actions.deliver_due(at=to_utc(datetime(2026, 11, 24, 7))).sent == 1


def test_no_phone_rings_at_night_but_letters_go(queue, partners):
    make_provider("mot")
    make_provider("thu", channel="email")
    night = to_utc(datetime(2026, 11, 23, 22, 30))
    queue(at=night, phone="+84900000001", email=MAIL)
    assert actions.deliver_due(at=night) == actions.Delivered(sent=1, put_off=1)
    assert partners.asked == ["thu"]
    waiting = Message.objects.get(channel="sms")
    assert (waiting.next_try_at, waiting.tries) == (to_utc(datetime(2026, 11, 24, 7)), 0)
    assert actions.deliver_due(at=waiting.next_try_at).sent == 1


def test_the_hours_are_a_setting_of_the_agency(queue, partners, commune):
    put_setting("notify_quiet_from", "", commune)
    make_provider("mot")
    queue(at=(night := to_utc(datetime(2026, 11, 23, 22, 30))))
    assert actions.deliver_due(at=night).sent == 1


def test_urgent_messages_pass_the_night(admin, partners):
    make_provider("mot", quiet_from=time(20), quiet_to=time(8))
    night = to_utc(datetime(2026, 11, 23, 23))
    actions.send_test("sms", "0900 000 001", actor=admin, at=night)
    assert actions.deliver_due(at=night).sent == 1


def test_a_provider_has_quiet_hours_of_its_own(queue, partners):
    make_provider("mot", quiet_from=time(8), quiet_to=time(10), priority=10)
    queue()
    assert actions.deliver_due(at=AT).put_off == 1
    assert Message.objects.get().next_try_at == to_utc(datetime(2026, 11, 23, 10))
    make_provider("hai", priority=20)
    Message.objects.update(next_try_at=AT)
    assert actions.deliver_due(at=AT).sent == 1
    assert partners.asked == ["hai"]


@pytest.mark.parametrize("fields", [{"valid_to": date(2026, 11, 22)}, {"valid_from": date(2026, 11, 24)}, {"adapter": "gone"}])  # fmt: skip
def test_a_provider_out_of_force_carries_nothing(queue, partners, fields):
    make_provider("mot", **fields)
    queue()
    assert actions.deliver_due(at=AT) == actions.Delivered(waiting=1)


def test_a_pinned_provider_that_ended_is_replaced(queue, partners):
    first = make_provider("mot", priority=10)
    make_provider("hai", priority=20)
    partners.answers["mot"] = Outcome.UNCLEAR
    queue()
    actions.deliver_due(at=AT)
    Provider.objects.filter(pk=first.pk).update(valid_to=date(2026, 1, 2))
    assert actions.deliver_due(at=AT + timedelta(minutes=1)).sent == 1
    assert partners.asked == ["mot", "hai"]


def test_what_one_process_has_taken_no_other_takes_until_its_lease_ends(queue, partners):
    make_provider("mot")
    queue()
    lease = timedelta(seconds=60)
    assert len(_steps.take(["sms"], AT, lease, 5)) == 1
    assert _steps.take(["sms"], AT + timedelta(seconds=59), lease, 5) == []
    assert len(_steps.take(["sms"], AT + timedelta(seconds=60), lease, 5)) == 1


def test_a_process_that_died_while_asking_leaves_the_same_partner_to_be_asked(queue, partners):
    make_provider("hai", priority=20)
    provider = make_provider("mot", priority=10)
    queue()
    (taken,) = _steps.take(["sms"], AT, timedelta(seconds=60), 5)
    _steps.begin(taken, provider, AT, timedelta(seconds=60), DAY)
    # Here the process dies. Nobody knows whether the partner has it.
    Provider.objects.filter(code="mot").update(priority=30)
    assert actions.deliver_due(at=AT + timedelta(seconds=59)).sent == 0
    assert actions.deliver_due(at=AT + timedelta(seconds=60)).sent == 1
    assert partners.asked == ["mot"]
    assert _outcomes() == [("mot", "unclear"), ("mot", "accepted")]
    assert "dừng giữa chừng" in Attempt.objects.order_by("id").first().detail


def test_who_wakes_up_after_its_lease_begins_nothing(queue, partners):
    provider = make_provider("mot")
    queue()
    (sleepy,) = _steps.take(["sms"], AT, timedelta(seconds=60), 5)
    assert actions.deliver_due(at=AT + timedelta(seconds=61)).sent == 1
    assert _steps.begin(sleepy, provider, AT + timedelta(seconds=62), timedelta(seconds=60), DAY) is None
    _steps.put_off([sleepy], AT + timedelta(days=1))
    _steps.dead(sleepy)
    assert Message.objects.get().state == "sent"
    assert ProviderDay.objects.get().used == 1


def test_an_answer_that_comes_after_the_lease_still_counts(queue, partners):
    provider = make_provider("mot")
    queue()
    (slow,) = _steps.take(["sms"], AT, timedelta(seconds=60), 5)
    attempt = _steps.begin(slow, provider, AT, timedelta(seconds=60), DAY)
    _steps.take(["sms"], AT + timedelta(seconds=61), timedelta(seconds=60), 5)
    _steps.finish(slow, attempt, Reply(Outcome.ACCEPTED), AT + timedelta(seconds=62), parts=1, day=DAY)
    assert Message.objects.get().state == "sent"


def test_a_message_lost_between_taking_and_asking_is_nobody_s_try(queue, partners, monkeypatch):
    make_provider("mot")
    queue()
    begin = _steps.begin
    monkeypatch.setattr(_steps, "begin", lambda *a: Message.objects.update(lease=None) and begin(*a))
    assert actions.deliver_due(at=AT).put_off == 1
    assert partners.got == []
    assert Message.objects.get().tries == 0


@pytest.mark.parametrize(("plain", "body", "parts"), [(True, "Ho so cua ban: Quay 1", 1), (False, "Hồ sơ của bạn: Quầy 1", 1)])  # fmt: skip
def test_sms_go_without_marks_by_setting(queue, partners, admin, plain, body, parts):
    put_setting("notify_sms_plain", plain)
    make_provider("mot")
    text = next(t for t in queries.templates(DAY, "vi") if (t.kind, t.channel) == ("ready", "sms"))
    given = {"subject": "", "body": "Hồ sơ của bạn: {office}", "is_active": True, "actor": admin, "at": AT}
    actions.change_template(text.pk, **given)
    queue("ready")
    actions.deliver_due(at=AT)
    assert partners.got[0][1].body == body
    assert Attempt.objects.get().parts == parts


def test_a_letter_carries_the_calendar_file_and_the_way_to_choose(queue, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    appointment = Appointment("u@x", 2, datetime(2026, 11, 30, 16), AT, "Hẹn trả kết quả")
    queue(email=MAIL, calendar=appointment.as_json())
    assert actions.deliver_due(at=AT).sent == 1
    (letter,) = mail.outbox
    name, content, kind = letter.attachments[0]
    assert (name, kind) == ("hen-tra-ket-qua.ics", "text/calendar")
    assert "SEQUENCE:2" in content
    assert "/thong-bao/lua-chon/" in letter.body
    message = Message.objects.get()
    assert letter.message()["Message-ID"] == f"<{message.key}@127.0.0.1>"
    assert letter.message()["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in letter.message()


def test_sms_carry_no_calendar_file(queue, partners):
    make_provider("mot")
    (message,) = queue(phone="+84900000001", calendar={"uid": "x"})
    assert message.calendar is None


def test_logs_name_no_address(queue, partners, caplog):
    make_provider("mot")
    partners.answers["mot"] = Reply(Outcome.REFUSED, "unknown +84900000001")
    queue()
    actions.deliver_due(at=AT)
    assert caplog.text
    assert "900000001" not in caplog.text + Message.objects.get().last_error + Attempt.objects.get().detail


def test_no_more_than_the_limit_is_sent_in_one_run(queue, partners):
    make_provider("mot")
    for number in range(25):
        queue(phone=f"+849000000{number:02}")
    assert actions.deliver_due(at=AT, limit=23).sent == 23
    assert actions.deliver_due(at=AT).sent == 2


def test_dead_letters_are_sent_again_together_with_the_same_keys(queue, partners, admin, clerk):
    make_provider("mot")
    partners.answers["mot"] = Outcome.IMPOSSIBLE
    keys = {queue(phone=f"+8490000000{n}")[0].key for n in range(3)}
    actions.deliver_due(at=AT)
    partners.answers.clear()
    with pytest.raises(Exception, match="chưa gửi được"):
        actions.send_all_again(actor=clerk, at=AT)
    assert actions.send_all_again(actor=admin, at=AT + timedelta(days=3)) == 3
    assert actions.deliver_due(at=AT + timedelta(days=3)).sent == 3
    assert {outgoing.key for _, outgoing in partners.got} == {str(key) for key in keys}
    assert Attempt.objects.filter(number=2).count() == 3
