"""Hand-over, taking over, tasks in series and side by side, signature, sending back, the result."""

from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import give_role, make_system_user, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Handover
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    live_task,
    make_intake,
    make_procedure,
    make_process,
    moment,
    receive,
    signed,
)

LATE = moment(datetime(2026, 11, 20, 9))


def states(dossier):
    return [(t.stage, t.round, t.state) for t in dossier.tasks.all()]


# Hand-over ------------------------------------------------------------------------------------------------------------


def test_hand_over_makes_one_signed_list_for_each_agency(world):
    procedure = make_procedure("1.000020", world.commune)
    make_process(procedure, None, [("review", [("resolving", "officer", "8"), ("police", "officer", "16")])])
    one, two = receive(world), receive(world, procedure=procedure)
    lists = actions.hand_over([one.pk, two.pk], actor=world.clerk, at=moment(hours=1))
    assert [(h.number, h.to_agency) for h in lists] == [
        ("0001/2026", world.commune),
        ("0002/2026", world.police),
    ]
    two.refresh_from_db()
    assert (two.status, two.current_stage) == (Status.TRANSFERRED, 1)
    assert [(t.state, t.given_by, t.handover.to_agency) for t in two.tasks.all()] == [
        ("open", world.clerk, world.commune), ("open", world.clerk, world.police),
    ]  # fmt: skip
    assert [t.due_at for t in two.tasks.all()] == [moment(days=1, hours=1), moment(days=2, hours=1)]


def test_hand_over_ends_the_counters_own_step(world):
    procedure = make_procedure("1.000021", world.commune)
    make_process(
        procedure,
        None,
        [("review", [("office", "receptionist", "2")]), ("review", [("resolving", "officer", "8")])],
    )
    dossier = receive(world, procedure=procedure)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    own, next_ = dossier.tasks.all()
    assert (own.state, own.outcome, own.done_by, own.late_cause) == ("done", "handed_over", world.clerk, "")
    assert next_.state == "open"


def test_hand_over_to_a_given_agency_refuses_dossiers_that_do_not_go_there(world):
    dossier = receive(world)
    with pytest.raises(RuleViolation, match="không chuyển đến"):
        actions.hand_over([dossier.pk], to_agency_id=world.police.pk, actor=world.clerk, at=moment(hours=1))
    actions.hand_over([dossier.pk], to_agency_id=world.commune.pk, actor=world.clerk, at=moment(hours=1))


def test_nothing_or_something_unknown_is_not_handed_over(world):
    for ids in ([], [10**9]):
        with pytest.raises(NotFound):
            actions.hand_over(ids, actor=world.clerk, at=moment(hours=1))


def test_a_batch_is_handed_over_whole_or_not_at_all(world):
    one = receive(world)
    two = in_review(world)
    with pytest.raises(RuleViolation):
        actions.hand_over([one.pk, two.pk], actor=world.clerk, at=moment(hours=2))
    one.refresh_from_db()
    assert one.status == Status.RECEIVED
    assert Handover.objects.count() == 1


def test_taking_over_signs_for_the_list_and_takes_the_work_in_hand(world):
    dossier = in_review(world)
    task = live_task(dossier)
    assert (dossier.status, task.state, task.officer, task.taken_by) == (
        Status.IN_REVIEW,
        "accepted",
        world.officer,
        world.officer,
    )
    handover = task.handover
    assert (handover.receiver, handover.received_at) == (world.officer, moment(hours=1.5))


def test_who_only_carries_takes_over_without_taking_the_work_in_hand(world):
    carrier = make_user_with("clerk", world.commune)
    dossier = receive(world)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    [task] = actions.take_over([live_task(dossier).pk], actor=carrier, at=moment(hours=2))
    assert (task.state, task.officer, task.taken_by) == ("accepted", None, carrier)
    with pytest.raises(RuleViolation, match="không chờ ký nhận"):
        actions.take_over([task.pk], actor=world.officer, at=moment(hours=3))


def test_work_may_be_taken_over_for_assignment_later(world):
    dossier = receive(world)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    [task] = actions.take_over([live_task(dossier).pk], claim=False, actor=world.officer, at=moment(hours=2))
    assert task.officer is None


