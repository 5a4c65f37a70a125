"""Surveys through their acts: questionnaire, plan, draw, asking, closing, results."""

from datetime import date

import pytest

from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import make_procedure, make_world, moment
from motcua.notifications.keys import address_key
from motcua.notifications.models import Contact, Message
from motcua.procedures.models import Field, ProcedureVersion
from motcua.surveys import actions
from motcua.surveys.models import Invitee, QuestionnaireVersion, Response, Sheet, Survey
from motcua.surveys.queries import surveys as queries
from motcua.surveys.testing import CONTENT, SMALL, finished, install, manager_of, planned, published

pytestmark = pytest.mark.django_db
AT = moment(days=10)
LAST = date(2026, 11, 30)


@pytest.fixture
def world():
    world = make_world()
    world.others["system"] = install()
    world.others["manager"] = manager_of(world)
    world.others["second"] = make_user_with(
        "reform_officer", world.province, subtree=True, full_name="Người Nhập Hai"
    )
    return world


def sampled(world, many=6, **changes):
    """A survey whose sample is everybody."""
    for number in range(1, many + 1):
        finished(world, number)
    survey = planned(world, world.others["manager"], **changes)
    return actions.sample_survey(survey.pk, "20261111", actor=world.others["manager"], at=AT)


def opened(world, many=6, **changes):
    survey = sampled(world, many, **changes)
    actions.open_survey(survey.pk, LAST, actor=world.others["manager"], at=AT)
    survey.refresh_from_db()
    return survey


# Questionnaires ------------------------------------------------------------------------------------------------------


def test_a_published_version_is_not_changed_any_more_and_a_new_one_begins_like_it(world):
    boss = world.others["manager"]
    version = published(boss)
    with pytest.raises(RuleViolation, match="đã ban hành"):
        actions.change_questionnaire(version.pk, {"sections": []}, actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="đã ban hành"):
        actions.publish_questionnaire(version.pk, actor=boss, at=AT)
    draft = actions.draft_questionnaire(version.pk, actor=boss, at=AT)
    assert (draft.number, draft.content) == (2, version.content)
    assert actions.draft_questionnaire(version.pk, actor=boss, at=AT) == draft
    actions.change_questionnaire(draft.pk, {"sections": SMALL["sections"][:1]}, actor=boss, at=AT)
    version.refresh_from_db()
    assert len(version.form.sections) == 4


def test_a_questionnaire_with_a_name_that_is_taken_or_without_questions_is_refused(world):
    boss = world.others["manager"]
    published(boss)
    with pytest.raises(RuleViolation, match="Đặt tên khác"):
        actions.create_questionnaire("Bộ câu hỏi thử", actor=boss, at=AT)
    empty = actions.create_questionnaire("Bộ trống", actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="năm mức"):
        actions.publish_questionnaire(empty.pk, actor=boss, at=AT)
    with pytest.raises(NotFound):
        actions.create_questionnaire("Không được", actor=world.clerk, at=AT)
    with pytest.raises(NotFound):
        queries.access_version(_authority(boss), 10**6)


def _authority(user):
    return authority_of(user, date(2026, 11, 11))


