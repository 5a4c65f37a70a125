"""Callbacks of gateways: forged, replayed, late and wrong news change nothing; the money that came is counted once."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.audit.queries import verify
from motcua.payments import actions, queries
from motcua.payments.models import DayClosing, GatewayEvent, Receipt
from motcua.payments.rules import envelope
from motcua.payments.signals import charge_settled
from motcua.payments.tests.conftest import AT
from motcua.payments.tests.gateways import PATH, answered, call, money, told


def test_a_signed_callback_pays_gives_a_receipt_and_is_noted(make_order, book):
    order, heard = make_order(), []
    charge_settled.connect(listener := lambda **said: heard.append(said), weak=False)
    assert call(order).word == "taken"
    charge_settled.disconnect(listener)
    assert money(order) == ("paid", 0, 1, ["paid"])
    receipt = Receipt.objects.get()
    assert (receipt.method, receipt.amount, receipt.number) == ("gateway", 8000, 1)
    assert receipt.bank_reference == order.gateway_reference
    assert receipt.cashier.username == "he-thong"
    assert [(one["charge"].key, one["receipt"]) for one in heard] == [("LP H4012 261123 0007", str(receipt))]
    event = GatewayEvent.objects.filter(kind="callback").get()
    assert (event.outcome, event.state_told, event.amount_told) == ("taken", "paid", 8000)
    assert verify().is_whole


BAD = [
    ("forged", {"secret": "khac"}, 403, "chữ ký sai"),
    ("stale", {"sent": AT - timedelta(hours=1)}, 403, "lệch giờ"),
    ("from the future", {"sent": AT + timedelta(hours=1)}, 403, "lệch giờ"),
    ("an answer sent back", {"way": envelope.Way.ANSWER}, 403, "chữ ký sai"),
    ("for another door", {"path": "/thu-phi/cong-bao/cong-2/"}, 403, "chữ ký sai"),
]
WRONG = [
    ("less", {"amount": 7000}, "sai số tiền"),
    ("more", {"amount": 9000}, "sai số tiền"),
    ("as text", {"amount": "8000"}, "sai số tiền"),
    ("true", {"amount": True}, "sai số tiền"),
    ("dollars", {"currency": "USD"}, "sai loại tiền"),
    ("another reference", {"reference": "G999"}, "tham chiếu"),
    ("another order", {"order": str(uuid.uuid4())}, "không phải giao dịch"),
    ("no order", {"order": "../1"}, "không phải giao dịch"),
    ("a state of nobody's", {"state": "thanks"}, "không hiểu"),
]


@pytest.mark.parametrize(("how", "status", "reason"), [pytest.param(h, s, r, id=n) for n, h, s, r in BAD])
def test_a_callback_that_is_not_the_gateways_changes_nothing_and_is_noted(make_order, book, how, status, reason):  # fmt: skip
    order = make_order()
    assert call(order, **how).status == status
    assert money(order) == ("sent", 0, 0, ["due"])
    assert reason in GatewayEvent.objects.get(kind="callback", outcome="refused").reason


@pytest.mark.parametrize(("said", "reason"), [pytest.param(s, r, id=n) for n, s, r in WRONG])
def test_a_callback_about_something_else_changes_nothing_and_is_noted(make_order, book, said, reason):
    order = make_order()
    assert call(order, told(order) | said).status == 422
    assert money(order) == ("sent", 0, 0, ["due"])
    assert reason in GatewayEvent.objects.get(kind="callback", outcome="refused").reason


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 5000, b'{"said":{},"time":1.5,"nonce":"aaaaaaaa","signature":"x"}', b'{"said":{"amount":8000,"amount":1},"time":1,"nonce":"aaaaaaaa","signature":"x"}', b'{"said":{},"time":NaN,"nonce":"aaaaaaaa","signature":"x"}', b'{"said":{"a":0.5},"time":1,"nonce":"aaaaaaaa","signature":"x"}', b'{"said":{},"time":1,"nonce":"aaaaaaaa","signature":"\xc4\x91"}', b'{"said":{},"time":1,"nonce":"aaaaaaaa","signature":""}'],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(gateway, body):
    assert actions.take_callback(gateway, body, PATH, actor=None, at=AT).status == 403
    assert GatewayEvent.objects.get(kind="callback").outcome == "refused"


def test_a_replayed_callback_is_refused_and_a_repeated_one_known(make_order, book):
    order = make_order()
    assert call(order, nonce="a" * 16).word == "taken"
    assert call(order, nonce="a" * 16).word == "replayed"
    assert call(order).word == "known"
    assert money(order) == ("paid", 0, 1, ["paid"])
    outcomes = GatewayEvent.objects.filter(kind="callback").order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["taken", "refused", "known"]


def test_a_nonce_that_two_orders_used_at_once_is_refused(make_order, make_charge, book, monkeypatch):
    one, two = make_order(), make_order(make_charge(number=8))
    call(one, nonce="b" * 16)
    monkeypatch.setattr(queries, "nonce_used", lambda *args: False)
    assert call(two, nonce="b" * 16).word == "replayed"
    assert money(two)[0] == "sent"


def test_news_of_an_order_that_was_given_up_is_asked_about_not_believed(make_order, book):
    order = make_order()
    answered(order, "failed")
    assert money(order) == ("failed", 0, 0, ["due"])
    assert call(order, at=AT).word == "known"
    assert money(order) == ("failed", 0, 0, ["due"])
    assert order.next_ask_at == AT
    assert "đến muộn" in GatewayEvent.objects.get(kind="callback").reason
    answered(order, "paid")
    assert money(order) == ("paid", 0, 1, ["paid"])


def test_a_flood_of_forgeries_fills_the_servers_log_not_the_table(make_order, monkeypatch, caplog):
    order = make_order()
    monkeypatch.setattr(queries, "is_flooded", lambda gateway, at: True)
    call(order, secret="khac")
    assert not GatewayEvent.objects.filter(kind="callback").exists()
    assert "chữ ký sai" in caplog.text


def test_the_log_of_a_gateway_is_only_added_to(make_order):
    make_order()
    event = GatewayEvent.objects.get()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_paid_twice_is_recorded_and_goes_back(make_order, make_charge, book, cashier):
    one = make_charge()
    first, second = make_order(one), make_order(one, at=AT + timedelta(minutes=29, seconds=30))
    assert first.pk != second.pk
    call(first)
    call(second)
    assert money(first) == ("paid", 0, 1, ["paid"])
    assert money(second) == ("paid", 8000, 0, ["paid"])
    assert second.has_open_excess


def test_what_was_paid_at_the_counter_meanwhile_goes_back_and_the_rest_is_settled(make_order, make_charge, book, cashier):  # fmt: skip
    one, two = make_charge(), make_charge(5000, kind="phi")
    order = make_order(one, two)
    actions.collect_cash([one.pk], actor=cashier, at=AT)
    call(order)
    assert money(order) == ("paid", 8000, 1, ["paid", "paid"])
    assert Receipt.objects.get(order=order).amount == 5000


def test_without_a_book_the_money_counts_and_the_receipt_follows(make_order, commune, head):
    order = make_order()
    call(order)
    assert money(order) == ("paid", 0, 0, ["paid"])
    assert order.wants_receipt
    assert actions.ask_due(actor=None, at=AT) == 0
    actions.open_book(commune, symbol="AP", year=2026, actor=head, at=AT)
    assert actions.ask_due(actor=None, at=AT) == 1
    assert money(order)[2] == 1
    assert actions.ask_due(actor=None, at=AT) == 0


def test_when_the_systems_day_is_closed_the_receipt_comes_the_next_day(make_order, make_charge, commune, book, head):  # fmt: skip
    call(make_order())
    system = DayClosing.objects.get().cashier
    actions.close_day(commune, day=AT.date(), counted_cash=0, cashier=system, actor=head, at=AT)
    order = make_order(make_charge(number=8))
    call(order)
    assert money(order) == ("paid", 0, 0, ["paid"])
    actions.ask_due(actor=None, at=AT + timedelta(days=1))
    assert money(order)[2] == 1


def test_receipts_of_online_payments_come_from_the_electronic_book(make_order, book, commune, head):
    actions.open_book(commune, symbol="E-26", year=2026, is_electronic=True, actor=head, at=AT)
    call(make_order())
    assert Receipt.objects.get().book.symbol == "E-26"


def test_the_door_for_callbacks(client, make_order, book):
    make_order()
    assert client.get(PATH).status_code == 405
    assert client.post(reverse("payments:callback", args=["khong-co"])).status_code == 404
    big = client.post(PATH, b"x" * 20_000, content_type="application/json")
    assert (big.status_code, json.loads(big.content)) == (413, {"error": "too_large"})
    forged = client.post(PATH, b"{}", content_type="application/json")
    assert (forged.status_code, json.loads(forged.content)) == (403, {"result": "signature"})
