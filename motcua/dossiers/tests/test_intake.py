"""Reception: what is fixed, what is refused, what it costs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.agencies.models import DatedSetting, OneStopOffice, Seat
from motcua.agencies.testing import make_agency, make_seat, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Counter, Dossier, DossierTask, Notice
from motcua.dossiers.rules.intake import PaperData, PartyData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import make_intake, make_procedure, make_process, moment, receive
from motcua.notifications.models import Message
from motcua.payments.models import Charge
from motcua.procedures.models import ChannelRule, Fee, FeeExemption, Offering, Paper, ProcedureVersion


def test_reception_fixes_code_register_limit_people_papers_and_tasks(world):
    dossier = receive(world)
    dossier.refresh_from_db()
    assert (dossier.code, dossier.register_year, dossier.register_number) == ("H40.12-261102-0001", 2026, 1)
    assert (dossier.status, dossier.received_on, dossier.received_by) == (
        Status.RECEIVED,
        date(2026, 11, 2),
        world.clerk,
    )
    assert (str(dossier.limit_amount), dossier.limit_unit, dossier.statutory_unit) == (
        "5.00",
        "working_day",
        "working_day",
    )
    assert dossier.due_at == datetime(2026, 11, 9, 10, 30, tzinfo=UTC)
    assert (dossier.applicant.search_name, dossier.applicant.phone) == (
        "nguyen thi thu nghiem",
        "+84912345678",
    )
    assert [p.name for p in dossier.papers.all()] == ["Tờ khai"]
    assert [(t.stage_kind, t.state, t.at_office) for t in dossier.tasks.all()] == [
        ("review", "planned", False), ("signature", "planned", False), ("result", "planned", True),
    ]  # fmt: skip
    assert {t.dossier_due_at for t in dossier.tasks.all()} == {dossier.due_at}


def test_reception_is_logged_once_in_a_chain_of_its_own(world):
    dossier = receive(world)
    [event] = Event.objects.filter(chain=f"dossier/{dossier.pk}")
    assert (event.kind, event.actor_id) == ("dossier.receive", world.clerk.pk)
    assert event.data["code"] == dossier.code
    assert "Nguyễn" not in str(event.data)


def test_codes_run_by_agency_and_day_and_registers_by_office_and_year(world):
    codes = [receive(world, at=moment(days=d)).code for d in (0, 0, 1)]
    assert codes == ["H40.12-261102-0001", "H40.12-261102-0002", "H40.12-261103-0001"]
    assert list(Dossier.objects.order_by("pk").values_list("register_number", flat=True)) == [1, 2, 3]
    next_year = receive(world, at=moment(datetime(2027, 1, 4, 8)))
    assert (next_year.register_year, next_year.register_number) == (2027, 1)


def test_slips_are_numbered_without_gaps_and_frozen_as_printed(world):
    first, second = receive(world), receive(world)
    notices = Notice.objects.order_by("pk")
    assert [n.number for n in notices] == [1, 2]
    assert notices[0].data["code"] == first.code
    assert notices[0].data["form_number"] == "Mẫu số 01 (Thông tư 03/2025/TT-VPCP)"
    assert notices[1].data["due_at"] == "2026-11-09T17:30"
    assert second.notices.get() == notices[1]


def test_an_incomplete_dossier_is_not_received_and_takes_no_number(world):
    with pytest.raises(RuleViolation, match="còn thiếu: Tờ khai"):
        receive(world, papers=())
    assert not Dossier.objects.exists()
    assert not Counter.objects.exists()


def test_a_required_paper_may_be_waived_with_a_reason(world):
    paper = Paper.objects.get(version__procedure=world.procedure, required=True)
    dossier = receive(
        world, papers=(PaperData("Tờ khai", paper.pk, waiver="Khai thác từ CSDL quốc gia về dân cư"),)
    )
    assert dossier.papers.get().waiver == "Khai thác từ CSDL quốc gia về dân cư"


def test_numbers_that_cannot_be_are_refused_before_anything_is_kept(world):
    with pytest.raises(RuleViolation):
        receive(world, applicant=PartyData("citizen", "A", identity_number="12345"))
    assert not Dossier.objects.exists()


def test_a_submitter_is_kept_beside_the_applicant(world):
    dossier = receive(
        world,
        submitter=PartyData("citizen", "Trần Văn Nộp Hộ", tax_code=""),
        authorisation="Giấy ủy quyền số 1",
    )
    dossier.refresh_from_db()
    assert (dossier.submitter.name, dossier.authorisation) == ("Trần Văn Nộp Hộ", "Giấy ủy quyền số 1")
    assert dossier.notices.get().data["submitter_name"] == "Trần Văn Nộp Hộ"


@pytest.mark.parametrize("who", ["officer", "boss", "policeman", "admin"])
def test_only_who_may_receive_here_receives(world, who):
    with pytest.raises(NotFound):
        actions.receive(make_intake(world), actor=getattr(world, who), at=moment())


def test_an_unknown_or_closed_office_is_not_found(world):
    OneStopOffice.objects.filter(pk=world.office.pk).update(valid_to=date(2026, 1, 1))
    with pytest.raises(NotFound):
        receive(world)


def test_a_version_that_is_not_in_force_is_not_received(world):
    ProcedureVersion.objects.update(valid_to=date(2026, 11, 1))
    with pytest.raises(RuleViolation, match="02/11/2026"):
        receive(world)


def test_a_dossier_keeps_the_version_and_process_under_which_it_was_received(world):
    before = receive(world)
    old = ProcedureVersion.objects.get()
    old.valid_to = date(2026, 11, 2)
    old.save()
    new = ProcedureVersion.objects.create(
        procedure=world.procedure,
        number=2,
        status="published",
        valid_from=date(2026, 11, 3),
        name="Tên mới",
        field=old.field,
    )
    ChannelRule.objects.create(version=new, channel="counter", amount=9, unit="working_day")
    Paper.objects.create(version=new, position=1, name="Giấy mới")
    intake = make_intake(world, papers=(PaperData("Giấy mới", originals=1),))
    after = actions.receive(intake, actor=world.clerk, at=moment(days=1))
    before.refresh_from_db()
    assert (before.version_id, after.version_id) == (old.pk, new.pk)
    assert (before.limit_amount, after.limit_amount) == (5, 9)


def test_reception_may_not_be_back_dated_beyond_the_setting(world):
    at = moment(hours=2)
    receive(world, at=at, received_at=at - timedelta(minutes=30))
    with pytest.raises(RuleViolation, match="30 phút"):
        receive(world, at=at, received_at=at - timedelta(minutes=31))
    with pytest.raises(RuleViolation):
        receive(world, at=at, received_at=at + timedelta(minutes=1))
    DatedSetting.objects.create(
        agency=world.commune,
        key="reception_backdate_minutes",
        value=0,
        valid_from=date(2026, 1, 1),
        source="QC",
    )
    with pytest.raises(RuleViolation, match="0 phút"):
        receive(world, at=at, received_at=at - timedelta(minutes=1))


def test_an_agency_without_identifier_takes_that_of_the_one_above_or_refuses(world):
    world.commune.code = ""
    world.commune.save()
    assert receive(world).code == "H40-261102-0001"
    world.province.code = ""
    world.province.save()
    with pytest.raises(RuleViolation, match="mã định danh"):
        receive(world)


# On behalf of others --------------------------------------------------------------------------------------------------


def test_police_procedures_are_received_only_since_the_police_have_a_seat(world):
    procedure = make_procedure("1.000002", world.police)
    Seat.objects.filter(agency=world.police).update(valid_from=date(2026, 11, 3))
    with pytest.raises(RuleViolation, match="không có cơ quan nào"):
        receive(world, procedure=procedure)
    dossier = receive(world, procedure=procedure, at=moment(days=1))
    assert (dossier.receiving_agency, dossier.resolving_agency) == (world.commune, world.police)
    assert (
        actions.receive(make_intake(world, procedure), actor=world.policeman, at=moment(days=1)).code
        == "H40.12-261103-0002"
    )


def test_the_police_desk_receives_nothing_of_the_commune(world):
    with pytest.raises(NotFound):
        actions.receive(make_intake(world), actor=world.policeman, at=moment())


def test_non_territorial_reception_has_two_agencies(world):
    other = make_agency("UBND xã Bình Minh", world.province, code="H40.13")
    Offering.objects.create(procedure=world.procedure, agency=other, valid_from=date(2020, 1, 1))
    with pytest.raises(RuleViolation, match="phi địa giới"):
        receive(world, resolving_agency_id=other.pk)
    Offering.objects.filter(agency=other).update(non_territorial=True)
    dossier = receive(world, resolving_agency_id=other.pk)
    assert (dossier.receiving_agency, dossier.resolving_agency) == (world.commune, other)
    assert dossier.code.startswith("H40.12-")
    assert {t.agency for t in dossier.tasks.all()} == {other, world.commune}


def test_post_is_refused_where_the_agency_does_not_take_it(world):
    Offering.objects.update(by_post=False)
    with pytest.raises(RuleViolation, match="bưu chính"):
        receive(world, channel="post")


def test_without_any_process_a_minimal_one_is_planned(world):
    procedure = make_procedure("1.000003", world.commune, amount=None, unit="none")
    dossier = receive(world, procedure=procedure)
    assert [(t.stage_kind, str(t.hours)) for t in dossier.tasks.all()] == [
        ("review", "4.00"),
        ("signature", "2.00"),
        ("result", "2.00"),
    ]
    assert (dossier.due_at, dossier.original_due_at) == (None, None)


def test_a_process_that_needs_an_agency_nobody_is_refuses_with_words(world):
    procedure = make_procedure("1.000004", world.commune)
    make_process(procedure, None, [("review", [("insurance", "officer", "8")])])
    with pytest.raises(RuleViolation, match="Bảo hiểm xã hội"):
        receive(world, procedure=procedure)


def test_the_counters_own_first_step_is_at_once_in_the_clerks_hands(world):
    procedure = make_procedure("1.000005", world.commune)
    make_process(
        procedure,
        None,
        [("review", [("office", "receptionist", "2")]), ("review", [("resolving", "officer", "8")])],
    )
    first, second = receive(world, procedure=procedure).tasks.all()
    assert (first.state, first.officer, first.at_office) == ("accepted", world.clerk, True)
    assert first.due_at == moment(hours=2)
    assert second.state == "planned"


# Fees -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def fee(world):
    return Fee.objects.create(
        procedure=world.procedure,
        kind="le_phi",
        name="Lệ phí",
        per="copy",
        amount_dong=8000,
        legal_basis="NQ 1",
        valid_from=date(2020, 1, 1),
    )


def test_a_fee_is_charged_by_quantity(world, fee):
    dossier = receive(world, fee_quantities={"copies": 2, "nonsense": 9})
    charge = Charge.objects.get(reference=f"dossier/{dossier.pk}")
    assert (dossier.payment, charge.amount, charge.state, charge.code) == ("due", 16000, "due", dossier.code)
    assert dossier.notices.get().data["fee_total"] == 16000


@pytest.mark.parametrize(
    ("off", "payment", "amount", "state"), [(100, "exempt", 8000, "exempt"), (50, "due", 4000, "due")]
)
def test_who_is_exempt_pays_nothing_or_a_share(world, fee, off, payment, amount, state):
    FeeExemption.objects.create(fee=fee, reason="Hộ nghèo", percent_off=off)
    dossier = receive(world, exemption_reason="Hộ nghèo")
    charge = Charge.objects.get()
    assert (dossier.payment, charge.amount, charge.state) == (payment, amount, state)


def test_an_exemption_that_the_fee_does_not_know_is_refused(world, fee):
    with pytest.raises(RuleViolation, match="Hộ khá"):
        receive(world, exemption_reason="Hộ khá")


# Filed online, or left for checking ------------------------------------------------------------------------------------


@pytest.fixture
def filed(world):
    return actions.submit(
        make_intake(world, channel="online"), actor=world.clerk, at=moment(datetime(2026, 11, 2, 16, 0))
    )


def test_a_filed_dossier_has_a_temporary_number_and_eight_working_hours_but_no_clock(world, filed):
    filed.refresh_from_db()
    assert (filed.code, filed.temporary_number, filed.status) == (
        None,
        f"T-{world.office.pk}-261102-0001",
        Status.SUBMITTED,
    )
    assert filed.acceptance_due_at == moment(datetime(2026, 11, 3, 16, 0))
    assert (filed.due_at, filed.clock_entries.count(), filed.tasks.count()) == (None, 0, 0)


def test_the_clock_of_a_filed_dossier_starts_when_it_is_accepted(world, filed):
    Message.objects.all().delete()
    actions.accept(filed.pk, actor=world.clerk, at=moment(datetime(2026, 11, 3, 9)))
    filed.refresh_from_db()
    assert (filed.code, filed.received_on) == ("H40.12-261103-0001", date(2026, 11, 3))
    assert filed.due_at == moment(datetime(2026, 11, 10, 17, 30))
    assert [e.kind for e in Event.objects.filter(chain=f"dossier/{filed.pk}").order_by("seq")] == [
        "dossier.submit",
        "dossier.accept",
    ]


def test_an_incomplete_filed_dossier_cannot_be_accepted(world):
    filed = actions.submit(make_intake(world, channel="online", papers=()), actor=world.clerk, at=moment())
    with pytest.raises(RuleViolation, match="còn thiếu"):
        actions.accept(filed.pk, actor=world.clerk, at=moment())


def test_before_reception_papers_are_asked_for_without_a_clock_and_any_number_of_times(world):
    filed = actions.submit(make_intake(world, channel="online", papers=()), actor=world.clerk, at=moment())
    for hour in (1, 3):
        request = actions.request_supplement_before(
            filed.pk,
            reason="Thiếu",
            items=[{"name": "Tờ khai", "originals": 1}],
            actor=world.clerk,
            at=moment(hours=hour),
        )
        assert (request.after_acceptance, request.notice.data["missing"]) == (
            False,
            [{"name": "Tờ khai", "originals": 1}],
        )
        actions.complete_presupplement(filed.pk, (), actor=world.clerk, at=moment(hours=hour + 1))
    filed.refresh_from_db()
    assert (filed.status, filed.clock_entries.count()) == (Status.SUBMITTED, 0)
    actions.request_supplement_before(
        filed.pk, reason="Thiếu", items=["Tờ khai"], actor=world.clerk, at=moment(hours=5)
    )
    paper = Paper.objects.get(version__procedure=world.procedure, required=True)
    actions.complete_presupplement(
        filed.pk, (PaperData("Tờ khai", paper.pk, originals=1),), actor=world.clerk, at=moment(hours=6)
    )
    assert actions.accept(filed.pk, actor=world.clerk, at=moment(hours=7)).status == Status.RECEIVED
    assert filed.papers.get().added_by_supplement


def test_declining_needs_a_reason_and_is_in_writing(world, filed):
    with pytest.raises(RuleViolation):
        actions.decline(filed.pk, reason=" ", actor=world.clerk, at=moment(days=1))
    actions.decline(
        filed.pk, reason="Không thuộc thẩm quyền", legal_basis="NĐ 1", actor=world.clerk, at=moment(days=1)
    )
    filed.refresh_from_db()
    assert (filed.status, filed.code) == (Status.NOT_ACCEPTED, None)
    notice = filed.notices.get()
    assert (notice.kind, notice.data["reason"]) == ("rejection_notice", "Không thuộc thẩm quyền")


def test_a_filed_dossier_is_withdrawn_without_having_had_a_code(world, filed):
    actions.confirm_withdrawal(filed.pk, actor=world.clerk, at=moment(days=1))
    filed.refresh_from_db()
    assert (filed.status, filed.code, filed.clock_entries.count()) == (Status.WITHDRAWN, None, 0)
    assert receive(world).code.endswith("0001")


def test_people_of_another_agency_do_not_find_a_filed_dossier(world, filed):
    stranger = make_user_with("receptionist", make_agency("UBND xã Khác", world.province, code="H40.14"))
    with pytest.raises(NotFound):
        actions.accept(filed.pk, actor=stranger, at=moment(days=1))
    with pytest.raises(NotFound):
        actions.accept(10**9, actor=world.clerk, at=moment(days=1))


# What it costs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("papers", "stages"), [(1, 2), (30, 12)])
def test_intake_costs_at_most_twelve_statements_however_many_papers_and_tasks(
    world, fee, papers, stages, django_assert_max_num_queries
):
    procedure = make_procedure("1.000009", world.commune)
    make_process(procedure, None, [("review", [("resolving", "officer", "1")])] * stages)
    Fee.objects.create(
        procedure=procedure,
        kind="phi",
        name="Phí",
        amount_dong=9000,
        legal_basis="NQ",
        valid_from=date(2020, 1, 1),
    )
    brought = make_intake(world, procedure).papers + tuple(
        PaperData(f"Giấy {n}", originals=1) for n in range(papers)
    )
    intake = replace(
        make_intake(world, procedure),
        papers=brought,
        submitter=PartyData("citizen", "Người Nộp Hộ"),
        authorisation="con",
    )
    actions.receive(intake, actor=world.clerk, at=moment())
    with django_assert_max_num_queries(12 + 2):  # and the savepoint of the test, twice
        dossier = actions.receive(intake, actor=world.clerk, at=moment())
    assert (dossier.papers.count(), DossierTask.objects.filter(dossier=dossier).count()) == (
        papers + 1,
        stages,
    )


def test_what_is_remembered_is_forgotten_when_the_catalogue_changes(world):
    receive(world)
    ChannelRule.objects.update(amount=1)
    assert receive(world).limit_amount == 1


def test_what_is_remembered_is_forgotten_when_powers_change(world):
    receive(world)
    world.clerk.assignments.update(valid_to=date(2026, 11, 1))
    with pytest.raises(NotFound):
        receive(world)


def test_a_second_seat_is_seen_at_once(world):
    tax = make_agency("Thuế cơ sở 1", world.province, kind="vertical", sector="tax")
    procedure = make_procedure("1.000010", tax)
    with pytest.raises(RuleViolation):
        receive(world, procedure=procedure)
    make_seat(world.office, tax)
    assert receive(world, procedure=procedure).resolving_agency == tax