# The plan and the draw -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until": date(2026, 12, 1)}, "đã qua"),
        ({"since": date(2026, 11, 9)}, "đã qua"),
        ({"since": date(2025, 11, 1)}, "không quá 12 tháng"),
        ({"error": 0}, "Sai số"),
        ({"step": "3"}, "Sai số"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(world, changes, words):
    with pytest.raises(RuleViolation, match=words):
        planned(world, world.others["manager"], **changes)


def test_a_plan_needs_a_published_questionnaire_and_an_agency_of_ones_own(world):
    boss = world.others["manager"]
    draft = actions.create_questionnaire("Dự thảo", content=SMALL, actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="chưa ban hành"):
        planned(world, boss, version=draft.pk)
    with pytest.raises(NotFound):
        planned(world, boss, subject=world.province.pk)
    with pytest.raises(NotFound):
        planned(world, boss, agency=10**6)
    with pytest.raises(NotFound):
        planned(world, world.boss)


def test_who_had_several_dossiers_is_asked_once_about_the_last(world):
    survey = sampled(world, 3)
    again = finished(world, 2, at=moment(days=3))
    people = queries.users(world.commune, survey.since, survey.until)
    assert len(people) == 3
    assert again.pk in {one.dossier for one in people}
    assert queries.users(world.commune, date(2025, 1, 1), date(2025, 12, 31)) == []


def test_a_draw_can_be_repeated_and_is_in_the_log(world):
    survey = sampled(world, 6)
    boss = world.others["manager"]
    first = list(Invitee.objects.order_by("rank").values_list("dossier", flat=True))
    actions.sample_survey(survey.pk, "20261111", actor=boss, at=AT)
    assert list(Invitee.objects.order_by("rank").values_list("dossier", flat=True)) == first
    actions.sample_survey(survey.pk, "khác", actor=boss, at=AT)
    assert sorted(Invitee.objects.values_list("dossier", flat=True)) == sorted(first)
    logged = Event.objects.filter(chain=f"survey/{survey.pk}", kind="survey.sampled")
    assert [e.data["seed"] for e in logged.order_by("pk")] == ["20261111", "20261111", "khác"]
    assert len({e.data["drawn"] for e in logged}) == 2


def test_groups_by_field_get_their_share_and_a_reserve(world):
    other = make_procedure("1.000099", world.commune)
    field = Field.objects.create(name="Đất đai")
    ProcedureVersion.objects.filter(procedure=other).update(field=field)
    for number in range(20, 30):
        finished(world, number, procedure=other)
    survey = sampled(world, 4, error=20, group_minimum=2)
    targets = {s.field.name: (s.population, s.target) for s in survey.strata.all()}
    assert targets == {"Đất đai": (10, 8), "Hộ tịch": (4, 3)} or sum(t for _, t in targets.values()) >= 9
    assert Invitee.objects.filter(state="reserve").exists()
    for by, groups in (("agency", 1), ("both", 2)):
        again = planned(world, world.others["manager"], by=by)
        actions.sample_survey(again.pk, "1", actor=world.others["manager"], at=AT)
        assert again.strata.count() == groups
        assert all("UBND xã An Phú" in str(s) for s in again.strata.all())


def test_nobody_to_ask_and_no_seed_are_said(world):
    boss = world.others["manager"]
    survey = planned(world, boss)
    with pytest.raises(RuleViolation, match="hạt giống"):
        actions.sample_survey(survey.pk, " ", actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="Không có ai"):
        actions.sample_survey(survey.pk, "1", actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="Chưa bốc mẫu"):
        actions.open_survey(survey.pk, LAST, actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="từ hôm nay"):
        actions.open_survey(survey.pk, date(2026, 11, 1), actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="đang thu phiếu"):
        actions.close_survey(survey.pk, actor=boss, at=AT)


def test_after_opening_the_sample_stays(world):
    survey = opened(world)
    with pytest.raises(RuleViolation, match="đã mở"):
        actions.sample_survey(survey.pk, "1", actor=world.others["manager"], at=AT)


# Asking --------------------------------------------------------------------------------------------------------------------


def test_who_has_not_agreed_to_messages_is_asked_by_phone_or_on_paper(world):
    finished(world, 50, applicant=PartyData("citizen", "Không Điện Thoại", "001099000050", address="Thôn 2"))
    opened(world, 2)
    assert sorted(Invitee.objects.values_list("mode", flat=True)) == ["paper", "phone", "phone"]


def test_who_has_agreed_gets_a_link_that_works_once_and_leads_to_no_answer(world):
    phone = finished(world, 1).applicant.phone
    Contact.objects.create(medium="phone", key=address_key("phone", phone), masked="09…", survey=True)
    survey = opened(world, 2)
    invitee = Invitee.objects.get(mode="link")
    message = Message.objects.get(kind="survey", state="queued")
    assert queries.invitation_link(invitee.pk) in message.body
    assert message.reference == f"survey/{survey.pk}"
    token = queries.invitation_token(invitee.pk)
    assert queries.invitation(token, AT) == invitee
    with pytest.raises(RuleViolation, match="Còn thiếu"):
        actions.answer_invitation(token, {}, actor=None, at=AT)
    before = Event.objects.count()
    actions.answer_invitation(token, CONTENT, actor=None, at=AT)
    assert Event.objects.count() == before, "the log would tell who answered when"
    for late in (token, token + "x", "1:x", ""):
        with pytest.raises(NotFound):
            actions.answer_invitation(late, CONTENT, actor=None, at=AT)
    [answer] = Response.objects.all()
    assert answer.answers == CONTENT
    assert {f.name for f in Response._meta.fields} == {"id", "stratum", "mode", "answers"}
    assert not any(f.related_model in (Invitee, Dossier) for f in Response._meta.fields)
    assert queries.invitation_link(invitee.pk).endswith(f"/khao-sat/{token}/")
    other = queries.invitation_token(Invitee.objects.get(mode="phone").pk)
    with pytest.raises(NotFound):
        queries.invitation(other, moment(days=60))
    assert queries.progress(survey).answered == 1


def test_a_refusal_brings_in_the_next_of_the_reserve(world):
    survey = opened(world, 6, error=20, group_minimum=1)
    boss = world.others["manager"]
    Invitee.objects.filter(rank__gt=3).update(state="reserve")
    first = Invitee.objects.get(rank=1)
    following = actions.mark_unreached(first.pk, "refused", actor=boss, at=AT)
    assert (following.rank, following.state, following.mode) == (4, "waiting", "phone")
    with pytest.raises(RuleViolation, match="còn chờ"):
        actions.mark_unreached(first.pk, "refused", actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="còn chờ"):
        actions.mark_unreached(following.pk, "answered", actor=boss, at=AT)
    Invitee.objects.filter(state="reserve").delete()
    assert actions.mark_unreached(following.pk, "unreached", actor=boss, at=AT) is None
    assert [p.lost for p in queries.progress(survey).groups] == [2]
    assert queries.progress(survey).groups[0].left == queries.progress(survey).target


def test_a_call_is_kept_once_and_only_by_who_may(world):
    opened(world, 2)
    boss, invitee = world.others["manager"], Invitee.objects.first()
    with pytest.raises(NotFound):
        actions.answer_by_phone(invitee.pk, CONTENT, actor=world.boss, at=AT)
    with pytest.raises(NotFound):
        actions.answer_by_phone(10**6, CONTENT, actor=boss, at=AT)
    actions.answer_by_phone(invitee.pk, CONTENT, actor=boss, at=AT)
    with pytest.raises(NotFound):
        actions.answer_by_phone(invitee.pk, CONTENT, actor=boss, at=AT)
    with pytest.raises(RuleViolation, match="không thu phiếu"):
        actions.answer_by_phone(Invitee.objects.last().pk, CONTENT, actor=boss, at=moment(days=60))
    assert Response.objects.get().mode == "phone"


def test_a_sheet_is_typed_twice_by_two_people_and_counts_when_both_agree(world):
    survey = opened(world, 2)
    one, two, stratum = world.others["manager"], world.others["second"], survey.strata.get()

    def type_in(number, answers, actor, group=None):
        return actions.type_sheet(survey.pk, (group or stratum).pk, number, answers, actor=actor, at=AT)

    assert type_in(1, CONTENT, one).state == "first"
    with pytest.raises(RuleViolation, match="người khác"):
        type_in(1, CONTENT, one)
    assert Response.objects.count() == 0
    done = type_in(1, CONTENT, two)
    assert (done.state, done.answers, Response.objects.get().mode) == ("agreed", {}, "paper")
    with pytest.raises(RuleViolation, match="đủ hai lần"):
        type_in(1, CONTENT, two)
    with pytest.raises(NotFound):
        actions.type_sheet(survey.pk, 10**6, 2, CONTENT, actor=one, at=AT)


def test_a_sheet_typed_differently_is_settled_with_the_paper_in_hand(world):
    survey = opened(world, 2)
    one, two, stratum = world.others["manager"], world.others["second"], survey.strata.get()
    actions.type_sheet(survey.pk, stratum.pk, 7, CONTENT, actor=one, at=AT)
    sheet = actions.type_sheet(survey.pk, stratum.pk, 7, CONTENT | {"q2": "2"}, actor=two, at=AT)
    assert (sheet.state, sheet.differences) == ("differs", ["q2"])
    with pytest.raises(RuleViolation, match="chưa khớp"):
        actions.close_survey(survey.pk, actor=one, at=AT)
    with pytest.raises(RuleViolation, match="Còn thiếu"):
        actions.settle_sheet(sheet.pk, {}, actor=one, at=AT)
    actions.settle_sheet(sheet.pk, CONTENT | {"q2": "2"}, actor=one, at=AT)
    with pytest.raises(RuleViolation, match="không có câu nào"):
        actions.settle_sheet(sheet.pk, CONTENT, actor=one, at=AT)
    with pytest.raises(NotFound):
        actions.settle_sheet(10**6, CONTENT, actor=one, at=AT)
    assert Response.objects.get().answers["q2"] == "2"


def test_the_second_entry_in_another_group_is_refused(world):
    other = make_procedure("1.000099", world.commune)
    ProcedureVersion.objects.filter(procedure=other).update(field=Field.objects.create(name="Đất đai"))
    finished(world, 40, procedure=other)
    survey = opened(world, 2)
    first, second = survey.strata.all()
    actions.type_sheet(survey.pk, first.pk, 1, CONTENT, actor=world.others["manager"], at=AT)
    with pytest.raises(RuleViolation, match="Nhóm mẫu khác"):
        actions.type_sheet(survey.pk, second.pk, 1, CONTENT, actor=world.others["second"], at=AT)


# Results -------------------------------------------------------------------------------------------------------------------


def answer_all(world, answers=CONTENT, marks=()):
    rows = list(Invitee.objects.filter(state="waiting").order_by("pk"))
    for number, invitee in enumerate(rows):
        given = answers | ({"q1": marks[number]} if number < len(marks) else {})
        actions.answer_by_phone(invitee.pk, given, actor=world.others["manager"], at=AT)


def test_results_are_seen_only_when_the_survey_is_closed_and_who_was_drawn_is_forgotten(world):
    survey = opened(world, 12)
    answer_all(world)
    with pytest.raises(NotFound, match="đóng khảo sát"):
        queries.outcome(survey)
    before = set(Response.objects.values_list("pk", flat=True))
    closed = actions.close_survey(survey.pk, actor=world.others["manager"], at=AT)
    assert not before & set(Response.objects.values_list("pk", flat=True))
    assert set(Invitee.objects.values_list("dossier", flat=True)) == {None}
    found = queries.outcome(closed)
    assert (str(found.points), found.whole.discontent, found.whole.respondents) == ("20.0", 0, 12)
    assert len(queries.rows_of(closed)) == 12
    with pytest.raises(NotFound):
        queries.rows_of(closed, "999")
    with pytest.raises(RuleViolation, match="không ở trạng thái"):
        actions.close_survey(survey.pk, actor=world.others["manager"], at=AT)


def test_one_angry_answer_costs_points_and_is_counted(world):
    survey = opened(world, 12)
    answer_all(world, marks=["1"])
    closed = actions.close_survey(survey.pk, actor=world.others["manager"], at=AT)
    found = queries.outcome(closed)
    assert (found.whole.discontent, found.whole.good, found.whole.valid, str(found.points)) == (
        1,
        35,
        36,
        "19.5",
    )


def test_too_few_answers_show_nothing_and_small_groups_are_hidden(world):
    few = opened(world, 3)
    answer_all(world)
    closed = actions.close_survey(few.pk, actor=world.others["manager"], at=AT)
    with pytest.raises(NotFound, match="tối thiểu"):
        queries.outcome(closed)


def test_a_small_group_is_not_shown_and_cannot_be_asked_for(world):
    other = make_procedure("1.000099", world.commune)
    ProcedureVersion.objects.filter(procedure=other).update(field=Field.objects.create(name="Đất đai"))
    for number in range(40, 43):
        finished(world, number, procedure=other)
    survey = opened(world, 13)
    answer_all(world)
    closed = actions.close_survey(survey.pk, actor=world.others["manager"], at=AT)
    found = queries.outcome(closed)
    assert (found.parts, found.hidden) == ((), 16), (
        "the big group is hidden too: the small one would be the rest"
    )
    for stratum in survey.strata.all():
        with pytest.raises(NotFound):
            queries.rows_of(closed, str(stratum.pk))


def test_surveys_are_seen_by_who_keeps_types_in_or_reads_reports_and_nobody_else(world):
    survey = planned(world, world.others["manager"])
    assert list(queries.surveys_for(_authority(world.boss))) == [survey]
    assert list(queries.surveys_for(_authority(world.clerk))) == []
    for user in (world.clerk, world.policeman):
        with pytest.raises(NotFound):
            queries.access_survey(_authority(user), survey.pk)
    with pytest.raises(NotFound):
        actions.sample_survey(survey.pk, "1", actor=world.boss, at=AT)
    assert Survey.objects.count() == 1
    assert QuestionnaireVersion.objects.count() == 1
    assert Sheet.objects.count() == 0
