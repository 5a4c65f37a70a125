"""Fees at reception, filing before it, and what reception costs."""

from dataclasses import replace
from datetime import date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from motcua.agencies.testing import make_agency, make_seat, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask
from motcua.dossiers.rules.intake import PaperData, PartyData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import make_intake, make_procedure, make_process, moment, receive
from motcua.notifications.models import Message
from motcua.payments.actions import collect_cash, open_book
from motcua.payments.models import Charge
from motcua.procedures.models import ChannelRule, Fee, FeeExemption, Paper

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


@pytest.mark.parametrize(
    ("reason", "basis", "said"),
    [(" ", "NĐ 1", "Ghi lý do từ chối"), ("Không thuộc thẩm quyền", " ", "số văn bản, điều, khoản")],
)
def test_declining_names_a_reason_and_the_law(world, filed, reason, basis, said):
    with pytest.raises(RuleViolation, match=said):
        actions.decline(filed.pk, reason=reason, legal_basis=basis, actor=world.clerk, at=moment(days=1))
    filed.refresh_from_db()
    assert filed.status == Status.SUBMITTED


def test_declining_is_in_writing(world, filed):
    actions.decline(
        filed.pk, reason="Không thuộc thẩm quyền", legal_basis="NĐ 1", actor=world.clerk, at=moment(days=1)
    )
    filed.refresh_from_db()
    assert (filed.status, filed.code) == (Status.NOT_ACCEPTED, None)
    notice = filed.notices.get()
    assert (notice.kind, notice.data["reason"]) == ("rejection_notice", "Không thuộc thẩm quyền")
    assert notice.data["legal_basis"] == "NĐ 1"


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


def test_who_gives_no_address_gets_no_message(world):
    actions.submit(
        make_intake(world, channel="online", applicant=PartyData("citizen", "A")),
        actor=world.clerk,
        at=moment(),
    )
    assert not Message.objects.exists()


def test_the_counter_that_received_may_collect_a_seated_agencys_fee(world):
    procedure = make_procedure("1.000077", world.police)
    make_process(procedure, None, [("review", [("resolving", "officer", "8")])])
    Fee.objects.create(
        procedure=procedure,
        kind="le_phi",
        name="Lệ phí",
        per="case",
        amount_dong=20_000,
        valid_from=date(2020, 1, 1),
    )
    dossier = receive(world, procedure=procedure)
    charge = Charge.objects.get(reference=f"dossier/{dossier.pk}")
    assert (charge.agency, charge.counter) == (world.police, world.commune)
    open_book(world.commune, symbol="AP", year=2026, actor=world.head, at=moment())
    cashier = make_user_with("cashier", world.commune, username="thu.ngan")
    receipt = collect_cash([charge.pk], actor=cashier, at=moment())
    dossier.refresh_from_db()
    assert (dossier.payment, receipt.agency, receipt.day.agency) == ("paid", world.police, world.commune)


def test_charges_from_before_are_given_the_counter_of_their_dossier(world, fee):
    dossier = receive(world)
    Charge.objects.update(counter=None)
    lost = Charge.objects.get()
    lost.pk, lost.reference, lost.match_key = None, "dossier/999999", "LPX"
    lost.save()
    import_module("motcua.dossiers.migrations.0004_charge_counters").name_counters(apps, None)
    assert Charge.objects.get(reference=f"dossier/{dossier.pk}").counter == world.commune
    assert Charge.objects.get(reference="dossier/999999").counter is None
