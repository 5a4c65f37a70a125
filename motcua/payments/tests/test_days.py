"""The cashier's day, refunds, transfers and accounts."""

from datetime import date, timedelta

import pytest

from motcua.agencies.queries import authority_of
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.payments import actions, queries
from motcua.payments.models import BankTransfer, DayClosing, PaymentAccount
from motcua.payments.rules.vietqr import fields
from motcua.payments.tests.conftest import AT

DAY = date(2026, 11, 23)


def _collect(make_charge, cashier, count=1):
    return [actions.collect_cash([make_charge(number=n + 1).pk], actor=cashier, at=AT) for n in range(count)]


def test_closing_counts_cash_transfers_refunds_and_receipt_numbers(make_charge, book, commune, cashier, head):
    receipts = _collect(make_charge, cashier, 3)
    actions.cancel_receipt(receipts[1].pk, reason="nhầm", actor=cashier, at=AT)
    actions.confirm_transfer([make_charge(5000, 9).pk], bank_reference="FT1", actor=cashier, at=AT)
    day = actions.close_day(commune, day=DAY, denominations={10_000: 1, 2_000: 3}, actor=cashier, at=AT)
    assert (day.cash_total, day.transfer_total, day.refund_total) == (16_000, 5_000, 0)
    assert (day.counted_cash, day.difference, day.denominations) == (16_000, 0, {"10000": 1, "2000": 3})
    assert day.ranges == [{"book": "AP-26/2026", "first": 1, "last": 4, "cancelled": [2]}]
    assert day.is_closed
    assert str(day) == "ngày thu 23/11/2026"
    assert Event.objects.get(kind="cash_day.closed").data["counted"] == 16_000
    assert verify().is_whole


def test_nothing_is_added_to_a_closed_day_and_it_is_closed_once(make_charge, book, commune, cashier):
    _collect(make_charge, cashier)
    actions.close_day(commune, day=DAY, counted_cash=8000, actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="đã khóa sổ"):
        actions.collect_cash([make_charge(number=5).pk], actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="đã khóa rồi"):
        actions.close_day(commune, day=DAY, counted_cash=8000, actor=cashier, at=AT)
    later = actions.collect_cash([make_charge(number=6).pk], actor=cashier, at=AT + timedelta(days=1))
    assert later.day.day == DAY + timedelta(days=1)


def test_another_cashier_may_go_on_when_one_has_closed(make_charge, book, commune, cashier, head):
    _collect(make_charge, cashier)
    actions.close_day(commune, day=DAY, counted_cash=8000, actor=cashier, at=AT)
    assert actions.collect_cash([make_charge(number=5).pk], actor=head, at=AT).day.cashier == head


def test_a_difference_must_be_explained(make_charge, book, commune, cashier):
    _collect(make_charge, cashier)
    with pytest.raises(RuleViolation, match="giải trình"):
        actions.close_day(commune, day=DAY, counted_cash=7000, actor=cashier, at=AT)
    day = actions.close_day(
        commune, day=DAY, counted_cash=7000, note="Trả lại thừa 1.000 đ", actor=cashier, at=AT
    )
    assert day.difference == -1000


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "đếm được"),
        ({"counted_cash": -1}, "đếm được"),
        ({"counted_cash": 8000, "denominations": {1000: 1}}, "không bằng"),
        ({"denominations": {300: 1}}, "mệnh giá"),
    ],
)
def test_the_count_must_be_given_and_fit(make_charge, book, commune, cashier, given, message):
    _collect(make_charge, cashier)
    with pytest.raises(RuleViolation, match=message):
        actions.close_day(commune, day=DAY, actor=cashier, at=AT, **given)


def test_a_day_without_money_has_nothing_to_close(commune, cashier):
    with pytest.raises(NotFound, match="không có khoản thu"):
        actions.close_day(commune, day=DAY, counted_cash=0, actor=cashier, at=AT)


def test_the_day_of_somebody_else_is_closed_by_who_may(make_charge, book, commune, cashier, head, stranger):
    _collect(make_charge, cashier)
    with pytest.raises(NotFound):
        actions.close_day(commune, day=DAY, counted_cash=8000, cashier=cashier, actor=stranger, at=AT)
    day = actions.close_day(commune, day=DAY, counted_cash=8000, cashier=cashier, actor=head, at=AT)
    assert day.cashier == cashier


