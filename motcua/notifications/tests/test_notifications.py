"""The outbox: queued with the act, sent afterwards, tried again, nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import today
from motcua.notifications import actions, queries
from motcua.notifications.models import Message, Template

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
def email_works(settings):
    settings.EMAIL_HOST = "127.0.0.1"


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
    assert str(email) == "received → a•••@example.vn"


def test_nobody_to_tell_costs_nothing(clerk, django_assert_num_queries):
    agency = clerk.assignments.get().post.agency
    with django_assert_num_queries(0):
        assert actions.queue("ready", reference="x", context=CONTEXT, agency=agency, actor=clerk, at=AT) == []


def test_a_template_switched_off_sends_nothing(clerk):
    Template.objects.filter(kind="received").update(is_active=False)
    assert _queue(clerk, email="a@example.vn") == []


def test_what_is_due_is_sent_and_other_channels_wait(clerk, capsys):
    _queue(clerk, email="a@example.vn", phone="+84900000001")
    assert actions.deliver_due(at=AT) == actions.Delivered(sent=1, waiting=1)
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


def test_a_failed_message_is_sent_again_by_who_manages_messages(clerk, admin):
    made = _queue(clerk, email="a@example.vn")[0]
    with pytest.raises(RuleViolation, match="chưa gửi được"):
        actions.send_again(made.pk, actor=admin, at=AT)
    Message.objects.update(state="failed", tries=9)
    with pytest.raises(NotFound):
        actions.send_again(made.pk, actor=clerk, at=AT)
    again = actions.send_again(made.pk, actor=admin, at=AT)
    assert (again.state, again.tries) == ("queued", 9)
    assert actions.deliver_due(at=AT).sent == 1


def test_own_messages_are_read_once(clerk):
    _queue(clerk, user=clerk)
    assert actions.mark_read(actor=clerk, at=AT) == 1
    assert actions.mark_read(actor=clerk, at=AT) == 0


def test_words_are_changed_by_who_may_and_logged(clerk, admin):
    template = Template.objects.get(kind="ready", channel="sms", language="vi")
    given = {"subject": "", "is_active": True, "at": AT}
    with pytest.raises(NotFound):
        actions.change_template(template.pk, body="x", actor=clerk, **given)
    with pytest.raises(NotFound):
        actions.change_template(10**9, body="x", actor=admin, **given)
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
    one = Template.objects.get(kind="ready", channel="email", language="vi")
    page = reverse("notifications:template", args=[one.pk])
    assert "H40.12-261123-0007" in _text(client.get(page))
    wrong = client.post(page, {"subject": "x", "body": "Chào {name}"})
    assert wrong.status_code == 422
    assert "Không có chỗ điền" in _text(wrong)
    assert client.post(page, {"subject": "x", "body": ""}).status_code == 422
    assert client.post(page, {"subject": "Xong", "body": "{code}", "is_active": "on"}).status_code == 302
    new = queries.templates(today())
    new = next(t for t in new if (t.kind, t.channel, t.language) == ("ready", "email", "vi"))
    assert (new.subject, new.body, new.is_active) == ("Xong", "{code}", True)
    one.refresh_from_db()
    assert one.subject == "Đã có kết quả hồ sơ {code}"


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


def test_an_agency_s_own_administrator_reads_the_common_texts_and_is_offered_no_form(client, commune):
    person = make_user_with("agency_administrator", commune, username="quan.tri.xa")
    client.force_login(person)
    one = Template.objects.get(kind="ready", channel="email", language="vi")
    page = reverse("notifications:template", args=[one.pk])
    shown = _text(client.get(page))
    assert "H40.12-261123-0007" in shown
    assert "Lưu mẫu" not in shown
    assert client.post(page, {"subject": "x", "body": "{code}"}).status_code == 404
