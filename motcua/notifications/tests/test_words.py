"""The words of messages as civil servants change them, and the outbox as they read it."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.urls import reverse

from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date, now, today
from motcua.notifications import actions, queries
from motcua.notifications.apps import ship_provider, ship_templates
from motcua.notifications.models import Message, Provider, Template
from motcua.notifications.tests.conftest import AT, MAIL, PHONE


def _text(kind="ready", channel="sms", language="vi"):
    return Template.objects.filter(kind=kind, channel=channel, language=language).latest("valid_from")


def _change(template, admin, body, at=AT, **more):
    given = {"subject": "", "is_active": True, **more}
    return actions.change_template(template.pk, body=body, actor=admin, at=at, **given)


def test_new_words_begin_on_their_day_and_the_old_ones_stay_on_record(queue, admin):
    later = legal_date(AT) + timedelta(days=7)
    _change(_text(), admin, "Moi: {code}", valid_from=later)
    assert queue("ready")[0].body.startswith("Ho so")
    assert queue("ready", at=AT + timedelta(days=7))[0].body.startswith("Moi:")
    assert [t.valid_from for t in queries.versions_of(_text())] == [later, date(2000, 1, 1)]
    shown = [t for t in queries.templates(legal_date(AT), "vi") if (t.kind, t.channel) == ("ready", "sms")]
    assert [t.valid_from for t in shown] == [date(2000, 1, 1), later]
    assert len(queries.templates()) > len(queries.templates(legal_date(AT), "vi"))


def test_words_of_one_day_are_written_over(admin):
    first = _change(_text(), admin, "a {code}")
    assert _change(first, admin, "b {code}").pk == first.pk
    assert str(_text("ready", "sms", "en")) == "Đã có kết quả (Tin nhắn SMS, English)"


@pytest.mark.parametrize(
    ("kind", "channel", "body", "more", "said"),
    [
        ("ready", "sms", "Chào {name}", {}, "name"),
        ("ready", "sms", "Số tiền {amount}", {}, "amount"),
        ("survey", "sms", "Mời {link}", {}, "stop"),
        ("ready", "sms", "a" * 460, {}, "460 ký tự"),
        ("ready", "email", "x", {"subject": "{name}"}, "name"),
        ("ready", "sms", "x", {"valid_from": date(2026, 11, 22)}, "từ hôm nay"),
    ],
)
def test_words_that_cannot_be_are_refused_with_what_to_do(admin, kind, channel, body, more, said):
    with pytest.raises(RuleViolation, match=said):
        _change(_text(kind, channel), admin, body, **more)


def test_inside_the_house_an_optional_text_needs_no_way_out(admin):
    assert _change(_text("news", "app"), admin, "{headline}", subject="x").pk


def test_changed_words_and_providers_survive_a_migration(admin):
    _change(_text(), admin, "của chúng tôi")
    Provider.objects.update(name="Của chúng tôi")
    Template.objects.filter(kind="paid", channel="sms", language="en").delete()
    ship_templates(None)
    ship_provider(None)
    assert _text().body == "của chúng tôi"
    assert _text("paid", "sms", "en").valid_from == date(2000, 1, 1)
    assert Provider.objects.get().name == "Của chúng tôi"


def test_a_channel_without_words_sends_nothing(queue):
    Template.objects.filter(kind="ready", channel="sms").delete()
    assert [m.channel for m in queue("ready", phone=PHONE, email=MAIL)] == ["email"]
    assert queue("unheard-of", phone=PHONE) == []


# Pages ------------------------------------------------------------------------------------------------------------------


def _body(answer):
    return answer.content.decode()


def test_words_are_looked_at_filled_before_they_are_saved(client, admin):
    client.force_login(admin)
    page = reverse("notifications:template", args=[_text().pk])
    shown = _body(client.post(page, {"body": "Kết quả {code}", "is_active": "on", "preview": "1"}))
    assert "Kết quả H40.12-261123-0007" in shown
    assert "26 ký tự UCS-2" in shown
    assert "26 ký tự GSM-7, 1 phần SMS" in shown
    assert Template.objects.filter(kind="ready", channel="sms", language="vi").count() == 1
    wrong = client.post(page, {"body": "Chào {name}", "preview": "1"})
    assert wrong.status_code == 422
    assert "Không có chỗ điền" in _body(wrong)


def test_words_are_looked_at_with_a_real_record_that_the_person_may_see(client, admin, monkeypatch):
    monkeypatch.setattr(import_module("motcua.notifications.queries.templates"), "_real", [])
    queries.register_real_contexts(
        lambda authority, code: {"office": "Quầy số 9"} if code == "HS-1" else None
    )
    client.force_login(admin)
    page = reverse("notifications:template", args=[_text("withdrawn", "email").pk])
    given = {"subject": "x", "body": "Tại {office}", "preview": "1"}
    assert "Tại Quầy số 9" in _body(client.post(page, {**given, "ma": "HS-1"}))
    answer = client.post(page, {**given, "ma": "HS-2"})
    assert answer.status_code == 422
    assert "Không tìm thấy hồ sơ" in _body(answer)
    assert "Tại {office}" in _body(answer)


def test_words_are_listed_by_language_and_shown_with_their_versions(client, admin):
    client.force_login(admin)
    _change(_text(), admin, "Mới {code}", at=now(), valid_from=today() + timedelta(days=3))
    _change(_text("ready", "email"), admin, "Tắt {code}", at=now(), is_active=False)
    listed = _body(client.get(reverse("notifications:templates")))
    assert f"từ {today() + timedelta(days=3):%d/%m/%Y}" in listed
    assert ">tắt" in listed
    english = _body(client.get(reverse("notifications:templates") + "?ngon-ngu=en"))
    assert "is ready" in english
    assert "Các bản" in _body(client.get(reverse("notifications:template", args=[_text().pk])))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("xem=failed", 1),
        ("kenh=sms", 2),
        ("kenh=fax", 3),
        ("loai=ready", 1),
        ("loai=zzz", 3),
        ("ho-so=H40.12-261123-0007", 2),
        ("ho-so=KHAC", 1),
        ("ngay=23/11/2026", 2),
        ("ngay=22/11/2026", 0),
        ("ngay=xx", 3),
        ("xem=queued&kenh=sms&ngay=23/11/2026", 1),
    ],
)
def test_the_outbox_is_filtered(client, admin, queue, query, found):
    queue(phone=PHONE, email=MAIL)
    queue("ready", phone=PHONE, context={"code": "KHAC"}, at=AT + timedelta(days=1))
    Message.objects.filter(channel="email").update(state="failed", last_error="HTTP 503")
    client.force_login(admin)
    shown = _body(client.get(f"{reverse('notifications:outbox')}?{query}"))
    assert shown.count('class="row-title"') == found
    assert MAIL not in shown
    assert ("Gửi lại tất cả" in shown) == (query == "xem=failed")


def test_dead_letters_go_back_with_one_button(client, admin, clerk, queue):
    queue()
    client.force_login(admin)
    page = reverse("notifications:send_all_again")
    assert client.post(page).status_code == 422
    Message.objects.update(state="failed")
    assert client.post(page).status_code == 302
    assert Message.objects.get().state == "queued"
    client.force_login(clerk)
    assert client.post(page).status_code == 404


def test_a_history_tells_what_comes_next(client, admin, queue, partners):
    (message,) = queue()
    Message.objects.update(tries=2, next_try_at=AT + timedelta(minutes=5))
    message.refresh_from_db()
    assert queries.history_of(message)[-1]["title"].startswith("Thử lại lúc 09:05:00")
