"""Who paid is masked in lists; it is read in full only by who must, and every look is logged."""

import pytest
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.core.text import fold
from motcua.payments import actions
from motcua.payments.tests.conftest import AT

NAME = "Nguyễn Văn Mẫu"


@pytest.fixture
def receipt(make_charge, book, cashier):
    return actions.collect_cash([make_charge().pk], actor=cashier, at=AT)


@pytest.fixture
def inspector(commune):
    return make_user_with("inspector", commune, username="kiem.tra")


def _looks():
    return list(Event.objects.filter(kind="view.personal_data").values_list("actor_label", "data"))


def _pages(receipt):
    charge = receipt.lines.get().charge_id
    yield reverse("payments:register")
    yield reverse("payments:receipt", args=[receipt.pk])
    yield reverse("payments:charge", args=[charge])
    yield reverse("payments:day", args=[receipt.day_id])


@pytest.mark.parametrize("who", ["cashier", "inspector", "head"])
def test_no_page_shows_a_payer_unasked(client, receipt, request, who):
    client.force_login(request.getfixturevalue(who))
    for page in _pages(receipt):
        shown = client.get(page).content.decode()
        assert str(receipt) in shown, page
        assert NAME not in shown, page
    assert _looks() == []


def test_what_waits_to_be_paid_is_masked_too(client, make_charge, cashier):
    make_charge()
    client.force_login(cashier)
    shown = client.get(reverse("payments:today")).content.decode()
    assert "H40.12-261123-0007" in shown
    assert NAME not in shown


def test_a_cashier_sees_the_payer_when_asking_and_the_log_says_so(client, receipt, cashier):
    client.force_login(cashier)
    address = reverse("payments:receipt", args=[receipt.pk])
    assert "Hiện đầy đủ" in client.get(address).content.decode()
    answer = client.post(address)
    assert NAME in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    [(label, data)] = _looks()
    assert label == str(cashier)
    assert (data["record"], data["fields"]) == (f"receipt/{receipt.pk}", ["payer_name", "payer_code"])


def test_printing_a_receipt_is_a_look_too(client, receipt, cashier):
    client.force_login(cashier)
    assert client.get(reverse("payments:receipt_pdf", args=[receipt.pk])).status_code == 200
    assert [data["fields"] for _, data in _looks()] == [["print/payment_receipt"]]


def test_who_only_reads_receipts_cannot_learn_who_paid(client, receipt, inspector):
    client.force_login(inspector)
    address = reverse("payments:receipt", args=[receipt.pk])
    shown = client.get(address).content.decode()
    assert "Hiện đầy đủ" not in shown
    assert "In biên lai" not in shown
    assert client.post(address).status_code == 404
    assert client.get(reverse("payments:receipt_pdf", args=[receipt.pk])).status_code == 404
    assert _looks() == []


@pytest.mark.parametrize("role", ["accountant", "leader"])
def test_who_gives_money_back_or_reads_personal_data_may_ask(client, receipt, commune, role):
    client.force_login(make_user_with(role, commune, username="nguoi.khac"))
    assert NAME in client.post(reverse("payments:receipt", args=[receipt.pk])).content.decode()
    assert len(_looks()) == 1


@pytest.mark.parametrize(("who", "offered"), [("cashier", True), ("head", True), ("inspector", False)])
def test_recording_a_transfer_is_offered_to_who_may(client, request, who, offered):
    client.force_login(request.getfixturevalue(who))
    address = reverse("payments:new_transfer")
    assert (address in client.get(reverse("payments:transfers")).content.decode()) is offered
    assert (client.get(address).status_code == 200) is offered


@pytest.mark.parametrize(("role", "offered"), [("accountant", True), ("cashier", False)])
def test_settling_a_transfer_is_offered_to_who_may(client, commune, cashier, role, offered):
    given = {"bank_reference": "FT1", "amount": 5, "memo": "không rõ", "paid_at": AT}
    made = actions.record_transfer(commune, **given, actor=cashier, at=AT)
    client.force_login(make_user_with(role, commune, username="nguoi.khac"))
    address = reverse("payments:resolve_transfer", args=[made.pk])
    assert (f'href="{address}"' in client.get(reverse("payments:transfers")).content.decode()) is offered
    assert (client.get(address).status_code == 200) is offered


def test_the_register_is_searched_by_payer_without_marks_and_shows_the_name_masked(
    client, receipt, inspector
):
    """Who brings a receipt back says a name; finding it tells no more than was said."""
    client.force_login(inspector)
    name = receipt.payer_name
    found = client.get(reverse("payments:register"), {"q": fold(name)}).content.decode()
    assert f"{receipt.number:07d}" in found
    assert name not in found.replace(f'value="{fold(name)}"', "")
    assert (
        f"{receipt.number:07d}"
        not in client.get(reverse("payments:register"), {"q": "khong ai ten nay"}).content.decode()
    )
