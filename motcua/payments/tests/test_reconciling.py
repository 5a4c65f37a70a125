"""A day and a month reconciled: every kind of difference is found, explained, and only then closed."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.payments import actions, queries
from motcua.payments.actions.orders import note_sent, note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import BankTransfer, DayClosing, GatewayFile, Receipt, Reconciliation
from motcua.payments.queries.reconciling import Span
from motcua.payments.rules import reconcile as rules
from motcua.payments.rules.reconcile import Reason
from motcua.payments.tests.conftest import AT

DAY = AT.date()
NEXT = AT + timedelta(days=1)
ORDER = rules.OurOrder(1, "k1", 8000, DAY, True, 0, "H1")
LINE = rules.FileLine(1, DAY, "payment", "k1", "G1", 8000)
BACK = rules.FileLine(1, DAY, "refund", "k1", "r1", 8000)
REFUND = rules.OurRefund(1, 1, "r1", 8000, DAY, "H1")
FILES = {(1, DAY)}


@pytest.mark.parametrize(
    ("orders", "lines", "days", "known", "reasons"),
    [
        ([ORDER], [LINE], FILES, (), []),
        ([ORDER], [], FILES, (), [Reason.ONLY_OURS]),
        ([ORDER], [], set(), (), []),
        ([], [LINE], FILES, (), [Reason.ONLY_GATEWAY]),
        ([], [LINE], FILES, ("k1",), []),
        ([ORDER], [replace(LINE, amount=7000)], FILES, (), [Reason.AMOUNT]),
        ([ORDER], [LINE, LINE], FILES, (), [Reason.DOUBLED]),
        ([ORDER], [LINE, BACK], FILES, (), []),
    ],
)
def test_payments_against_the_gateways_file(orders, lines, days, known, reasons):
    assert [one.reason for one in rules.against_files(orders, lines, days, known)] == reasons


@pytest.mark.parametrize(
    ("refunds", "lines", "days", "reasons"),
    [
        ([REFUND], [BACK], FILES, []),
        ([REFUND], [LINE], FILES, [Reason.REFUND_ONLY_OURS]),
        ([REFUND], [], set(), []),
        ([], [BACK], FILES, [Reason.REFUND_ONLY_GATEWAY]),
    ],
)
def test_refunds_against_the_gateways_file(refunds, lines, days, reasons):
    assert [one.reason for one in rules.refunds_against_files(refunds, lines, days)] == reasons


def test_paid_orders_want_a_receipt_and_what_was_not_owed_goes_back():
    found = rules.own_books([ORDER, replace(ORDER, id=2, has_receipt=False, open_excess=500)])
    assert [(one.reason, one.about) for one in found] == [(Reason.NO_RECEIPT, "order/2"), (Reason.EXCESS, "order/2")]  # fmt: skip
    assert found[0].subject == "no_receipt/order/2"
    assert "biên lai" in found[0].words
    assert rules.unexplained(found, {"no_receipt/order/2"}) == found[1:]


@settings(max_examples=50)
@given(st.sets(st.integers(1, 60), min_size=1))
def test_gaps_and_numbers_together_are_every_number(numbers):
    missing = {n for first, last in rules.gaps([*numbers, *numbers]) for n in range(first, last + 1)}
    assert missing | numbers == set(range(min(numbers), max(numbers) + 1))
    assert not missing & numbers


def test_every_reason_has_words():
    assert set(rules.WORDS) == set(Reason)


@pytest.fixture
def world(make_gateway, make_charge, book, commune, cashier, head):
    """A day with one of everything that does not match."""
    gateway = make_gateway(valid_from=DAY)
    fields = {"bank_bin": "970436", "bank_name": "VCB", "account_number": "0123456789", "holder": "UBND", "source": "TB"}  # fmt: skip
    actions.open_account(commune, valid_from=DAY, **fields, actor=head, at=AT)
    orders = []
    for number in (21, 22, 23):
        order, _ = actions.open_order(
            [make_charge(number=number).pk], gateway_id=gateway.pk, actor=None, at=AT
        )
        said = {"reference": f"G{number}", "pay_url": "https://a.test/1"}
        orders.append(note_sent(order.pk, Reply(Sort.ACCEPTED, said), actor=None, at=AT))
    for order in orders[:2]:
        paid = {"order": str(order.key), "state": "paid", "amount": 8000, "currency": "VND"}
        note_status(order.pk, Reply(Sort.ACCEPTED, paid), actor=None, at=AT)
    actions.collect_cash([make_charge(number=24).pk], actor=cashier, at=AT)
    actions.confirm_transfer([make_charge(number=25).pk], bank_reference="FT25", actor=cashier, at=AT)
    actions.record_transfer(commune, bank_reference="FT9", memo="?", amount=500, paid_at=AT, actor=cashier, at=AT)  # fmt: skip
    lines = [{"kind": "payment", "order": str(one.key), "reference": "G", "amount": 8000, "at": ""} for one in orders[1:]]  # fmt: skip
    GatewayFile.objects.create(gateway=gateway, day=DAY, digest="x", rows=lines, fetched_at=AT)
    return orders


def _reasons(found):
    return sorted(one.reason.value for one in found)


def test_the_differences_of_a_day_and_their_sums(world, commune):
    span = Span(commune, DAY, DAY)
    found = queries.differences(span, DAY + timedelta(days=1))
    assert _reasons(found) == ["day_open", "no_statement", "not_on_statement", "only_gateway", "only_ours", "transfer_open"]  # fmt: skip
    figures = {one.label: (one.number, one.amount) for one in queries.figures(span)}
    assert figures["Biên lai: tiền mặt"] == (1, 8000)
    assert figures["Biên lai: cổng thanh toán trực tuyến"] == (2, 16_000)
    assert figures["Giao dịch trực tuyến đã trả"] == (2, 16_000)
    assert figures["Tệp của cổng: đã thu"] == (2, 16_000)
    assert figures["Tiền vào theo sao kê"] == (1, 500)
    month = Span(commune, DAY.replace(day=1), date(2026, 11, 30))
    reasons = _reasons(queries.differences(month, date(2026, 12, 1)))
    assert reasons.count("no_file") == 7
    Receipt.objects.filter(number=2).update(number=9)
    DayClosing.objects.filter(cashier__username="thu.ngan").update(closed_at=AT, difference=-500, counted_cash=7500)  # fmt: skip
    BankTransfer.objects.update(way="kept", outcome="resolved")
    reasons = _reasons(queries.differences(Span(commune, DAY, DAY), DAY + timedelta(days=1)))
    assert {"number_gap", "day_differs", "transfer_kept"} <= set(reasons)


def test_a_day_is_closed_only_when_everything_is_explained(world, commune, accountant, stranger):
    span, days = Span(commune, DAY, DAY), {"first_day": DAY, "last_day": DAY}
    with pytest.raises(RuleViolation, match="đã qua"):
        actions.close_reconciliation(commune, **days, actor=accountant, at=AT)
    with pytest.raises(NotFound):
        actions.close_reconciliation(commune, **days, actor=stranger, at=NEXT)
    with pytest.raises(RuleViolation, match="Còn 6 chênh lệch"):
        actions.close_reconciliation(commune, **days, actor=accountant, at=NEXT)
    with pytest.raises(RuleViolation, match="không còn"):
        actions.explain(commune, **days, subject="x/y", note="x", actor=accountant, at=NEXT)
    for one in queries.differences(span, DAY + timedelta(days=1)):
        actions.explain(commune, **days, subject=one.subject, note="đã hỏi", actor=accountant, at=NEXT)
    made = actions.close_reconciliation(commune, **days, actor=accountant, at=NEXT)
    assert len(made.differences) == 6
    assert {one["note"] for one in made.differences} == {"đã hỏi"}
    with pytest.raises(RuleViolation, match="đã khóa"):
        actions.close_reconciliation(commune, **days, actor=accountant, at=NEXT)
    with pytest.raises(RuleViolation, match="đã khóa"):
        actions.explain(commune, **days, subject=made.differences[0]["subject"], note="x", actor=accountant, at=NEXT)  # fmt: skip
    assert verify().is_whole


MONTH = {"first_day": DAY.replace(day=1), "last_day": date(2026, 11, 30)}
AFTER = AT.replace(day=1) + timedelta(days=33)  # in December


def test_a_month_is_closed_only_when_it_is_past_and_everything_in_it_is_explained(world, commune, accountant):
    span = Span(commune, MONTH["first_day"], MONTH["last_day"])
    with pytest.raises(RuleViolation, match="đã qua"):
        actions.close_reconciliation(commune, **MONTH, actor=accountant, at=NEXT)
    found = queries.differences(span, AFTER.date())
    assert {one.day for one in found} > {DAY, MONTH["last_day"]}  # not of one day
    first, *others = found
    for one in others:
        actions.explain(commune, **MONTH, subject=one.subject, note="đã hỏi", actor=accountant, at=AFTER)
    with pytest.raises(RuleViolation, match="Còn 1 chênh lệch"):
        actions.close_reconciliation(commune, **MONTH, actor=accountant, at=AFTER)
    day = {
        "first_day": first.day,
        "last_day": first.day,
    }  # an explanation given for the day counts for its month
    actions.explain(commune, **day, subject=first.subject, note="của ngày", actor=accountant, at=AFTER)
    made = actions.close_reconciliation(commune, **MONTH, actor=accountant, at=AFTER)
    assert (made.first_day, made.last_day) == (MONTH["first_day"], MONTH["last_day"])
    assert [one["note"] for one in made.differences] == ["của ngày", *["đã hỏi"] * len(others)]
    assert {"label": "Biên lai: tiền mặt", "number": 1, "amount": 8000}.items() <= made.figures[0].items()
    with pytest.raises(RuleViolation, match="đã khóa"):
        actions.close_reconciliation(commune, **MONTH, actor=accountant, at=AFTER)
    assert verify().is_whole


@time_machine.travel(AFTER, tick=False)
def test_a_month_is_closed_by_the_screens_too_and_its_days_stay_open(client, world, commune, accountant):
    client.force_login(accountant)
    query = f"?agency={commune.pk}&day=23/11/2026&whole=on"
    close = reverse("payments:close_reconciliation") + query
    assert client.post(close).status_code == 422
    for one in queries.differences(Span(commune, MONTH["first_day"], MONTH["last_day"]), AFTER.date()):
        explain = f"{reverse('payments:explain')}{query}&muc={one.subject}"
        assert client.post(explain, {"note": "đã hỏi"}).status_code == 302
    assert "còn 0 chưa giải trình" in client.get(reverse("payments:reconciliation") + query).content.decode()
    assert client.post(close).status_code == 302
    sheet = Reconciliation.objects.get()
    assert (sheet.first_day, sheet.last_day) == (MONTH["first_day"], MONTH["last_day"])
    shown = client.get(reverse("payments:reconciliation") + query).content.decode()
    assert "Đã khóa" in shown
    assert "Khóa bảng đối soát" not in shown
    assert queries.closed(Span(commune, DAY, DAY)) is None


@time_machine.travel(NEXT, tick=False)
def test_the_pages_of_reconciliation(client, world, commune, accountant, cashier):
    client.force_login(accountant)
    page = reverse("payments:reconciliation")
    shown = client.get(page).content.decode()
    assert "còn 6 chưa giải trình" in shown
    assert reverse("payments:order", args=[world[0].pk]) in shown
    query = f"?agency={commune.pk}&day=23/11/2026"
    assert "Từ" not in client.get(page + query).content.decode()[:200]
    assert client.get(page + query + "&whole=on").status_code == 200
    assert client.get(page + "?day=x&agency=1").status_code == 404
    assert client.post(reverse("payments:close_reconciliation") + query).status_code == 422
    for one in queries.differences(Span(commune, DAY, DAY), DAY + timedelta(days=1)):
        explain = f"{reverse('payments:explain')}{query}&muc={one.subject}"
        assert client.get(explain).status_code == 200
        assert client.post(explain, {"note": "=1+1 đã hỏi"}).status_code == 302
    assert client.get(f"{reverse('payments:explain')}{query}&muc=x").status_code == 404
    text = client.get(reverse("payments:reconciliation_file", args=["csv"]) + query).content.decode(
        "utf-8-sig"
    )
    rows = list(csv.reader(io.StringIO(text)))
    assert "'=1+1 đã hỏi" in rows[-1]
    assert client.get(reverse("payments:reconciliation_file", args=["xlsx"]) + query).content[:2] == b"PK"
    assert client.get(reverse("payments:reconciliation_file", args=["exe"]) + query).status_code == 404
    assert client.post(reverse("payments:fetch_file") + query).status_code == 302
    assert client.post(reverse("payments:close_reconciliation") + query).status_code == 302
    sheet = Reconciliation.objects.get()
    assert "đã hỏi" in client.get(reverse("payments:sheet", args=[sheet.pk])).content.decode()
    assert "Đã khóa" in client.get(page).content.decode()
