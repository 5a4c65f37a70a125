"""Supplement, opinions, financial obligation, apology: what each does to the clock, and what it must not do."""

from datetime import date, datetime

import pytest

from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import give_role, make_agency, make_system_user, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers import actions, queries
from motcua.dossiers.models import ClockEntry
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import for_signature, in_review, live_task, make_procedure, moment, receive
from motcua.notifications.models import Template

ITEMS = [{"name": "Bản vẽ", "originals": 1, "note": "thiếu dấu", "unknown": "x"}]


def ask(world, dossier, at=None, **more):
    return actions.request_supplement(
        dossier.pk, reason="Thiếu bản vẽ", items=ITEMS, actor=world.officer, at=at or moment(days=1), **more
    )


def kinds(dossier):
    return [e.kind for e in dossier.clock_entries.all()]


def setting(world, key, value):
    DatedSetting.objects.create(
        agency=world.commune, key=key, value=value, valid_from=date(2026, 1, 1), source="QC"
    )


# Supplement ------------------------------------------------------------------------------------------------------------


def test_a_supplement_stops_the_clock_and_restarts_it_from_zero(world):
    dossier = in_review(world)
    request = ask(world, dossier)
    dossier.refresh_from_db()
    assert (dossier.status, queries.derivation_of(dossier).paused) == (Status.POST_SUPPLEMENT, True)
    assert request.answer_due_on == date(2026, 11, 18)
    assert request.notice.data["missing"] == [{"name": "Bản vẽ", "originals": 1, "note": "thiếu dấu"}]
    actions.complete_supplement(
        dossier.pk, (PaperData("Bản vẽ", originals=1),), actor=world.clerk, at=moment(days=7)
    )
    dossier.refresh_from_db()
    assert dossier.status == Status.IN_REVIEW
    assert to_local(dossier.due_at) == datetime(2026, 11, 16, 17, 30)
    assert to_local(dossier.original_due_at) == datetime(2026, 11, 9, 17, 30)
    assert kinds(dossier) == ["start", "suspend", "restart"]
    assert live_task(dossier).due_at == moment(days=9)
    assert {t.dossier_due_at for t in dossier.tasks.all()} == {dossier.due_at}
    last = dossier.papers.last()
    assert (last.name, last.position, last.added_by_supplement) == ("Bản vẽ", 2, True)
    request.refresh_from_db()
    assert request.completed_at == moment(days=7)


def test_a_supplement_after_acceptance_is_asked_for_once(world):
    dossier = in_review(world)
    ask(world, dossier)
    actions.complete_supplement(dossier.pk, actor=world.officer, at=moment(days=2))
    with pytest.raises(RuleViolation, match="một lần"):
        ask(world, dossier, at=moment(days=2, hours=1))


def test_a_request_after_three_working_days_is_flagged(world):
    dossier = in_review(world)
    request = ask(world, dossier, at=moment(days=4))
    assert request.flagged_late
    assert [e.kind for e in queries.flagged(dossier)] == ["suspend"]


def test_a_request_within_three_working_days_is_not_flagged(world):
    assert not ask(world, in_review(world), at=moment(days=3)).flagged_late


def test_a_late_request_is_refused_where_the_setting_says_so(world):
    setting(world, "late_supplement", "refuse")
    with pytest.raises(RuleViolation, match="Đã quá 3 ngày"):
        ask(world, in_review(world), at=moment(days=4))


def test_the_grace_is_the_procedures_or_the_settings_or_stated(world):
    world.procedure.versions.update(supplement_grace_days=30)
    assert ask(world, in_review(world)).answer_due_on == date(2026, 12, 3)
    assert ask(world, in_review(world), answer_by=date(2026, 11, 10)).answer_due_on == date(2026, 11, 10)


def test_only_who_works_on_the_dossier_asks(world):
    dossier = in_review(world)
    with pytest.raises(NotFound):
        actions.request_supplement(
            dossier.pk, reason="x", items=ITEMS, actor=world.policeman, at=moment(days=1)
        )
    with pytest.raises(RuleViolation):
        actions.request_supplement(dossier.pk, reason="", items=ITEMS, actor=world.officer, at=moment(days=1))