def test_only_people_of_the_agency_take_over(world):
    dossier = receive(world)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    with pytest.raises(NotFound):
        actions.take_over([live_task(dossier).pk], actor=world.policeman, at=moment(hours=2))
    with pytest.raises(NotFound):
        actions.take_over([], actor=world.officer, at=moment(hours=2))


# Who does it -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def unclaimed(world):
    dossier = receive(world)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    actions.take_over([live_task(dossier).pk], claim=False, actor=world.officer, at=moment(hours=1))
    return dossier


def test_a_task_is_claimed_once(world, unclaimed):
    task = actions.claim(live_task(unclaimed).pk, actor=world.officer, at=moment(hours=2))
    assert task.officer == world.officer
    other = make_user_with("officer", world.commune)
    with pytest.raises(RuleViolation, match="đang do"):
        actions.claim(task.pk, actor=other, at=moment(hours=2))
    with pytest.raises(NotFound):
        actions.claim(task.pk, actor=world.policeman, at=moment(hours=2))


def test_a_task_is_assigned_to_who_may_process_there(world, unclaimed):
    head = make_user_with("division_head", world.commune)
    task = live_task(unclaimed)
    assert actions.assign(task.pk, world.officer.pk, actor=head, at=moment(hours=2)).officer == world.officer
    with pytest.raises(RuleViolation, match="không có quyền thụ lý"):
        actions.assign(task.pk, world.policeman.pk, actor=head, at=moment(hours=2))
    with pytest.raises(NotFound):
        actions.assign(task.pk, world.officer.pk, actor=world.officer, at=moment(hours=2))


def test_a_task_is_released_by_its_officer_or_who_assigns(world, unclaimed):
    task = live_task(unclaimed)
    actions.claim(task.pk, actor=world.officer, at=moment(hours=2))
    with pytest.raises(NotFound):
        actions.release(task.pk, actor=world.clerk, at=moment(hours=2))
    assert actions.release(task.pk, actor=world.officer, at=moment(hours=2)).officer is None
    assert actions.release(task.pk, actor=world.boss, at=moment(hours=2)).officer is None


def test_claiming_an_open_task_in_review_takes_it_over(world):
    procedure = make_procedure("1.000022", world.commune)
    make_process(
        procedure,
        None,
        [("review", [("resolving", "officer", "8")]), ("review", [("resolving", "officer", "8")])],
    )
    dossier = in_review(world, receive(world, procedure=procedure))
    actions.complete_task(live_task(dossier).pk, actor=world.officer, at=moment(hours=3))
    second = live_task(dossier)
    assert second.state == "open"
    assert actions.claim(second.pk, actor=world.officer, at=moment(hours=4)).state == "accepted"
    actions.complete_task(second.pk, actor=world.officer, at=moment(hours=5))
    with pytest.raises(RuleViolation, match="chưa mở hoặc đã xong"):
        actions.claim(second.pk, actor=world.officer, at=moment(hours=6))


def _take(task, world, at):
    return actions.take_over([task.pk], actor=world.officer, at=at)


def _finish(task, world, at):
    return actions.complete_task(task.pk, actor=world.officer, at=at)


def _claim(task, world, at):
    return actions.claim(task.pk, actor=world.officer, at=at)


@pytest.mark.parametrize("last", [_take, _finish, _claim])
def test_a_list_has_its_receiver_when_the_last_of_its_tasks_is_signed_for(world, last):
    procedure = make_procedure("1.000029", world.commune)
    pair = [("resolving", "officer", "8"), ("resolving", "officer", "8")]
    make_process(procedure, None, [("review", pair), ("signature", [("resolving", "leader", "4")])])
    dossier = receive(world, procedure=procedure)
    (handover,) = actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    first, second = handover.tasks.all()
    _take(first, world, moment(hours=2))
    handover.refresh_from_db()
    assert (handover.receiver, handover.received_at) == (None, None)
    last(second, world, moment(hours=3))
    handover.refresh_from_db()
    assert (handover.receiver, handover.received_at) == (world.officer, moment(hours=3))


