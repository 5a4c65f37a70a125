"""Feedback on the citizen's site: without account and JavaScript, from the first question to the second answer."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers.testing import moment
from motcua.feedback import actions, queries
from motcua.feedback.models import Feedback, Sender
from motcua.feedback.testing import CONTENT, Hall, answered, data, make_hall, published
from motcua.notifications.models import Message

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def hall() -> Hall:
    cache.clear()
    return make_hall()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(moment(days=3), tick=False):
        yield


def go(client: Client, name: str, /, *args, **values):
    url = reverse(f"portal:feedback_{name}", args=args)
    return client.post(url, values) if values else client.get(url)


def typed(client: Client, hall: Hall, **sender):
    """Everything up to the last page."""
    go(client, "topic")
    go(client, "topic", topic="hanh-vi")
    go(client, "content", content=CONTENT, officer_words="quầy 2")
    go(client, "place", agency=hall.commune.pk, address="Trụ sở xã")
    person = {"name": "Nguyễn Thị Lan", "phone": "0912345670", **sender}
    return go(client, "sender", **person)


def test_a_citizen_sends_feedback_confirms_the_address_and_follows_it(hall: Hall, client: Client) -> None:
    assert go(client, "start").status_code == 200
    assert typed(client, hall, wants_messages="on").url == reverse("portal:feedback_check")
    page = go(client, "check").content.decode()
    assert "Nguyễn Thị Lan" in page
    assert hall.commune.name in page
    upload = SimpleUploadedFile("chung-cu.pdf", PDF, "application/pdf")
    answer = client.post(reverse("portal:feedback_check"), {"files": upload}, follow=True)
    found = Feedback.objects.get()
    assert found.code in answer.content.decode()
    assert found.attachments.count() == 1
    assert "feedback_draft" not in client.session
    wrong = go(client, "sent", number="12")
    assert wrong.status_code == 422
    body = Message.objects.get(reference=f"feedback/{found.pk}").body
    number = next(
        word for word in body.replace(",", " ").replace(".", " ").split() if word.isdigit() and len(word) == 6
    )
    assert go(client, "sent", number=number).status_code == 200
    assert Sender.objects.get().confirmed_at
    secret = client.session["feedback_sent"]["secret"]
    stranger = Client()
    assert go(stranger, "mine").status_code == 302
    assert go(stranger, "track", code=found.code, secret="AAAAA-AAAAA").status_code == 422
    assert go(stranger, "track", code=found.code.lower(), secret=secret).status_code == 302
    assert "Đã nhận phản ánh" in go(stranger, "mine").content.decode()


def test_sending_needs_the_steps_before_it(hall: Hall, client: Client) -> None:
    for name in ("content", "place", "similar", "sender", "check", "sent"):
        assert go(client, name).url == reverse("portal:feedback_start")


@pytest.mark.parametrize("key", ["complaint", "denunciation"])
def test_a_complaint_or_denunciation_is_shown_its_own_path(hall: Hall, client: Client, key: str) -> None:
    go(client, "topic")
    answer = go(client, "topic", topic=key)
    assert answer.url == reverse("portal:feedback_other_path", args=[key])
    assert "Luật" in client.get(answer.url).content.decode()
    assert go(client, "other_path", "khac").status_code == 404


def test_words_of_a_denunciation_lead_past_its_path_once(hall: Hall, client: Client) -> None:
    go(client, "topic")
    go(client, "topic", topic="hanh-vi")
    words = "Tôi tố cáo cán bộ nhận hối lộ khi làm giấy tờ."
    assert "theo-luat-khac" in go(client, "content", content=words).url
    assert go(client, "content", content=words).url == reverse("portal:feedback_place")


def test_a_machine_that_fills_the_hidden_field_sends_nothing(hall: Hall, client: Client) -> None:
    go(client, "topic")
    go(client, "topic", topic="hanh-vi")
    assert go(client, "content", content=CONTENT, website="http://x").status_code == 422


def test_a_dossiers_page_and_a_kiosk_pass_on_what_they_know(hall: Hall, client: Client) -> None:
    page = client.get(reverse("portal:feedback_start"), {"ho-so": "H40.12-261102-0001"}).content.decode()
    assert "ho-so=H40.12-261102-0001" in page
    client.get(reverse("portal:feedback_topic"), {"ho-so": "H40.12-261102-0001"})
    assert client.session["feedback_draft"]["dossier_code"] == "H40.12-261102-0001"
    client.get(reverse("portal:feedback_topic"), {"kenh": "kiosk"})
    assert client.session["feedback_draft"]["channel"] == "kiosk"


def test_what_is_alike_is_shown_before_sending(hall: Hall, client: Client) -> None:
    one = published(hall)
    typed(client, hall)
    assert one.published_title in go(client, "similar").content.decode()
    typed(client, hall)
    one.__class__.objects.filter(pk=one.pk).update(published_content="x", published_title="y")
    assert go(client, "similar").url == reverse("portal:feedback_sender")


def test_too_many_sendings_are_put_off(hall: Hall, client: Client) -> None:
    typed(client, hall)
    kept = dict(client.session["feedback_draft"])
    for _ in range(20):
        session = client.session
        session["feedback_draft"] = kept  # the same key: one feedback
        session.save()
        go(client, "check", sent="1")
    session = client.session
    session["feedback_draft"] = kept
    session.save()
    assert go(client, "check", sent="1").status_code == 429
    assert Feedback.objects.count() == 1


def test_the_sender_answers_a_question_rates_and_has_it_handled_again(hall: Hall, client: Client) -> None:
    receipt = actions.send(data(hall), actor=None, at=moment())
    found = receipt.feedback
    actions.ask(found.pk, question="Ngày nào?", actor=hall.keeper, at=moment(hours=1))
    go(client, "track", code=found.code, secret=receipt.secret)
    assert "Ngày nào?" in go(client, "mine").content.decode()
    assert go(client, "mine", what="clarify", text="Ngày 30-10").status_code == 302
    found.refresh_from_db()
    assert found.state == "new"
    told = answered(hall)
    link = reverse("portal:feedback_rate", args=[queries.rate_token(told)])
    page = client.get(link, follow=True).content.decode()
    assert "31/UBND-VP" in page
    assert go(client, "mine", what="rate", satisfaction="x").status_code == 422
    go(client, "mine", what="rate", satisfaction="unsatisfied", comment="chưa đủ")
    assert "một lần" in go(client, "mine").content.decode()
    go(client, "mine", what="reopen", reason="Chưa nêu người chịu trách nhiệm")
    told.refresh_from_db()
    assert told.state == "reopened"
    assert client.get(reverse("portal:feedback_rate", args=["sai"])).status_code == 404


def test_guessing_at_secrets_is_slowed_down(hall: Hall, client: Client) -> None:
    for _ in range(20):
        go(client, "track", code="PAKN-H40.12-261102-0001", secret="AAAAA")
    assert go(client, "track", code="PAKN-H40.12-261102-0001", secret="AAAAA").status_code == 429


def test_published_answers_are_for_everybody_and_name_nobody(hall: Hall, client: Client) -> None:
    one, hidden = published(hall), answered(hall)
    bodies = [
        go(client, "list").content.decode(),
        go(client, "one", one.code).content.decode(),
        go(client, "rss").content.decode(),
    ]
    for body in bodies:
        assert one.published_title in body
        for word in ("Người Gửi", "0912345678", "Thụ Lý", hidden.code):
            assert word not in body
    assert go(client, "one", hidden.code).status_code == 404
    found = client.get(
        reverse("portal:feedback_list"),
        {"q": "giay to", "co-quan": hall.commune.pk, "noi-dung": "hanh-vi", "trang": "9"},
    )
    assert one.published_title in found.content.decode()
    none = client.get(reverse("portal:feedback_list"), {"q": "tau vu tru", "co-quan": "9" * 30})
    assert one.published_title not in none.content.decode()
