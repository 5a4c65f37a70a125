"""With a gateway in a process of its own: good days, bad days, refunds, the day's file; gateways as rows."""

import os
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, now
from motcua.payments import actions, queries
from motcua.payments.actions import reconciling
from motcua.payments.adapters.http import HttpAdapter
from motcua.payments.keys import secret_of
from motcua.payments.models import (
    Charge,
    Gateway,
    GatewayEvent,
    GatewayFile,
    OnlineRefund,
    PaymentOrder,
    Receipt,
)
from motcua.payments.tests.conftest import AT, SECRET
from motcua.payments.tests.gateways import back


@pytest.fixture
def gateway(make_gateway, simulator):
    return make_gateway(simulator.url, valid_from=AT.date().replace(year=2020))


@pytest.fixture
def today_book(commune, head):
    at = now()
    return actions.open_book(commune, symbol="AP", year=at.year, actor=head, at=at)


@pytest.fixture
def order(gateway, make_charge, today_book):
    return actions.pay_online([make_charge().pk], gateway_id=gateway.pk, back=back, actor=None, at=now())


def test_an_order_is_taken_paid_and_asked_about(simulator, order, gateway):
    assert (order.state, order.pay_address.startswith(simulator.url)) == ("sent", True)
    assert simulator.seen["orders"][-1]["back"] == back(order)
    simulator.pay(order, "never")
    order = actions.ask(order.pk, actor=None, at=now())
    assert (order.state, Receipt.objects.get().amount) == ("paid", 8000)


@pytest.mark.parametrize(
    ("mode", "state", "reason"),
    [("down", "unknown", "HTTP 503"), ("foreign", "unknown", "chữ ký sai"), ("silent", "unknown", "mất liên lạc"), ("slow", "unknown", "mất liên lạc")],
)  # fmt: skip
def test_bad_days_of_a_gateway_are_told_apart_and_healed(simulator, gateway, make_charge, today_book, mode, state, reason):  # fmt: skip
    Gateway.objects.update(timeout_seconds=1)
    simulator.behave(mode, seconds=1.5)
    order = actions.pay_online([make_charge().pk], gateway_id=gateway.pk, back=back, actor=None, at=now())
    assert order.state == state
    assert reason in GatewayEvent.objects.get().reason
    simulator.behave("ok")
    healed = actions.ask(order.pk, actor=None, at=now())
    assert healed.state == ("failed" if mode == "down" else "sent")
    assert len([one for one in simulator.seen["orders"] if one["order"] == str(order.key)]) == (
        mode != "down"
    )


def test_a_gateway_that_is_gone_or_has_another_secret_takes_nothing(gateway, make_charge, accountant):
    one = make_charge()
    os.environ["MOTCUA_GATEWAY_T"] = "khac"
    try:
        Gateway.objects.update(secret_env="MOTCUA_GATEWAY_T")
        order = actions.pay_online([one.pk], gateway_id=gateway.pk, back=back, actor=None, at=now())
    finally:
        del os.environ["MOTCUA_GATEWAY_T"]
    assert (order.state, "HTTP 401" in order.events.get().reason) == ("failed", True)
    order = actions.pay_online([one.pk], gateway_id=gateway.pk, back=back, actor=None, at=now())
    assert "chưa có khóa" in order.events.get().reason
    Gateway.objects.update(secret_env="", address="http://127.0.0.1:9")
    order = actions.pay_online([one.pk], gateway_id=gateway.pk, back=back, actor=None, at=now())
    assert "không kết nối được" in order.events.get().reason
    Gateway.objects.update(secret_sealed="hỏng")
    assert secret_of(Gateway.objects.get()) == ""


