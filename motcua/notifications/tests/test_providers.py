"""Who carries messages: added, changed and tried by the administrator; secrets that nobody reads back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from motcua.agencies.testing import make_agency
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import now, today
from motcua.notifications import actions, adapters, keys, queries
from motcua.notifications.models import Message, Provider, ProviderDay
from motcua.notifications.tests.conftest import AT, make_provider, put_setting

FIELDS = {
    "name": "Nhà mạng Mẫu",
    "channel": "sms",
    "adapter": "http",
    "address": "https://sms.example.test/gui",
    "account": "xa-an-phu",
    "secret_env": "",
    "sender": "XA AN PHU",
    "priority": 10,
    "daily_cap": None,
    "quiet_from": None,
    "quiet_to": None,
    "timeout_seconds": 10,
    "valid_from": date(2026, 11, 1),
    "valid_to": None,
    "source": "Hợp đồng 12/HĐ",
}


def _create(actor, code="sms-1", secret="bí mật 1", **changes):
    return actions.create_provider(code=code, secret=secret, actor=actor, at=AT, **(FIELDS | changes))


def test_the_mail_server_of_the_settings_is_there_from_the_start(db, settings):
    assert [p.code for p in Provider.objects.all()] == ["may-chu-thu"]
    assert queries.providers_at(today()) == []
    settings.EMAIL_HOST = "127.0.0.1"
    assert [p.code for p in queries.providers_at(today())] == ["may-chu-thu"]


def test_a_secret_is_sealed_and_kept_out_of_the_log(admin):
    provider = _create(admin)
    assert keys.secret_of(provider) == "bí mật 1"
    assert "bí mật" not in provider.secret_sealed
    changed = actions.change_provider(provider.pk, actor=admin, at=AT, **(FIELDS | {"priority": 5}))
    assert keys.secret_of(changed) == "bí mật 1"
    changed = actions.change_provider(provider.pk, secret="mới", actor=admin, at=AT, **FIELDS)
    assert keys.secret_of(changed) == "mới"
    events = Event.objects.filter(chain=f"provider/{provider.pk}").order_by("seq")
    assert [e.kind for e in events] == ["provider.created", "provider.changed", "provider.changed"]
    assert [e.data.get("new_secret") for e in events] == [None, False, True]
    assert not any("mới" in str(e.data) or "bí mật" in str(e.data) for e in events)


def test_a_secret_sealed_with_another_key_opens_nothing(admin, settings):
    provider = _create(admin)
    settings.SECRET_KEY = "another-key-of-another-installation"
    assert keys.secret_of(provider) == ""


def test_the_environment_may_hold_the_secret_but_gives_no_other_variable_away(admin, monkeypatch):
    monkeypatch.setenv("MOTCUA_NOTIFY_SMS", "từ môi trường")
    assert keys.secret_of(_create(admin, secret_env="MOTCUA_NOTIFY_SMS")) == "từ môi trường"
    with pytest.raises(RuleViolation, match="MOTCUA_NOTIFY_"):
        _create(admin, "sms-2", secret_env="DATABASE_URL")
    assert keys.secret_of(make_provider("x", secret_env="PATH")) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"address": "http://sms.example.test"}, "https"),
        ({"address": "https://127.0.0.1/gui"}, "mạng nội bộ"),
        ({"address": "https://169.254.169.254/latest"}, "mạng nội bộ"),
        ({"address": "https://[::1]/"}, "mạng nội bộ"),
        ({"address": "https://a:b@sms.example.test"}, "mật khẩu"),
        ({"address": "file:///etc/passwd"}, "đầy đủ"),
        ({"address": "https://x:99999/"}, "không đọc được"),
        ({"address": ""}, "đầy đủ"),
        ({"adapter": "smtp", "channel": "email", "address": "https://mail.example.test"}, "smtps"),
        ({"adapter": "smtp", "channel": "email", "address": "smtps://10.0.0.1"}, "mạng nội bộ"),
        ({"adapter": "mail", "channel": "email"}, "để trống"),
        ({"adapter": "mail", "channel": "sms", "address": ""}, "kênh"),
        ({"adapter": "unheard-of"}, "kênh"),
        ({"valid_to": date(2026, 10, 1)}, "sau ngày"),
        ({"quiet_from": AT.time()}, "cả hai"),
        ({"sender": "A\nBcc: x"}, "một dòng"),
    ],
)
def test_a_provider_that_cannot_be_is_refused(admin, changes, said):
    with pytest.raises(RuleViolation, match=said):
        _create(admin, **changes)


def test_private_partners_need_a_setting(admin):
    put_setting("notify_private_hosts", True)
    assert _create(admin, address="http://127.0.0.1:8100/").pk
    assert _create(admin, "thu", adapter="smtp", channel="email", address="smtp://127.0.0.1:25").pk


def test_a_code_is_taken_once(admin):
    _create(admin)
    with pytest.raises(RuleViolation, match="đã có"):
        _create(admin)


def test_only_who_administers_everything_may(clerk, commune, admin):
    provider = _create(admin)
    make_agency("UBND tỉnh bên", level="province")  # now one commune is not everything
    for actor in (clerk, admin):
        with pytest.raises(NotFound):
            _create(actor, "sms-9")
        with pytest.raises(NotFound):
            actions.change_provider(provider.pk, actor=actor, at=AT, **FIELDS)
        with pytest.raises(NotFound):
            actions.send_test("sms", "0900000001", actor=actor, at=AT)


def test_a_provider_that_is_not_there_cannot_be_changed(admin):
    with pytest.raises(NotFound):
        actions.change_provider(404, actor=admin, at=AT, **FIELDS)


def test_a_test_goes_to_an_address_that_can_be_one(admin, partners):
    with pytest.raises(RuleViolation, match="Chưa có nhà cung cấp"):
        actions.send_test("sms", "0900000001", actor=admin, at=AT)
    make_provider("mot")
    make_provider("thu", channel="email")
    with pytest.raises(RuleViolation, match="điện thoại"):
        actions.send_test("sms", "123", actor=admin, at=AT)
    with pytest.raises(RuleViolation, match="thư điện tử"):
        actions.send_test("email", "123", actor=admin, at=AT)
    message = actions.send_test("sms", "0900000001", language="en", actor=admin, at=AT)
    assert (message.to, message.body[:12]) == ("+84900000001", "Test message")
    assert Event.objects.get(kind="message.tested").data == {"channel": "sms"}
    letter = actions.send_test("email", "quan.tri@example.vn", actor=admin, at=AT)
    assert (letter.channel, letter.to, letter.state) == ("email", "quan.tri@example.vn", "queued")


@pytest.mark.parametrize(
    ("fields", "tone", "said"),
    [
        ({"valid_to": date(2026, 1, 2)}, "", "đã ngừng"),
        ({"valid_from": date(2027, 1, 1)}, "", "dùng từ 01/01/2027"),
        ({"adapter": "mail", "channel": "email"}, "warn", "chưa cấu hình"),
        ({"secret_sealed": ""}, "bad", "chưa có khóa"),
        ({"rest_until": AT + timedelta(seconds=30)}, "bad", "đang lỗi"),
        ({"daily_cap": 3}, "warn", "hết hạn mức"),
        ({"quiet_from": "08:00", "quiet_to": "10:00"}, "wait", "giờ yên tĩnh tới 10:00"),
        ({}, "good", "đang dùng"),
    ],
)
def test_the_list_says_whether_each_works_now(db, fields, tone, said):
    made = make_provider("mot", **({"adapter": "http"} | fields))
    ProviderDay.objects.create(provider=made, day=AT.date(), used=3)
    row = next(row for row in queries.provider_rows(AT) if row.provider.pk == made.pk)
    made.refresh_from_db()
    assert (row.tone, row.used) == (tone, 3)
    assert said in row.state
    assert row.way
    assert str(made) == made.name


# Pages ------------------------------------------------------------------------------------------------------------------


def _typed(**changes):
    typed = {k: "" if v is None else v for k, v in FIELDS.items()}
    return {**typed, "valid_from": "01/11/2026", "code": "sms-1", "secret": "khóa", **changes}


def test_a_provider_is_added_changed_and_ended_on_its_pages(client, admin):
    client.force_login(admin)
    new = reverse("notifications:provider_new")
    assert client.get(new).status_code == 200
    wrong = client.post(new, _typed(address="http://10.0.0.1"))
    assert wrong.status_code == 422
    assert "https" in wrong.content.decode()
    assert "khóa" not in wrong.content.decode().split('name="secret"')[1].split(">")[0]
    assert client.post(new, _typed()).status_code == 302
    provider = Provider.objects.get(code="sms-1")
    page = reverse("notifications:provider", args=[provider.pk])
    shown = client.get(page).content.decode()
    assert "/thong-bao/bao-nhan/sms-1/" in shown
    assert client.post(page, _typed(secret="", valid_to="30/11/2026", quiet_from="21:00", quiet_to="07:00")).status_code == 302  # fmt: skip
    provider.refresh_from_db()
    assert (provider.valid_to, provider.quiet_from.hour) == (date(2026, 11, 30), 21)
    assert keys.secret_of(provider) == "khóa"
    listed = client.get(reverse("notifications:providers")).content.decode()
    assert "Nhà mạng Mẫu" in listed
    assert adapters.known()["http"].title in listed
    assert client.get(reverse("notifications:provider", args=[404])).status_code == 404


def test_a_test_is_sent_from_its_page_and_its_history_read(client, admin, partners):
    make_provider("mot", sender="XA AN PHU")
    client.force_login(admin)
    page = reverse("notifications:test")
    assert client.get(page).status_code == 200
    assert client.post(page, {"channel": "sms", "to": "12", "language": "vi"}).status_code == 422
    assert client.post(page, {"channel": "sms", "to": "0900 000 001", "language": "vi"}).status_code == 302
    actions.deliver_due(at=now())
    message = Message.objects.get()
    shown = client.get(reverse("notifications:message", args=[message.pk])).content.decode()
    assert "đối tác đã nhận" in shown
    assert "09••••••01" in shown
    assert "900000001" not in shown
    assert client.get(reverse("notifications:message", args=[404])).status_code == 404
