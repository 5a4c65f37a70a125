"""What naive software gets wrong: the traps of the rulebook that concern dossiers, each by its number."""

from datetime import date, datetime

import pytest

from motcua.core.errors import RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Counter, Dossier
from motcua.dossiers.rules.forms_by_date import form_for
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.lateness import Outcome, outcome
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import (
    in_review,
    live_task,
    make_intake,
    make_procedure,
    moment,
    ready,
    receive,
    returned,
    signed,
)
from motcua.procedures.models import ChannelRule, Fee, Offering, Paper, ProcedureVersion

pytestmark = pytest.mark.django_db


def local_due(dossier):
    dossier.refresh_from_db()
    return to_local(dossier.due_at)


def test_trap_1_three_days_are_not_three_working_days_and_channels_differ(world):
    friday = moment(datetime(2026, 11, 6, 9))
    days = make_procedure("1.101", world.commune, amount="3", unit="calendar_day")
    working = make_procedure("1.102", world.commune, amount="3", unit="working_day")
    ChannelRule.objects.filter(version__procedure=working, channel="post").update(amount=9)
    assert local_due(receive(world, at=friday, procedure=days)) == datetime(2026, 11, 9, 17, 30)
    assert local_due(receive(world, at=friday, procedure=working)) == datetime(2026, 11, 11, 17, 30)
    assert local_due(receive(world, at=friday, procedure=working, channel="post")) == datetime(
        2026, 11, 19, 17, 30
    )


@pytest.mark.parametrize(
    ("received", "amount", "due"),
    [
        (datetime(2026, 8, 20, 9), "3", date(2026, 8, 24)),
        (datetime(2025, 12, 31, 9), "6", date(2026, 1, 10)),
        (datetime(2018, 12, 28, 9), "3", date(2019, 1, 4)),
        (datetime(2019, 4, 26, 9), "5", date(2019, 5, 7)),
        (datetime(2025, 4, 24, 9), "4", date(2025, 4, 29)),
    ],
)
def test_trap_2_swapped_saturdays_count(world, received, amount, due):
    procedure = make_procedure("1.103", world.commune, amount=amount)
    assert local_due(receive(world, at=moment(received), procedure=procedure)).date() == due


def test_trap_3_and_13_neither_a_new_calendar_nor_an_edited_procedure_changes_a_dossier_in_progress(world):
    from motcua.workdays.models import CalendarDay

    dossier = in_review(world)
    due = local_due(dossier)
    CalendarDay.objects.create(day=date(2026, 11, 6), kind="off", name="x", source="y")
    ChannelRule.objects.update(amount=50)
    ProcedureVersion.objects.update(name="Tên khác")
    Paper.objects.create(version=dossier.version, position=9, name="Thêm", required=True)
    world.procedure.processes.get().stages.first().tasks.update(hours=400)
    assert local_due(dossier) == due
    assert dossier.papers.count() == 1
    assert live_task(dossier).hours == 16
    assert dossier.notices.get().data["procedure"] == "Thủ tục thử nghiệm 1.000001"


def test_trap_4_a_supplement_after_acceptance_restarts_and_one_before_has_no_clock(world):
    dossier = in_review(world)
    actions.request_supplement(dossier.pk, reason="x", items=["y"], actor=world.officer, at=moment(days=3))
    actions.complete_supplement(dossier.pk, actor=world.clerk, at=moment(days=8))
    assert local_due(dossier) == datetime(2026, 11, 17, 17, 30)
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    actions.request_supplement_before(filed.pk, reason="x", items=["y"], actor=world.clerk, at=moment())
    assert not filed.clock_entries.exists()


