"""Refusal, stopping, withdrawal; hand-over of results; originals; archive; correction."""

from datetime import date, datetime

import pytest

from motcua.agencies.testing import give_role, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import PaperData, PartyData
from motcua.dossiers.rules.lateness import Outcome, outcome
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    live_task,
    make_intake,
    moment,
    ready,
    receive,
    signed,
)
from motcua.payments.actions import exempt
from motcua.payments.models import Charge
from motcua.procedures.models import Fee

LATE = moment(datetime(2026, 11, 20, 9))


def refuse(world, dossier, at=None, **more):
    values = {"reason": "Không đủ điều kiện", "legal_basis": "Luật X, Điều 5"} | more
    return actions.refuse(dossier.pk, **values, actor=world.officer, at=at or moment(days=2))


# Refusal ---------------------------------------------------------------------------------------------------------------


def test_a_refusal_is_in_writing_and_counts_as_resolved_in_time(world):
    dossier = refuse(world, in_review(world))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.ended_at, dossier.ready_at) == (Status.REFUSED, moment(days=2), None)
    notice = dossier.notices.get(kind="rejection_notice")
    assert (notice.series, notice.data["legal_basis"]) == (f"agency/{world.commune.pk}", "Luật X, Điều 5")
    assert (
        outcome(dossier.status, to_local(dossier.due_at), to_local(dossier.ended_at), datetime(2027, 1, 1))
        is Outcome.BEFORE
    )
    assert {t.state for t in dossier.tasks.all()} == {"cancelled"}
    assert dossier.clock_entries.last().kind == "end"


@pytest.mark.parametrize("more", [{"reason": ""}, {"legal_basis": " "}])
def test_a_refusal_without_reason_or_basis_is_refused(world, more):
    with pytest.raises(RuleViolation):
        refuse(world, in_review(world), **more)


def test_who_only_receives_does_not_refuse_and_who_received_does_not_decide(world):
    with pytest.raises(NotFound):
        actions.refuse(in_review(world).pk, reason="x", legal_basis="y", actor=world.clerk, at=moment(days=1))
    give_role(world.clerk, "officer", world.commune, is_main=False)
    with pytest.raises(RuleViolation, match="Bạn đã tiếp nhận"):
        actions.refuse(in_review(world).pk, reason="x", legal_basis="y", actor=world.clerk, at=moment(days=1))


def test_a_late_refusal_demands_a_cause(world):
    dossier = in_review(world)
    with pytest.raises(RuleViolation, match="Hồ sơ đã quá hạn"):
        refuse(world, dossier, at=LATE)
    assert (
        refuse(world, dossier, at=LATE, late_cause="capacity", late_note="Thiếu người").late_note
        == "Thiếu người"
    )


def test_a_dossier_waiting_for_signature_may_be_refused_by_the_signer(world):
    dossier = for_signature(world)
    actions.refuse(dossier.pk, reason="Sai", legal_basis="Luật", actor=world.boss, at=moment(days=1))
    with pytest.raises(RuleViolation, match="Từ chối giải quyết"):
        actions.sign_result(dossier.pk, number="1", actor=world.boss, at=moment(days=1))


# Stopping ----------------------------------------------------------------------------------------------------------------


def test_a_stop_has_a_reason_a_notice_and_stays_outside_the_ratio(world):
    dossier = in_review(world)
    with pytest.raises(RuleViolation):
        actions.stop(dossier.pk, reason_code="whim", actor=world.boss, at=moment(days=1))
    actions.stop(dossier.pk, reason_code="citizen", actor=world.boss, at=moment(days=1))
    dossier.refresh_from_db()
    assert dossier.status == Status.STOPPED
    assert dossier.notices.get(kind="stop_notice").data["returned_papers"] == ["Tờ khai"]
    assert outcome(dossier.status, None, None, datetime(2027, 1, 1)) is Outcome.OUTSIDE


def test_only_who_may_stop_stops(world):
    with pytest.raises(NotFound):
        actions.stop(in_review(world).pk, reason_code="citizen", actor=world.officer, at=moment(days=1))


def test_a_stop_notice_had_no_number_before_july_2025(world):
    at = moment(datetime(2025, 6, 2, 8))
    dossier = in_review(world, at=at)
    actions.stop(dossier.pk, reason_code="citizen", actor=world.boss, at=moment(datetime(2025, 6, 4, 8)))
    assert dossier.notices.get(kind="stop_notice").data["form_number"] == ""


