"""Fees that are asked for later, and obligations that are paid here: QR, gateway or counter all lead on."""

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import FinancialObligation
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import in_review, make_world, moment, ready, receive
from motcua.notifications.models import Message
from motcua.payments import actions as payments
from motcua.payments.models import Charge, Receipt

ASKED = {"kind": "phi", "purpose": "Phí sao chụp thêm", "amount_dong": 5000, "legal_basis": "NQ 1/2021"}


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def cashier(world):
    made = make_user_with("cashier", world.commune, username="thu.ngan")
    payments.open_book(world.commune, symbol="AP-26", year=2026, source="TB", actor=world.head, at=moment())
    return made


@pytest.fixture
def dossier(world):
    return in_review(world)


def test_a_further_fee_is_charged_told_and_paid(world, dossier, cashier):
    made = actions.demand_fee(dossier.pk, **ASKED, actor=world.officer, at=moment(days=1))
    dossier.refresh_from_db()
    assert (dossier.payment, made.amount, made.agency, made.counter) == ("due", 5000, world.commune, world.commune)  # fmt: skip
    payments.collect_cash([made.pk], actor=cashier, at=moment(days=1))
    dossier.refresh_from_db()
    assert dossier.payment == "paid"


def test_the_link_to_pay_by_goes_to_who_submitted(world):
    party = PartyData("citizen", name="Nguyễn Văn Mẫu", phone="0900000001", email="mau@example.test")
    dossier = receive(world, applicant=party)
    actions.demand_fee(dossier.pk, **ASKED, actor=world.officer, at=moment(days=1))
    bodies = list(Message.objects.filter(kind="fee_due").values_list("body", flat=True))
    assert bodies
    assert all("/nop-tien/" in body for body in bodies)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("amount_dong", 0, "lớn hơn 0"), ("purpose", " ", "nội dung thu"), ("legal_basis", "", "căn cứ"), ("kind", "nvtc", "Chọn phí")],
)  # fmt: skip
def test_a_demand_says_how_much_for_what_and_by_which_law(world, dossier, field, value, words):
    with pytest.raises(RuleViolation, match=words), transaction.atomic():
        actions.demand_fee(dossier.pk, **(ASKED | {field: value}), actor=world.officer, at=moment(days=1))


def test_who_may_not_ask_and_when_it_is_too_late(world, dossier):
    with pytest.raises(NotFound):
        actions.demand_fee(dossier.pk, **ASKED, actor=world.policeman, at=moment(days=1))
    done = ready(world)
    actions.return_result(done.pk, receiver_name="Nguyễn Văn Mẫu", actor=world.head, at=moment(days=3))
    with pytest.raises(RuleViolation, match="chưa trả kết quả"):
        actions.demand_fee(done.pk, **ASKED, actor=world.officer, at=moment(days=4))


def owe(world, dossier):
    return actions.issue_obligation(dossier.pk, amount_dong=1_000_000, notice_number="12/TB-CT", payable_here=True, actor=world.officer, at=moment(days=1))  # fmt: skip


def test_an_obligation_that_is_paid_here_is_met_by_its_receipt_and_the_clock_goes_on(world, dossier, cashier):
    owe(world, dossier)
    charge = Charge.objects.get()
    assert (charge.kind, charge.amount, charge.key[:2]) == ("nvtc", 1_000_000, "TC")
    payments.confirm_transfer([charge.pk], bank_reference="FT1", actor=cashier, at=moment(days=2))
    dossier.refresh_from_db()
    obligation = FinancialObligation.objects.get()
    assert (dossier.status, dossier.payment) == ("in_review", "paid")
    assert (obligation.met_at, obligation.met_document) == (moment(days=2), str(Receipt.objects.get()))


def test_an_obligation_that_was_paid_elsewhere_is_not_owed_here(world, dossier):
    owe(world, dossier)
    actions.meet_obligation(dossier.pk, document="GNT 5", actor=world.officer, at=moment(days=2))
    dossier.refresh_from_db()
    assert (Charge.objects.get().state, dossier.payment) == ("cancelled", "none")


def test_a_payment_of_a_dossier_that_waits_for_nothing_changes_only_the_money(world, dossier, cashier):
    owe(world, dossier)
    FinancialObligation.objects.update(met_at=moment(days=1))
    dossier.status = "in_review"
    dossier.save(update_fields=["status"])
    payments.collect_cash([Charge.objects.get().pk], actor=cashier, at=moment(days=2))
    assert Charge.objects.get().state == "paid"


@time_machine.travel(moment(days=1), tick=False)
def test_the_page_that_asks_for_a_fee(client, world, dossier):
    page = reverse("dossiers:demand_fee", args=[dossier.pk])
    client.force_login(world.policeman)
    assert client.get(page).status_code == 404
    client.force_login(world.officer)
    assert "Yêu cầu nộp thêm" in client.get(reverse("dossiers:more", args=[dossier.pk])).content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, ASKED | {"amount_dong": ""}).status_code == 422
    assert client.post(page, ASKED | {"amount_dong": "5.000"}).status_code == 302
    assert Charge.objects.get().amount == 5000
