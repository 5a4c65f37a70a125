"""The queue of submissions and the page of one: order, filters, the lock, pointing, one decision."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.accounts.testing import make_citizen
from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import make_user_with
from motcua.core.moments import to_local
from motcua.counter.forms import CheckForm, IntakeForm
from motcua.dossiers import actions
from motcua.dossiers.models import AcceptanceCheck, CorrectionReason, SupplementRequest
from motcua.dossiers.queries.fees import FeeView
from motcua.dossiers.rules.fees import LABELS
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import make_intake, moment
from motcua.eforms.testing import ANSWERS, make_form
from motcua.filing.rules.fees import check, questions_of
from motcua.procedures.rules.fees import Exemption, FeeLine, Per

WAITING, NEXT = reverse("counter:waiting"), reverse("counter:next_waiting")


@pytest.fixture
def citizen(db):
    return make_citizen()


@pytest.fixture
def filed(world, citizen):
    return file(world, citizen, at=moment(hours=-2))


@pytest.fixture
def with_form(world, citizen):
    form = make_form(world.procedure.versions.get())
    return file(world, citizen, at=moment(hours=-1), form_version_id=form.pk, answers=ANSWERS)


def file(world, citizen, *, at, name="Nguyễn Thị Thử Nghiệm", **more):
    party = PartyData("citizen", name, "038200000001", phone="0912345678")
    intake = make_intake(world, channel="online", holder_id=citizen.pk, applicant=party, **more)
    return actions.submit(intake, actor=citizen, at=at)


def page(client, **asked):
    return client.get(WAITING, asked).content.decode()


def check_page(dossier):
    return reverse("counter:check", args=[dossier.pk])


def test_the_queue_shows_time_left_in_working_hours_the_most_urgent_first(clerk, world, citizen):
    late = file(world, citizen, at=moment(days=-4))
    fresh = file(world, citizen, at=moment())
    text = page(clerk)
    assert text.index(late.temporary_number) < text.index(fresh.temporary_number)
    assert "quá hạn" in text
    assert "còn 8 giờ làm việc" in text
    assert "chưa ai mở" in text
    assert "chưa ai nhận" in text


def test_the_moment_to_answer_by_explains_itself(clerk, world, citizen):
    filed = file(world, citizen, at=moment(hours=-20))  # noon of the day before
    text = clerk.get(check_page(filed)).content.decode()
    due = to_local(filed.acceptance_due_at)
    assert "Thời hạn tiếp nhận hồ sơ trực tuyến: 8 giờ làm việc" in text
    assert f"Nộp lúc {to_local(filed.submitted_at):%H:%M}" in text
    assert f"Hạn tiếp nhận: {due:%H:%M}" in text
    assert "Hạn trả kết quả" not in text[text.index("Hạn này tính") : text.index("Hạn tiếp nhận: ")]


def test_an_answered_correction_explains_the_new_moment_and_another_calendar_none(clerk, world, filed):
    asked = {"reason": "x", "items": [{"name": "Bản sao"}]}
    actions.request_supplement_before(filed.pk, **asked, actor=world.clerk, at=moment(hours=-1))
    actions.complete_presupplement(filed.pk, actor=world.clerk, at=moment(hours=1))
    text = clerk.get(check_page(filed)).content.decode()
    assert f"Nộp lúc {to_local(moment(hours=1)):%H:%M}" in text
    setting = DatedSetting.objects.create
    setting(key="acceptance_hours", value=4, valid_from=moment(days=-30).date(), source="Thử")
    assert "Hạn này tính" not in clerk.get(check_page(filed)).content.decode()


def test_what_waits_for_the_citizen_stands_under_a_tab_of_its_own(clerk, world, filed):
    actions.request_supplement_before(
        filed.pk, reason="x", items=[{"name": "Bản sao"}], actor=world.clerk, at=moment()
    )
    assert filed.temporary_number not in page(clerk)
    assert filed.temporary_number in page(clerk, muc="cho-nguoi-nop")
    actions.complete_presupplement(filed.pk, actor=world.clerk, at=moment())
    assert "người nộp đã bổ sung" in page(clerk)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "nguyen thi"}, "first"), ({"q": "tran"}, "second"), ({"ai": "toi"}, "second"), ({"ai": "trong"}, "first"),
        ({"ai": "khac"}, ""), ({"kenh": "post"}, ""), ({"kenh": "online", "q": "tran"}, "second"), ({"han": "qua"}, "first"),
        ({"han": "gap"}, ""), ({"ai": "'\"", "han": "?", "kenh": "x", "q": "nguyen"}, "first"),
    ],
)  # fmt: skip
def test_filters_narrow_the_queue(clerk, world, citizen, asked, found):
    first = file(world, citizen, at=moment(days=-4))
    second = file(world, citizen, at=moment(), name="Trần Văn Hai")
    actions.take_check(second.pk, actor=world.clerk, at=moment())
    text = page(clerk, **asked)
    for name, dossier in (("first", first), ("second", second)):
        assert (f">{dossier.temporary_number}<" in text) == (found == name)


def test_the_queue_needs_the_same_statements_for_one_and_for_many(clerk, world, citizen):
    file(world, citizen, at=moment())
    page(clerk)
    with CaptureQueriesContext(connection) as one:
        page(clerk)
    for _ in range(4):
        file(world, citizen, at=moment())
    with CaptureQueriesContext(connection) as many:
        page(clerk)
    assert len(many) == len(one) <= 10


def test_next_takes_what_nobody_has_and_opens_it(clerk, world, citizen, filed):
    other = make_user_with("receptionist", world.commune)
    actions.take_check(filed.pk, actor=other, at=moment())
    second = file(world, citizen, at=moment())
    assert clerk.post(NEXT).url == check_page(second)
    assert AcceptanceCheck.objects.get(dossier=second).officer == world.clerk
    assert clerk.post(NEXT).url == check_page(second), "what I have in hand comes first"
    actions.accept(second.pk, actor=world.clerk, at=moment())
    assert clerk.post(NEXT).url == WAITING


def test_the_page_says_who_has_opened_it_and_who_checks_it(clerk, world, filed):
    assert "Chưa ai nhận kiểm tra" in clerk.get(check_page(filed)).content.decode()
    assert AcceptanceCheck.objects.get(dossier=filed).seen_by == world.clerk
    other = make_user_with("receptionist", world.commune, full_name="Đỗ Thị Khác")
    actions.take_check(filed.pk, actor=other, at=moment())
    text = clerk.get(check_page(filed)).content.decode()
    assert "Đỗ Thị Khác đang kiểm tra" in text
    refused = clerk.post(check_page(filed), {"decision": "accept"})
    assert refused.status_code == 422
    assert "đang kiểm tra" in refused.content.decode()
    take = reverse("counter:take", args=[filed.pk])
    assert clerk.post(take).status_code == 422
    assert clerk.post(take, {"viec": "thay"}).url == check_page(filed)
    assert clerk.post(take, {"viec": "tra"}).url == WAITING
    assert AcceptanceCheck.objects.get(dossier=filed).officer is None


def test_the_head_gives_a_check_and_a_clerk_does_not(client, clerk, world, filed):
    give = reverse("counter:give", args=[filed.pk])
    assert clerk.post(give, {"officer": world.clerk.pk}).status_code == 404
    client.force_login(world.head)
    assert 'name="officer"' in client.get(check_page(filed)).content.decode()
    assert client.post(give, {"officer": world.clerk.pk}).url == check_page(filed)
    assert client.post(give, {"officer": "x"}).status_code == 404
    assert AcceptanceCheck.objects.get(dossier=filed).officer == world.clerk


def test_answers_stand_on_the_page_and_each_can_be_pointed_at(clerk, world, with_form):
    text = clerk.get(check_page(with_form)).content.decode()
    assert "Nguyễn Thị Na" in text
    assert 'name="reason-f-nguoi_khai.ho_ten"' in text
    assert f'name="reason-p-{with_form.papers.get().pk}"' in text
    paper = with_form.papers.get()
    data = {
        "decision": "supplement",
        "reason-f-nguoi_khai.ho_ten": "sai-thong-tin",
        "text-f-nguoi_khai.ho_ten": "Ghi như trong giấy khai sinh.",
        f"reason-p-{paper.pk}": "khong-ro",
    }
    assert clerk.post(check_page(with_form), data).status_code == 302
    items = SupplementRequest.objects.get(dossier=with_form).items
    assert [(i["name"], i["field"], i["paper"], i["reason_code"]) for i in items] == [
        ("Họ và tên", "nguoi_khai.ho_ten", None, "sai-thong-tin"),
        (paper.name, "", paper.pk, "khong-ro"),
    ]
    assert items[0]["text"] == "Ghi như trong giấy khai sinh."
    assert "bốn góc" in items[1]["text"], "the sentence that belongs to the reason"
    notice = with_form.notices.get(kind="supplement_request")
    assert notice.data["missing"][1]["note"] == items[1]["text"]


def test_a_required_paper_that_is_not_there_is_pointed_out(clerk, world, citizen):
    dossier = file(world, citizen, at=moment(), papers=())
    text = clerk.get(check_page(dossier)).content.decode()
    assert "chưa nộp" in text
    key = text.split('name="reason-m-')[1].split('"')[0]
    clerk.post(
        check_page(dossier),
        {"decision": "supplement", f"reason-m-{key}": "khac", f"text-m-{key}": "Nộp tờ khai."},
    )
    (item,) = SupplementRequest.objects.get(dossier=dossier).items
    assert (item["name"], item["paper"], item["field"]) == ("Tờ khai", None, "")


def test_nothing_pointed_at_asks_for_nothing_and_nothing_typed_is_lost(clerk, world, with_form):
    data = {
        "decision": "supplement",
        "reason": "Thiếu",
        "text-f-nguoi_khai.ho_ten": "",
        "reason-f-nguoi_khai.ho_ten": "???",
    }
    refused = clerk.post(check_page(with_form), data)
    assert refused.status_code == 422
    assert "ít nhất một" in refused.content.decode()
    wrong = clerk.post(
        check_page(with_form), {"decision": "decline", "text-f-nguoi_khai.ho_ten": "Câu đã viết"}
    )
    assert wrong.status_code == 422
    assert "Câu đã viết" in wrong.content.decode()


def test_a_reason_that_has_ended_or_belongs_elsewhere_is_not_offered(clerk, world, filed):
    CorrectionReason.objects.create(
        agency=world.police, code="la", name="Lý do của nơi khác", valid_from=moment().date()
    )
    CorrectionReason.objects.create(
        agency=world.commune,
        code="cu",
        name="Lý do đã hết",
        valid_from=moment().date() - timedelta(9),
        valid_to=moment().date() - timedelta(1),
    )
    CorrectionReason.objects.create(
        agency=world.commune, code="moi", name="Lý do của xã", valid_from=moment().date()
    )
    text = clerk.get(check_page(filed)).content.decode()
    assert "Lý do của xã" in text
    assert "Lý do của nơi khác" not in text
    assert "Lý do đã hết" not in text


def test_a_submission_of_another_office_does_not_exist(client, world, filed):
    client.force_login(world.policeman)
    for name in ("check", "take", "give"):
        answer = client.post(reverse(f"counter:{name}", args=[filed.pk]), {"officer": world.clerk.pk})
        assert answer.status_code == 404


def test_what_decides_a_fee_is_called_the_same_by_all_who_ask_for_it():
    poor = Exemption("Hộ nghèo", 100, "Luật 1")
    line = FeeLine(1, "phi", "Phí chứng thực", 2000, Per.PAGE, exemptions=(poor,))
    asked = check({"exemption": "Người quen"}, questions_of([line]))  # all three are wrong
    assert set(asked) == set(LABELS)  # what the draft's problems are named by
    checking, counter = CheckForm(fees=FeeView((line,), None)).fields, IntakeForm().fields
    for name, label in LABELS.items():
        field = "exemption_reason" if name == "exemption" else f"fee_{name}"
        assert checking[field].label == counter[field].label == label