def test_a_list_is_signed_for_once_and_only_what_still_waits_on_it(world):
    dossiers = [receive(world), receive(world)]
    (handover,) = actions.hand_over([d.pk for d in dossiers], actor=world.clerk, at=moment(hours=1))
    early = handover.tasks.first()
    actions.take_over([early.pk], actor=world.boss, at=moment(hours=2))
    actions.take_over(handover_id=handover.pk, actor=world.officer, at=moment(hours=3))
    early.refresh_from_db()
    assert early.taken_by == world.boss
    with pytest.raises(RuleViolation, match="không còn hồ sơ nào chờ ký nhận"):
        actions.take_over(handover_id=handover.pk, actor=world.officer, at=moment(hours=4))


# Completing -------------------------------------------------------------------------------------------------------------


def test_the_next_stage_opens_when_all_required_tasks_of_a_stage_are_done(world):
    procedure = make_procedure("1.000023", world.commune)
    process = make_process(
        procedure, None,
        [("review", [("resolving", "officer", "8"), ("police", "officer", "8"), ("resolving", "officer", "8")]), ("signature", [("resolving", "leader", "4")])],
    )  # fmt: skip
    process.stages.first().tasks.filter(position=3).update(required=False)
    dossier = receive(world, procedure=procedure)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    mine, theirs, optional, _ = dossier.tasks.all()
    actions.take_over([mine.pk, optional.pk], actor=world.officer, at=moment(hours=2))
    actions.take_over([theirs.pk], actor=world.policeman, at=moment(hours=2))
    actions.complete_task(
        theirs.pk, external_code="CA-1", note="Xong", actor=world.policeman, at=moment(hours=3)
    )
    dossier.refresh_from_db()
    assert dossier.status == Status.IN_REVIEW
    actions.complete_task(mine.pk, actor=world.officer, at=moment(hours=4))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.current_stage) == (Status.FOR_SIGNATURE, 2)
    theirs.refresh_from_db()
    assert (theirs.external_code, theirs.note) == ("CA-1", "Xong")
    actions.sign_result(dossier.pk, number="1", actor=world.boss, at=moment(hours=5))
    dossier.refresh_from_db()
    assert dossier.status == Status.RESULT_READY


def test_after_a_signature_the_chain_may_go_on_in_other_agencies(world):
    procedure = make_procedure("1.000024", world.commune)
    make_process(
        procedure, None,
        [("review", [("resolving", "officer", "8")]), ("signature", [("resolving", "leader", "4")]), ("review", [("police", "officer", "8")]), ("result", [("office", "receptionist", "2")])],
    )  # fmt: skip
    dossier = signed(world, receive(world, procedure=procedure))
    assert (dossier.status, dossier.current_stage) == (Status.IN_REVIEW, 3)
    actions.complete_task(live_task(dossier).pk, actor=world.policeman, at=moment(hours=4))
    actions.complete_task(live_task(dossier, "result").pk, actor=world.clerk, at=moment(hours=5))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.ready_at) == (Status.RESULT_READY, moment(hours=5))


def test_a_task_is_not_completed_before_it_is_taken_over_nor_twice_nor_by_strangers(world):
    dossier = receive(world)
    task = dossier.tasks.first()
    with pytest.raises(RuleViolation):
        actions.complete_task(task.pk, actor=world.officer, at=moment(hours=1))
    in_review(world, dossier)
    with pytest.raises(NotFound):
        actions.complete_task(task.pk, actor=world.policeman, at=moment(hours=2))
    with pytest.raises(NotFound):
        actions.complete_task(10**9, actor=world.officer, at=moment(hours=2))
    with pytest.raises(RuleViolation, match="chưa mở"):
        actions.complete_task(dossier.tasks.last().pk, actor=world.clerk, at=moment(hours=2))
    actions.complete_task(task.pk, actor=world.officer, at=moment(hours=2))
    with pytest.raises(RuleViolation, match="đã xong"):
        actions.complete_task(task.pk, actor=world.officer, at=moment(hours=3))