def test_days_are_seen_by_their_cashier_and_by_who_may(make_charge, book, commune, cashier, head, stranger):
    _collect(make_charge, cashier)
    day = DayClosing.objects.get()
    assert queries.my_day(cashier, commune.pk, DAY) == day
    assert queries.my_day(cashier, commune.pk, DAY - timedelta(days=1)) is None
    assert queries.access_day(authority_of(cashier, DAY), day.pk) == day
    assert list(queries.days_of(authority_of(head, DAY))) == [day]
    with pytest.raises(NotFound):
        queries.access_day(authority_of(stranger, DAY), day.pk)


def test_cash_given_back_leaves_the_drawer(make_charge, book, commune, cashier, head):
    one = make_charge()
    actions.collect_cash([one.pk], actor=head, at=AT)
    made = actions.refund(one.pk, reason="Rút hồ sơ", document="QĐ 5", actor=head, at=AT)
    assert (made.amount, made.day.cashier, str(made)) == (
        8000,
        head,
        "hoàn trả Lệ phí bản sao trích lục",
    )
    assert queries.totals_of(made.day).expected_cash == 0
    assert queries.state_of("dossier/7") == "refunded"


def test_money_sent_back_by_transfer_touches_no_drawer(make_charge, book, cashier, head):
    one = make_charge()
    actions.collect_cash([one.pk], actor=cashier, at=AT)
    made = actions.refund(one.pk, reason="x", document="QĐ 5", method="transfer", actor=head, at=AT)
    assert made.day is None


@pytest.mark.parametrize(("reason", "document"), [("", "QĐ 5"), ("x", " ")])
def test_a_refund_needs_reason_and_decision(make_charge, book, cashier, head, reason, document):
    one = make_charge()
    actions.collect_cash([one.pk], actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="hoàn trả"):
        actions.refund(one.pk, reason=reason, document=document, actor=head, at=AT)


def test_only_what_was_paid_is_refunded_and_by_who_may(make_charge, book, head, stranger):
    one = make_charge()
    with pytest.raises(RuleViolation, match="đã nộp"):
        actions.refund(one.pk, reason="x", document="y", actor=head, at=AT)
    with pytest.raises(NotFound):
        actions.refund(one.pk, reason="x", document="y", actor=stranger, at=AT)


def _transfer(commune, cashier, memo, amount=8000, number="FT1"):
    return actions.record_transfer(
        commune, bank_reference=number, memo=memo, amount=amount, paid_at=AT, actor=cashier, at=AT
    )


MEMO = "MBVCB.123.LP H4012 261123 0007.CT tu 0123"


def test_a_transfer_that_fits_is_paid_and_gets_its_receipt(make_charge, book, commune, cashier):
    one = make_charge()
    made = _transfer(commune, cashier, MEMO)
    one.refresh_from_db()
    assert (made.outcome, made.charge, one.state) == ("matched", one, "paid")
    assert one.lines.get().receipt.method == "transfer"
    assert str(made).startswith("FT1 ")


@pytest.mark.parametrize(
    ("memo", "amount", "outcome"),
    [(MEMO, 7000, "wrong"), ("tien an trua", 8000, "unknown"), ("LP H4012 261123 9999", 8000, "unknown")],
)
def test_a_transfer_that_does_not_fit_waits_for_a_person(
    make_charge, book, commune, cashier, memo, amount, outcome
):
    one = make_charge()
    assert _transfer(commune, cashier, memo, amount).outcome == outcome
    one.refresh_from_db()
    assert one.state == "due"
    waiting = queries.transfers_visible(authority_of(cashier, DAY), only_open=True)
    assert [item.outcome for item in waiting] == [outcome]


def test_paying_twice_is_noticed_and_the_same_line_is_not_recorded_twice(make_charge, book, commune, cashier):
    make_charge()
    _transfer(commune, cashier, MEMO)
    assert _transfer(commune, cashier, MEMO, number="FT2").outcome == "double"
    with pytest.raises(RuleViolation, match="đã được ghi"):
        _transfer(commune, cashier, MEMO, number="FT2")
    assert queries.transfers_visible(authority_of(cashier, DAY)).count() == 2


@pytest.mark.parametrize(("amount", "number"), [(0, "FT1"), (8000, " ")])
def test_a_transfer_without_amount_or_reference_is_refused(commune, cashier, amount, number):
    with pytest.raises(RuleViolation, match="số giao dịch"):
        _transfer(commune, cashier, MEMO, amount, number)


