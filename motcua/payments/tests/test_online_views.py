"""The screens of paying online: gateways, orders, statements; and the payer's own pages."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.payments import actions, adapters, queries
from motcua.payments.actions.orders import note_sent, note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import BankTransfer, Charge, Gateway, PaymentOrder, Receipt, StatementLayout
from motcua.payments.tests.conftest import AT
from motcua.payments.tests.gateways import Told

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def adapter(monkeypatch):
    made = Told()
    made.check = lambda asked: made._next("check")
    monkeypatch.setattr(adapters, "_adapters", {"http": ("Thử", made)})
    return made


@pytest.fixture
def gateway(make_gateway):
    return make_gateway("https://cong.test/api")


def _text(answer):
    return answer.content.decode()


def told(order, state):
    said = {"order": str(order.key), "state": state, "amount": order.amount, "currency": "VND"}
    return Reply(Sort.ACCEPTED, said)


@pytest.fixture
def make_order(gateway, make_charge):
    def make(number=7):
        order, _ = actions.open_order(
            [make_charge(number=number).pk], gateway_id=gateway.pk, actor=None, at=AT
        )
        taken = Reply(Sort.ACCEPTED, {"reference": f"G{number}", "pay_url": "https://cong.test/pay/1"})
        return note_sent(order.pk, taken, actor=None, at=AT)

    return make


def test_a_gateway_is_added_tried_changed_and_given_to_agencies(
    client, accountant, commune, private, adapter
):
    client.force_login(accountant)
    assert "Chưa có cổng" in _text(client.get(reverse("payments:gateways")))
    page = reverse("payments:new_gateway")
    assert client.get(page).status_code == 200
    sent = {"agency": commune.pk, "code": "cong-1", "name": "Cổng A", "adapter": "http", "address": "https://cong.test/api", "merchant": "M1", "secret": "bi-mat-khong-hien", "timeout_seconds": 10, "order_minutes": 30, "valid_from": "01/11/2026", "source": "HĐ 1"}  # fmt: skip
    assert client.post(page, sent | {"address": "khong"}).status_code == 422
    assert client.post(page, sent).status_code == 302
    made = Gateway.objects.get()
    one = reverse("payments:gateway", args=[made.pk])
    shown = _text(client.get(one))
    assert "/thu-phi/cong-bao/cong-1/" in shown
    assert "bi-mat-khong-hien" not in shown + _text(
        client.get(reverse("payments:edit_gateway", args=[made.pk]))
    )
    adapter.replies = [Reply(Sort.ACCEPTED, {"merchant": "M1"})]
    answer = client.post(reverse("payments:check_gateway", args=[made.pk]), follow=True)
    assert "kết nối tốt" in _text(answer)
    edit = {key: value for key, value in sent.items() if key not in ("agency", "code", "secret")}
    assert (
        client.post(reverse("payments:edit_gateway", args=[made.pk]), edit | {"name": "Cổng B"}).status_code
        == 302
    )
    assert "Cổng B" in _text(client.get(reverse("payments:gateways")))
    use = made.uses.get()
    end = reverse("payments:end_use", args=[made.pk, use.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"last_day": "30/11/2026"}).status_code == 302
    again = reverse("payments:use_gateway", args=[made.pk])
    assert client.get(again).status_code == 200
    assert client.post(again, {"agency": commune.pk, "valid_from": "01/12/2026"}).status_code == 302
    assert client.get(reverse("payments:end_use", args=[made.pk, 404])).status_code == 404


def test_others_manage_no_gateway(client, gateway, stranger, cashier):
    for person in (stranger, cashier):
        client.force_login(person)
        assert client.get(reverse("payments:gateways")).status_code == 404
        assert client.get(reverse("payments:gateway", args=[gateway.pk])).status_code == 404
        assert client.post(reverse("payments:check_gateway", args=[gateway.pk])).status_code == 404


def test_orders_are_looked_into_asked_about_and_paid_back(client, head, stranger, cashier, make_order, book, adapter):  # fmt: skip
    client.force_login(head)
    order = make_order()
    assert "Không có giao dịch nào" in _text(client.get(reverse("payments:orders")))
    assert order.code in _text(client.get(reverse("payments:orders") + "?xem=tat-ca"))
    actions.collect_cash(queries.charges_on(order.pk), actor=cashier, at=AT)
    adapter.replies = [told(order, "paid")]
    one = reverse("payments:order", args=[order.pk])
    assert "Đã trả" in _text(client.post(reverse("payments:ask_order", args=[order.pk]), follow=True))
    assert "phải hoàn" in _text(client.get(reverse("payments:orders")))
    refund = reverse("payments:refund_order", args=[order.pk])
    assert "tiền nộp thừa" in _text(client.get(refund))
    assert client.get(refund + "?khoan=404").status_code == 404
    charge = queries.charges_on(order.pk)[0]
    assert client.post(f"{refund}?khoan={charge}", {"reason": "x", "document": "QĐ"}).status_code == 422
    excess = reverse("payments:excess", args=[order.pk])
    assert client.get(excess).status_code == 200
    assert client.post(excess, {"note": "chuyển khoản", "document": "QĐ 4"}).status_code == 302
    assert "QĐ 4" in _text(client.get(one))
    client.force_login(stranger)
    assert client.get(one).status_code == 404


def test_a_statement_is_taken_in_and_its_rest_tied_by_hand(client, cashier, head, commune, make_charge, book):
    make_charge()
    client.force_login(cashier)
    page = reverse("payments:import_statement")
    assert "thêm tài khoản thu trước" in _text(client.get(page))
    fields = {"bank_bin": "970436", "bank_name": "VCB", "account_number": "0123456789", "holder": "UBND", "source": "TB"}  # fmt: skip
    account = actions.open_account(commune, valid_from=AT.date(), **fields, actor=head, at=AT)
    layout = StatementLayout.objects.get(kind="csv")
    content = "Ngày giao dịch,Số giao dịch,Nội dung,Số tiền ghi nợ,Số tiền ghi có\n23/11/2026,FT1,chuyen tien,,8.000\nx,FT2,,,1\n"
    file = SimpleUploadedFile("sao-ke.csv", content.encode())
    answer = client.post(page, {"account": account.pk, "layout": layout.pk, "file": file}, follow=True)
    assert "1 giao dịch mới" in _text(answer)
    assert "Dòng 3" in _text(answer)
    bad = SimpleUploadedFile("x.csv", b"a,b\n")
    refused = client.post(page, {"account": account.pk, "layout": layout.pk, "file": bad})
    assert (refused.status_code, "không có cột" in _text(refused)) == (422, True)
    assert "sao-ke.csv" in _text(client.get(reverse("payments:statements")))
    transfer = BankTransfer.objects.get()
    assert "Ghép khoản thu" in _text(client.get(reverse("payments:transfers")))
    match = reverse("payments:match_transfer", args=[transfer.pk])
    assert "Không có khoản chờ nộp" in _text(client.get(match + "?q=khong-co"))
    assert "H40.12-261123-0007" in _text(client.get(match))
    assert client.post(match, {}).status_code == 422
    assert client.post(match, {"charges": [Charge.objects.get().pk]}).status_code == 302
    assert (Charge.objects.get().state, BankTransfer.objects.get().outcome) == ("paid", "matched")
    assert client.get(reverse("payments:new_layout")).status_code == 404
    client.force_login(head)
    sent = {
        "name": "Mẫu B",
        "kind": "mt940",
        "dates": "dd/mm/yyyy",
        "delimiter": ",",
        "thousands": ".",
        "skip": 0,
    }
    assert client.post(reverse("payments:new_layout"), sent).status_code == 302


def test_a_payer_pays_through_the_gateway_and_takes_the_receipt_along(
    client, make_charge, gateway, book, adapter
):
    one = make_charge()
    link = reverse("portal:pay", args=[queries.pay_token(one)])
    assert queries.pay_link(one).endswith(link)
    assert queries.pay_link_of("dossier/7").endswith(link)
    assert queries.pay_links_of(["dossier/7", "dossier/8"]) == {"dossier/7": queries.pay_link(one)}
    shown = _text(client.get(link))
    assert "Bạn cần nộp 8.000 đ" in shown
    assert "Trả qua Cổng thử" in shown
    assert "NQ 10/2021" in shown
    assert "Nguyễn Văn Mẫu" not in shown
    adapter.replies = [Reply(Sort.ACCEPTED, {"reference": "G1", "pay_url": "https://cong.test/pay/1"})]
    sent = {"agency": one.agency_id, "gateway": gateway.pk}
    answer = client.post(reverse("portal:pay_online", args=[queries.pay_token(one)]), sent, follow=True)
    order = PaymentOrder.objects.get()
    assert "https://cong.test/pay/1" in _text(answer)
    assert "Chưa nhận được tiền" in _text(answer)
    assert "đang chờ kết quả" in _text(client.get(link))
    adapter.replies = [told(order, "paid")]
    page = reverse("portal:pay_order", args=[order.key])
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        shown = _text(client.get(page))
        assert "Đã nộp tiền" in shown
        assert "Tải biên lai" in shown
        pdf = client.get(reverse("portal:pay_order_receipt", args=[order.key]))
        assert pdf.content.startswith(b"%PDF")
        shown = _text(client.get(link))
        receipt = Receipt.objects.get()
        masked = reverse("portal:pay_receipt", args=[queries.pay_token(one), receipt.pk])
        assert masked in shown
        assert client.get(masked).content.startswith(b"%PDF")
        again = client.post(reverse("portal:pay_online", args=[queries.pay_token(one)]), sent)
        assert again.status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [("failed", "không thành công"), ("expired", "đã hết hạn"), ("unknown", "Chưa rõ kết quả")],
)
def test_the_page_of_an_order_says_plainly_how_it_went(client, make_order, adapter, state, words):
    order = make_order()
    if state == "unknown":
        note_status(order.pk, Reply(Sort.UNCLEAR), actor=None, at=AT)
        adapter.replies = [Reply(Sort.UNCLEAR)]
    else:
        note_status(order.pk, told(order, state), actor=None, at=AT)
    assert words in _text(client.get(reverse("portal:pay_order", args=[order.key])))
    assert client.get(reverse("portal:pay_order_receipt", args=[order.key])).status_code == 404


def test_links_of_others_cannot_be_guessed(client, make_charge, book, cashier):
    one, other = make_charge(), make_charge(number=8)
    token = queries.pay_token(one)
    receipt = actions.collect_cash([other.pk], actor=cashier, at=AT)
    for wrong in ("x", f"{other.pk}-{token.partition('-')[2]}", "999-" + "0" * 32, token + "0"):
        assert client.get(reverse("portal:pay", args=[wrong])).status_code == 404
    assert client.get(reverse("portal:pay_receipt", args=[token, receipt.pk])).status_code == 404
    assert client.get(reverse("portal:pay_order", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404  # fmt: skip
    assert client.post(reverse("portal:pay_online", args=[token]), {"agency": "x"}).status_code == 404
    sent = {"agency": one.agency_id, "gateway": "abc"}
    assert client.post(reverse("portal:pay_online", args=[token]), sent).status_code == 422


def test_what_fell_away_is_said_not_to_be_paid_and_cannot_be(client, make_charge, gateway, head):
    one = make_charge()
    actions.cancel_charge(one.pk, reason="rút", actor=head, at=AT)
    address = reverse("portal:pay", args=[queries.pay_token(one)])
    page = _text(client.get(address))
    assert "Không phải nộp nữa" in page
    assert one.key in page
    assert "<svg" not in page.split("Không phải nộp nữa")[1]
    assert "Trả qua" not in page
    paid = client.post(f"{address}cong/", {"agency": one.agency_id, "gateway": gateway.pk})
    assert paid.status_code == 404
    assert queries.pay_link_of("dossier/99") == ""
