"""Rating and answering surveys as citizens meet them: no account, no scripts, no hint of who voted."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.dossiers.queries import notice_token
from motcua.dossiers.testing import make_world, moment, receive
from motcua.surveys import actions
from motcua.surveys.models import Ballot, Invitee, Response
from motcua.surveys.queries import rate_token
from motcua.surveys.queries.surveys import invitation_token
from motcua.surveys.testing import CONTENT, finished, install, manager_of, planned

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'csrfmiddlewaretoken" value="[^"]*')


@pytest.fixture
def world():
    cache.clear()
    world = make_world()
    install()
    with time_machine.travel(moment(days=2), tick=False):
        yield world


@pytest.fixture
def dossier(world):
    return finished(world)


def test_the_page_asks_the_topics_and_a_vote_is_cast_without_an_account(client, dossier):
    page = client.get(reverse("portal:rate", args=[rate_token(dossier.pk)]))
    text = page.content.decode()
    for word in (
        "Nhìn chung",
        "Thời gian giải quyết",
        "Thái độ",
        "giấy tờ ngoài quy định",
        "không ghi tên",
        dossier.code,
    ):
        assert word in text
    assert "Người Dân Số 1" not in text
    answer = client.post(
        page.wsgi_request.path, {"overall": "2", "time": "1", "reason": ["time_late"], "words": "Chậm"}
    )
    assert (answer.status_code, answer["Location"]) == (302, reverse("portal:rated"))
    ballot = Ballot.objects.get(about="agency")
    assert (ballot.marks, ballot.reasons, ballot.words) == ({"overall": 2, "time": 1}, ["time_late"], "Chậm")


def test_the_page_speaks_english_to_who_reads_english(client, dossier):
    client.cookies["django_language"] = "en"
    assert "Time taken" in client.get(reverse("portal:rate", args=[rate_token(dossier.pk)])).content.decode()


def test_a_second_vote_is_answered_like_the_first_and_changes_nothing(dossier):
    path = reverse("portal:rate", args=[rate_token(dossier.pk)])
    answers = []
    for mark in "51":
        client = Client()
        before = client.get(path)
        after = client.post(path, {"overall": mark})
        thanks = TOKEN.sub(b"", client.get(after["Location"]).content)
        answers.append(
            (before.status_code, len(before.content), after.status_code, after["Location"], thanks)
        )
    assert answers[0][0] == answers[1][0] == 200
    assert answers[0][1:] == answers[1][1:]
    assert Ballot.objects.get(about="agency").marks == {"overall": 5}


def test_what_is_missing_is_said_and_what_was_typed_stays(client, dossier):
    page = client.post(
        reverse("portal:rate", args=[rate_token(dossier.pk)]),
        {"time": "3", "words": "Còn đây", "reason": ["time_late"]},
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "Chọn mức hài lòng chung." in text
    assert "Còn đây" in text
    assert 'name="time" value="3" checked' in text
    assert 'value="time_late" id="r-time_late" checked' in text


def test_forged_unfinished_and_old_dossiers_look_the_same(client, world, dossier):
    unfinished = receive(world, at=moment(days=1))
    forged = rate_token(dossier.pk)[:-1] + ("0" if rate_token(dossier.pk)[-1] != "0" else "1")
    pages = [
        client.get(reverse("portal:rate", args=[token])) for token in (rate_token(unfinished.pk), forged, "x")
    ]
    with time_machine.travel(moment(days=200), tick=False):
        pages.append(client.get(reverse("portal:rate", args=[rate_token(dossier.pk)])))
    assert {page.status_code for page in pages} == {404}
    assert len({page.content.split(b"<main")[1] for page in pages}) == 1


def test_guessing_tokens_is_stopped(client, dossier):
    for number in range(20):
        assert client.get(reverse("portal:rate", args=[f"r1-{number:016x}"])).status_code == 404
    assert client.get(reverse("portal:rate", args=[rate_token(dossier.pk)])).status_code == 429


def test_code_and_digits_lead_to_the_vote_and_wrong_ones_say_nothing(client, world, dossier):
    start = reverse("portal:rate_start")
    assert f'value="{dossier.code}"' in client.get(f"{start}?ma={dossier.code}").content.decode()
    found = client.post(start, {"code": dossier.code, "last4": "0001"})
    assert found["Location"] == reverse("portal:rate", args=[rate_token(dossier.pk)])
    unknown = client.post(start, {"code": "H40.12-261102-9999", "last4": "0001"})
    wrong = client.post(start, {"code": dossier.code, "last4": "9999"})
    assert unknown.status_code == wrong.status_code == 422
    assert "Không có hồ sơ nào khớp" in unknown.content.decode()
    assert "Không có hồ sơ nào khớp" in wrong.content.decode()
    waiting = receive(world, at=moment(days=1))
    assert "chưa có kết quả" in client.post(start, {"code": waiting.code, "last4": "5678"}).content.decode()
    assert client.post(start, {"code": "", "last4": ""}).status_code == 422
    for _ in range(20):
        client.post(start, {"code": dossier.code, "last4": "9998"})
    assert client.post(start, {"code": dossier.code, "last4": "0001"}).status_code == 429


def test_the_slip_leads_to_the_vote_once_the_result_is_there(client, world, dossier):
    waiting = receive(world, at=moment(days=1))
    for one, offered in ((dossier, True), (waiting, False)):
        token = notice_token(one.notices.get(kind="receipt_slip").pk)
        page = client.get(reverse("portal:verify_token", args=[token])).content.decode()
        assert (reverse("portal:rate", args=[token]) in page) is offered


def test_tracking_leads_to_the_vote_once_the_result_is_there(client, dossier):
    page = client.post(reverse("portal:track"), {"code": dossier.code, "last4": "0001"}).content.decode()
    assert reverse("portal:rate", args=[rate_token(dossier.pk)]) in page


# The kiosk ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kiosk(world):
    return reverse("portal:kiosk", args=[world.office.pk])


@pytest.mark.parametrize("what", ["address of the slip", "address of the vote", "token", "code and digits"])
def test_the_kiosk_takes_what_a_scanner_reads_and_what_is_typed(client, dossier, kiosk, what):
    slip = notice_token(dossier.notices.get(kind="receipt_slip").pk)
    code, last4, token = {
        "address of the slip": (f"https://motcua.example.vn/xac-minh/{slip}", "", slip),
        "address of the vote": (
            f"https://motcua.example.vn/danh-gia/{rate_token(dossier.pk)}/",
            "",
            rate_token(dossier.pk),
        ),
        "token": (slip, "", slip),
        "code and digits": (dossier.code.lower(), "0001", rate_token(dossier.pk)),
    }[what]
    found = client.post(kiosk, {"code": code, "last4": last4})
    assert found["Location"] == f"{kiosk}{token}/"


def test_a_high_face_is_a_vote_and_the_kiosk_goes_back_to_its_start(client, dossier, kiosk):
    faces = client.get(f"{kiosk}{rate_token(dossier.pk)}/")
    assert faces["Refresh"] == f"60; url={kiosk}"
    assert faces.content.decode().count('name="overall"') == 5
    done = client.post(f"{kiosk}{rate_token(dossier.pk)}/", {"overall": "4"})
    thanks = client.get(done["Location"])
    assert thanks["Refresh"] == f"8; url={kiosk}"
    assert Ballot.objects.get(about="agency").marks == {"overall": 4}


def test_a_low_face_is_asked_for_reasons_first(client, dossier, kiosk):
    path = f"{kiosk}{rate_token(dossier.pk)}/"
    reasons = client.post(path, {"overall": "1"})
    assert "Điều gì chưa tốt?" in reasons.content.decode()
    assert not Ballot.objects.exists()
    client.post(path, {"overall": "1", "done": "1", "reason": ["overall_unclear"]})
    assert Ballot.objects.get(about="agency").reasons == ["overall_unclear"]


def test_the_kiosk_says_what_it_cannot_read_and_leads_back(client, dossier, kiosk):
    for code, last4 in (("https://example.vn/x/", ""), (dossier.code, ""), ("r1-0123456789abcdef", "1")):
        assert "Chưa đọc được mã" in client.post(kiosk, {"code": code, "last4": last4}).content.decode()
    assert (
        "Không có hồ sơ nào khớp"
        in client.post(kiosk, {"code": dossier.code, "last4": "9999"}).content.decode()
    )
    assert client.post(kiosk, {"code": ""}).status_code == 422
    assert client.get(f"{kiosk}r1-0123456789abcdef/")["Location"] == kiosk
    assert (
        client.post(f"{kiosk}{rate_token(dossier.pk)}/", {"overall": "7"})["Location"]
        == f"{kiosk}{rate_token(dossier.pk)}/"
    )
    assert client.get(reverse("portal:kiosk", args=[10**6])).status_code == 404


# A survey ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def token(world):
    boss = manager_of(world)
    for number in (1, 2):
        finished(world, number)
    with time_machine.travel(moment(days=10), tick=False):
        survey = planned(world, boss)
        actions.sample_survey(survey.pk, "1", actor=boss, at=moment(days=10))
        actions.open_survey(survey.pk, moment(days=20).date(), actor=boss, at=moment(days=10))
        yield invitation_token(Invitee.objects.first().pk)


def test_a_survey_is_answered_section_by_section_without_scripts(client, token):
    path = reverse("portal:survey", args=[token])
    page = client.get(path).content.decode()
    assert "Phần 1 trên 4" in page
    assert "Chỗ ngồi" in page
    assert "Lịch sự" not in page
    page = client.post(path, {"at": "s1", "q1": "5"})
    assert page.status_code == 422
    assert "Chọn một câu trả lời." in page.content.decode()
    page = client.post(path, {"at": "s1", "q1": "5", "q2": "4"}).content.decode()
    assert '<input type="hidden" name="q1" value="5">' in page
    assert "Lịch sự" in page
    page = client.post(path, {"at": "s2", "q1": "5", "q2": "4", "q3": "3"}).content.decode()
    assert "Đã góp ý?" in page
    done = client.post(path, CONTENT | {"at": "s3", "q3": "3"})
    assert done["Location"] == reverse("portal:survey_answered")
    assert client.get(done["Location"]).status_code == 200
    assert Response.objects.get().answers == {"q1": "5", "q2": "4", "q3": "3", "sent": "2"}
    assert client.get(path).status_code == 404


def test_who_gave_an_opinion_is_asked_one_section_more(client, token):
    page = client.post(reverse("portal:survey", args=[token]), CONTENT | {"at": "s3", "sent": "1"})
    assert "Xử lý góp ý" in page.content.decode()
    assert not Response.objects.exists()


def test_invitations_cannot_be_guessed(client, token):
    for number in range(20):
        assert client.get(reverse("portal:survey", args=[f"{number}:x"])).status_code == 404
    assert client.get(reverse("portal:survey", args=[token])).status_code == 429
