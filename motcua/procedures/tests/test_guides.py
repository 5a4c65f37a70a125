"""Acts and screens of guides, everyday words and events of life."""

import pytest

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures import actions
from motcua.procedures.actions import AnswerData, QuestionData
from motcua.procedures.models import Guide, GuideAnswer, GuideQuestion, LifeEvent, PlainWords, Procedure
from motcua.procedures.queries.guides import access_guide, faults_of, guide_in_use, known_of
from motcua.procedures.testing import make_version
from motcua.procedures.tests.acts import act, kinds
from motcua.procedures.tests.conftest import AT, TODAY
from motcua.procedures.tests.screens import CODE, page, url

pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def draft(world, version) -> Guide:
    """Two questions: the first leads to the second or stops."""
    found = act(world, "draft_guide", CODE)
    first = act(world, "add_question", found.pk, QuestionData("Lần đầu?"))
    second = act(world, "add_question", found.pk, QuestionData("Tự nộp?"))
    act(world, "add_answer", first.pk, AnswerData("Phải", "question", next_id=second.pk))
    act(world, "add_answer", first.pk, AnswerData("Không", "stop", reason="Đã làm rồi"))
    act(world, "add_answer", second.pk, AnswerData("Có", drops=["Tờ khai"]))
    act(world, "add_answer", second.pk, AnswerData("Không", adds=[" Giấy ủy quyền ", ""]))
    return access_guide(found.pk)


def test_a_sound_draft_is_put_into_use_and_the_one_before_it_ends(world, draft, version):
    assert faults_of(draft, TODAY) == []
    act(world, "publish_guide", draft.pk)
    again = act(world, "draft_guide", CODE)
    assert again.number == 2
    copied = access_guide(again.pk)
    rows = [(q.text, [(a.label, a.next.position if a.next else 0, a.adds, a.drops) for a in q.answers.all()]) for q in copied.questions.all()]  # fmt: skip
    assert rows == [("Lần đầu?", [("Phải", 2, [], []), ("Không", 0, [], [])]), ("Tự nộp?", [("Có", 0, [], ["Tờ khai"]), ("Không", 0, ["Giấy ủy quyền"], [])])]  # fmt: skip
    act(world, "publish_guide", again.pk)
    assert guide_in_use(version.procedure).pk == again.pk
    assert Guide.objects.get(pk=draft.pk).status == "ended"
    assert kinds(version)[-1] == "procedure.guide_published"


def test_a_draft_with_a_hole_is_not_put_into_use(world, draft):
    act(world, "remove_question", draft.questions.get(position=2).pk)
    with pytest.raises(RuleViolation, match="chưa chọn câu hỏi tiếp"):
        act(world, "publish_guide", draft.pk)


def test_a_question_taken_out_lets_the_later_ones_move_up(world, draft):
    act(world, "remove_question", draft.questions.get(position=1).pk)
    assert list(draft.questions.values_list("position", "text")) == [(1, "Tự nộp?")]


def test_a_guide_in_use_is_never_edited(world, draft):
    question, answer = draft.questions.first(), draft.questions.first().answers.first()
    act(world, "publish_guide", draft.pk)
    for name, *args in (
        ("add_question", draft.pk, QuestionData("?")),
        ("edit_question", question.pk, QuestionData("?")),
        ("remove_question", question.pk),
        ("move_question", question.pk),
        ("add_answer", question.pk, AnswerData("?")),
        ("edit_answer", answer.pk, AnswerData("?")),
        ("remove_answer", answer.pk),
        ("publish_guide", draft.pk),
        ("discard_guide", draft.pk),
    ):
        with pytest.raises(RuleViolation, match="không sửa"):
            act(world, name, *args)


def test_only_one_draft_is_open_at_a_time_and_it_may_be_thrown_away(world, draft):
    assert act(world, "draft_guide", CODE).pk == draft.pk
    assert act(world, "discard_guide", draft.pk) == Procedure.objects.get(code=CODE)
    assert not Guide.objects.exists()


