"""Signature, sending back, the result, going on after opinions."""

from datetime import date, datetime

import pytest

from motcua.agencies.testing import make_agency, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Opinion
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    live_task,
    make_procedure,
    make_process,
    moment,
    ready,
    receive,
    signed,
)

LATE = moment(datetime(2026, 11, 20, 9))


def states(dossier):
    return [(t.stage, t.round, t.state) for t in dossier.tasks.all()]


# Signing ------------------------------------------------------------------------------------------------------------------


def test_signing_makes_a_result_with_number_title_and_token(world):
    dossier = for_signature(world)
    paper = actions.sign_result(
        dossier.pk, number=" 12/GCN ", result_name="Giấy chứng nhận", actor=world.boss, at=moment(hours=3)
    )
    assert (paper.number, paper.name, paper.signed_on, paper.signer_title) == (
        "12/GCN",
        "Giấy chứng nhận",
        date(2026, 11, 2),
        "Lãnh đạo ký (UBND, sở, ngành)",
    )
    assert len(paper.token) == 24
    dossier.refresh_from_db()
    assert (dossier.status, dossier.current_stage) == (Status.FOR_SIGNATURE, 3)


def test_a_result_is_named_by_the_catalogue_else_after_the_procedure(world):
    assert signed(world).results.get().name.startswith("Kết quả giải quyết thủ tục")
    world.procedure.versions.get().results.create(name="Giấy khai sinh", code="KQ.1")
    assert signed(world).results.get().name == "Giấy khai sinh"


@pytest.mark.parametrize("changes", [{"number": " "}, {"number": "1", "signed_on": date(2026, 11, 3)}])
def test_a_result_needs_a_number_and_no_future_date(world, changes):
    with pytest.raises(RuleViolation):
        actions.sign_result(for_signature(world).pk, **changes, actor=world.boss, at=moment(hours=3))


def test_only_who_signs_there_signs_and_only_when_it_is_time(world):
    dossier = in_review(world)
    with pytest.raises(RuleViolation):
        actions.sign_result(dossier.pk, number="1", actor=world.boss, at=moment(hours=3))
    actions.complete_task(live_task(dossier).pk, actor=world.officer, at=moment(hours=2))
    with pytest.raises(NotFound):
        actions.sign_result(dossier.pk, number="1", actor=world.officer, at=moment(hours=3))
    actions.sign_result(dossier.pk, number="1", actor=world.boss, at=moment(hours=3))
    office_boss = make_user_with("leader", world.commune)
    with pytest.raises(RuleViolation, match="chờ bạn ký"):
        actions.sign_result(dossier.pk, number="2", actor=office_boss, at=moment(hours=4))


def test_a_late_signature_demands_a_cause(world):
    dossier = for_signature(world)
    with pytest.raises(RuleViolation, match="quá hạn"):
        actions.sign_result(dossier.pk, number="1", actor=world.boss, at=LATE)
    actions.sign_result(
        dossier.pk, number="1", late_cause="capacity", late_note="Vắng", actor=world.boss, at=LATE
    )
    assert dossier.tasks.get(stage_kind="signature").note == "Vắng"


# Sending back -------------------------------------------------------------------------------------------------------------


def test_sending_back_starts_a_new_round_and_keeps_the_old_rows(world):
    dossier = for_signature(world)
    with pytest.raises(RuleViolation, match="lý do trả lại"):
        actions.send_back(dossier.pk, reason="", actor=world.boss, at=moment(hours=3))
    actions.send_back(dossier.pk, reason="Sai tên", actor=world.boss, at=moment(hours=3))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.current_stage) == (Status.IN_REVIEW, 1)
    assert states(dossier) == [
        (1, 1, "done"),
        (1, 2, "open"),
        (2, 1, "cancelled"),
        (2, 2, "planned"),
        (3, 1, "planned"),
    ]
    again = live_task(dossier)
    assert (again.officer, again.given_by) == (world.officer, world.boss)
    actions.complete_task(again.pk, actor=world.officer, at=moment(hours=4))
    actions.sign_result(dossier.pk, number="1", actor=world.boss, at=moment(hours=5))
    actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(hours=6))
    dossier.refresh_from_db()
    assert dossier.status == Status.RESULT_READY
    assert dossier.due_at == dossier.original_due_at


def test_sending_back_goes_to_a_review_before_the_signature_only(world):
    dossier = for_signature(world)
    with pytest.raises(RuleViolation, match="bước xử lý"):
        actions.send_back(dossier.pk, reason="Sai", to_stage=3, actor=world.boss, at=moment(hours=3))
    actions.send_back(dossier.pk, reason="Sai", to_stage=1, actor=world.boss, at=moment(hours=3))
    only = make_procedure("1.000025", world.commune)
    make_process(only, None, [("signature", [("resolving", "leader", "4")])])
    dossier = receive(world, procedure=only)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    dossier.refresh_from_db()
    assert dossier.status == Status.TRANSFERRED
    reviewer = make_user_with("officer", world.commune)
    actions.take_over([live_task(dossier).pk], claim=False, actor=reviewer, at=moment(hours=2))
    dossier.refresh_from_db()
    assert dossier.status == Status.FOR_SIGNATURE
    with pytest.raises(RuleViolation, match="không có bước nào để trả lại"):
        actions.send_back(dossier.pk, reason="Sai", actor=world.boss, at=moment(hours=3))


# The result ---------------------------------------------------------------------------------------------------------------