# Withdrawal ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [receive, in_review, for_signature])
def test_a_withdrawal_is_asked_for_and_confirmed_and_the_code_never_used_again(world, stage):
    dossier = stage(world)
    actions.request_withdrawal(dossier.pk, reason="Đổi ý", actor=world.clerk, at=moment(days=1))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.withdrawal_reason) == (Status.WITHDRAW_REQUESTED, "Đổi ý")
    actions.confirm_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=1))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.papers.get().original_returned_at) == (Status.WITHDRAWN, moment(days=1))
    assert receive(world).code == "H40.12-261102-0002"


@pytest.mark.parametrize("stage", [receive, in_review, for_signature])
def test_a_withdrawal_may_be_taken_back(world, stage):
    dossier = stage(world)
    before = dossier.status
    actions.request_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=1))
    actions.cancel_withdrawal(dossier.pk, reason="Nộp tiếp", actor=world.clerk, at=moment(days=1))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.status_before) == (before, "")


def test_a_signed_dossier_is_not_withdrawn(world):
    with pytest.raises(RuleViolation, match="đã được ký"):
        actions.request_withdrawal(signed(world).pk, actor=world.clerk, at=moment(days=1))


def test_unpaid_fees_fall_away_with_a_withdrawn_dossier(world):
    Fee.objects.create(
        procedure=world.procedure,
        kind="le_phi",
        name="Lệ phí",
        amount_dong=8000,
        legal_basis="NQ",
        valid_from=date(2020, 1, 1),
    )
    dossier = receive(world)
    actions.request_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=1))
    actions.confirm_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=1))
    dossier.refresh_from_db()
    assert (Charge.objects.get().state, dossier.payment) == ("cancelled", "none")


# Results to the citizen ------------------------------------------------------------------------------------------------------


def test_a_result_waits_is_collected_and_archived_without_touching_lateness(world):
    dossier = ready(world)
    ended = dossier.ended_at
    actions.notify_ready(dossier.pk, actor=world.head, at=moment(days=1))
    actions.return_result(dossier.pk, receiver_name="Nguyễn Thị Thử Nghiệm", actor=world.head, at=LATE)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.returned_at, dossier.ended_at, dossier.late_cause) == (
        Status.RETURNED,
        LATE,
        ended,
        "",
    )
    assert (dossier.returned_to, dossier.returned_by, dossier.delivery_state) == (
        "Nguyễn Thị Thử Nghiệm",
        world.head,
        "delivered",
    )
    actions.archive(dossier.pk, actor=world.officer, at=LATE)
    dossier.refresh_from_db()
    assert dossier.status == Status.ARCHIVED


def test_without_the_slip_the_receivers_number_is_checked_and_the_loss_recorded(world):
    dossier = ready(world)
    with pytest.raises(RuleViolation, match="không mang giấy hẹn"):
        actions.return_result(
            dossier.pk, receiver_name="A", with_slip=False, actor=world.head, at=moment(days=1)
        )
    actions.return_result(
        dossier.pk,
        receiver_name="A",
        receiver_identity="038200000001",
        with_slip=False,
        actor=world.head,
        at=moment(days=1),
    )
    event = Event.objects.filter(chain=f"dossier/{dossier.pk}").latest("seq")
    assert (event.data["with_slip"], event.data["identity_checked"]) == (False, True)
    assert "038200000001" not in str(event.data)


def test_a_result_by_post_has_an_item_number(world):
    dossier = ready(world)
    for number in ("", "EB123456784VN"):
        with pytest.raises(RuleViolation):
            actions.return_result(
                dossier.pk,
                receiver_name="A",
                method="post",
                postal_number=number,
                actor=world.head,
                at=moment(days=1),
            )
    actions.return_result(
        dossier.pk,
        receiver_name="A",
        method="post",
        postal_number="EB123456785VN",
        actor=world.head,
        at=moment(days=1),
    )
    dossier.refresh_from_db()
    assert (dossier.delivery, dossier.delivery_state, dossier.postal_number) == (
        "post",
        "in_transit",
        "EB123456785VN",
    )


