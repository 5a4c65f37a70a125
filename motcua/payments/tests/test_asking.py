"""Orders opened, sent again and asked about; the same money whatever the order of the news."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.agencies.testing import make_system_user
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.payments import actions, adapters, queries
from motcua.payments.actions.online_refunds import note_refund, open_refund
from motcua.payments.actions.orders import note_sent, note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import Charge, OnlineRefund, PaymentOrder, Receipt
from motcua.payments.tests.conftest import AT
from motcua.payments.tests.gateways import Told, answered, back, call, money, told


def test_who_asks_twice_is_led_to_the_same_order(gateway, make_order, make_charge):
    one = make_charge()
    order = make_order(one)
    again, is_new = actions.open_order([one.pk], gateway_id=gateway.pk, actor=None, at=AT)
    assert (again.pk, is_new) == (order.pk, False)


def test_an_order_is_refused_for_what_is_not_due_another_gateway_or_the_thousandth_time(make_order, make_charge, gateway, book, cashier, monkeypatch):  # fmt: skip
    from motcua.payments.actions import orders

    one = make_charge()
    with pytest.raises(RuleViolation, match="không dùng cho khoản này"), transaction.atomic():
        actions.open_order([one.pk], gateway_id=404, actor=None, at=AT)
    monkeypatch.setattr(orders, "MOST_TRIES", 0)
    with pytest.raises(RuleViolation, match="quá nhiều lần"), transaction.atomic():
        actions.open_order([one.pk], gateway_id=gateway.pk, actor=None, at=AT)
    actions.collect_cash([one.pk], actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="đã nộp"), transaction.atomic():
        actions.open_order([one.pk], gateway_id=gateway.pk, actor=None, at=AT)


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(Sort.REFUSED, {}, "không kết nối được"), "failed"),
        (Reply(Sort.UNCLEAR, {}, "mất liên lạc"), "unknown"),
        (Reply(Sort.ACCEPTED, {"reference": "G1"}), "unknown"),
        (Reply(Sort.ACCEPTED, {"reference": "G1", "pay_url": "javascript:alert(1)"}), "unknown"),
        (Reply(Sort.ACCEPTED, {"reference": "G1", "pay_url": "https://a.test/" + "x" * 500}), "unknown"),
        (Reply(Sort.ACCEPTED, {"reference": "G1", "pay_url": "https://a.test/1"}), "sent"),
    ],
)
def test_what_a_gateway_says_to_a_new_order(gateway, make_charge, reply, state):
    order, _ = actions.open_order([make_charge().pk], gateway_id=gateway.pk, actor=None, at=AT)
    assert note_sent(order.pk, reply, actor=None, at=AT).state == state
    order.refresh_from_db()
    assert (order.next_ask_at is None) == (state == "failed")


@pytest.fixture
def adapter(monkeypatch):
    made = Told()
    monkeypatch.setattr(adapters, "_adapters", {"http": ("Thử", made)})
    return made


def test_an_order_whose_taking_was_unclear_is_sent_again_with_the_same_key(gateway, make_charge, adapter):
    good = Reply(Sort.ACCEPTED, {"reference": "G1", "pay_url": "https://a.test/1"})
    adapter.replies = [Reply(Sort.UNCLEAR), good]
    ids = [make_charge().pk]
    order = actions.pay_online(ids, gateway_id=gateway.pk, back=back, actor=None, at=AT)
    assert (order.state, order.pay_address) == ("sent", "https://a.test/1")
    again = actions.pay_online(ids, gateway_id=gateway.pk, back=back, actor=None, at=AT)
    assert (again.pk, adapter.asked) == (order.pk, ["create", "create"])


def test_a_lost_callback_is_healed_by_asking_with_pauses_that_grow(make_order, book, adapter):
    order = make_order()
    adapter.replies = [Reply(Sort.UNCLEAR), Reply(Sort.ACCEPTED, told(order, "pending"))]
    assert actions.ask_due(actor=None, at=AT) == 0
    assert actions.ask_due(actor=None, at=AT + timedelta(minutes=1)) == 1
    assert money(order)[0] == "unknown"
    assert order.next_ask_at == AT + timedelta(minutes=3)
    actions.ask_due(actor=None, at=AT + timedelta(minutes=3))
    assert (money(order)[0], order.next_ask_at) == ("sent", AT + timedelta(minutes=7))
    adapter.replies = [Reply(Sort.ACCEPTED, told(order))]
    actions.ask_due(actor=None, at=AT + timedelta(minutes=7))
    assert (money(order), order.next_ask_at) == (("paid", 0, 1, ["paid"]), None)
    assert actions.ask_due(actor=None, at=AT + timedelta(days=1)) == 0


def test_asking_ends_days_after_the_order_and_late_money_is_taken_until_then(make_order, book, adapter):
    order = make_order()
    later = AT + timedelta(hours=2)
    adapter.replies = [Reply(Sort.ACCEPTED, told(order, "pending"))]
    actions.ask_due(actor=None, at=later)
    assert (money(order)[0], order.next_ask_at > later) == ("expired", True)
    adapter.replies = [Reply(Sort.REFUSED, {}, "không kết nối được")]
    actions.ask_due(actor=None, at=AT + timedelta(days=4))
    assert (money(order)[0], order.next_ask_at) == ("expired", None)


@pytest.mark.parametrize(
    ("reply", "state", "ends"),
    [
        ({"error": "unknown_order"}, "failed", True),
        ({"amount": 9000, "state": "paid"}, "sent", False),
        ({"state": "expired"}, "expired", True),
        ({"state": "refunded"}, "paid", True),
    ],
)
def test_other_answers_to_our_question(make_order, book, adapter, reply, state, ends):
    order = make_order()
    sort = Sort.REFUSED if "error" in reply else Sort.ACCEPTED
    adapter.replies = [Reply(sort, reply if "error" in reply else told(order) | reply)]
    actions.ask(order.pk, actor=None, at=AT)
    assert (money(order)[0], order.next_ask_at is None) == (state, ends)


@pytest.mark.parametrize("kind", ["orders_to_ask", "refunds_to_ask"])
def test_what_another_timer_has_leased_since_it_was_found_is_left_to_it(
    make_order, adapter, monkeypatch, kind
):
    order, find = make_order(), getattr(queries, kind)
    if kind == "refunds_to_ask":
        PaymentOrder.objects.update(next_ask_at=None)
        OnlineRefund.objects.create(
            order=order, amount=1, state="asked", next_ask_at=AT, made_by=make_system_user(), made_at=AT
        )

    def found_then_leased(at, limit):
        rows = find(at, limit)
        assert rows
        type(rows[0]).objects.update(next_ask_at=at + timedelta(minutes=2))
        return rows

    monkeypatch.setattr(queries, kind, found_then_leased)
    assert actions.ask_due(actor=None, at=AT + timedelta(hours=1)) == 0
    assert adapter.asked == []


def test_who_comes_back_makes_the_gateway_be_asked_but_not_every_second(make_order, book, adapter):
    order = make_order()
    assert actions.look_again(order.pk, actor=None, at=AT).state == "sent"
    adapter.replies = [Reply(Sort.ACCEPTED, told(order, "pending"))]
    actions.look_again(order.pk, actor=None, at=AT + timedelta(seconds=10))
    actions.look_again(order.pk, actor=None, at=AT + timedelta(seconds=12))
    adapter.replies = [Reply(Sort.ACCEPTED, told(order))]
    assert actions.look_again(order.pk, actor=None, at=AT + timedelta(seconds=16)).state == "paid"
    assert actions.look_again(order.pk, actor=None, at=AT + timedelta(seconds=30)).state == "paid"
    with pytest.raises(NotFound):
        actions.look_again(404, actor=None, at=AT)


def test_a_receipt_that_waited_is_given_once_however_many_timers_find_the_order(
    make_order, book, head, adapter, monkeypatch
):
    actions.close_book(book.pk, actor=head, at=AT)
    order = make_order()
    answered(order, "paid")
    assert (money(order), order.wants_receipt) == (("paid", 0, 0, ["paid"]), True)
    actions.open_book(book.agency, symbol="AP-26B", year=2026, source="TB 02", actor=head, at=AT)
    found = queries.orders_without_receipt(10)  # both looked before either gave it
    monkeypatch.setattr(queries, "orders_without_receipt", lambda limit: found)
    for _ in range(2):
        actions.ask_due(actor=None, at=AT)
    order.refresh_from_db()
    assert (order.wants_receipt, str(order.receipt)) == (False, "AP-26B số 0000001")
    assert Receipt.objects.count() == 1


def refunded_by(gateway_said, order, charge, accountant):
    refund = open_refund(
        order.pk, charge_id=charge.pk, reason="Rút hồ sơ", document="QĐ 1", actor=accountant, at=AT
    )
    said = {"refund": str(refund.key), "amount": refund.amount, "state": gateway_said}
    return refund, Reply(Sort.ACCEPTED, said)


def test_a_gateway_that_says_twice_that_it_gave_back_gave_back_once(make_order, book, accountant):
    order = make_order()
    answered(order, "paid")
    refund, done = refunded_by("done", order, Charge.objects.get(), accountant)
    first = note_refund(refund.pk, done, actor=None, at=AT)
    again = note_refund(refund.pk, done, actor=None, at=AT + timedelta(hours=1))
    assert (first.state, again.state, again.done_at) == ("done", "done", AT)
    assert [one.amount for one in Charge.objects.get().refunds.all()] == [8000]
    assert verify().is_whole


def test_an_order_of_which_a_part_went_back_is_still_paid(make_order, make_charge, book, accountant):
    one, other = make_charge(), make_charge(5000)
    order = make_order(one, other)
    answered(order, "paid")
    for charge, state in ((one, "paid"), (other, "refunded")):
        refund, done = refunded_by("done", order, charge, accountant)
        note_refund(refund.pk, done, actor=None, at=AT)
        order.refresh_from_db()
        assert order.state == state


NEWS = ["callback paid", "callback failed", "callback pending", "callback twice", "forged", "wrong", "ask pending", "ask paid", "ask unclear", "ask failed", "cash"]  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)  # fmt: skip
@given(st.lists(st.sampled_from(NEWS), max_size=5))
def test_any_order_of_news_ends_in_the_same_money_and_at_most_one_receipt(make_charge, gateway, book, cashier, news):  # fmt: skip
    """The gateway has taken the money: whatever is heard of it, and how often, the last question makes it right."""
    with transaction.atomic():
        one = make_charge()
        order, _ = actions.open_order([one.pk], gateway_id=gateway.pk, actor=None, at=AT)
        said = {"reference": "G1", "pay_url": "https://a.test/1"}
        order = note_sent(order.pk, Reply(Sort.ACCEPTED, said), actor=None, at=AT)
        in_cash = False
        for number, word in enumerate(news):
            one.refresh_from_db()
            in_cash = in_cash or (word == "cash" and one.state == "due")
            hear(word, number, order, one, cashier)
            assert Receipt.objects.filter(lines__charge=one, cancelled_at=None).count() <= 1
        answered(order, "paid")
        assert money(order) == ("paid", 8000 if in_cash else 0, 0 if in_cash else 1, ["paid"])
        assert Receipt.objects.filter(lines__charge=one).count() == 1
        transaction.set_rollback(True)


def hear(word, number, order, one, cashier):
    kind, _, what = word.partition(" ")
    if word == "cash":
        if one.state == "due":
            actions.collect_cash([one.pk], actor=cashier, at=AT)
    elif word == "forged":
        call(order, secret="khac")
    elif word == "wrong":
        call(order, told(order, amount=1))
    elif what == "twice":
        call(order, nonce=f"twice{number:04d}")
        call(order, nonce=f"twice{number:04d}")
    elif kind == "callback":
        call(order, told(order, what))
    elif what == "unclear":
        note_status(order.pk, Reply(Sort.UNCLEAR), actor=None, at=AT)
    else:
        answered(order, what)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_on_postgresql_the_same_news_in_many_threads_pays_once(make_order, make_charge, book, cashier):
    one = make_charge()
    first, second = make_order(one), make_order(one, at=AT + timedelta(minutes=29, seconds=30))
    failures = []

    def work(job):
        try:
            job()
        except RuleViolation:
            pass
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    jobs = [lambda: call(first), lambda: answered(first, "paid"), lambda: call(second), lambda: call(second), lambda: actions.collect_cash([one.pk], actor=cashier, at=AT)]  # fmt: skip
    threads = [threading.Thread(target=work, args=[job]) for job in jobs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Charge.objects.get().state == "paid"
    receipts = Receipt.objects.filter(cancelled_at=None)
    assert receipts.count() == 1
    paid = sum(PaymentOrder.objects.filter(state="paid").values_list("amount", flat=True))
    excess = sum(PaymentOrder.objects.values_list("excess", flat=True))
    in_cash = 8000 if receipts.get().method == "cash" else 0
    assert (paid, excess) == (16_000, 8000 + in_cash)
    assert verify().is_whole
