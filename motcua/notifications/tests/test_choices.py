"""What people chose: nothing optional without a yes, a no that holds at once, and a record of both."""

import pytest
from django.core import mail
from django.urls import reverse

from motcua.accounts.models import Consent
from motcua.core.errors import RuleViolation
from motcua.notifications import actions, queries
from motcua.notifications.models import Contact, Message
from motcua.notifications.tests.conftest import AT, MAIL, PHONE, make_provider


def _agree(medium="phone", address=PHONE, **agreed):
    contact = queries.contact_of(medium, address)
    return actions.choose(contact, agreed=agreed, source="counter", actor=None, at=AT)


def test_a_survey_goes_only_to_who_agreed_and_says_how_to_end_it(queue, partners):
    (refused,) = queue("survey")
    assert (refused.state, refused.last_error) == ("skipped", "người nhận chưa đồng ý")
    contact = _agree(survey=True)
    (message,) = queue("survey")
    assert message.state == "queued"
    assert f"/thong-bao/lua-chon/{contact.token}/" in message.body
    make_provider("mot")
    assert actions.deliver_due(at=AT).sent == 1


def test_zalo_needs_a_yes_of_its_own_even_for_what_the_law_requires(queue):
    assert queue(zalo=PHONE)[0].state == "skipped"
    _agree(survey=True)
    assert queue(zalo=PHONE)[0].state == "skipped"
    _agree(zalo=True)
    sms, zalo = queue(phone=PHONE, zalo=PHONE)
    assert (sms.channel, sms.state, zalo.channel, zalo.state) == ("sms", "queued", "zalo", "queued")
    assert zalo.body.startswith("Hồ sơ mã H40.12")


def test_inside_the_house_news_need_no_consent(queue, clerk):
    (message,) = queue("news", user=clerk, context={"headline": "Họp"})
    assert message.state == "sent"


def test_a_withdrawal_holds_at_once_for_what_still_waits(queue):
    _agree(survey=True, zalo=True)
    (survey,), (zalo,), (law,) = queue("survey"), queue(zalo=PHONE), queue()
    _agree(survey=False, zalo=False)
    for message in (survey, zalo, law):
        message.refresh_from_db()
    assert [m.state for m in (survey, zalo, law)] == ["skipped", "skipped", "queued"]


def test_every_yes_and_no_is_kept_once_with_the_wording(db, clerk):
    contact = queries.contact_of("email", MAIL)
    actions.choose(contact, agreed={"survey": True, "news": False}, source="account", actor=clerk, at=AT)
    actions.choose(contact, agreed={"survey": True}, actor=None, at=AT)
    actions.choose(contact, agreed={"survey": False}, language="en", actor=None, at=AT)
    kept = list(
        Consent.objects.order_by("id").values_list("purpose", "given", "source", "actor_id", "text_version")
    )
    assert kept == [
        ("survey", True, "account", clerk.pk, "2026-11"),
        ("survey", False, "link", None, "2026-11"),
    ]
    row = Contact.objects.get()
    assert (row.masked, row.language, str(row)) == ("a•••@example.test", "en", "a•••@example.test")
    assert MAIL not in str(row.__dict__)
    assert not queries.agreed("email", MAIL, "survey")
    assert not queries.agreed("phone", PHONE, "survey")


@pytest.mark.parametrize("given", [{"agreed": {"spam": True}}, {"agreed": {}, "language": "fr"}])
def test_nothing_unheard_of_is_chosen(db, given):
    with pytest.raises(RuleViolation, match="danh sách"):
        actions.choose(queries.contact_of("phone", PHONE), actor=None, at=AT, **given)


def test_the_language_chosen_is_that_of_the_messages(queue):
    actions.choose(queries.contact_of("phone", PHONE), agreed={}, language="en", actor=None, at=AT)
    sms, email = sorted(queue(phone=PHONE, email=MAIL), key=lambda m: m.channel, reverse=True)
    assert (sms.language, email.language) == ("en", "vi")
    assert sms.body.startswith("Application H40.12-261123-0007 received")
    assert queue(phone=PHONE, language="vi")[0].language == "vi"


def test_a_language_without_a_text_falls_back_to_vietnamese(queue, admin):
    text = next(t for t in queries.templates(AT.date(), "en") if (t.kind, t.channel) == ("ready", "sms"))
    actions.change_template(text.pk, subject="", body="x", is_active=False, actor=admin, at=AT)
    assert queue("ready", phone=PHONE, language="en")[0].language == "vi"


def test_queueing_costs_two_statements_whatever_was_chosen(queue, django_assert_num_queries):
    _agree(zalo=True)
    queue()
    with django_assert_num_queries(2):
        queue(phone=PHONE, email=MAIL)


# Pages ------------------------------------------------------------------------------------------------------------------


def _page(link):
    return link[link.index("/thong-bao") :]


def test_opening_the_page_changes_nothing_and_saving_does(client, db):
    page = _page(queries.choices_link("email", MAIL))
    shown = client.get(page).content.decode()
    assert "a•••@example.test" in shown
    assert MAIL not in shown
    assert "Zalo" not in shown
    assert not Contact.objects.exists()
    assert client.post(page, {"language": "en", "news": "on"}).status_code == 302
    row = Contact.objects.get()
    assert (row.news, row.survey, row.zalo, row.language) == (True, False, False, "en")
    assert "Đã lưu" in client.get(page).content.decode()
    short = _page(queries.choices_link("email", MAIL, row))
    assert len(short) < len(page)
    assert "checked" in client.get(short).content.decode()
    assert client.post(short, {"language": "xx"}).status_code == 422


def test_a_phone_may_choose_zalo(client, db):
    page = _page(queries.choices_link("phone", PHONE))
    assert client.post(page, {"language": "vi", "zalo": "on"}).status_code == 302
    assert queries.agreed("phone", PHONE, "zalo")


@pytest.mark.parametrize("token", ["khong-co", "x" * 60, "eyJrIjoieCJ9:abcdefghijklmnopqrstuvwxyz"])
def test_a_token_that_we_did_not_give_opens_nothing(client, db, token):
    assert client.get(reverse("notifications:choices", args=[token])).status_code == 404


def test_the_mail_programme_s_button_ends_it_with_one_click(client, queue, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    _agree("email", MAIL, survey=True, news=True)
    queue("survey", email=MAIL)
    actions.deliver_due(at=AT)
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = _page(headers["List-Unsubscribe"].strip("<>"))
    assert client.get(link).status_code == 405
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204
    row = Contact.objects.get()
    assert (row.survey, row.news) == (False, True)
    assert Consent.objects.latest("id").source == "one_click"
    assert client.post(link.replace("survey", "received")).status_code == 404
    assert Message.objects.count() == 1
