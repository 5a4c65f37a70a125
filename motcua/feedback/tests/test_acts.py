"""Acts on feedback: from its classification to the second answer, each lawful for the right person only."""

from datetime import date

import pytest

from motcua.agencies.testing import give_role, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers.testing import moment
from motcua.feedback import actions, queries
from motcua.feedback.rules.sending import SenderData
from motcua.feedback.testing import (
    ANSWER,
    Hall,
    accepted,
    assigned,
    published,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db
TELL = SenderData("Nguyễn Thị Người Gửi", "0912345678", "", "Thôn 1", wants_messages=True)


def test_classifying_names_an_officer_of_the_agency_and_never_oneself(hall: Hall) -> None:
    stranger = make_user_with("officer", hall.neighbour)
    for officer, word in ((stranger, "không thuộc cơ quan"), (hall.keeper, "Người bị phản ánh")):
        with pytest.raises(RuleViolation, match=word):
            actions.accept(sent(hall).pk, kind="conduct", officer=officer, actor=hall.keeper, at=moment())
    with pytest.raises(RuleViolation, match="Chọn loại"):
        actions.accept(sent(hall).pk, kind="x", actor=hall.keeper, at=moment())
    assert accepted(hall).officer == hall.officer


def test_the_clock_rests_while_the_sender_is_asked(hall: Hall) -> None:
    found = assigned(hall)
    due = found.due_at
    asked = actions.ask(found.pk, question="Ngày nào, quầy nào?", actor=hall.handler, at=moment(days=1))
    assert (asked.state, asked.asked_from) == ("unclear", "in_progress")
    told = actions.clarify(found.pk, text="Ngày 30-10, quầy số 2.", actor=None, at=moment(days=3))
    assert told.state == "in_progress"
    assert told.due_at > due
    assert "quầy số 2" in told.content
    with pytest.raises(RuleViolation, match="không còn chờ"):
        actions.clarify(found.pk, text="nữa", actor=hall.keeper, at=moment(days=3))
    with pytest.raises(RuleViolation, match="Viết câu hỏi"):
        actions.ask(found.pk, question=" ", actor=hall.keeper, at=moment(days=3))


def test_passing_on_starts_the_clock_of_the_competent_agency(hall: Hall) -> None:
    found = sent(hall, sender=TELL)
    moved = actions.transfer(found.pk, to=hall.neighbour, actor=hall.keeper, at=moment(days=2))
    assert (moved.agency, moved.first_agency, moved.state) == (hall.neighbour, hall.commune, "transferred")
    assert moved.clock_from == moment(days=2)
    assert "UBND xã Bình Minh" in queries.steps_said(moved)[-1].said
    # who passed it on still sees what became of it, but no longer acts
    assert queries.access_feedback(hall.keeper, found.pk, at=moment(days=2))
    with pytest.raises(NotFound):
        actions.transfer(found.pk, to=hall.commune, actor=hall.keeper, at=moment(days=2))
    theirs = make_user_with("procedure_controller", hall.neighbour)
    back = actions.accept(found.pk, kind="regulation", actor=theirs, at=moment(days=2))
    assert back.state == "received"


def test_passing_on_after_five_working_days_is_too_late_once_received(hall: Hall) -> None:
    found = accepted(hall, officer=None, topic="vuong-mac")
    for act, values in (
        ("transfer", {"to": hall.neighbour}),
        ("pass_on", {"to_name": "Sở X", "document": "1/UBND"}),
    ):
        with pytest.raises(RuleViolation, match="quá 5 ngày"):
            getattr(actions, act)(found.pk, **values, actor=hall.keeper, at=moment(days=8))
    with pytest.raises(RuleViolation, match="cơ quan khác"):
        actions.transfer(found.pk, to=hall.commune, actor=hall.keeper, at=moment(days=1))
    out = actions.pass_on(
        found.pk, to_name="Thuế cơ sở 3", document="12/UBND-VP", actor=hall.keeper, at=moment(days=7)
    )
    assert (out.state, out.ended_at) == ("passed_on", moment(days=7))


def test_an_extension_is_once_in_time_and_told(hall: Hall) -> None:
    found = assigned(hall, sender=SenderData("Lan", "0912345678"))
    good = {"days": 5, "reason": "Phải xác minh ở hai nơi", "document": "TB 02", "actor": hall.keeper}
    for values, word in (
        ({"days": 16}, "từ 1 đến 15"),
        ({"reason": " "}, "Nêu lý do"),
        ({"document": " "}, "số văn bản"),
    ):
        with pytest.raises(RuleViolation, match=word):
            actions.extend(found.pk, **good | values, at=moment(days=1))
    with pytest.raises(RuleViolation, match="ít nhất 1 ngày"):
        actions.extend(found.pk, **good, at=moment(days=21))
    longer = actions.extend(found.pk, **good, at=moment(days=1))
    assert to_local(longer.due_at).date() == date(2026, 12, 1)  # five working days past 23-11, 24-11 is off
    with pytest.raises(RuleViolation, match="một lần"):
        actions.extend(found.pk, **good, at=moment(days=2))


def test_conduct_is_answered_only_after_a_verification(hall: Hall) -> None:
    found = assigned(hall)
    with pytest.raises(RuleViolation, match="biên bản xác minh"):
        actions.propose(found.pk, answer=ANSWER, actor=hall.handler, at=moment(days=1))
    with pytest.raises(RuleViolation, match="người được phân công"):
        actions.propose(found.pk, answer=ANSWER, actor=hall.keeper, at=moment(days=1))
    rule = assigned(hall, topic="vuong-mac")
    assert (
        actions.propose(rule.pk, answer=ANSWER, actor=hall.handler, at=moment(days=1)).state == "for_approval"
    )


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"verdict": "maybe"}, "Chọn kết luận"),
        ({"made_on": date(2027, 1, 1)}, "sau hôm nay"),
        ({"number": " "}, "số biên bản"),
        ({"people": " "}, "thành phần"),
        ({"text": " "}, "chứng cứ"),
        ({"place": " "}, "nơi xác minh"),
    ],
)
def test_minutes_are_whole(hall: Hall, changes: dict[str, object], word: str) -> None:
    good = {
        "number": "1",
        "made_on": date(2026, 11, 2),
        "place": "a",
        "people": "b",
        "text": "c",
        "verdict": "partly",
    }
    with pytest.raises(RuleViolation, match=word):
        actions.verify(assigned(hall).pk, **good | changes, actor=hall.handler, at=moment(days=1))