def test_what_was_never_supplemented_is_stopped_with_a_notice_when_time_is_up(world):
    dossier = in_review(world)
    ask(world, dossier)
    system = make_system_user()
    assert actions.expire_supplements(actor=system, at=moment(days=16)) == []
    assert actions.expire_supplements(actor=system, at=moment(days=17)) == [dossier]
    dossier.refresh_from_db()
    assert dossier.status == Status.STOPPED
    notice = dossier.notices.get(kind="stop_notice")
    assert notice.data["reason"] == "Người nộp không bổ sung hồ sơ đúng hạn"
    assert notice.data["form_number"].startswith("Mẫu số 05")
    assert actions.expire_supplements(actor=system, at=moment(days=18)) == []


def test_one_dossier_that_cannot_be_stopped_does_not_keep_the_others_waiting(world, monkeypatch):
    first, second = in_review(world), in_review(world)
    ask(world, first)
    ask(world, second)
    from motcua.dossiers.actions import pauses

    def stop(desk, dossier, tasks, code, reason):
        if dossier.pk == first.pk:
            raise RuleViolation("lỗi")
        return dossier

    monkeypatch.setattr(pauses, "end_by_stopping", stop)
    assert actions.expire_supplements(actor=make_system_user(), at=moment(days=17)) == [second]


def test_the_office_may_leave_the_decision_to_a_person(world):
    setting(world, "supplement_expiry", "remind")
    dossier = in_review(world)
    ask(world, dossier)
    assert actions.expire_supplements(actor=make_system_user(), at=moment(days=30)) == []
    dossier.refresh_from_db()
    assert dossier.status == Status.POST_SUPPLEMENT


# Opinions ----------------------------------------------------------------------------------------------------------------


def opinion(world, dossier, **more):
    values = {"to_agency_id": world.police.pk, "question": "Có cư trú không?", "due_working_days": 2} | more
    return actions.ask_opinion(dossier.pk, **values, actor=world.officer, at=moment(hours=2))


def test_an_opinion_has_its_own_deadline_and_leaves_the_clock_alone(world):
    dossier = in_review(world)
    due = dossier.due_at
    asked = opinion(world, dossier)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_at, kinds(dossier)) == (Status.WAIT_OPINION, due, ["start"])
    assert to_local(asked.due_at) == datetime(2026, 11, 4, 17, 30)
    assert (asked.from_agency, asked.to_agency) == (world.commune, world.police)
    actions.answer_opinion(asked.pk, answer="Có", actor=world.policeman, at=moment(days=1))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_at) == (Status.IN_REVIEW, due)


def test_the_dossier_waits_for_the_last_answer(world):
    dossier = in_review(world)
    first, second = opinion(world, dossier), opinion(world, dossier)
    actions.answer_opinion(first.pk, answer="Có", actor=world.policeman, at=moment(days=1))
    dossier.refresh_from_db()
    assert dossier.status == Status.WAIT_OPINION
    with pytest.raises(RuleViolation, match="đã trả lời"):
        actions.answer_opinion(first.pk, answer="Nữa", actor=world.policeman, at=moment(days=1))
    with pytest.raises(RuleViolation):
        actions.answer_opinion(second.pk, answer=" ", actor=world.policeman, at=moment(days=1))
    with pytest.raises(NotFound):
        actions.answer_opinion(second.pk, answer="Có", actor=world.officer, at=moment(days=1))
    with pytest.raises(NotFound):
        actions.answer_opinion(10**9, answer="Có", actor=world.officer, at=moment(days=1))


def test_opinions_that_never_came_lapse_by_decision(world):
    dossier = in_review(world)
    asked = opinion(world, dossier)
    with pytest.raises(RuleViolation, match="chưa hết hạn"):
        actions.end_opinions(dossier.pk, actor=world.officer, at=moment(days=1))
    actions.end_opinions(dossier.pk, actor=world.officer, at=moment(days=3))
    dossier.refresh_from_db()
    assert dossier.status == Status.IN_REVIEW
    with pytest.raises(RuleViolation):
        actions.answer_opinion(asked.pk, answer="Muộn", actor=world.policeman, at=moment(days=3))


