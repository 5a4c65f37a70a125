"""A fee owed to one agency and paid at the counter of another: whose drawer, whose receipt, who sees it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.payments import actions, queries
from motcua.payments.models import Charge
from motcua.payments.rules.lines import FeeLine
from motcua.payments.rules.vietqr import fields
from motcua.payments.tests.conftest import AT

DAY = date(2026, 11, 23)


@pytest.fixture
def police(province):
    return make_agency("Công an xã An Phú", province, kind="vertical", sector="police")


@pytest.fixture
def policeman(police):
    return make_user_with("police_desk", police, username="cong.an")


@pytest.fixture
def police_head(police):
    return make_user_with("office_head", police, username="truong.cong.an")


@pytest.fixture
def owed(police, commune, cashier):
    """A charge of the police for a dossier received at the commune's counter."""
    line = FeeLine("le_phi", "Lệ phí đăng ký cư trú", 20_000, "TT 75/2022/TT-BTC")
    given = {"code": "H40.12-261123-0030", "payer_name": "Nguyễn Văn Mẫu", "actor": cashier, "at": AT}
    return actions.charge("dossier/30", [line], agency=police, counter=commune, **given)[0]


@pytest.fixture
def police_book(police, police_head):
    return actions.open_book(police, symbol="CA-26", year=2026, actor=police_head, at=AT)


def _book_of(person, agency, symbol):
    return actions.open_book(agency, symbol=symbol, year=2026, actor=person, at=AT)


def test_the_counters_cashier_collects_in_the_agencys_name_into_the_counters_drawer(
    owed, police, commune, cashier, book, police_book
):
    receipt = actions.collect_cash([owed.pk], actor=cashier, at=AT)
    assert (receipt.agency, receipt.book, receipt.day.agency) == (police, police_book, commune)
    day = actions.close_day(commune, day=DAY, counted_cash=20_000, actor=cashier, at=AT)
    assert (day.cash_total, day.difference) == (20_000, 0)
    assert queries.owed_to(day) == [
        {"agency_id": police.pk, "agency__name": "Công an xã An Phú", "cash": 20_000, "transfer": 0}
    ]
    assert Event.objects.get(kind="cash_day.closed").data["owed"][0]["cash"] == 20_000


def test_the_agencys_own_desk_collects_into_its_own_drawer(owed, police, policeman, police_book):
    receipt = actions.collect_cash([owed.pk], actor=policeman, at=AT)
    assert (receipt.agency, receipt.day.agency) == (police, police)


def test_without_a_book_of_the_agency_the_counters_is_used_and_the_receipt_still_names_the_agency(
    owed, police, commune, cashier, book
):
    receipt = actions.collect_cash([owed.pk], actor=cashier, at=AT)
    assert (receipt.book, receipt.agency) == (book, police)
    data = queries.receipt_data(receipt)
    assert data["agency"] == "Công an xã An Phú"
    assert data["note"] == "Hồ sơ H40.12-261123-0030; thu tại Bộ phận Một cửa UBND xã An Phú"


def test_a_book_of_a_third_agency_is_refused(owed, cashier, province):
    above = make_user_with("office_head", province, username="tinh")
    book = _book_of(above, province, "T-26")
    with pytest.raises(RuleViolation, match="không phải của cơ quan thu"):
        actions.collect_cash([owed.pk], book_id=book.pk, actor=cashier, at=AT)


def test_charges_received_at_two_counters_need_two_receipts(owed, police, province, cashier, police_book):
    line, other = FeeLine("phi", "Phí", 5000), make_agency("UBND xã Bình Yên", province, code="H40.14")
    given = {"code": "H40.14-261123-0001", "payer_name": "B", "actor": cashier, "at": AT}
    there = actions.charge("dossier/31", [line], agency=police, counter=other, **given)[0]
    with pytest.raises(RuleViolation, match="biên lai riêng"):
        actions.collect_cash([owed.pk, there.pk], actor=cashier, at=AT)


