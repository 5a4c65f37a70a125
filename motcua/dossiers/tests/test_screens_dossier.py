"""The page of one dossier over HTTP: what it shows, what it hides, what may be done there."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask
from motcua.dossiers.rules.states import Status
from motcua.dossiers.rules.transitions import Act
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    live_task,
    make_procedure,
    make_world,
    moment,
    ready,
    receive,
    returned,
)
from motcua.dossiers.views.specs import SPECS

pytestmark = pytest.mark.django_db
SECRETS = ("Nguyễn Thị Thử Nghiệm", "038200000001", "0912345678", "+84912345678", "Thôn 1")


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def monday():
    with time_machine.travel(moment(hours=7.5), tick=False) as clock:
        yield clock


def address(dossier) -> str:
    return reverse("dossiers:dossier", args=[dossier.pk])


def act_address(dossier, code: str) -> str:
    return reverse("dossiers:act", args=[dossier.pk, code])


def page_of(client, user, dossier) -> str:
    client.force_login(user)
    answer = client.get(address(dossier))
    assert answer.status_code == 200
    return answer.content.decode()


def do(client, user, dossier, code: str, **data):
    client.force_login(user)
    answer = client.post(act_address(dossier, code), data)
    dossier.refresh_from_db()
    return answer


def test_every_act_of_the_table_that_a_person_chooses_has_a_form():
    automatic = {Act.SUBMIT, Act.RECEIVE, Act.TO_SIGNATURE, Act.CONTINUE}
    assert {act.value for act in Act} - {act.value for act in automatic} <= set(SPECS)


def test_people_are_masked_until_somebody_with_the_right_looks_and_the_look_is_logged(client, world, monday):
    dossier = in_review(world)
    page = (
        page_of(client, world.officer, dossier)
        + client.get(reverse("dossiers:more", args=[dossier.pk])).content.decode()
    )
    assert not [secret for secret in SECRETS if secret in page]
    assert "0382******01" in page
    assert not Event.objects.filter(kind="view.personal_data").exists()
    full = client.post(
        reverse("dossiers:reveal", args=[dossier.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert all(
        secret in full for secret in ("Nguyễn Thị Thử Nghiệm", "038200000001", "0912 345 678", "Thôn 1")
    )
    event = Event.objects.get(kind="view.personal_data")
    assert (event.actor_id, event.data["record"]) == (world.officer.pk, f"dossier/{dossier.pk}")


def test_who_may_not_see_personal_data_gets_no_button_and_nothing_by_asking(client, world, monday):
    dossier = in_review(world)
    watcher = make_user_with("inspector", world.commune)
    assert "Hiện đầy đủ" not in page_of(client, watcher, dossier)
    assert client.post(reverse("dossiers:reveal", args=[dossier.pk])).status_code == 404


@pytest.mark.parametrize("name", ["dossier", "more", "derivation", "control_slip"])
def test_an_outsider_does_not_find_the_dossier(client, world, monday, name):
    dossier = in_review(world)
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    client.force_login(make_user_with("leader", far))
    assert client.get(reverse(f"dossiers:{name}", args=[dossier.pk])).status_code == 404
    assert client.post(act_address(dossier, "complete_task")).status_code == 404


def test_the_page_tells_state_due_date_with_derivation_papers_and_control_slip(client, world, monday):
    dossier = in_review(world)
    page = page_of(client, world.officer, dossier)
    for text in (
        dossier.code,
        "Đang thẩm tra, xử lý",
        "Cách tính hạn",
        "Tờ khai",
        "Phiếu kiểm soát",
        "Việc 1.1",
        "09/11/2026",
    ):
        assert text in page
    fragment = client.get(
        reverse("dossiers:derivation", args=[dossier.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in fragment
    assert "5 ngày làm việc" in fragment


def test_only_lawful_acts_are_offered(client, world, monday):
    dossier = in_review(world)
    offered = set(re.findall(r"/viec/([a-z_]+)/", page_of(client, world.officer, dossier)))
    assert "complete_task" in offered
    assert "sign" not in offered
    assert do(client, world.officer, dossier, "sign", number="1").status_code == 422
    assert dossier.status == Status.IN_REVIEW


def test_an_act_that_does_not_exist_is_not_found(client, world, monday):
    client.force_login(world.officer)
    assert client.get(act_address(in_review(world), "xoa-het")).status_code == 404


def test_a_form_opens_in_place_and_as_a_page_without_javascript(client, world, monday):
    dossier = in_review(world)
    client.force_login(world.officer)
    whole = client.get(act_address(dossier, "complete_task")).content.decode()
    part = client.get(act_address(dossier, "complete_task"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert 'name="note"' in whole
    assert 'name="note"' in part


def test_what_was_typed_stays_when_the_rule_refuses(client, world, monday):
    dossier = in_review(world)
    answer = do(
        client, world.officer, dossier, "refuse", reason="Không đủ điều kiện theo quy định", legal_basis=""
    )
    assert answer.status_code == 422
    assert "Không đủ điều kiện theo quy định" in answer.content.decode()
    assert dossier.status == Status.IN_REVIEW


def test_the_whole_course_goes_through_the_screens(client, world, monday):
    dossier = receive(world)
    assert do(client, world.clerk, dossier, "hand_over").status_code == 302
    do(client, world.officer, dossier, "take_over", task_ids=[live_task(dossier).pk])
    assert dossier.status == Status.IN_REVIEW
    do(client, world.officer, dossier, "complete_task", task_id=live_task(dossier).pk, note="Đủ điều kiện")
    assert dossier.status == Status.FOR_SIGNATURE
    do(client, world.boss, dossier, "send_back", reason="Sai tên")
    assert dossier.status == Status.IN_REVIEW
    do(client, world.officer, dossier, "complete_task", task_id=live_task(dossier).pk)
    do(
        client,
        world.boss,
        dossier,
        "sign",
        number="12/GCN",
        file=SimpleUploadedFile("kq.pdf", b"%PDF-1.7\n%%EOF\n"),
    )
    assert dossier.results.get().number == "12/GCN"
    do(client, world.clerk, dossier, "mark_ready")
    assert dossier.status == Status.RESULT_READY
    assert "12/GCN" in page_of(client, world.clerk, dossier)


def test_supplement_and_its_completion(client, world, monday):
    dossier = in_review(world)
    do(
        client,
        world.officer,
        dossier,
        "ask_supplement",
        reason="Thiếu chữ ký",
        papers=["Tờ khai"],
        others="Giấy ủy quyền\n",
    )
    assert dossier.status == Status.POST_SUPPLEMENT
    assert [item["name"] for item in dossier.supplement_requests.get().items] == ["Tờ khai", "Giấy ủy quyền"]
    do(client, world.officer, dossier, "complete_supplement", papers=["Tờ khai", "Giấy ủy quyền"])
    assert dossier.status == Status.IN_REVIEW
    assert dossier.papers.filter(added_by_supplement=True).count() == 2


def test_opinion_asked_and_answered(client, world, monday):
    dossier = in_review(world)
    do(
        client,
        world.officer,
        dossier,
        "ask_opinion",
        to_agency_id=world.police.pk,
        question="Xác minh",
        due_working_days=2,
    )
    assert dossier.status == Status.WAIT_OPINION
    do(
        client,
        world.policeman,
        dossier,
        "answer_opinion",
        opinion_id=dossier.opinions.get().pk,
        answer="Đúng",
    )
    assert dossier.opinions.get().answer == "Đúng"
    assert dossier.status == Status.IN_REVIEW


def test_obligation_stops_and_restarts_the_clock(client, world, monday):
    dossier = in_review(world)
    taxman = make_user_with("land_desk", world.commune)
    do(client, taxman, dossier, "issue_obligation", amount_dong="1.250.000", notice_number="TB 12")
    assert dossier.obligations.get().amount_dong == 1_250_000
    assert "Tạm dừng tính hạn" in page_of(client, world.officer, dossier)
    do(client, taxman, dossier, "meet_obligation", document="GNT 5")
    assert dossier.status == Status.IN_REVIEW


def test_apology_keeps_the_first_date_beside_the_new_one(client, world, monday):
    dossier = in_review(world)
    do(client, world.boss, dossier, "apologise", extra_working_days=3, reason="Phải xác minh thêm")
    assert dossier.due_at > dossier.original_due_at
    page = page_of(client, world.boss, dossier)
    assert "Hẹn ban đầu" in page
    assert "12/11/2026" in page


@pytest.mark.parametrize(
    ("code", "data", "status"),
    [
        ("refuse", {"reason": "Không đủ", "legal_basis": "Điều 1"}, Status.REFUSED),
        ("stop", {"reason_code": "citizen"}, Status.STOPPED),
    ],
)
def test_endings_without_a_result(client, world, monday, code, data, status):
    dossier = in_review(world)
    assert (
        do(client, make_user_with("division_head", world.commune), dossier, code, **data).status_code == 302
    )
    assert dossier.status == status


def test_withdrawal_is_asked_for_cancelled_and_confirmed(client, world, monday):
    dossier = receive(world)
    do(client, world.clerk, dossier, "ask_withdrawal", reason="Theo đơn")
    do(client, world.clerk, dossier, "cancel_withdrawal")
    assert dossier.status == Status.RECEIVED
    do(client, world.clerk, dossier, "ask_withdrawal", reason="Theo đơn")
    do(client, world.clerk, dossier, "confirm_withdrawal")
    assert dossier.status == Status.WITHDRAWN


def test_after_the_result_notify_return_archive_correct(client, world, monday):
    dossier = ready(world)
    do(client, world.head, dossier, "notify_ready")
    do(client, world.head, dossier, "return", receiver_name="Nguyễn Thị Thử Nghiệm", with_slip="on")
    assert dossier.status == Status.RETURNED
    who = {"caused_by_id": world.commune.pk, "signer_id": world.boss.pk}
    do(client, world.officer, dossier, "start_correction", reason="Sai năm sinh", **who)
    assert dossier.status == Status.ERROR_FIX
    assert "Văn bản xin lỗi về sai sót trong kết quả" in page_of(client, world.officer, dossier)
    do(client, world.officer, dossier, "finish_correction", number="13/GCN")
    assert dossier.status == Status.WAIT_COLLECT


def test_a_dossier_is_archived(client, world, monday):
    dossier = returned(world)
    do(client, world.head, dossier, "archive")
    assert dossier.status == Status.ARCHIVED


def test_tasks_are_claimed_released_and_assigned(client, world, monday):
    dossier = receive(world)
    [given] = actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    actions.take_over(handover_id=given.pk, claim=False, actor=world.boss, at=moment(hours=1))
    task = live_task(dossier)
    do(client, world.officer, dossier, "claim", task_id=task.pk)
    assert live_task(dossier).officer == world.officer
    do(client, world.officer, dossier, "release", task_id=task.pk)
    assert live_task(dossier).officer is None
    do(client, world.boss, dossier, "assign", task_id=task.pk, officer_id=world.officer.pk)
    assert DossierTask.objects.get(pk=task.pk).officer == world.officer


def test_messages_are_written_and_read(client, world, monday):
    dossier = in_review(world)
    client.force_login(world.officer)
    client.post(reverse("dossiers:message", args=[dossier.pk]), {"body": "Đã gọi cho người nộp"})
    assert "Đã gọi cho người nộp" in client.get(reverse("dossiers:more", args=[dossier.pk])).content.decode()
    client.post(reverse("dossiers:message", args=[dossier.pk]), {"body": ""})
    assert dossier.messages.count() == 1


def test_a_scan_is_attached_and_opening_it_is_logged(client, world, monday):
    dossier = in_review(world)
    paper = dossier.papers.get()
    client.force_login(world.officer)
    upload = SimpleUploadedFile("to-khai.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    client.post(reverse("dossiers:scan", args=[dossier.pk, paper.pk]), {"file": upload})
    paper.refresh_from_db()
    assert paper.file_id
    assert client.get(reverse("dossiers:scan_file", args=[dossier.pk, paper.pk])).status_code == 302
    assert Event.objects.filter(kind="view.personal_data", data__fields=[f"paper/{paper.pk}"]).exists()


def test_a_scan_cannot_be_hung_on_another_dossiers_paper(client, world, monday):
    dossier, other = in_review(world), receive(world)
    client.force_login(world.officer)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    client.post(reverse("dossiers:scan", args=[dossier.pk, other.papers.get().pk]), {"file": upload})
    assert other.papers.get().file_id is None


@pytest.mark.parametrize("role", ["officer", "boss", "head"])
def test_the_page_needs_at_most_twelve_statements_however_long_the_story(client, world, monday, role):
    dossier = in_review(world)
    few = statements(client, getattr(world, role), dossier)
    for number in range(20):
        dossier.papers.create(position=number + 5, name=f"Giấy {number}", originals=1, handed_in_at=moment())
        actions.write_message(dossier.pk, f"Trao đổi {number}", actor=world.officer, at=moment(hours=4))
    assert few == statements(client, getattr(world, role), dossier) <= 12


def test_the_page_stays_within_its_statements_while_it_waits_for_a_signature(client, world, monday):
    assert statements(client, world.boss, for_signature(world)) <= 12


def statements(client, user, dossier) -> int:
    page_of(client, user, dossier)
    with CaptureQueriesContext(connection) as seen:
        page_of_again = client.get(address(dossier))
    assert page_of_again.status_code == 200
    return len(seen)


def test_a_same_day_dossier_is_signed_and_ready_at_the_counter(client, world, monday):
    quick = make_procedure("1.000002", world.commune, amount=None, unit="same_day")
    dossier = receive(world, procedure=quick)
    do(client, world.boss, dossier, "sign", number="3/TLBS")
    do(client, world.clerk, dossier, "mark_ready")
    assert dossier.status == Status.RESULT_READY


def test_an_electronic_result_is_made_signed_kept_and_printed_with_its_code(client, world, monday):
    dossier = for_signature(world)
    do(client, world.boss, dossier, "sign", number="12/GCN", electronic="on")
    result = dossier.results.get()
    assert result.is_electronic
    assert result.file_id
    assert 'aria-label="Mã xác minh kết quả"' in page_of(client, world.boss, dossier)
    printed = client.get(reverse("dossiers:result_pdf", args=[dossier.pk, result.pk]))
    assert printed.content.startswith(b"%PDF")
    assert client.get(reverse("dossiers:result_file", args=[dossier.pk, result.pk])).status_code == 302


def test_only_what_is_late_asks_for_a_cause(client, world):
    dossier = in_review(world)
    client.force_login(world.officer)
    with time_machine.travel(moment(hours=4), tick=False):
        assert 'name="late_cause"' not in client.get(act_address(dossier, "complete_task")).content.decode()
    with time_machine.travel(moment(days=8), tick=False):
        assert 'name="late_cause"' in client.get(act_address(dossier, "complete_task")).content.decode()
        refused = client.post(act_address(dossier, "complete_task"), {"task_id": live_task(dossier).pk})
        assert refused.status_code == 422
        client.post(
            act_address(dossier, "complete_task"),
            {"task_id": live_task(dossier).pk, "late_cause": "capacity"},
        )
    dossier.refresh_from_db()
    assert dossier.status == Status.FOR_SIGNATURE