def test_trap_5_an_opinion_does_not_pause_and_an_obligation_does(world):
    from motcua.agencies.testing import give_role

    give_role(world.officer, "land_desk", world.commune, is_main=False)
    asked, owing = in_review(world), in_review(world)
    due = local_due(asked)
    actions.ask_opinion(
        asked.pk,
        to_agency_id=world.police.pk,
        question="?",
        due_working_days=3,
        actor=world.officer,
        at=moment(days=1),
    )
    actions.issue_obligation(
        owing.pk, amount_dong=1, notice_number="TB", actor=world.officer, at=moment(days=1)
    )
    actions.meet_obligation(owing.pk, document="GNT", actor=world.officer, at=moment(days=2))
    assert (local_due(asked), local_due(owing)) == (due, datetime(2026, 11, 10, 17, 30))


def test_trap_6_the_clock_starts_at_acceptance_and_acceptance_has_its_own_deadline(world):
    filed = actions.submit(
        make_intake(world, channel="online"), actor=world.clerk, at=moment(datetime(2026, 11, 6, 20))
    )
    assert to_local(filed.acceptance_due_at) == datetime(2026, 11, 9, 17, 30)
    actions.accept(filed.pk, actor=world.clerk, at=moment(datetime(2026, 11, 9, 10)))
    assert local_due(filed) == datetime(2026, 11, 16, 17, 30)


def test_trap_7_uncollected_results_are_not_late(world):
    dossier = ready(world)
    actions.return_result(dossier.pk, receiver_name="A", actor=world.head, at=moment(days=200))
    dossier.refresh_from_db()
    result = outcome(
        dossier.status, to_local(dossier.due_at), to_local(dossier.ended_at), datetime(2027, 12, 1)
    )
    assert (result, dossier.late_cause) == (Outcome.BEFORE, "")


def test_trap_8_open_late_dossiers_have_a_class_of_their_own(world):
    dossier = in_review(world)
    assert (
        outcome(dossier.status, to_local(dossier.due_at), None, datetime(2026, 11, 10)) is Outcome.OPEN_LATE
    )


def test_trap_9_an_apology_keeps_the_original_date_and_comes_once_and_in_time(world):
    dossier = in_review(world)
    actions.apologise(dossier.pk, extra_working_days=5, reason="x", actor=world.boss, at=moment(days=7))
    assert local_due(dossier) == datetime(2026, 11, 16, 17, 30)
    assert to_local(dossier.original_due_at) == datetime(2026, 11, 9, 17, 30)
    assert len(queries.flagged(dossier)) == 1
    with pytest.raises(RuleViolation):
        actions.apologise(dossier.pk, extra_working_days=5, reason="x", actor=world.boss, at=moment(days=8))


def test_trap_10_same_day_procedures_are_recorded(same_day):
    dossier = receive(same_day)
    actions.mark_ready(dossier.pk, actor=same_day.clerk, at=moment(hours=1))
    actions.return_result(dossier.pk, receiver_name="A", actor=same_day.head, at=moment(hours=1))
    dossier.refresh_from_db()
    assert (dossier.code, dossier.register_number, dossier.status) == (
        "H40.12-261102-0001",
        1,
        Status.RETURNED,
    )


def test_trap_11_old_and_new_agency_codes_by_date_and_numbers_by_day(world):
    old = receive(world, at=moment(datetime(2020, 7, 15, 9)))
    new = receive(world, at=moment(datetime(2020, 9, 15, 9)))
    assert (old.code, new.code) == ("000.00.12.H40-200715-0001", "H40.12-200915-0001")


def test_trap_12_mau_05_is_the_control_slip_before_july_2025_and_the_stop_notice_since():
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    assert (form_for("control_slip", before).number, form_for("stop_notice", before).number) == ("05", "")
    assert (form_for("control_slip", after).number, form_for("stop_notice", after).number) == ("06", "05")


def test_trap_14_a_refusal_is_written_reasoned_and_counts_as_resolved(world):
    dossier = in_review(world)
    with pytest.raises(RuleViolation):
        actions.refuse(dossier.pk, reason="", legal_basis="", actor=world.officer, at=moment(days=1))
    actions.refuse(dossier.pk, reason="x", legal_basis="y", actor=world.officer, at=moment(days=1))
    dossier.refresh_from_db()
    assert dossier.notices.filter(kind="rejection_notice").exists()
    assert (
        outcome(dossier.status, to_local(dossier.due_at), to_local(dossier.ended_at), datetime(2027, 1, 1))
        is Outcome.BEFORE
    )


