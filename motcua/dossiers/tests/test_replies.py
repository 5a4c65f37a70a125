"""Texts kept by an agency, and the columns of the inbox."""

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import ReplyTemplate
from motcua.dossiers.queries import replies, workbench
from motcua.dossiers.rules.columns import DEFAULT, LABELS, in_order
from motcua.dossiers.testing import in_review, make_world, moment

pytestmark = pytest.mark.django_db
DAY = legal_date(moment())


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def monday():
    with time_machine.travel(moment(hours=2), tick=False):
        yield


def write(
    world, kind="refusal", title="Hết hiệu lực", body="Giấy tờ đã hết hiệu lực.", actor=None, agency=None
):
    given = {"kind": kind, "title": title, "body": body, "actor": actor or world.boss, "at": moment()}
    return actions.write_reply(agency or world.commune, **given)


def usable(person, kind="refusal"):
    return [reply.title for reply in replies.usable_replies(authority_of(person, DAY), kind)]


# Keeping texts ----------------------------------------------------------------------------------------------------


def test_who_leads_keeps_a_text_and_the_log_says_so(world):
    reply = write(world, title="  Hết   hiệu lực ", body=" Dòng một  \n Dòng hai ")
    assert (reply.title, reply.body, str(reply)) == ("Hết hiệu lực", "Dòng một\nDòng hai", "Hết hiệu lực")
    actions.change_reply(
        reply.pk, kind="message", title="Khác", body="Nội dung khác", actor=world.boss, at=moment()
    )
    assert ReplyTemplate.objects.get().kind == "message"
    actions.drop_reply(reply.pk, actor=world.boss, at=moment())
    assert not ReplyTemplate.objects.exists()
    events = Event.objects.filter(chain=f"agency/{world.commune.pk}", kind__startswith="reply.")
    assert list(events.order_by("seq").values_list("kind", flat=True)) == [
        "reply.written",
        "reply.changed",
        "reply.dropped",
    ]


def test_an_officer_or_another_agency_keeps_changes_and_drops_nothing(world):
    reply = write(world)
    other = make_agency("UBND xã Bình Yên", world.province, code="H40.13")
    stranger = make_user_with("leader", other)
    for person in (world.officer, stranger):
        with pytest.raises(NotFound):
            write(world, actor=person, title="x")
        with pytest.raises(NotFound):
            actions.change_reply(reply.pk, kind="refusal", title="x", body="x", actor=person, at=moment())
        with pytest.raises(NotFound):
            actions.drop_reply(reply.pk, actor=person, at=moment())
        with pytest.raises(NotFound):
            replies.access_reply(authority_of(person, DAY), reply.pk)
    with pytest.raises(NotFound):
        actions.drop_reply(404, actor=world.boss, at=moment())
    assert replies.access_reply(authority_of(world.boss, DAY), reply.pk) == reply


@pytest.mark.parametrize(
    ("title", "body", "words"),
    [(" ", "x", "Đặt tên"), ("x", " \n ", "nội dung"), ("Hết hiệu lực", "x", "đã có mẫu")],
)
def test_a_text_needs_a_name_of_its_own_and_words(world, title, body, words):
    write(world)
    with pytest.raises(RuleViolation, match=words), transaction.atomic():
        write(world, title=title, body=body)
    write(world, kind="supplement")  # the same name for another use is no clash


def test_texts_serve_the_agency_and_those_under_it_and_nobody_else(world):
    write(world)
    write(world, title="Của phòng", actor=_head_of(world), agency=world.division)
    under = make_user_with("officer", world.division)
    other = make_user_with("officer", make_agency("UBND xã Bình Yên", world.province, code="H40.13"))
    assert usable(world.officer) == ["Hết hiệu lực"]
    assert usable(under) == ["Của phòng", "Hết hiệu lực"]
    assert usable(other) == []
    assert usable(world.officer, "message") == []


def _head_of(world):
    return make_user_with("division_head", world.division)


# Choosing one -----------------------------------------------------------------------------------------------------


def test_a_text_is_offered_where_a_reason_is_asked_for_and_fills_it_when_left_empty(client, world, monday):
    dossier = in_review(world)
    reply = write(world, kind="supplement", title="Thiếu chữ ký", body="Tờ khai chưa ký.")
    client.force_login(world.officer)
    page = reverse("dossiers:act", args=[dossier.pk, "ask_supplement"])
    shown = client.get(page).content.decode()
    assert 'data-fills="reason"' in shown
    assert 'data-text="Tờ khai chưa ký."' in shown
    assert shown.index("Mẫu có sẵn") < shown.index("Lý do")
    sent = {"reply_supplement": reply.pk, "reason": " ", "papers": ["Tờ khai"]}
    assert client.post(page, sent).status_code == 302
    assert dossier.supplement_requests.get().reason == "Tờ khai chưa ký."