@pytest.mark.parametrize("values", [{"receiver_name": " "}, {"receiver_name": "A", "method": "pigeon"}])
def test_a_hand_over_names_receiver_and_method(world, values):
    with pytest.raises(RuleViolation):
        actions.return_result(ready(world).pk, **values, actor=world.head, at=moment(days=1))


def test_nothing_is_handed_over_unpaid(world):
    Fee.objects.create(
        procedure=world.procedure,
        kind="le_phi",
        name="Lệ phí",
        amount_dong=8000,
        legal_basis="NQ",
        valid_from=date(2020, 1, 1),
    )
    dossier = ready(world)
    with pytest.raises(RuleViolation, match="chưa nộp phí"):
        actions.return_result(dossier.pk, receiver_name="A", actor=world.head, at=moment(days=1))
    exempt(Charge.objects.get().pk, reason="Hộ nghèo", actor=world.head, at=moment(days=1))
    dossier.refresh_from_db()
    assert dossier.payment == "exempt"
    actions.return_result(dossier.pk, receiver_name="A", actor=world.head, at=moment(days=1))


def test_news_of_payments_of_other_records_are_none_of_the_dossiers(world):
    from motcua.dossiers.actions.payment import note_payment
    from motcua.payments.signals import charge_changed

    dossier = receive(world)
    charge_changed.send(None, reference="permit/1", state="paid", actor=None, at=moment())
    note_payment(10**9, "paid", actor=None, at=moment())
    note_payment(dossier.pk, dossier.payment, actor=None, at=moment())
    assert Event.objects.filter(chain=f"dossier/{dossier.pk}").count() == 1


def test_only_the_counter_hands_over(world):
    with pytest.raises(NotFound):
        actions.return_result(ready(world).pk, receiver_name="A", actor=world.officer, at=moment(days=1))


def test_the_seated_agency_hands_over_its_own_results(world):
    from motcua.dossiers.testing import make_procedure

    procedure = make_procedure("1.000040", world.police)
    dossier = actions.receive(make_intake(world, procedure), actor=world.policeman, at=moment())
    actions.hand_over([dossier.pk], actor=world.policeman, at=moment(hours=1))
    other = make_user_with("police_desk", world.police)
    actions.take_over([live_task(dossier).pk], actor=other, at=moment(hours=1))
    actions.complete_task(live_task(dossier).pk, actor=other, at=moment(hours=2))
    head = make_user_with("leader", world.police)
    actions.sign_result(dossier.pk, number="1/CA", actor=head, at=moment(hours=3))
    actions.mark_ready(dossier.pk, actor=world.policeman, at=moment(hours=4))
    actions.return_result(dossier.pk, receiver_name="A", actor=world.policeman, at=moment(hours=5))
    dossier.refresh_from_db()
    assert dossier.status == Status.RETURNED


# Originals ---------------------------------------------------------------------------------------------------------------------


def test_originals_go_back_once(world):
    dossier = in_review(world)
    paper = dossier.papers.get()
    with pytest.raises(RuleViolation):
        actions.return_originals(
            dossier.pk, [paper.pk], receiver_name="", actor=world.head, at=moment(days=1)
        )
    assert actions.return_originals(
        dossier.pk, [paper.pk], receiver_name="A", actor=world.head, at=moment(days=1)
    ) == [paper]
    with pytest.raises(RuleViolation, match="chưa trả"):
        actions.return_originals(
            dossier.pk, [paper.pk], receiver_name="A", actor=world.head, at=moment(days=1)
        )
    with pytest.raises(NotFound):
        actions.return_originals(
            dossier.pk, [paper.pk], receiver_name="A", actor=world.officer, at=moment(days=1)
        )


def test_people_who_submit_for_others_are_told(world):
    dossier = receive(
        world, submitter=PartyData("citizen", "Người Nộp", phone="0987654321"), authorisation="con"
    )
    assert Dossier.objects.get(pk=dossier.pk).submitter.phone == "+84987654321"


def test_papers_that_were_only_shown_are_not_returned(world):
    give_role(world.head, "receptionist", world.commune, is_main=False)
    paper = make_intake(world).papers[0]
    dossier = receive(world, papers=(paper, PaperData("Thẻ", presented_only=True)))
    shown = dossier.papers.get(presented_only=True)
    with pytest.raises(RuleViolation):
        actions.return_originals(
            dossier.pk, [shown.pk], receiver_name="A", actor=world.head, at=moment(days=1)
        )