@pytest.mark.django_db(transaction=True)
def test_what_the_tester_does_on_the_pay_page_comes_back_by_itself(simulator, order, live_server, settings, make_charge, gateway):  # fmt: skip
    settings.PUBLIC_URL = live_server.url

    def fresh(number):
        ids = [make_charge(number=number).pk]
        return actions.pay_online(ids, gateway_id=gateway.pk, back=back, actor=None, at=now())

    for number, how, statuses, state in [
        (11, "forge", [403], "sent"),
        (12, "wrong_amount", [422], "sent"),
        (13, "wrong_currency", [422], "sent"),
        (14, "stale", [403], "sent"),
        (15, "repeat", [200, 200, 200], "paid"),
        (16, "replay", [200, 409], "paid"),
        (17, "fail", [200], "failed"),
        (18, "succeed", [200], "paid"),
    ]:
        one = fresh(number)
        assert simulator.pay(one, how) == statuses, how
        one.refresh_from_db()
        assert one.state == state, how
    assert Receipt.objects.count() == 3
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3]
    stale = PaymentOrder.objects.get(lines__charge__code="H40.12-261123-0014")
    assert actions.ask(stale.pk, actor=None, at=now()).state == "paid"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", [False, True])
def test_word_that_comes_late_is_waited_for_or_asked_for_and_counts_once(simulator, today_book, live_server, settings, gateway, make_charge, door, asked):  # fmt: skip
    """Paid on the gateway's page, told of later: until then nothing is paid here; who asks in between has it earlier, once."""
    settings.PUBLIC_URL = live_server.url
    ids = [make_charge(number=21).pk]
    one = actions.pay_online(ids, gateway_id=gateway.pk, back=back, actor=None, at=now())
    simulator.behave("ok", seconds=1)
    assert simulator.pay(one, "delay") == []  # nobody was told yet
    one.refresh_from_db()
    assert (one.state, Receipt.objects.count()) == ("sent", 0)
    if asked:
        assert actions.ask(one.pk, actor=None, at=now()).state == "paid"
    assert door()
    one.refresh_from_db()
    assert (one.state, one.excess, Receipt.objects.count()) == ("paid", 0, 1)


def test_money_goes_back_through_the_gateway_once(simulator, order, cashier, accountant):
    simulator.pay(order, "never")
    actions.ask(order.pk, actor=None, at=now())
    charge = Charge.objects.get()
    told = {"charge_id": charge.pk, "reason": "Rút hồ sơ", "document": "QĐ 1", "at": now()}
    with pytest.raises(NotFound):
        actions.refund_online(order.pk, **told, actor=cashier)
    simulator.behave("stuck")
    made = actions.refund_online(order.pk, **told, actor=accountant)
    assert (made.state, Charge.objects.get().state) == ("asked", "paid")
    with pytest.raises(RuleViolation, match="đã có yêu cầu"), transaction.atomic():
        actions.refund_online(order.pk, **told, actor=accountant)
    with pytest.raises(RuleViolation, match="chờ cổng trả lời"), transaction.atomic():
        actions.refund(charge.pk, reason="x", document="y", method="transfer", actor=accountant, at=now())
    simulator.behave("ok")
    assert actions.ask_due(actor=None, at=now() + timedelta(minutes=3)) == 1
    order.refresh_from_db()
    assert (order.state, Charge.objects.get().state, charge.refunds.get().method) == (
        "refunded",
        "refunded",
        "gateway",
    )
    with pytest.raises(RuleViolation, match="đã hoàn trả"), transaction.atomic():
        actions.refund_online(order.pk, **told, actor=accountant)
    with pytest.raises(NotFound):
        actions.refund_online(order.pk, **(told | {"charge_id": 404}), actor=accountant)
    assert (
        next(one for one in simulator.seen["orders"] if one["order"] == str(order.key))["state"] == "refunded"
    )


def test_a_gateway_that_refuses_a_refund_leaves_it_to_be_done_by_hand(simulator, order, accountant):
    simulator.pay(order, "never")
    actions.ask(order.pk, actor=None, at=now())
    simulator.behave("stern")
    told = {"charge_id": Charge.objects.get().pk, "reason": "x", "document": "QĐ 1", "at": now()}
    made = actions.refund_online(order.pk, **told, actor=accountant)
    assert (made.state, Charge.objects.get().state) == ("refused", "paid")
    actions.refund(told["charge_id"], reason="x", document="y", method="transfer", actor=accountant, at=now())
    assert Charge.objects.get().state == "refunded"


