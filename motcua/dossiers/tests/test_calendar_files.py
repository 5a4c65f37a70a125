"""The due date in the citizen's calendar: with the letter and from the tracking page, one entry that moves."""

import pytest
from django.urls import reverse

from motcua.core.errors import NotFound
from motcua.core.moments import to_local
from motcua.dossiers import actions
from motcua.dossiers.actions.payment import note_payment
from motcua.dossiers.queries.news import calendar_of_token, calendar_token, real_context
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import SINCE, in_review, make_world, moment, ready, receive
from motcua.notifications.models import Message
from motcua.notifications.rules.ics import Appointment, calendar_file, from_json
from motcua.payments.models import Charge
from motcua.procedures.models import Fee

pytestmark = pytest.mark.django_db
APPLICANT = PartyData("citizen", "Nguyễn Văn An", "001099000001", phone="0900000001", email="a@example.test")


@pytest.fixture
def world():
    return make_world()


def _lines(raw):
    return dict(line.split(":", 1) for line in raw.decode().replace("\r\n ", "").split("\r\n") if ":" in line)


def _letters(dossier):
    """What was attached to letters about a dossier, oldest first."""
    rows = Message.objects.filter(reference=f"dossier/{dossier.pk}", channel="email").order_by("id")
    return [_lines(calendar_file(from_json(row.calendar))) for row in rows if row.calendar]


def _received(world):
    return receive(world, channel="post", applicant=APPLICANT)


def test_the_letter_of_reception_carries_the_due_date(world):
    dossier = _received(world)
    (entry,) = _letters(dossier)
    assert entry["SEQUENCE"] == "0"
    assert entry["DTSTART;TZID=Asia/Ho_Chi_Minh"] == f"{to_local(dossier.due_at):%Y%m%dT%H%M%S}"
    assert dossier.code in entry["SUMMARY"]
    assert _lines(calendar_of_token(calendar_token(dossier))) == entry


def test_a_long_line_is_cut_between_letters_and_is_whole_again_when_it_is_read():
    """RFC 5545, 3.1: no line of more than 75 octets, and no letter in two."""
    words = "Hẹn trả kết quả: đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch " * 4
    made = Appointment("a", 0, to_local(moment()).replace(tzinfo=None), moment(), words)
    lines = calendar_file(made).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() for line in lines if line)
    assert _lines(calendar_file(made))["SUMMARY"] == words.replace(",", "\\,")


def test_a_new_date_moves_the_same_entry(world):
    dossier = in_review(world, _received(world))
    actions.apologise(
        dossier.pk, extra_working_days=5, reason="Chờ xác minh", actor=world.boss, at=moment(days=3)
    )
    dossier.refresh_from_db()
    first, second = _letters(dossier)
    assert first["UID"] == second["UID"]
    assert int(second["SEQUENCE"]) > int(first["SEQUENCE"])
    assert second["DTSTART;TZID=Asia/Ho_Chi_Minh"] == f"{to_local(dossier.due_at):%Y%m%dT%H%M%S}"
    assert _lines(calendar_of_token(calendar_token(dossier)))["SEQUENCE"] == second["SEQUENCE"]


def test_what_is_refused_is_called_off(world):
    dossier = in_review(world, _received(world))
    actions.refuse(
        dossier.pk, reason="Không đủ điều kiện", legal_basis="Điều 15", actor=world.officer, at=moment(days=1)
    )
    assert _letters(dossier)[-1]["STATUS"] == "CANCELLED"


def test_another_result_of_waiting_carries_none(world):
    dossier = ready(world, _received(world))
    assert len(_letters(dossier)) == 1


def test_a_link_that_we_did_not_give_or_without_a_date_opens_nothing(world, client):
    dossier = _received(world)
    for token in ("1", f"{dossier.pk}:x", calendar_token(dossier)[:-1]):
        with pytest.raises(NotFound):
            calendar_of_token(token)
    page = reverse("portal:calendar", args=[calendar_token(dossier)])
    answer = client.get(page)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Nguyễn Văn An" not in answer.content.decode()
    dossier.due_at = None
    assert calendar_token(dossier) == ""


def test_a_preview_is_filled_only_from_what_the_person_may_see(world):
    dossier = _received(world)
    mine, theirs = Desk(world.clerk, moment()).authority, Desk(world.admin, moment()).authority
    assert real_context(mine, dossier.code.lower())["office"] == dossier.office.name
    assert real_context(theirs, dossier.code) is None
    assert real_context(mine, "KHONG-CO") is None


@pytest.mark.parametrize(("channel", "told"), [("post", 1), ("counter", 0)])
def test_money_that_came_is_told_to_who_is_not_at_the_counter(world, channel, told):
    fields = {
        "kind": "le_phi",
        "name": "Lệ phí",
        "amount_dong": 8000,
        "legal_basis": "NQ 10",
        "valid_from": SINCE,
    }
    Fee.objects.create(procedure=world.procedure, **fields)
    dossier = receive(world, channel=channel, applicant=APPLICANT)
    Charge.objects.update(state="paid", settled_at=moment(days=1))
    note_payment(dossier.pk, "paid", actor=None, at=moment(days=1))
    note_payment(dossier.pk, "paid", actor=None, at=moment(days=1))
    found = Message.objects.filter(kind="paid", channel="email")
    assert [m.body.startswith("Đã nhận 8.000 đ") for m in found] == [True] * told