def test_the_leader_approves_what_somebody_else_drafted_or_gives_it_back(hall: Hall) -> None:
    found = verified(hall)
    actions.propose(found.pk, answer=ANSWER, actor=hall.handler, at=moment(days=1))
    back = actions.send_back(
        found.pk, reason="Nêu rõ thời hạn khắc phục", actor=hall.world.boss, at=moment(days=1)
    )
    assert back.state == "in_progress"
    actions.propose(found.pk, answer=ANSWER, actor=hall.handler, at=moment(days=2))
    give_role(hall.handler, "leader", hall.commune, is_main=False)
    with pytest.raises(RuleViolation, match="không tự duyệt"):
        actions.approve(found.pk, number="1", actor=hall.handler, at=moment(days=2))
    done = actions.approve(found.pk, number="31/UBND", actor=hall.world.boss, at=moment(days=2))
    assert (done.state, done.answered_at, done.first_due_at) == ("answered", moment(days=2), done.due_at)
    with pytest.raises(RuleViolation, match="Không làm được"):
        actions.approve(found.pk, number="31/UBND", actor=hall.world.boss, at=moment(days=2))


def test_the_sender_says_once_whether_it_satisfies_and_may_have_it_handled_again_once(hall: Hall) -> None:
    found = published(hall)
    with pytest.raises(RuleViolation, match="không hài lòng"):
        actions.reopen(found.pk, reason="Chưa trả lời đúng câu hỏi", actor=None, at=moment(days=3))
    with pytest.raises(RuleViolation, match="Chọn một mức"):
        actions.rate(found.pk, satisfaction="x", actor=None, at=moment(days=3))
    actions.rate(
        found.pk,
        satisfaction="unsatisfied",
        comment="Chưa nêu người chịu trách nhiệm",
        actor=None,
        at=moment(days=3),
    )
    with pytest.raises(RuleViolation, match="đã cho ý kiến"):
        actions.rate(found.pk, satisfaction="satisfied", actor=None, at=moment(days=3))
    token = queries.rate_token(found)
    again = actions.reopen(found.pk, reason="Chưa trả lời đúng câu hỏi", actor=None, at=moment(days=3))
    assert (again.state, again.handler, again.clock_from) == ("reopened", None, moment(days=3))
    first = again.first_answered_at
    actions.assign(found.pk, handler=hall.handler, actor=hall.keeper, at=moment(days=4))
    actions.propose(found.pk, answer="Trả lời lần hai", actor=hall.handler, at=moment(days=5))
    told = actions.approve(found.pk, number="40/UBND", actor=hall.world.boss, at=moment(days=6))
    assert (told.first_answered_at, told.answered_at, told.satisfaction) == (first, moment(days=6), "")
    with pytest.raises(NotFound):
        queries.by_rate_token(token)  # of the first answer
    actions.rate(found.pk, satisfaction="unsatisfied", actor=None, at=moment(days=7))
    with pytest.raises(RuleViolation, match="Luật Khiếu nại"):
        actions.reopen(found.pk, reason="Vẫn chưa", actor=None, at=moment(days=7))
    actions.flag(
        found.pk,
        review_note="Bỏ giấy xác nhận cư trú trong thành phần hồ sơ",
        actor=hall.keeper,
        at=moment(days=8),
    )
    assert actions.close(found.pk, actor=hall.keeper, at=moment(days=8)).state == "closed"