def test_questions_and_answers_are_edited_moved_and_taken_out(world, draft):
    first, second = draft.questions.all()
    act(world, "edit_question", first.pk, QuestionData("Lần đầu à?", text_en="First time?"))
    act(world, "move_question", second.pk)
    assert [q.text for q in access_guide(draft.pk).questions.all()] == ["Tự nộp?", "Lần đầu à?"]
    with pytest.raises(RuleViolation, match="đứng đầu"):
        act(world, "move_question", second.pk)
    answer = first.answers.get(position=1)
    act(world, "edit_answer", answer.pk, AnswerData("Đúng", "stop", reason="Vì thế", instead=CODE))
    answer.refresh_from_db()
    assert (answer.label, answer.next, answer.instead.code) == ("Đúng", None, CODE)
    act(world, "remove_answer", answer.pk)
    assert list(GuideAnswer.objects.filter(question=first).values_list("position", "label")) == [(1, "Không")]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (AnswerData(" "), "label"),
        (AnswerData("Có", "elsewhere"), "leads_to"),
        (AnswerData("Có", instead="0.000"), "instead"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(world, draft, data, field):
    with pytest.raises(RuleViolation) as error:
        act(world, "add_answer", draft.questions.first().pk, data)
    assert error.value.field == field


def test_a_question_needs_words_and_there_are_not_too_many(world, draft, monkeypatch):
    with pytest.raises(RuleViolation, match="Nhập câu hỏi"):
        act(world, "add_question", draft.pk, QuestionData(" "))
    monkeypatch.setattr("motcua.procedures.actions.guides.MOST_QUESTIONS", 2)
    monkeypatch.setattr("motcua.procedures.actions.guides.MOST_ANSWERS", 2)
    with pytest.raises(RuleViolation, match="nhiều nhất 2"):
        act(world, "add_question", draft.pk, QuestionData("?"))
    with pytest.raises(RuleViolation, match="nhiều nhất 2"):
        act(world, "add_answer", draft.questions.first().pk, AnswerData("?"))


def test_what_does_not_exist_is_not_found(world, draft):
    for name, *args in (
        ("publish_guide", 0), ("end_guide", 0), ("edit_question", 0, QuestionData("?")), ("edit_answer", 0, AnswerData("?")), ("remove_life_event", "khong-co"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act(world, name, *args)
    with pytest.raises(RuleViolation, match="không đang dùng"):
        act(world, "end_guide", draft.pk)


def test_only_the_keeper_of_the_catalogue_edits_guides(world, draft):
    with pytest.raises(NotFound):
        act(world, "draft_guide", CODE, actor=world.clerk)
    with pytest.raises(RuleViolation, match="cấp cao nhất"):
        act(world, "publish_guide", draft.pk, actor=world.local)


def test_the_guide_knows_the_procedure_s_cases_papers_and_exemptions(world, version):
    version.channels.filter(channel="counter").update(variants=[{"case": "Có xác minh", "amount": "8", "unit": "working_day"}])  # fmt: skip
    known = known_of(version.procedure, TODAY)
    assert known.cases == {"Có xác minh"}
    assert "Tờ khai" in known.papers
    assert known_of(Procedure.objects.create(code="9.1"), TODAY).papers == frozenset()


def test_the_editor_goes_from_nothing_to_a_guide_in_use(world, version, keeper):
    assert url("guides", CODE) in page(keeper, "procedure", CODE)
    answer = keeper.post(url("guides", CODE))
    guide = Guide.objects.get()
    assert answer.url == url("guide", guide.pk)
    assert "chưa có câu hỏi nào" in page(keeper, "guide", guide.pk)
    keeper.post(url("guide_question_add", guide.pk), {"text": "Lần đầu?"})
    question = guide.questions.get()
    keeper.post(url("guide_question", question.pk), {"text": "Bạn làm lần đầu?"})
    given = {"label": "Phải", "leads_to": "result", "adds": "Bản sao\n\nẢnh"}
    keeper.post(url("guide_answer_add", question.pk), given)
    keeper.post(url("guide_answer_add", question.pk), given | {"label": "Không"})
    last = question.answers.last()
    assert "Ảnh" in page(keeper, "guide_answer", last.pk)
    keeper.post(url("guide_answer", last.pk), {"label": "Không", "leads_to": "stop", "reason": "Đã có"})
    assert keeper.post(url("guide_answer_add", question.pk), {"label": ""}).status_code == 422
    assert "Bạn làm lần đầu?" in page(keeper, "guide_trial", guide.pk)
    trial = keeper.get(url("guide_trial", guide.pk), {"d": "1"}).content.decode()
    assert "Bản sao; Ảnh" in trial
    assert "Đã có" in keeper.get(url("guide_trial", guide.pk), {"d": "2"}).content.decode()
    assert keeper.post(url("guide_publish", guide.pk)).status_code == 302
    assert "Đang dùng" in page(keeper, "guides", CODE)
    assert keeper.post(url("guide_end", guide.pk)).status_code == 302
    assert not Guide.objects.filter(status="published").exists()


def test_the_editor_takes_things_out_again(world, draft, keeper):
    keeper.post(url("guide_answer_remove", draft.questions.first().answers.first().pk))
    keeper.post(url("guide_question_move", draft.questions.last().pk))
    keeper.post(url("guide_question_remove", draft.questions.first().pk))
    assert GuideQuestion.objects.filter(guide=draft).count() == 1
    assert keeper.post(url("guide_discard", draft.pk)).url == url("guides", CODE)


def test_words_are_written_on_their_screen_and_logged(world, version, keeper):
    assert keeper.post(url("words", CODE), {"summary": "Để thử", "spoken": "sổ đỏ"}).status_code == 302
    assert PlainWords.objects.get().search_text.startswith("so do")
    assert "Để thử" in page(keeper, "words", CODE)
    assert "procedure.words_written" in kinds(version)


def test_events_of_life_are_kept_on_their_screen(world, version, keeper):
    other = make_version("1.900002", "Thủ tục kèm theo").procedure
    given = {"slug": "sinh-con", "name": "Sinh con", "audience": "citizen", "position": "1", "is_shown": "on"}
    assert keeper.post(url("event_new"), given | {"codes": f"{CODE}\n0.0"}).status_code == 422
    assert keeper.post(url("event_new"), given | {"codes": CODE}).status_code == 302
    assert "Sinh con" in page(keeper, "events")
    assert CODE in page(keeper, "event", "sinh-con")
    keeper.post(url("event", "sinh-con"), given | {"codes": f"{CODE}, {other.code}", "name": "Có con"})
    event = LifeEvent.objects.get()
    assert (event.name, event.procedures.count()) == ("Có con", 2)
    assert keeper.post(url("event_remove", "sinh-con")).status_code == 302
    assert not LifeEvent.objects.exists()
    assert Event.objects.filter(chain="setting/life_events").count() == 3


def test_an_event_needs_a_name(world):
    with pytest.raises(RuleViolation, match="tên sự kiện"):
        actions.save_life_event("x", name=" ", codes=[], actor=world.system, at=AT)