@pytest.mark.parametrize("more", [{"question": " "}, {"due_working_days": 0}, {"to_agency_id": 10**9}])
def test_a_question_names_agency_content_and_deadline(world, more):
    with pytest.raises(RuleViolation):
        opinion(world, in_review(world), **more)


def test_the_asking_agency_is_that_of_the_live_task(world):
    procedure = make_procedure("1.000030", world.police)
    dossier = receive(world, procedure=procedure)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    actions.take_over([live_task(dossier).pk], actor=world.policeman, at=moment(hours=1))
    asked = actions.ask_opinion(
        dossier.pk,
        to_agency_id=world.commune.pk,
        question="?",
        due_working_days=1,
        actor=world.policeman,
        at=moment(hours=2),
    )
    assert asked.from_agency == world.police
    world.policeman.assignments.update(valid_to=date(2026, 11, 1))
    system = make_system_user()
    assert (
        actions.ask_opinion(
            dossier.pk,
            to_agency_id=world.commune.pk,
            question="?",
            due_working_days=1,
            actor=system,
            at=moment(days=1),
        ).from_agency
        == world.police
    )


# Obligation -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def owing(world):
    give_role(world.officer, "land_desk", world.commune, is_main=False)
    dossier = in_review(world)
    actions.issue_obligation(
        dossier.pk, amount_dong=1_000_000, notice_number="TB 1", actor=world.officer, at=moment(days=1)
    )
    dossier.refresh_from_db()
    return dossier


def test_an_obligation_suspends_and_its_fulfilment_resumes(world, owing):
    task = live_task(owing)
    assert owing.status == Status.WAIT_FINANCE
    left_until = task.due_at
    actions.meet_obligation(owing.pk, document="GNT 5", actor=world.clerk, at=moment(days=8))
    owing.refresh_from_db()
    task.refresh_from_db()
    assert (owing.status, kinds(owing)) == (Status.IN_REVIEW, ["start", "suspend", "resume"])
    assert to_local(owing.due_at) == datetime(2026, 11, 16, 17, 30)
    assert left_until == moment(days=2, hours=1)
    assert task.due_at == moment(days=9, hours=1)
    assert task.dossier_due_at == owing.due_at
    assert owing.obligations.get().met_document == "GNT 5"


@pytest.mark.parametrize(
    "values", [{"amount_dong": 0, "notice_number": "TB"}, {"amount_dong": 1, "notice_number": " "}]
)
def test_an_obligation_has_an_amount_and_a_notice(world, values):
    with pytest.raises(RuleViolation):
        actions.issue_obligation(in_review(world).pk, **values, actor=world.officer, at=moment(days=1))


def test_an_obligation_is_met_by_a_document(world, owing):
    with pytest.raises(RuleViolation):
        actions.meet_obligation(owing.pk, document="", actor=world.clerk, at=moment(days=8))


def test_a_task_that_was_already_late_stays_late_after_the_suspension(world):
    dossier = in_review(world)
    task = live_task(dossier)
    actions.issue_obligation(
        dossier.pk, amount_dong=1, notice_number="TB", actor=world.officer, at=moment(days=4)
    )
    actions.meet_obligation(dossier.pk, document="GNT", actor=world.officer, at=moment(days=7))
    before = task.due_at
    task.refresh_from_db()
    assert task.due_at == before


# Apology ----------------------------------------------------------------------------------------------------------------------


def sorry(world, dossier, at=None, **more):
    values = {"extra_working_days": 3, "reason": "Hồ sơ phức tạp"} | more
    return actions.apologise(dossier.pk, **values, actor=world.boss, at=at or moment(days=2))