def test_transfers_are_recorded_and_resolved_by_who_may(make_charge, book, commune, cashier, head, stranger):
    with pytest.raises(NotFound):
        _transfer(commune, stranger, MEMO)
    made = _transfer(commune, cashier, "khong ro")
    with pytest.raises(NotFound):
        actions.resolve_transfer(made.pk, way="kept", note="x", actor=stranger, at=AT)
    with pytest.raises(RuleViolation, match="cách đã xử lý"):
        actions.resolve_transfer(made.pk, way="kept", note=" ", actor=head, at=AT)
    assert (
        actions.resolve_transfer(made.pk, way="kept", note="Đã chuyển trả", actor=head, at=AT).outcome
        == "resolved"
    )
    with pytest.raises(RuleViolation, match="không cần"):
        actions.resolve_transfer(made.pk, way="kept", note="x", actor=head, at=AT)
    with pytest.raises(NotFound):
        actions.resolve_transfer(404, way="kept", note="x", actor=head, at=AT)
    assert queries.access_transfer(authority_of(head, DAY), made.pk) == made
    with pytest.raises(NotFound):
        queries.access_transfer(authority_of(stranger, DAY), made.pk)


def _account(agency, actor, **changed):
    given = {
        "bank_bin": "970436",
        "bank_name": "Vietcombank",
        "account_number": "0123456789",
        "holder": "UBND xã An Phú",
        "valid_from": date(2026, 1, 1),
        "source": "TB 02/TB-UBND",
    }
    return actions.open_account(agency, actor=actor, at=AT, **(given | changed))


def test_a_due_charge_has_a_code_to_pay_it_with(make_charge, commune, head):
    one = make_charge()
    assert queries.transfer_code(one, DAY) == ""
    account = _account(commune, head)
    code = fields(queries.transfer_code(one, DAY))
    assert (code["54"], code["62"]) == ("8000", "0820LP H4012 261123 0007")
    assert str(account) == "0123456789 Vietcombank"
    assert queries.transfer_code(make_charge(number=8, exemption_reason="x"), DAY) == ""


def test_an_agency_without_an_account_collects_on_that_of_the_nearest_above(province, commune, head):
    from motcua.agencies.testing import make_user_with

    above = make_user_with("office_head", province, username="tinh", subtree=True)
    theirs = _account(province, above)
    assert queries.account_of(commune, DAY) == theirs
    own = _account(commune, above)
    assert queries.account_of(commune, DAY) == own


def test_a_new_account_ends_the_one_before(commune, head):
    old = _account(commune, head)
    new = _account(commune, head, account_number="999", valid_from=date(2026, 7, 1))
    assert queries.account_of(commune, date(2026, 6, 30)) == old
    assert queries.account_of(commune, date(2026, 7, 1)) == new
    for day in (date(2026, 7, 1), date(2026, 3, 1)):
        with pytest.raises(RuleViolation, match="Đã có tài khoản"):
            _account(commune, head, valid_from=day)


@pytest.mark.parametrize(
    ("changed", "message"), [({"account_number": "12 34"}, "không hợp lệ"), ({"source": " "}, "căn cứ")]
)
def test_a_wrong_account_is_refused(commune, head, changed, message):
    with pytest.raises(RuleViolation, match=message):
        _account(commune, head, **changed)


def test_accounts_are_opened_ended_and_seen_by_who_may(commune, head, stranger):
    with pytest.raises(NotFound):
        _account(commune, stranger)
    account = _account(commune, head)
    given = {"reason": "Đổi ngân hàng", "at": AT}
    with pytest.raises(RuleViolation, match="Ngày cuối"):
        actions.end_account(account.pk, last_day=date(2025, 1, 1), actor=head, **given)
    with pytest.raises(NotFound):
        actions.end_account(account.pk, last_day=DAY, actor=stranger, **given)
    with pytest.raises(NotFound):
        actions.end_account(404, last_day=DAY, actor=head, **given)
    actions.end_account(account.pk, last_day=DAY, actor=head, **given)
    assert queries.account_of(commune, DAY + timedelta(days=1)) is None
    assert queries.access_account(authority_of(head, DAY), account.pk) == account
    with pytest.raises(NotFound):
        queries.access_account(authority_of(stranger, DAY), account.pk)
    assert PaymentAccount.objects.count() == 1
    assert BankTransfer.objects.count() == 0


def test_books_are_seen_by_who_may(book, head, stranger):
    assert queries.access_book(authority_of(head, DAY), book.pk) == book
    with pytest.raises(NotFound):
        queries.access_book(authority_of(stranger, DAY), book.pk)