def test_money_that_was_not_owed_goes_back_by_gateway_or_by_hand(simulator, gateway, order, cashier, accountant, make_charge):  # fmt: skip
    other = actions.pay_online(
        [make_charge(number=8).pk], gateway_id=gateway.pk, back=back, actor=None, at=now()
    )
    for one in (order, other):
        actions.collect_cash(queries.charges_on(one.pk), actor=cashier, at=now())
        simulator.pay(one, "never")
        assert actions.ask(one.pk, actor=None, at=now()).excess == 8000
    with pytest.raises(NotFound):
        actions.settle_excess(other.pk, note="x", document="y", actor=cashier, at=now())
    assert (
        actions.refund_online(order.pk, reason="thừa", document="QĐ 2", actor=accountant, at=now()).state
        == "done"
    )
    with pytest.raises(RuleViolation, match="không có tiền nộp thừa"), transaction.atomic():
        actions.refund_online(order.pk, reason="thừa", document="QĐ 2", actor=accountant, at=now())
    simulator.behave("stuck")
    actions.refund_online(other.pk, reason="thừa", document="QĐ 3", actor=accountant, at=now())
    with pytest.raises(RuleViolation, match="chờ cổng"), transaction.atomic():
        actions.settle_excess(other.pk, note="x", document="y", actor=accountant, at=now())
    OnlineRefund.objects.filter(order=other).update(state="refused")
    assert actions.settle_excess(other.pk, note="chuyển khoản", document="QĐ 3", actor=accountant, at=now()).state == "refunded"  # fmt: skip
    with pytest.raises(RuleViolation, match="không có tiền"), transaction.atomic():
        actions.settle_excess(other.pk, note="x", document="y", actor=accountant, at=now())


def test_the_days_file_is_fetched_and_payments_that_were_lost_are_asked_about(simulator, order, gateway, monkeypatch):  # fmt: skip
    simulator.pay(order, "never")
    day, at = legal_date(now()), now()
    with pytest.raises(RuleViolation, match="hết ngày"):
        actions.fetch_day_file(gateway, day, actor=None, at=at)
    monkeypatch.setattr(reconciling, "legal_date", lambda at: day + timedelta(days=1))
    simulator.behave("down")
    assert actions.fetch_day_file(gateway, day, actor=None, at=at) is False
    assert actions.fetch_due(actor=None, at=at) == 0
    simulator.behave("ok")
    PaymentOrder.objects.update(next_ask_at=None)
    assert actions.fetch_due(actor=None, at=at + timedelta(minutes=20)) == 0
    assert actions.fetch_day_file(gateway, day, actor=None, at=at) is True
    order.refresh_from_db()
    assert (order.state, order.next_ask_at, Receipt.objects.count()) == ("sent", at, 0)
    assert actions.ask_due(actor=None, at=at) == 1
    assert str(order.key) in [row["order"] for row in GatewayFile.objects.get().rows]
    assert Receipt.objects.count() == 1


def test_a_file_that_was_touched_is_not_taken(simulator, order, gateway, monkeypatch):
    simulator.pay(order, "never")
    day = legal_date(now())
    asked = queries.asked(gateway, now(), day)
    reply, rows = HttpAdapter().day_file(asked, day)
    assert reply.sort == "accepted"
    assert (str(order.key), 8000) in [(row.order, row.amount) for row in rows if row.kind == "payment"]
    monkeypatch.setattr("motcua.payments.adapters.http.COLUMNS", ["x"])
    reply, rows = HttpAdapter().day_file(asked, day)
    assert (reply.sort, rows, "sai cột" in reply.detail) == ("refused", [], True)


def test_a_gateway_is_tried_at_the_press_of_a_button(simulator, gateway, accountant, cashier):
    assert actions.check_gateway(gateway.pk, actor=accountant, at=now()).check_result == "kết nối tốt"
    Gateway.objects.update(merchant="DV-2")
    assert "403" in actions.check_gateway(gateway.pk, actor=accountant, at=now()).check_result
    with pytest.raises(NotFound):
        actions.check_gateway(gateway.pk, actor=cashier, at=now())
    with pytest.raises(NotFound):
        actions.check_gateway(404, actor=accountant, at=now())