def test_an_apology_moves_the_due_date_once_and_keeps_the_original(world):
    dossier = in_review(world)
    notice = sorry(world, dossier)
    dossier.refresh_from_db()
    assert (to_local(dossier.due_at), to_local(dossier.original_due_at)) == (
        datetime(2026, 11, 12, 17, 30),
        datetime(2026, 11, 9, 17, 30),
    )
    assert (notice.data["due_on"], notice.data["new_due"], notice.data["wording"]) == (
        "2026-11-09",
        "2026-11-12",
        "extension",
    )
    assert (dossier.status, queries.flagged(dossier)) == (Status.IN_REVIEW, [])
    assert live_task(dossier).dossier_due_at == dossier.due_at
    with pytest.raises(RuleViolation, match="một lần"):
        sorry(world, dossier)


@pytest.mark.parametrize(
    ("at", "flagged"), [(moment(days=4), False), (moment(days=7), True), (moment(days=10), True)]
)
def test_an_apology_less_than_a_working_day_before_is_allowed_but_flagged(world, at, flagged):
    dossier = in_review(world)
    sorry(world, dossier, at=at)
    assert bool(queries.flagged(dossier)) is flagged
    assert ClockEntry.objects.get(kind="extend").flagged is flagged


@pytest.mark.parametrize("more", [{"extra_working_days": 0}, {"reason": " "}])
def test_an_apology_says_how_long_and_why(world, more):
    with pytest.raises(RuleViolation):
        sorry(world, in_review(world), **more)


def test_there_is_nothing_to_move_while_the_clock_rests_or_without_a_limit(world):
    dossier = in_review(world)
    actions.issue_obligation(
        dossier.pk, amount_dong=1, notice_number="TB", actor=world.officer, at=moment(days=1)
    )
    with pytest.raises(RuleViolation, match="tạm dừng"):
        sorry(world, dossier)
    endless = in_review(
        world, receive(world, procedure=make_procedure("1.000031", world.commune, amount=None, unit="none"))
    )
    with pytest.raises(RuleViolation, match="không quy định thời hạn"):
        sorry(world, endless)


def test_the_head_signs_the_apology(world):
    deputy = make_user_with("leader", world.commune)
    assert sorry(world, in_review(world), signer_id=deputy.pk).signer == deputy
    assert sorry(world, in_review(world), signer_id=world.boss.pk).signer == world.boss
    for pk in (world.officer.pk, 10**9):
        with pytest.raises(RuleViolation, match="lãnh đạo"):
            sorry(world, in_review(world), signer_id=pk)
    with pytest.raises(NotFound):
        actions.apologise(
            in_review(world).pk, extra_working_days=1, reason="x", actor=world.officer, at=moment(days=1)
        )


def test_an_apology_survives_a_later_suspension(world):
    dossier = in_review(world)
    sorry(world, dossier)
    actions.issue_obligation(
        dossier.pk, amount_dong=1, notice_number="TB", actor=world.officer, at=moment(days=3)
    )
    actions.meet_obligation(dossier.pk, document="GNT", actor=world.officer, at=moment(days=4))
    dossier.refresh_from_db()
    assert to_local(dossier.due_at) == datetime(2026, 11, 13, 17, 30)
    assert to_local(dossier.original_due_at) == datetime(2026, 11, 9, 17, 30)


# Word to the citizen -----------------------------------------------------------------------------------------------------------


def test_word_goes_out_by_the_address_given_without_names(world):
    Template.objects.update_or_create(
        kind="supplement_needed",
        channel="sms",
        language="vi",
        defaults={"body": "{code} {due} {link}", "is_active": True},
    )
    dossier = in_review(world)
    ask(world, dossier)
    from motcua.notifications.models import Message

    message = Message.objects.get(kind="supplement_needed", channel="sms")
    assert (message.to, message.reference) == ("+84912345678", f"dossier/{dossier.pk}")
    assert message.body.startswith(f"{dossier.code} 18/11/2026")
    assert "Nguyễn" not in message.body


def test_other_agencies_do_not_find_the_dossier(world):
    stranger = make_user_with("leader", make_agency("UBND xã Khác", world.province, code="H40.14"))
    with pytest.raises(NotFound):
        actions.apologise(
            for_signature(world).pk, extra_working_days=1, reason="x", actor=stranger, at=moment(days=1)
        )