def test_a_task_in_somebody_elses_hands_is_completed_only_by_who_assigns(world):
    dossier = in_review(world)
    other = make_user_with("officer", world.commune)
    with pytest.raises(RuleViolation, match="người khác thụ lý"):
        actions.complete_task(live_task(dossier).pk, actor=other, at=moment(hours=2))
    head = make_user_with("division_head", world.commune)
    actions.complete_task(live_task(dossier).pk, actor=head, at=moment(hours=2))


def test_a_signature_is_not_completed_like_other_tasks(world):
    dossier = for_signature(world)
    give_role(world.boss, "officer", world.commune, is_main=False)
    with pytest.raises(RuleViolation, match="Ký kết quả"):
        actions.complete_task(live_task(dossier).pk, actor=world.boss, at=moment(hours=3))


def test_a_late_task_demands_a_cause_and_keeps_it(world):
    dossier = in_review(world)
    task = live_task(dossier)
    with pytest.raises(RuleViolation, match="Công việc đã quá hạn"):
        actions.complete_task(task.pk, actor=world.officer, at=LATE)
    actions.complete_task(
        task.pk, late_cause="partner", late_note="Chờ công an", actor=world.officer, at=LATE
    )
    task.refresh_from_db()
    assert (task.late_cause, task.note) == ("partner", "Chờ công an")


def test_lateness_is_by_the_minute_where_the_agency_says_so(world):
    DatedSetting.objects.create(
        agency=world.commune,
        key="standing_granularity",
        value="minute",
        valid_from=date(2026, 1, 1),
        source="QC",
    )
    dossier = in_review(world)
    task = live_task(dossier)
    after = task.due_at + timedelta(minutes=1)
    with pytest.raises(RuleViolation, match="quá hạn"):
        actions.complete_task(task.pk, actor=world.officer, at=after)
    actions.complete_task(task.pk, actor=world.officer, at=task.due_at)


# Separation of duties -----------------------------------------------------------------------------------------------------


@pytest.fixture
def allrounder(world):
    for role in ("officer", "leader"):
        give_role(world.clerk, role, world.commune, is_main=False)
    return world.clerk


def test_who_received_does_not_resolve_and_who_resolved_does_not_sign(world, allrounder):
    dossier = receive(world)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    actions.take_over([live_task(dossier).pk], claim=False, actor=world.officer, at=moment(hours=1))
    with pytest.raises(RuleViolation, match="Bạn đã tiếp nhận"):
        actions.complete_task(live_task(dossier).pk, actor=allrounder, at=moment(hours=2))
    give_role(world.officer, "leader", world.commune, is_main=False)
    actions.complete_task(live_task(dossier).pk, actor=world.officer, at=moment(hours=2))
    with pytest.raises(RuleViolation, match="Bạn đã thụ lý"):
        actions.sign_result(dossier.pk, number="1", actor=world.officer, at=moment(hours=3))


def test_one_person_may_do_all_where_the_setting_says_so(world, allrounder):
    DatedSetting.objects.create(
        agency=world.commune,
        key="separation_of_duties",
        value="off",
        valid_from=date(2026, 1, 1),
        source="QC",
    )
    dossier = receive(world)
    actions.hand_over([dossier.pk], actor=allrounder, at=moment(hours=1))
    actions.take_over([live_task(dossier).pk], actor=allrounder, at=moment(hours=1))
    actions.complete_task(live_task(dossier).pk, actor=allrounder, at=moment(hours=2))
    actions.sign_result(dossier.pk, number="1", actor=allrounder, at=moment(hours=3))


def test_the_systems_own_account_is_not_held_to_separation(world):
    system = make_system_user()
    dossier = actions.receive(make_intake(world), actor=system, at=moment())
    actions.hand_over([dossier.pk], actor=system, at=moment(hours=1))
    actions.take_over([live_task(dossier).pk], actor=system, at=moment(hours=1))
    actions.complete_task(live_task(dossier).pk, actor=system, at=moment(hours=2))
    assert actions.sign_result(dossier.pk, number="1", actor=system, at=moment(hours=3)).signer_title == ""