def test_trap_15_receiving_resolving_and_helping_agencies_are_different_things(world):
    other = world.police
    Offering.objects.create(procedure=world.procedure, agency=other, valid_from=date(2020, 1, 1))
    dossier = receive(world, resolving_agency_id=other.pk)
    assert (dossier.receiving_agency, dossier.resolving_agency) == (world.commune, other)


def test_trap_17_phi_and_le_phi_are_two_charges(world):
    from motcua.payments.models import Charge

    for kind, name in (("phi", "Phí thẩm định"), ("le_phi", "Lệ phí cấp")):
        Fee.objects.create(
            procedure=world.procedure,
            kind=kind,
            name=name,
            amount_dong=5000,
            legal_basis="NQ",
            valid_from=date(2020, 1, 1),
        )
    receive(world)
    assert sorted(Charge.objects.values_list("kind", flat=True)) == ["le_phi", "phi"]


def test_trap_18_rows_without_counts_are_notes_and_groups_are_cases(world):
    version = world.procedure.versions.get()
    Paper.objects.create(version=version, position=3, name="Lưu ý", originals=0)
    Paper.objects.create(version=version, position=4, name="Giấy A", case="A")
    Paper.objects.create(version=version, position=5, name="Giấy B", case="B")
    with pytest.raises(RuleViolation, match="Chọn trường hợp"):
        receive(world)
    papers = (PaperData("Tờ khai", originals=1), PaperData("Giấy B", originals=1))
    assert receive(world, case="B", papers=papers).case == "B"
    with pytest.raises(RuleViolation, match="Giấy A"):
        receive(world, case="A", papers=papers)


def test_trap_20_the_log_and_public_pages_show_no_person(world):
    from motcua.audit.models import Event

    dossier = returned(world)
    private = ("Nguyễn Thị", "038200000001", "0912345678", "Thôn 1")
    everything = str([e.data for e in Event.objects.all()]) + repr(
        queries.verify_token(queries.notice_token(dossier.notices.get().pk))
    )
    assert not any(word in everything for word in private)


def test_trap_21_a_dossier_of_2018_has_the_forms_of_2018(world):
    dossier = receive(world, at=moment(datetime(2018, 11, 5, 9)))
    assert dossier.notices.get().data["form_number"] == ""
    assert (
        receive(world, at=moment(datetime(2019, 1, 7, 9))).notices.get().data["form_number"]
        == "Mẫu số 01 (Thông tư 01/2018/TT-VPCP)"
    )


def test_trap_23_registers_run_by_year_without_gaps_and_withdrawn_dossiers_keep_their_place(world):
    gone = receive(world)
    actions.request_withdrawal(gone.pk, actor=world.clerk, at=moment(hours=1))
    actions.confirm_withdrawal(gone.pk, actor=world.clerk, at=moment(hours=1))
    with pytest.raises(RuleViolation):
        receive(world, papers=())
    kept = receive(world)
    rows = Dossier.objects.order_by("register_number")
    assert [(d.register_number, d.status) for d in rows] == [(1, "withdrawn"), (2, "received")]
    assert kept.code.endswith("0002")
    assert Counter.objects.get(key__startswith="register/").last == Dossier.objects.count() == 2


def test_trap_24_a_late_end_demands_its_cause(world):
    dossier = signed(world)
    with pytest.raises(RuleViolation, match="chọn nguyên nhân"):
        actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(days=30))
    actions.mark_ready(dossier.pk, late_cause="partner", actor=world.clerk, at=moment(days=30))
    dossier.refresh_from_db()
    assert dossier.late_cause == "partner"