def test_another_communes_cashier_sees_and_collects_nothing(owed, book, stranger):
    authority = authority_of(stranger, DAY)
    assert queries.due_for(authority, "dossier/30", "") == []
    with pytest.raises(NotFound):
        queries.access_charge(authority, owed.pk)
    with pytest.raises(NotFound):
        actions.collect_cash([owed.pk], actor=stranger, at=AT)


def test_both_the_counter_and_the_agency_see_charge_and_receipt(
    owed, cashier, policeman, police_book, stranger
):
    receipt = actions.collect_cash([owed.pk], actor=cashier, at=AT)
    for person in (cashier, policeman):
        authority = authority_of(person, DAY)
        assert queries.access_charge(authority, owed.pk) == owed
        assert list(queries.register(authority)) == [receipt]
    assert list(queries.register(authority_of(stranger, DAY))) == []


def test_who_works_at_the_drawer_cancels_and_the_agencys_desk_does_not(owed, cashier, policeman, police_book):
    receipt = actions.collect_cash([owed.pk], actor=cashier, at=AT)
    assert not queries.may_cancel(authority_of(policeman, DAY), receipt)
    with pytest.raises(NotFound):
        actions.cancel_receipt(receipt.pk, reason="nhầm", actor=policeman, at=AT)
    assert queries.may_cancel(authority_of(cashier, DAY), receipt)
    assert actions.cancel_receipt(receipt.pk, reason="nhầm", actor=cashier, at=AT).is_cancelled


def test_the_counters_head_exempts_and_refunds_out_of_the_counters_drawer(
    owed, commune, police, cashier, head, police_book
):
    actions.collect_cash([owed.pk], actor=cashier, at=AT)
    made = actions.refund(owed.pk, reason="Rút hồ sơ", document="QĐ 5", actor=head, at=AT)
    assert (made.day.agency, made.charge.agency) == (commune, police)
    line = FeeLine("phi", "Phí", 5000)
    given = {"code": "H40.12-261123-0032", "payer_name": "B", "actor": cashier, "at": AT}
    other = actions.charge("dossier/32", [line], agency=police, counter=commune, **given)[0]
    assert actions.exempt(other.pk, reason="Hộ nghèo", actor=head, at=AT).state == Charge.State.EXEMPT


def test_a_transfer_goes_to_the_agencys_account_else_to_the_counters(
    owed, commune, police, head, police_head
):
    account = {"bank_bin": "970436", "bank_name": "VCB", "holder": "X", "valid_from": DAY, "source": "TB 1"}
    assert queries.transfer_code(owed, DAY) == ""
    actions.open_account(commune, account_number="111", actor=head, at=AT, **account)
    assert "0103111" in fields(queries.transfer_code(owed, DAY))["38"]
    actions.open_account(police, account_number="222", actor=police_head, at=AT, **account)
    assert "0103222" in fields(queries.transfer_code(owed, DAY))["38"]


def test_a_statement_of_the_counter_finds_what_was_received_there(owed, commune, cashier, police_book):
    given = {"bank_reference": "FT1", "memo": "LP H4012 261123 0030", "amount": 20_000, "paid_at": AT}
    assert actions.record_transfer(commune, actor=cashier, at=AT, **given).outcome == "matched"


def test_the_pages_name_agency_and_counter(client, owed, cashier, police_book, book):
    with time_machine.travel(AT, tick=False):
        client.force_login(cashier)
        page = reverse("payments:collect") + "?reference=dossier/30"
        shown = client.get(page).content.decode()
        assert "Biên lai ghi tên cơ quan thu: Công an xã An Phú" in shown
        assert shown.index("CA-26/2026 của Công an") < shown.index("AP-26/2026 của UBND")
        sent = {"charges": [owed.pk], "method": "cash", "book_id": police_book.pk}
        receipt = client.post(page, sent, follow=True).content.decode()
        assert "Bộ phận Một cửa UBND xã An Phú" in receipt
        charge = client.get(reverse("payments:charge", args=[owed.pk])).content.decode()
        assert "Nơi tiếp nhận, thu tiền" in charge
        day = queries.my_day(cashier, owed.counter_id, DAY)
        shown = client.get(reverse("payments:day", args=[day.pk])).content.decode()
        assert "Công an xã An Phú: tiền mặt 20.000 đ" in shown