GOOD = {"name": "Cổng", "adapter": "http", "address": "https://a.test/", "merchant": "M", "timeout_seconds": 5, "order_minutes": 30, "valid_from": AT.date(), "valid_to": None, "source": "HĐ", "secret_env": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("address", "ftp://a.test", "đầy đủ"),
        ("adapter", "khac", "Chưa có cách nối"),
        ("valid_to", AT.date() - timedelta(days=1), "sau ngày bắt đầu"),
        ("secret_env", "PATH", "MOTCUA_GATEWAY_"),
        ("source", " ", "căn cứ"),
    ],
)
def test_a_gateway_that_cannot_be_is_refused(commune, accountant, field, value, words):
    with pytest.raises(RuleViolation, match=words):
        actions.create_gateway(commune, code="c", actor=accountant, at=AT, **(GOOD | {field: value}))


def test_gateways_are_rows_with_dates_and_agencies(
    commune, province, accountant, stranger, cashier, make_charge
):
    with pytest.raises(NotFound):
        actions.create_gateway(commune, code="c", actor=cashier, at=AT, **GOOD)
    made = actions.create_gateway(commune, code="c", secret=SECRET, actor=accountant, at=AT, **GOOD)
    assert SECRET not in made.secret_sealed
    assert secret_of(made) == SECRET
    with pytest.raises(RuleViolation, match="đã có"):
        actions.create_gateway(commune, code="c", actor=accountant, at=AT, **GOOD)
    changed = actions.change_gateway(made.pk, actor=accountant, at=AT, **(GOOD | {"name": "Cổng B"}))
    assert (changed.name, secret_of(changed)) == ("Cổng B", SECRET)
    assert secret_of(actions.change_gateway(made.pk, secret="moi", actor=accountant, at=AT, **GOOD)) == "moi"
    with pytest.raises(NotFound):
        actions.change_gateway(made.pk, actor=stranger, at=AT, **GOOD)
    with pytest.raises(RuleViolation, match="đang dùng"):
        actions.use_gateway(made.pk, agency=commune, valid_from=AT.date(), actor=accountant, at=AT)
    one = make_charge()
    assert queries.gateways_of(one, AT.date()) == [made]
    assert queries.gateways_of(one, AT.date() - timedelta(days=1)) == []
    use = made.uses.get()
    with pytest.raises(RuleViolation, match="từ ngày bắt đầu"):
        actions.end_use(use.pk, last_day=AT.date() - timedelta(days=9), actor=accountant, at=AT)
    actions.end_use(use.pk, last_day=AT.date(), actor=accountant, at=AT)
    assert queries.gateways_of(one, AT.date() + timedelta(days=1)) == []
    actions.use_gateway(
        made.pk, agency=commune, valid_from=AT.date() + timedelta(days=1), actor=accountant, at=AT
    )
    with pytest.raises(NotFound):
        actions.end_use(404, last_day=AT.date(), actor=accountant, at=AT)
    with pytest.raises(NotFound):
        actions.change_gateway(404, actor=accountant, at=AT, **GOOD)


def test_the_simulator_runs_only_beside_the_demonstration(db, settings, tmp_path):
    settings.DEMONSTRATION = tmp_path / "none"
    with pytest.raises(CommandError, match="bản minh họa"):
        call_command("gateway")


def test_the_demonstration_is_led_to_the_simulator(province):
    from motcua.payments.management.commands.gateway import connect

    connect("http://127.0.0.1:8200", "khoa")
    connect("http://127.0.0.1:8201", "khoa")
    made = Gateway.objects.get()
    assert (made.address, made.uses.count(), secret_of(made)) == ("http://127.0.0.1:8201", 1, "khoa")
    assert reverse("payments:callback", args=[made.code]) in queries.callback_address(made)
