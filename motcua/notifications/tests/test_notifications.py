"""The outbox: queued with the act, sent afterwards, tried again, nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.notifications import actions, channels, queries
from motcua.notifications.models import Message, Template
from motcua.notifications.rules import retries, texts

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CONTEXT = {
    "code": "H40.12-261123-0007",
    "link": "https://example.vn/t/1",
    "due": "30/11/2026",
    "office": "Quầy 1",
}


@pytest.fixture
def commune(db):
    return make_agency("UBND xã An Phú", code="H40.12")


@pytest.fixture
def clerk(commune):
    return make_user_with("receptionist", commune, username="tiep.nhan")


@pytest.fixture
def admin(commune):
    return make_user_with("administrator", commune, username="quan.tri", subtree=True)


@pytest.fixture(autouse=True)
def email_works(settings, monkeypatch):
    settings.EMAIL_HOST = "127.0.0.1"
    monkeypatch.setattr(channels, "_gateways", {})


def _queue(clerk, kind="received", **addresses):
    return actions.queue(
        kind,
        reference="dossier/7",
        context=CONTEXT,
        agency=clerk.assignments.get().post.agency,
        actor=clerk,
        at=AT,
        **addresses,
    )


def test_one_message_for_each_address_with_code_and_link_only(clerk):
    made = _queue(clerk, email="a@example.vn", phone="+84900000001", user=clerk)
    assert sorted((m.channel, m.to, m.state) for m in made) == [
        ("app", "tiep.nhan", "sent"),
        ("email", "a@example.vn", "queued"),
        ("sms", "+84900000001", "queued"),
    ]
    email = next(m for m in made if m.channel == "email")
    assert email.subject == "Đã tiếp nhận hồ sơ H40.12-261123-0007"
    assert "30/11/2026" in email.body
    assert set(Message.objects.values_list("reference", flat=True)) == {"dossier/7"}
    assert [m.kind for m in queries.inbox_of(clerk)] == ["received"]
    assert str(email) == "received → a@example.vn"


def test_zalo_is_used_only_when_given_and_a_template_exists(clerk):
    assert _queue(clerk, zalo="+84900000001") == []
    template = Template.objects.create(kind="received", channel="zalo", body="{code}")
    assert str(template) == "Đã tiếp nhận (Zalo)"
    assert len(_queue(clerk, zalo="+84900000001")) == 1


def test_nobody_to_tell_costs_nothing(clerk, django_assert_num_queries):
    agency = clerk.assignments.get().post.agency
    with django_assert_num_queries(0):
        assert actions.queue("ready", reference="x", context=CONTEXT, agency=agency, actor=clerk, at=AT) == []


def test_a_template_switched_off_sends_nothing(clerk):
    Template.objects.filter(kind="received").update(is_active=False)
    assert _queue(clerk, email="a@example.vn") == []


def test_what_is_due_is_sent_and_other_channels_wait(clerk, capsys):
    _queue(clerk, email="a@example.vn", phone="+84900000001")
    done = actions.deliver_due(at=AT)
    assert done == actions.Delivered(sent=1, failed=0, waiting=1)
    assert [m.to for m in mail.outbox] == [["a@example.vn"]]
    assert Message.objects.get(channel="email").sent_at == AT
    assert actions.deliver_due(at=AT + timedelta(days=1)).sent == 0
    call_command("notify")
    assert "1 tin đang chờ: chưa cấu hình kênh" in capsys.readouterr().out


def test_without_a_mail_server_mail_waits_too(clerk, settings, capsys):
    settings.EMAIL_HOST = ""
    _queue(clerk, email="a@example.vn")
    assert actions.deliver_due(at=AT) == actions.Delivered(0, 0, 1)


def test_with_all_channels_open_nothing_is_said_to_wait(clerk, capsys):
    call_command("notify")
    assert "đang chờ" not in capsys.readouterr().out


def test_a_gateway_can_be_registered(clerk):
    seen = []
    channels.register_gateway("sms", seen.append)
    _queue(clerk, phone="+84900000001")
    assert actions.deliver_due(at=AT).sent == 1
    assert seen[0].body.startswith("Ho so H40.12-261123-0007")


def test_a_failure_is_tried_again_ever_more_rarely_and_then_given_up(clerk):
    def broken(message):
        raise OSError("no route")

    channels.register_gateway("email", broken)
    _queue(clerk, email="a@example.vn")
    at = AT
    for number in range(1, retries.MAX_TRIES + 1):
        assert actions.deliver_due(at=at).failed == 1
        message = Message.objects.get()
        assert (message.tries, message.last_error) == (number, "OSError: no route")
        assert actions.deliver_due(at=at).failed == 0
        at = message.next_try_at
    assert message.state == "failed"
    assert actions.deliver_due(at=at + timedelta(days=9)).failed == 0


def test_a_partner_away_for_a_day_loses_nothing(clerk):
    away = [True]

    def flaky(message):
        if away[0]:
            raise OSError

    channels.register_gateway("email", flaky)
    _queue(clerk, email="a@example.vn")
    for minutes in range(0, 24 * 60, 30):
        actions.deliver_due(at=AT + timedelta(minutes=minutes))
    away[0] = False
    assert Message.objects.get().state == "queued"
    assert actions.deliver_due(at=AT + timedelta(hours=31)).sent == 1


def test_a_message_that_another_process_has_is_left_to_it(clerk):
    made = _queue(clerk, email="a@example.vn")[0]
    assert actions._claim(made.pk, AT) is not None
    assert actions._claim(made.pk, AT) is None


def test_a_message_taken_between_listing_and_claiming_is_skipped(clerk, monkeypatch):
    _queue(clerk, email="a@example.vn")
    monkeypatch.setattr(actions, "_claim", lambda pk, at: None)
    assert actions.deliver_due(at=AT) == actions.Delivered(0, 0, 0)


def test_a_failed_message_is_sent_again_by_who_manages_messages(clerk, admin):
    made = _queue(clerk, email="a@example.vn")[0]
    with pytest.raises(RuleViolation, match="chưa gửi được"):
        actions.send_again(made.pk, actor=admin, at=AT)
    Message.objects.update(state="failed", tries=9)
    with pytest.raises(NotFound):
        actions.send_again(made.pk, actor=clerk, at=AT)
    again = actions.send_again(made.pk, actor=admin, at=AT)
    assert (again.state, again.tries) == ("queued", 0)
    assert actions.deliver_due(at=AT).sent == 1


def test_own_messages_are_read_once(clerk):
    _queue(clerk, user=clerk)
    assert actions.mark_read(actor=clerk, at=AT) == 1
    assert actions.mark_read(actor=clerk, at=AT) == 0


def test_words_are_changed_by_who_may_and_logged(clerk, admin):
    template = Template.objects.get(kind="ready", channel="sms")
    given = {"subject": "", "is_active": True, "at": AT}
    with pytest.raises(NotFound):
        actions.change_template(template.pk, body="x", actor=clerk, **given)
    with pytest.raises(NotFound):
        actions.change_template(404, body="x", actor=admin, **given)
    with pytest.raises(RuleViolation, match=r"\{name\}"):
        actions.change_template(template.pk, body="Chào {name}", actor=admin, **given)
    changed = actions.change_template(template.pk, body="Xong: {code}", actor=admin, **given)
    assert changed in queries.templates()
    assert _queue(clerk, "ready", phone="+84900000001")[0].body == "Xong: H40.12-261123-0007"
    assert Event.objects.get(kind="template.changed").data["body"] == "Xong: {code}"


def _text(answer):
    return answer.content.decode()


def test_the_outbox_is_read_and_failed_messages_sent_again(client, clerk, admin):
    client.force_login(admin)
    page = reverse("notifications:outbox")
    assert "Không có tin nhắn" in _text(client.get(page))
    _queue(clerk, email="a@example.vn", phone="+84900000001")
    shown = _text(client.get(page))
    assert "Chờ gửi" in shown
    assert "Chưa cấu hình kênh" in shown
    Message.objects.filter(channel="email").update(state="failed", last_error="OSError")
    shown = _text(client.get(page + "?xem=failed"))
    assert "OSError" in shown
    assert "Chưa cấu hình kênh" not in shown
    again = reverse("notifications:send_again", args=[Message.objects.get(channel="email").pk])
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 302
    assert Message.objects.get(channel="email").state == "queued"


def test_words_are_changed_on_their_page(client, admin):
    client.force_login(admin)
    assert "Đã có kết quả" in _text(client.get(reverse("notifications:templates")))
    one = Template.objects.get(kind="ready", channel="email")
    page = reverse("notifications:template", args=[one.pk])
    assert "H40.12-261123-0007" in _text(client.get(page))
    wrong = client.post(page, {"subject": "x", "body": "Chào {name}"})
    assert wrong.status_code == 422
    assert "Không có chỗ điền" in _text(wrong)
    assert client.post(page, {"subject": "x", "body": ""}).status_code == 422
    assert client.post(page, {"subject": "Xong", "body": "{code}", "is_active": "on"}).status_code == 302
    one.refresh_from_db()
    assert (one.subject, one.body, one.is_active) == ("Xong", "{code}", True)


def test_my_messages_are_new_once(client, clerk):
    client.force_login(clerk)
    page = reverse("notifications:mine")
    assert "Chưa có thông báo" in _text(client.get(page))
    _queue(clerk, user=clerk)
    assert "mới</span>" in _text(client.get(page))
    assert "mới</span>" not in _text(client.get(page))


@pytest.mark.parametrize("name", ["outbox", "templates", "template", "send_again", "mine"])
def test_pages_are_for_who_manages_messages(client, clerk, name):
    made = _queue(clerk, email="a@example.vn")[0]
    pk = {"template": Template.objects.first().pk, "send_again": made.pk}.get(name)
    address = reverse(f"notifications:{name}", args=[pk] if pk else [])
    send = client.post if name == "send_again" else client.get
    assert send(address).status_code == 302
    client.force_login(clerk)
    assert send(address).status_code == (200 if name == "mine" else 404)


def test_every_kind_has_a_title():
    assert set(texts.TITLES) == set(texts.TEXTS)


@pytest.mark.parametrize("kind", sorted(texts.TEXTS))
@pytest.mark.parametrize("channel", texts.CHANNELS)
def test_every_shipped_text_names_the_dossier_and_nothing_personal(db, kind, channel):
    subject, body = texts.shipped(kind, channel)
    assert texts.problem(subject + body) == ""
    assert "{code}" in body
    assert Template.objects.get(kind=kind, channel=channel).body == body
    filled = texts.fill(body, CONTEXT)
    assert CONTEXT["code"] in filled
    assert channel != "sms" or filled.isascii() or "Quầy" in filled


def test_changed_texts_survive_a_migration(db):
    from motcua.notifications.apps import ship_templates

    Template.objects.filter(kind="ready", channel="sms").update(body="của chúng tôi")
    ship_templates(None)
    assert Template.objects.get(kind="ready", channel="sms").body == "của chúng tôi"


@pytest.mark.parametrize(
    ("text", "said"), [("{code", "thành cặp"), ("{name}", "{name}"), ("{}", "Không có chỗ"), ("ok {due}", "")]
)
def test_a_wrong_template_is_explained(text, said):
    assert (said in texts.problem(text)) if said else texts.problem(text) == ""


def test_what_is_missing_becomes_a_dash():
    assert texts.fill("{code} {due}", {"code": "1"}) == "1 –"


@given(st.integers(1, 10_000))
def test_pauses_grow_and_stay_within_bounds(tries):
    assert retries.FIRST <= retries.pause(tries) <= retries.pause(tries + 1) <= retries.LONGEST


def test_an_agency_s_own_administrator_reads_the_common_texts_and_is_offered_no_form(client, commune):
    person = make_user_with("agency_administrator", commune, username="quan.tri.xa")
    client.force_login(person)
    one = Template.objects.get(kind="ready", channel="email")
    page = reverse("notifications:template", args=[one.pk])
    shown = _text(client.get(page))
    assert "H40.12-261123-0007" in shown
    assert "Lưu mẫu" not in shown
    assert client.post(page, {"subject": "x", "body": "{code}"}).status_code == 404
