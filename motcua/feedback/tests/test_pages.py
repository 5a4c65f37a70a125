"""Staff pages of feedback: the register, one feedback, its acts, the redaction screen; and who finds nothing."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.agencies.testing import give_role, make_user_with
from motcua.audit.models import Event
from motcua.dossiers.testing import moment
from motcua.feedback import actions
from motcua.feedback.models import Feedback
from motcua.feedback.testing import Hall, accepted, answered, sent, verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(moment(days=1), tick=False):
        yield


def sit(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def act(browser: Client, found: Feedback, name: str, **values):
    return browser.post(reverse("feedback:act", args=[found.pk, name]), values)


def test_from_the_register_to_the_answer_by_the_screens(hall: Hall) -> None:
    found = sent(hall)
    keeper, handler, boss = sit(hall.keeper), sit(hall.handler), sit(hall.world.boss)
    listed = keeper.get(reverse("feedback:register")).content.decode()
    assert found.code in listed
    assert "Nguyễn Thị Người Gửi" not in listed
    page = keeper.get(reverse("feedback:item", args=[found.pk])).content.decode()
    assert "Phân loại và tiếp nhận" in page
    assert "Người Gửi" not in page
    assert act(keeper, found, "accept", kind="conduct", officer=hall.officer.pk).status_code == 302
    assert act(keeper, found, "assign", handler=hall.handler.pk).status_code == 302
    assert "Ghi biên bản xác minh" in handler.get(reverse("feedback:item", args=[found.pk])).content.decode()
    minutes = {
        "number": "1/BB",
        "made_on": "02/11/2026",
        "place": "UBND",
        "people": "hai bên",
        "text": "đã hỏi",
        "verdict": "founded",
    }
    assert act(handler, found, "verify", **minutes).status_code == 302
    assert act(handler, found, "propose", answer="Đã xin lỗi và nhắc nhở.").status_code == 302
    assert "Đã xin lỗi" in boss.get(reverse("feedback:act", args=[found.pk, "approve"])).content.decode()
    assert act(boss, found, "approve", number="9/UBND").status_code == 302
    screen = keeper.get(reverse("feedback:publish", args=[found.pk])).content.decode()
    assert "[đã ẩn]" in screen
    refused = keeper.post(
        reverse("feedback:publish", args=[found.pk]),
        {"title": "A", "content": "gọi 0912345678", "answer": "B"},
    )
    assert refused.status_code == 422
    done = keeper.post(
        reverse("feedback:publish", args=[found.pk]),
        {"title": "Thêm giấy", "content": "Yêu cầu thêm giấy", "answer": "Đã sửa"},
    )
    assert done.status_code == 302
    found.refresh_from_db()
    assert found.state == "published"
    final = keeper.get(reverse("feedback:item", args=[found.pk])).content.decode()
    assert reverse("portal:feedback_one", args=[found.code]) in final


def test_what_asks_for_a_rule_to_be_reviewed_stands_in_a_list_that_a_reviewer_opens(hall: Hall) -> None:
    flagged, other = accepted(hall), accepted(hall, at=moment(hours=1))
    keeper, note = sit(hall.keeper), "Bỏ giấy xác nhận cư trú trong thành phần hồ sơ"
    register, query = reverse("feedback:register"), {"xem": "review"}
    assert "Không có phản ánh nào" in keeper.get(register, query).content.decode()
    assert act(keeper, flagged, "flag", review_note=note).status_code == 302
    listed = keeper.get(register, query).content.decode()
    assert 'Đề nghị rà soát quy định <span class="count">1</span>' in listed
    assert reverse("feedback:item", args=[flagged.pk]) in listed
    assert note in listed
    assert other.code not in listed
    assert note in keeper.get(reverse("feedback:item", args=[flagged.pk])).content.decode()
    rows = keeper.get(reverse("feedback:export"), query).content.decode()
    assert note in rows
    assert other.code not in rows
    Feedback.objects.filter(pk=flagged.pk).update(officer=hall.keeper, handler=None)
    assert note not in keeper.get(register, query).content.decode()  # what is about oneself is nowhere


def test_the_procedure_chosen_when_classifying_is_linked_on_the_page(hall: Hall) -> None:
    found, code = sent(hall, topic="vuong-mac"), hall.world.procedure.code
    keeper, item = sit(hall.keeper), reverse("feedback:item", args=[found.pk])
    sheet = reverse("procedures:procedure", args=[code])
    assert sheet not in keeper.get(item).content.decode()
    form = keeper.get(reverse("feedback:act", args=[found.pk, "accept"])).content.decode()
    assert f'<option value="{hall.world.procedure.pk}">' in form
    foreign = act(keeper, found, "accept", kind="regulation", procedure="0")
    assert foreign.status_code == 422
    assert (
        act(keeper, found, "accept", kind="regulation", procedure=hall.world.procedure.pk).status_code == 302
    )
    assert Feedback.objects.get(pk=found.pk).procedure == hall.world.procedure
    assert f'<a href="{sheet}">{code}</a>' in keeper.get(item).content.decode()


def test_a_procedure_that_the_sender_named_is_kept_and_one_that_does_not_exist_is_not(hall: Hall) -> None:
    code = hall.world.procedure.code
    named, wrong = sent(hall, procedure_code=f" {code} "), sent(hall, procedure_code="9.999999")
    assert (named.procedure, wrong.procedure) == (hall.world.procedure, None)
    kept = actions.accept(
        named.pk, kind="conduct", officer=hall.officer, actor=hall.keeper, at=moment(hours=1)
    )
    assert kept.procedure == hall.world.procedure
    page = sit(hall.keeper).get(reverse("feedback:item", args=[named.pk])).content.decode()
    assert reverse("procedures:procedure", args=[code]) in page


@pytest.mark.parametrize("name", ["accept", "decline", "ask", "transfer", "pass_on", "flag", "x"])
def test_every_form_opens_where_its_act_is_lawful(hall: Hall, name: str) -> None:
    found = sent(hall)
    expected = {"flag": 422, "x": 404}.get(name, 200)
    assert sit(hall.keeper).get(reverse("feedback:act", args=[found.pk, name])).status_code == expected


def test_a_rule_speaks_on_the_form(hall: Hall) -> None:
    found = accepted(hall)
    answer = act(sit(hall.keeper), found, "assign", handler=hall.officer.pk)
    assert answer.status_code == 422  # not even offered


def test_who_sent_it_is_shown_on_asking_and_the_look_is_logged(hall: Hall) -> None:
    found = sent(hall)
    page = sit(hall.keeper).post(reverse("feedback:sender", args=[found.pk])).content.decode()
    assert "Nguyễn Thị Người Gửi" in page
    assert Event.objects.filter(kind="view.personal_data", data__record=f"feedback/{found.pk}").count() == 1
    assigned = verified(hall)
    assert sit(hall.handler).post(reverse("feedback:sender", args=[assigned.pk])).status_code == 404


@pytest.mark.parametrize("tab", ["mine", "new", "open", "approve", "publish", "late", "all", "zzz"])
def test_the_officer_complained_of_finds_nothing_on_any_page(hall: Hall, tab: str) -> None:
    give_role(hall.officer, "procedure_controller", hall.commune, is_main=False)
    give_role(hall.officer, "auditor", hall.commune, is_main=False)
    give_role(hall.officer, "agency_administrator", hall.commune, is_main=False)
    found, other = accepted(hall), sent(hall)
    browser = sit(hall.officer)
    pages = [
        browser.get(reverse("feedback:register"), {"xem": tab, "q": ""}),
        browser.get(reverse("feedback:export"), {"xem": tab}),
        browser.get(reverse("feedback:register"), {"xem": tab, "q": found.code}),
        browser.get(reverse("audit:events")),
        browser.get(reverse("notifications:outbox")),
    ]
    for page in pages:
        assert page.status_code == 200
        assert f">{found.code}<" not in page.content.decode()
        assert f"feedback/{found.pk}" not in page.content.decode()
    assert other.code in browser.get(reverse("feedback:register"), {"xem": "all"}).content.decode()
    for name in ("item", "publish"):
        assert browser.get(reverse(f"feedback:{name}", args=[found.pk])).status_code == 404
    assert browser.get(reverse("feedback:act", args=[found.pk, "assign"])).status_code == 404
    event = Event.objects.filter(chain=f"feedback/{found.pk}").first()
    assert browser.get(reverse("audit:event", args=[event.pk])).status_code == 404
    assert (
        sit(hall.keeper).get(reverse("feedback:register"), {"xem": "all"}).content.decode().count(found.code)
        == 1
    )


def test_an_officer_writes_down_a_call_and_reads_out_the_receipt_once(hall: Hall) -> None:
    browser = sit(hall.world.clerk)
    topic = browser.get(reverse("feedback:new")).context["form"].fields["topic"].queryset.first()
    values = {
        "channel": "phone",
        "agency": hall.commune.pk,
        "topic": topic.pk,
        "name": "Lan",
        "phone": "0912345670",
    }
    assert browser.post(reverse("feedback:new"), values | {"content": "ngắn"}).status_code == 422
    answer = browser.post(
        reverse("feedback:new"), values | {"content": "Chờ ba tiếng ở quầy hộ tịch sáng nay."}, follow=True
    )
    found = Feedback.objects.get()
    assert found.code in answer.content.decode()
    assert found.channel == "phone"
    assert browser.get(reverse("feedback:receipt")).status_code == 302
    assert (
        browser.get(reverse("feedback:item", args=[found.pk])).status_code == 404
    )  # takes down, does not read


def test_the_head_of_a_hamlet_writes_down_what_people_say_and_reads_nothing(hall: Hall) -> None:
    found, browser = sent(hall), sit(make_user_with("hamlet_head", hall.commune))
    assert browser.get(reverse("feedback:new")).status_code == 200
    closed = [
        reverse("feedback:item", args=[found.pk]),
        reverse("feedback:act", args=[found.pk, "accept"]),
        reverse("feedback:export"),
        reverse("counter:receive"),
    ]
    assert [browser.get(address).status_code for address in closed] == [404] * 4
    assert found.code not in browser.get(reverse("feedback:register")).content.decode()


def test_the_file_of_the_register_holds_no_names(hall: Hall) -> None:
    answered(hall)
    body = sit(hall.keeper).get(reverse("feedback:export"), {"xem": "all"}).content.decode()
    assert "PAKN-H40.12-261102-0001" in body
    for word in ("Người Gửi", "0912345678", "Thụ Lý"):
        assert word not in body