def test_the_result_is_not_reported_while_work_is_left(world):
    dossier = in_review(world)
    with pytest.raises(RuleViolation, match="Còn công việc chưa xong: Việc"):
        actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(hours=3))


def test_optional_work_that_is_left_is_cancelled_with_the_result(world):
    procedure = make_procedure("1.000026", world.commune)
    process = make_process(
        procedure,
        None,
        [
            ("review", [("resolving", "officer", "8"), ("police", "officer", "8")]),
            ("result", [("office", "receptionist", "2")]),
        ],
    )
    process.stages.first().tasks.filter(position=2).update(required=False)
    dossier = in_review(world, _handed(world, procedure))
    actions.complete_task(live_task(dossier).pk, actor=world.officer, at=moment(hours=3))
    actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(hours=4))
    assert [(t.state, t.note) for t in dossier.tasks.all()] == [
        ("done", ""),
        ("cancelled", "Không bắt buộc"),
        ("done", ""),
    ]


def _handed(world, procedure):
    dossier = receive(world, procedure=procedure)
    police = procedure.processes.get().stages.first().tasks.get(position=2)
    assert police.required is False
    return dossier


def test_a_late_result_demands_a_cause_and_keeps_it_for_the_report(world):
    dossier = signed(world)
    result = live_task(dossier, "result")
    with pytest.raises(RuleViolation):
        actions.complete_task(result.pk, actor=world.clerk, at=LATE)
    actions.complete_task(result.pk, late_cause="system", late_note="Mất mạng", actor=world.clerk, at=LATE)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.late_cause, dossier.late_note) == (
        Status.RESULT_READY,
        "system",
        "Mất mạng",
    )


def test_a_timely_result_keeps_no_cause(world):
    dossier = signed(world)
    actions.mark_ready(
        dossier.pk, late_cause="system", late_note="thừa", actor=world.clerk, at=moment(hours=6)
    )
    dossier.refresh_from_db()
    assert (dossier.late_cause, dossier.late_note) == ("", "")


def test_a_same_day_procedure_goes_straight_from_the_counter_and_is_recorded(same_day):
    world = same_day
    dossier = receive(world)
    paper = actions.sign_result(dossier.pk, number="5", actor=world.boss, at=moment(hours=1))
    actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(hours=2))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.register_number, paper.number) == (Status.RESULT_READY, 1, "5")
    assert {t.state for t in dossier.tasks.all()} == {"cancelled"}
    assert dossier.due_at == moment(datetime(2026, 11, 2, 17, 30))


def test_other_procedures_do_not_end_at_the_counter(world):
    dossier = receive(world)
    with pytest.raises(RuleViolation, match="trong ngày"):
        actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(hours=2))
    with pytest.raises(RuleViolation, match="trong ngày"):
        actions.sign_result(dossier.pk, number="5", actor=world.boss, at=moment(hours=1))
    with pytest.raises(NotFound):
        actions.mark_ready(dossier.pk, actor=world.policeman, at=moment(hours=2))


# Opinions and going on ------------------------------------------------------------------------------------------------------


def test_work_waits_for_opinions_within_their_deadline_and_goes_on_without_them_after_it(world):
    dossier = in_review(world)
    actions.ask_opinion(
        dossier.pk,
        to_agency_id=world.police.pk,
        question="Ý kiến?",
        due_working_days=1,
        actor=world.officer,
        at=moment(hours=2),
    )
    task = live_task(dossier)
    with pytest.raises(RuleViolation, match="chưa trả lời"):
        actions.complete_task(task.pk, actor=world.officer, at=moment(hours=3))
    actions.complete_task(task.pk, actor=world.officer, at=moment(days=2))
    dossier.refresh_from_db()
    assert dossier.status == Status.FOR_SIGNATURE
    assert Opinion.objects.get().lapsed_at == moment(days=2)


def test_completing_a_task_costs_few_statements(world, django_assert_max_num_queries):
    for_signature(world)
    dossier = in_review(world)
    task = live_task(dossier)
    with django_assert_max_num_queries(8 + 2):  # and the savepoint of the test, twice
        actions.complete_task(task.pk, actor=world.officer, at=moment(hours=2))


def test_links_to_partners_systems_are_noted_by_who_processes(world):
    dossier = in_review(world)
    task = live_task(dossier)
    with pytest.raises(NotFound):
        actions.link_external(task.pk, code="X", actor=world.policeman, at=moment(hours=2))
    with pytest.raises(RuleViolation):
        actions.link_external(task.pk, code=" ", actor=world.officer, at=moment(hours=2))
    actions.link_external(task.pk, code=" X1 ", status="Đang xử lý", actor=world.officer, at=moment(hours=2))
    task.refresh_from_db()
    assert (task.external_code, task.external_status) == ("X1", "Đang xử lý")


def test_an_agency_that_has_nothing_to_do_with_a_dossier_finds_nothing(world):
    stranger = make_user_with("office_head", make_agency("UBND xã Khác", world.province, code="H40.14"))
    dossier = ready(world)
    for act in (actions.notify_ready, actions.archive):
        with pytest.raises((NotFound, RuleViolation)):
            act(dossier.pk, actor=stranger, at=moment(hours=8))


def test_a_result_in_a_colleagues_hands_may_be_taken_by_whoever_stands_at_the_counter(world):
    dossier = signed(world)
    result = live_task(dossier, "result")
    result.officer = world.head
    result.save(update_fields=["officer"])
    assert (
        actions.complete_task(result.pk, actor=world.clerk, at=moment(hours=5)).status == Status.RESULT_READY
    )
