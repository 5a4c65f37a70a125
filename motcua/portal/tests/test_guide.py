"""The short guide as people go through it: one question a page, the answers in the address, an early stop with its reason."""

import pytest
from django.urls import reverse

from motcua.agencies.testing import make_system_user
from motcua.core.moments import now
from motcua.dossiers.testing import make_world
from motcua.procedures import actions
from motcua.procedures.actions import AnswerData, QuestionData
from motcua.procedures.models import Fee, FeeExemption, Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def guide(world):
    """Where was the child born? Here: how late? - abroad: stop. Late ones need a witness; the poor pay nothing."""
    system, at = make_system_user(), now()
    version = world.procedure.versions.get()
    Paper.objects.create(
        version=version, position=2, name="Văn bản của người làm chứng", case="Đăng ký quá hạn"
    )
    fee = Fee.objects.create(
        procedure=world.procedure, kind="le_phi", name="Lệ phí khai sinh", amount_dong=8000, legal_basis="NQ thử", valid_from="2020-01-01",
    )  # fmt: skip
    FeeExemption.objects.create(fee=fee, reason="Hộ nghèo")
    draft = actions.draft_guide(world.procedure.code, actor=system, at=at)
    where, when, poor = (
        actions.add_question(draft.pk, QuestionData(text, text_en=english), actor=system, at=at)
        for text, english in (
            ("Trẻ sinh ở đâu?", "Where was the child born?"),
            ("Đã quá 60 ngày chưa?", ""),
            ("Có thuộc hộ nghèo không?", ""),
        )
    )
    for question, data in (
        (where, AnswerData("Trong nước", "question", next_id=when.pk)),
        (
            where,
            AnswerData("Ở nước ngoài", "stop", reason="Làm tại Sở Tư pháp", instead=world.procedure.code),
        ),
        (when, AnswerData("Chưa", "question", next_id=poor.pk)),
        (
            when,
            AnswerData("Quá rồi", "question", next_id=poor.pk, case="Đăng ký quá hạn", adds=["Bản cam đoan"]),
        ),
        (poor, AnswerData("Có", "result", exemption="Hộ nghèo")),
        (poor, AnswerData("Không", "result")),
    ):
        actions.add_answer(question.pk, data, actor=system, at=at)
    return actions.publish_guide(draft.pk, actor=system, at=at)


def ask(client, world, **given):
    address = reverse("portal:guide", args=[world.procedure.code])
    answer = client.get(address, given, follow=True)
    return answer.content.decode(), answer


def test_the_sheet_leads_to_the_guide_and_a_procedure_without_one_has_none(client, world, guide):
    sheet = client.get(reverse("portal:procedure", args=[world.procedure.code])).content.decode()
    assert reverse("portal:guide", args=[world.procedure.code]) in sheet
    actions.end_guide(guide.pk, actor=make_system_user(), at=now())
    assert client.get(reverse("portal:guide", args=[world.procedure.code])).status_code == 404


def test_one_question_stands_on_one_page_and_the_answer_leads_on(client, world, guide):
    page, _ = ask(client, world)
    assert "Trẻ sinh ở đâu?" in page
    assert "Đã quá 60 ngày chưa?" not in page
    page, answer = ask(client, world, d="1-", c="1")
    assert answer.redirect_chain[0][0].endswith("?d=1-1")
    assert "Đã quá 60 ngày chưa?" in page
    assert "Trong nước" in page  # with a way to change it


def test_it_stops_early_with_a_reason_and_another_way(client, world, guide):
    page, _ = ask(client, world, d="1-", c="2")
    assert "Làm tại Sở Tư pháp" in page
    assert "Xem thủ tục cần làm" in page


def test_the_answers_decide_case_papers_and_fee(client, world, guide):
    late, _ = ask(client, world, d="1-1.2.2")
    for said in ("Đăng ký quá hạn", "Văn bản của người làm chứng", "Bản cam đoan", "Tờ khai", "8.000 đ"):
        assert said in late
    usual, _ = ask(client, world, d="1-1.1.1")
    assert "người làm chứng" not in usual
    assert "Không thu" in usual
    assert "Hộ nghèo" in usual


@pytest.mark.parametrize(
    "given", ["1-9.9", "1-1.1.1.1.1", "", "abc", "1-" + "1." * 40, "-1", "١-١", "1-1.-1"]
)
def test_an_address_that_does_not_fit_asks_again_and_never_fails(client, world, guide, given):
    assert ask(client, world, d=given)[1].status_code == 200


def test_who_answers_nothing_is_asked_again(client, world, guide):
    page, _ = ask(client, world, d="1-", gui="1")
    assert "Chọn một câu trả lời" in page
    assert "Lỗi:" in page


def test_answers_to_an_older_guide_begin_anew_and_say_so(client, world, guide):
    system, at = make_system_user(), now()
    draft = actions.draft_guide(world.procedure.code, actor=system, at=at)
    actions.publish_guide(draft.pk, actor=system, at=at)
    page, _ = ask(client, world, d="1-1.2")
    assert "Trẻ sinh ở đâu?" in page
    assert "vừa được sửa đổi" in page


def test_the_guide_speaks_english_where_somebody_has_written_it(client, world, guide, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Where was the child born?" in ask(client, world)[0]


def test_every_page_of_the_guide_takes_few_statements(client, world, guide, django_assert_max_num_queries):
    address = reverse("portal:guide", args=[world.procedure.code])
    client.get(address)
    for given, most in (("", 22), ("1-2", 22), ("1-1.1.1", 30)):
        with django_assert_max_num_queries(most):
            client.get(address, {"d": given})
