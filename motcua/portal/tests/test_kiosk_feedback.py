"""Feedback at the office's kiosk: in the kiosk's frame, and nothing left for the next person."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.agencies.models import OneStopOffice
from motcua.dossiers.testing import moment
from motcua.feedback.models import Feedback
from motcua.feedback.testing import CONTENT, Hall, make_hall, published

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Thị Thử"


@pytest.fixture
def hall() -> Hall:
    cache.clear()
    return make_hall()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(moment(days=3), tick=False):
        yield


@pytest.fixture
def office(hall: Hall) -> OneStopOffice:
    return OneStopOffice.objects.get_or_create(
        agency=hall.commune, defaults={"name": "Bộ phận Một cửa", "valid_from": moment().date()}
    )[0]


@pytest.fixture
def start(office: OneStopOffice) -> str:
    return reverse("portal:kiosk", args=[office.pk])


def go(client: Client, name: str, /, **values):
    url = reverse(f"portal:feedback_{name}")
    return client.post(url, values) if values else client.get(url)


def walk_up(client: Client, start: str) -> None:
    """Press the link of the kiosk's start page and choose a topic."""
    page = client.get(start).content.decode()
    link = page.split('href="/phan-anh/')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(f"/phan-anh/{link}").status_code == 200
    go(client, "topic", topic="hanh-vi")


def test_the_kiosk_leads_to_feedback_in_its_own_frame_and_sends_it_as_of_the_kiosk(
    hall: Hall, office: OneStopOffice, start: str, client: Client
) -> None:
    published(hall)
    walk_up(client, start)
    seen = [go(client, "content")]
    go(client, "content", content=CONTENT, officer_words="quầy 2")
    seen.append(go(client, "place"))
    assert f'value="{office.agency_id}" selected' in seen[-1].content.decode()
    go(client, "place", agency=office.agency_id)
    seen.append(go(client, "similar"))
    assert "/phan-anh/cong-khai/" not in seen[-1].content.decode()
    seen.append(go(client, "sender"))
    go(client, "sender", name=NAME, phone="0912345670")
    seen.append(go(client, "check"))
    assert 'type="file"' not in seen[-1].content.decode()
    seen.append(client.post(reverse("portal:feedback_check"), follow=True))
    for page in seen:
        body = page.content.decode()
        assert page["Cache-Control"] == "no-store, private"
        assert f'data-home="{start}"' in body
        assert f'<meta http-equiv="refresh" content="600; url={start}">' in body
        assert 'class="public kiosk"' in body
        assert 'href="/"' not in body
    assert 'autocomplete="name"' not in seen[3].content.decode()
    found = Feedback.objects.latest("pk")
    assert (found.channel, found.agency_id) == ("kiosk", office.agency_id)
    assert found.code in seen[-1].content.decode()


def test_the_start_forgets_what_was_typed_and_what_was_shown(hall: Hall, start: str, client: Client) -> None:
    walk_up(client, start)
    go(client, "content", content=CONTENT)
    client.get(start)
    assert "feedback_draft" not in client.session
    for name in ("topic", "content", "sender", "check", "sent"):
        assert go(client, name).url == start
    walk_up(client, start)
    go(client, "content", content=CONTENT)
    go(client, "place", agency=hall.commune.pk)
    go(client, "sender", name=NAME, phone="0912345670")
    go(client, "check", sent="1")
    assert go(client, "sent").status_code == 200
    client.get(start)
    assert go(client, "sent").url == start
    assert go(client, "mine").url == reverse("portal:feedback_track")


def test_anywhere_else_the_site_keeps_its_frame_and_its_draft(hall: Hall, start: str, client: Client) -> None:
    go(client, "topic")
    go(client, "topic", topic="hanh-vi")
    client.get(start)
    body = go(client, "content").content.decode()
    assert "kiosk" not in body
    assert 'href="/"' in body
    walk_up(client, start)
    assert "kiosk" not in go(client, "start").content.decode()
    assert go(client, "content").url == reverse("portal:feedback_start")
    for wrong in ("0", "²", "9" * 12, "x", "999999"):
        page = client.get(reverse("portal:feedback_topic"), {"kenh": "kiosk", "ki-ot": wrong})
        assert (page.status_code, "data-still-here" in page.content.decode()) == (200, False)


def test_the_thanks_lead_to_feedback_too_and_so_does_a_complaint_back(start: str, client: Client) -> None:
    thanks = client.get(f"{start}cam-on/").content.decode()
    assert "kenh=kiosk&amp;ki-ot=" in thanks
    walk_up(client, start)
    body = client.get(reverse("portal:feedback_other_path", args=["complaint"])).content.decode()
    assert f'class="btn btn-link" href="{start}"' in body