def test_what_the_officer_typed_goes_before_the_text_and_nothing_at_all_is_refused(client, world, monday):
    dossier = in_review(world)
    reply = write(world)
    client.force_login(world.officer)
    page = reverse("dossiers:act", args=[dossier.pk, "refuse"])
    empty = client.post(page, {"reply_refusal": "", "reason": "", "legal_basis": "Điều 5"})
    assert empty.status_code == 422
    foreign = client.post(page, {"reply_refusal": reply.pk + 99, "reason": "", "legal_basis": "Điều 5"})
    assert foreign.status_code == 422
    sent = {"reply_refusal": reply.pk, "reason": "Lý do riêng", "legal_basis": "Điều 5"}
    assert client.post(page, sent).status_code == 302
    assert "Lý do riêng" in dossier.notices.order_by("-id").first().data["reason"]


def test_a_message_may_start_from_a_text(client, world, monday):
    dossier = in_review(world)
    reply = write(world, kind="message", title="Đang xử lý", body="Hồ sơ đang được xử lý.")
    client.force_login(world.officer)
    more = client.get(reverse("dossiers:more", args=[dossier.pk])).content.decode()
    assert 'data-fills="body"' in more
    client.post(reverse("dossiers:message", args=[dossier.pk]), {"reply_message": reply.pk, "body": ""})
    assert dossier.messages.get().body == "Hồ sơ đang được xử lý."


def test_without_texts_no_choice_is_shown(client, world, monday):
    dossier = in_review(world)
    client.force_login(world.officer)
    shown = client.get(reverse("dossiers:act", args=[dossier.pk, "refuse"])).content.decode()
    assert "Mẫu có sẵn" not in shown


# The screens ------------------------------------------------------------------------------------------------------


def test_texts_are_listed_added_changed_and_dropped_on_their_pages(client, world, monday):
    client.force_login(world.boss)
    assert "Chưa có mẫu nào" in client.get(reverse("dossiers:replies")).content.decode()
    page, sent = reverse("dossiers:reply_new"), {"kind": "refusal", "title": "Mẫu A", "body": "Nội dung A"}
    assert client.get(page).status_code == 200
    assert client.post(page, sent).status_code == 422
    sent["agency"] = world.commune.pk
    assert "Đã lưu mẫu" in client.post(page, sent, follow=True).content.decode()
    again = client.post(page, sent)
    assert again.status_code == 422
    assert "đã có mẫu tên này" in again.content.decode()
    reply = ReplyTemplate.objects.get()
    page = reverse("dossiers:reply", args=[reply.pk])
    assert "Nội dung A" in client.get(page).content.decode()
    sent["body"] = "Nội dung B"
    assert "Nội dung B" in client.post(page, sent, follow=True).content.decode()
    page = reverse("dossiers:reply_drop", args=[reply.pk])
    assert "vẫn giữ nguyên" in client.get(page).content.decode()
    assert "Đã xóa mẫu" in client.post(page, follow=True).content.decode()
    assert not ReplyTemplate.objects.exists()


def test_a_text_for_an_agency_out_of_reach_is_refused_by_the_form(client, world, monday):
    client.force_login(world.boss)
    sent = {"agency": world.police.pk, "kind": "refusal", "title": "x", "body": "x"}
    assert client.post(reverse("dossiers:reply_new"), sent).status_code == 422


# Columns ----------------------------------------------------------------------------------------------------------


def test_columns_are_known_ones_in_their_order():
    assert in_order(["office", "nonsense", "applicant"]) == ("applicant", "office")
    assert set(DEFAULT) <= set(LABELS)


def test_columns_chosen_are_remembered_for_the_person_alone(client, world, monday):
    dossier = in_review(world)
    client.force_login(world.officer)
    inbox = reverse("dossiers:inbox")
    assert ">Người thụ lý</th>" in client.get(inbox, {"tab": "mine"}).content.decode()
    sent = {"columns": ["field", "office", "received", "channel"], "query": "tab=mine"}
    answer = client.post(reverse("dossiers:columns"), sent)
    assert answer.url == f"{inbox}?tab=mine"
    shown = client.get(answer.url).content.decode()
    assert dossier.code in shown
    assert ">Người thụ lý</th>" not in shown
    for words in ("Hộ tịch</td>", f"{world.office.name}</td>", "08:00 02/11/2026</td>", "Trực tiếp</td>"):
        assert words in shown
    assert workbench.columns_of(world.boss) == DEFAULT
    world.officer.refresh_from_db()
    assert workbench.columns_of(world.officer) == ("received", "field", "office", "channel")
    client.post(reverse("dossiers:columns"), {"columns": ["nonsense"]})
    client.post(reverse("dossiers:columns"), {})
    world.officer.refresh_from_db()
    assert workbench.columns_of(world.officer) == ()


def test_more_columns_cost_no_statement_a_row(client, world, monday, django_assert_max_num_queries):
    for _ in range(3):
        in_review(world)
    client.force_login(world.officer)
    actions.choose_columns(LABELS, actor=world.officer)
    client.get(reverse("dossiers:inbox"), {"tab": "mine"})
    with django_assert_max_num_queries(12):
        client.get(reverse("dossiers:inbox"), {"tab": "mine"})
