"""Reception: what is fixed, what is refused, what it costs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from motcua.agencies.models import Agency, DatedSetting, OneStopOffice, Seat
from motcua.agencies.testing import make_agency
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Counter, Dossier, Notice
from motcua.dossiers.queries.catalogue import minimal_plan
from motcua.dossiers.queries.clock import derivation_of
from motcua.dossiers.rules.intake import PaperData, PartyData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import make_intake, make_procedure, make_process, moment, receive
from motcua.procedures.models import ChannelRule, Offering, Paper, ProcedureVersion
from motcua.procedures.rules.hours import comparable_hours


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


@pytest.mark.parametrize(
    ("amount", "unit", "hours"),
    [
        ("5", "working_day", "40"),
        ("20", "calendar_day", "114.25"),
        ("1", "month", "176"),
        ("1", "working_hour", "1"),
        (None, "same_day", "8"),
    ],
)
def test_a_minimal_plan_fills_the_limit_and_never_passes_it(amount, unit, hours):
    """Twenty calendar days hold 114,28 working hours, by the yardstick of the catalogue."""
    limit = None if amount is None else Decimal(amount)
    office = OneStopOffice(agency=Agency())
    plan = minimal_plan(office.agency, office, limit, unit)
    assert sum(task.hours for task in plan) == Decimal(hours) <= comparable_hours(limit, unit)
    assert all(task.hours > 0 and task.hours % Decimal("0.25") == 0 for task in plan)


@pytest.mark.parametrize(("case", "amount"), [("", "5.00"), ("Cần xác minh", "8.00")])
def test_a_case_with_a_limit_of_its_own_is_received_under_that_limit(world, case, amount):
    variants = [{"case": "Cần xác minh", "amount": "8", "unit": "working_day"}]
    ChannelRule.objects.update(variants=variants)
    dossier = receive(world, limit_case=case)
    assert (dossier.case, dossier.limit_case, f"{dossier.limit_amount:.2f}") == ("", case, amount)
    text = derivation_of(dossier).as_text()
    assert ("trường hợp “Cần xác minh”" in text) == bool(case)
    slip = Notice.objects.get(dossier=dossier).data["time_limit"]
    assert slip == ("8 ngày làm việc – Cần xác minh" if case else "5 ngày làm việc")
    submitted = actions.submit(make_intake(world, limit_case=case), actor=world.clerk, at=moment())
    assert submitted.limit_case == case
    assert actions.accept(submitted.pk, actor=world.clerk, at=moment()).limit_amount == dossier.limit_amount


def test_the_case_of_the_papers_and_that_of_the_limit_are_chosen_apart(world):
    """A procedure with both: any pair may be received; a case of the papers that has a limit brings it along."""
    ChannelRule.objects.update(
        variants=[
            {"case": "Cần xác minh", "amount": "8", "unit": "working_day"},
            {"case": "B", "amount": "3", "unit": "working_day"},
        ]
    )
    version = world.procedure.versions.get()
    Paper.objects.create(version=version, position=4, name="Giấy A", case="A")
    Paper.objects.create(version=version, position=5, name="Giấy B", case="B")
    papers = (*make_intake(world).papers, PaperData("Giấy A", originals=1), PaperData("Giấy B", originals=1))
    days = {}
    for case in ("A", "B"):
        for limit_case in ("", "Cần xác minh"):
            dossier = receive(world, case=case, limit_case=limit_case, papers=papers)
            days[case, limit_case] = int(dossier.limit_amount)
    assert days == {("A", ""): 5, ("A", "Cần xác minh"): 8, ("B", ""): 3, ("B", "Cần xác minh"): 8}
    assert Notice.objects.get(dossier=dossier).data["case"] == "B"
    for wrong in ({"case": "Cần xác minh"}, {"case": "A", "limit_case": "A"}):
        with pytest.raises(RuleViolation, match="Chọn trường hợp"):
            receive(world, papers=papers, **wrong)


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
