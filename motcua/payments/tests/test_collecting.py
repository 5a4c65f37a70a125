"""Cash and transfers, receipts without gaps, cancelling."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.payments import actions, queries
from motcua.payments.models import Charge, Receipt, ReceiptBook
from motcua.payments.tests.conftest import AT
from motcua.printing.actions import render


def test_cash_is_taken_and_a_receipt_with_the_next_number_given(make_charge, book, cashier):
    charges = [make_charge(8000), make_charge(5000, kind="phi")]
    receipt = actions.collect_cash([one.pk for one in charges], actor=cashier, at=AT)
    assert (receipt.number, receipt.amount, receipt.method) == (1, 13_000, "cash")
    assert str(receipt) == "AP-26 số 0000001"
    assert [str(line) for line in receipt.lines.all()] == ["Lệ phí bản sao trích lục"] * 2
    assert queries.state_of("dossier/7") == "paid"
    assert Charge.objects.filter(settled_at=AT).count() == 2
    event = Event.objects.get(kind="receipt.issued")
    assert (event.chain, event.data["number"], event.data["amount"]) == (f"receipt-book/{book.pk}", 1, 13_000)
    assert verify().is_whole


def test_numbers_follow_each_other_and_a_failed_act_gives_its_number_back(make_charge, book, cashier):
    first = actions.collect_cash([make_charge(number=1).pk], actor=cashier, at=AT)
    failed = transaction.savepoint()
    actions.collect_cash([make_charge(number=2).pk], actor=cashier, at=AT)
    transaction.savepoint_rollback(failed)
    second = actions.collect_cash([make_charge(number=3).pk], actor=cashier, at=AT)
    assert (first.number, second.number) == (1, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_on_postgresql_cashiers_at_once_get_numbers_without_gaps(make_charge, book, cashier, head):
    charges = [make_charge(number=number).pk for number in range(1, 17)]
    people, failures = [cashier, head], []

    def work(ids, person):
        try:
            for pk in ids:
                actions.collect_cash([pk], actor=person, at=AT)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    jobs = [threading.Thread(target=work, args=[charges[n::4], people[n % 2]]) for n in range(4)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert failures == []
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 17))
    assert verify().is_whole


def test_another_payer_may_be_named(make_charge, book, cashier):
    receipt = actions.collect_cash([make_charge().pk], payer_name=" Trần  Văn Nộp ", actor=cashier, at=AT)
    assert receipt.payer_name == "Trần Văn Nộp"


def test_what_is_paid_is_not_collected_again(make_charge, book, cashier):
    one = make_charge()
    actions.collect_cash([one.pk], actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="không ở tình trạng chờ nộp"), transaction.atomic():
        actions.collect_cash([one.pk], actor=cashier, at=AT)
    assert ReceiptBook.objects.get().last_number == 1


def test_nothing_chosen_is_refused(book, cashier):
    with pytest.raises(RuleViolation, match="ít nhất một"):
        actions.collect_cash([], actor=cashier, at=AT)


def test_charges_of_two_agencies_need_two_receipts(make_charge, book, cashier, stranger):
    one, other = make_charge(), make_charge(number=8)
    Charge.objects.filter(pk=other.pk).update(agency=stranger.assignments.get().post.agency)
    with pytest.raises(RuleViolation, match="nhiều cơ quan"):
        actions.collect_cash([one.pk, other.pk], actor=cashier, at=AT)


def test_a_cashier_of_another_commune_cannot_collect(make_charge, book, stranger):
    with pytest.raises(NotFound):
        actions.collect_cash([make_charge().pk], actor=stranger, at=AT)


def test_without_an_open_book_nothing_is_collected(make_charge, cashier):
    with pytest.raises(RuleViolation, match="Chưa có quyển"):
        actions.collect_cash([make_charge().pk], actor=cashier, at=AT)


def test_with_several_books_one_must_be_chosen(make_charge, book, commune, cashier, head):
    other = actions.open_book(commune, symbol="AP-26P", year=2026, actor=head, at=AT)
    with pytest.raises(RuleViolation, match="chọn quyển"):
        actions.collect_cash([make_charge().pk], actor=cashier, at=AT)
    receipt = actions.collect_cash([Charge.objects.get().pk], book_id=other.pk, actor=cashier, at=AT)
    assert receipt.book == other


def test_a_book_of_another_year_or_closed_or_absent_is_refused(make_charge, book, cashier, head):
    one = make_charge()
    with pytest.raises(RuleViolation, match="năm khác"):
        actions.collect_cash([one.pk], book_id=book.pk, actor=cashier, at=AT + timedelta(days=60))
    with pytest.raises(NotFound):
        actions.collect_cash([one.pk], book_id=404, actor=cashier, at=AT)
    actions.close_book(book.pk, actor=head, at=AT)
    with pytest.raises(RuleViolation, match="đã đóng"):
        actions.collect_cash([one.pk], book_id=book.pk, actor=cashier, at=AT)


def test_a_used_up_book_gives_no_more_numbers(make_charge, commune, cashier, head):
    book = actions.open_book(
        commune, symbol="AP", year=2026, first_number=51, final_number=51, actor=head, at=AT
    )
    first = actions.collect_cash([make_charge(number=1).pk], actor=cashier, at=AT)
    assert first.number == 51
    two = make_charge(number=2)
    with pytest.raises(RuleViolation, match="hết số"):
        actions.collect_cash([two.pk], book_id=book.pk, actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="Chưa có quyển"):
        actions.collect_cash([two.pk], actor=cashier, at=AT)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"first_number": 1, "final_number": 50}, "trùng với quyển"),
        ({"first_number": 30, "final_number": 80}, "trùng với quyển"),
        ({"first_number": 60, "final_number": 55}, "từ số đầu"),
        ({"first_number": 1}, "trùng với quyển"),
    ],
)
def test_books_of_one_symbol_share_no_number(commune, head, fields, message):
    actions.open_book(commune, symbol="AP", year=2026, first_number=1, final_number=50, actor=head, at=AT)
    with pytest.raises(RuleViolation, match=message):
        actions.open_book(commune, symbol="AP", year=2026, actor=head, at=AT, **fields)


def test_books_of_one_symbol_may_follow_or_precede_each_other(commune, head):
    for first, final in ((51, 100), (101, None), (1, 50)):
        actions.open_book(
            commune, symbol="AP", year=2026, first_number=first, final_number=final, actor=head, at=AT
        )
    assert ReceiptBook.objects.count() == 3


def test_two_that_open_the_same_book_at_once_make_one(commune, head, monkeypatch):
    from motcua.payments.actions import books

    actions.open_book(commune, symbol="AP", year=2026, actor=head, at=AT)
    monkeypatch.setattr(books, "_refuse_overlap", lambda book: None)
    with pytest.raises(RuleViolation, match="đã có"), transaction.atomic():
        actions.open_book(commune, symbol="AP", year=2026, actor=head, at=AT)


def test_books_are_for_those_who_keep_them(commune, book, cashier, stranger):
    with pytest.raises(NotFound):
        actions.open_book(commune, symbol="X", year=2026, actor=stranger, at=AT)
    with pytest.raises(NotFound):
        actions.close_book(book.pk, actor=stranger, at=AT)


def test_a_book_is_closed_once(book, head):
    actions.close_book(book.pk, actor=head, at=AT)
    with pytest.raises(RuleViolation, match="đã đóng"):
        actions.close_book(book.pk, actor=head, at=AT)


def test_a_transfer_is_confirmed_with_its_bank_reference(make_charge, book, cashier):
    one = make_charge()
    with pytest.raises(RuleViolation, match="số giao dịch"):
        actions.confirm_transfer([one.pk], bank_reference=" ", actor=cashier, at=AT)
    receipt = actions.confirm_transfer([one.pk], bank_reference="FT123", actor=cashier, at=AT)
    assert receipt.method == "transfer"
    assert Event.objects.get(kind="receipt.issued").data["bank_reference"] == "FT123"


def test_a_wrong_receipt_is_cancelled_and_its_charge_due_again(make_charge, book, cashier):
    one = make_charge()
    receipt = actions.collect_cash([one.pk], actor=cashier, at=AT)
    actions.cancel_receipt(receipt.pk, reason="Ghi nhầm người nộp", actor=cashier, at=AT)
    receipt.refresh_from_db()
    one.refresh_from_db()
    assert (receipt.is_cancelled, receipt.cancelled_by, receipt.number) == (True, cashier, 1)
    assert (one.state, one.settled_at) == ("due", None)
    again = actions.collect_cash([one.pk], actor=cashier, at=AT)
    assert again.number == 2
    assert verify().is_whole


def test_cancelling_needs_a_reason_a_permission_and_happens_once(make_charge, book, cashier, stranger):
    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="lý do"):
        actions.cancel_receipt(receipt.pk, reason="", actor=cashier, at=AT)
    with pytest.raises(NotFound):
        actions.cancel_receipt(receipt.pk, reason="x", actor=stranger, at=AT)
    with pytest.raises(NotFound):
        actions.cancel_receipt(404, reason="x", actor=cashier, at=AT)
    actions.cancel_receipt(receipt.pk, reason="x", actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="đã hủy rồi"):
        actions.cancel_receipt(receipt.pk, reason="x", actor=cashier, at=AT)


def test_a_receipt_of_a_closed_day_stands(make_charge, book, commune, cashier):
    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=AT)
    actions.close_day(commune, day=AT.date(), counted_cash=8000, actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="đã khóa"):
        actions.cancel_receipt(receipt.pk, reason="x", actor=cashier, at=AT)


def test_a_receipt_whose_charge_was_refunded_stands(make_charge, book, cashier, head):
    one = make_charge()
    receipt = actions.collect_cash([one.pk], actor=cashier, at=AT)
    actions.refund(one.pk, reason="Rút hồ sơ", document="QĐ 5", actor=head, at=AT)
    with pytest.raises(RuleViolation, match="đã hoàn trả"):
        actions.cancel_receipt(receipt.pk, reason="x", actor=cashier, at=AT)


def test_the_register_finds_by_name_number_and_code_without_marks(make_charge, book, cashier, stranger):
    from motcua.agencies.queries import authority_of

    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=AT)
    mine = authority_of(cashier, AT.date())
    for text in ("", "nguyen van mau", "0000001", "h40.12-261123", "ap-26 mau"):
        assert list(queries.register(mine, text)) == [receipt], text
    assert list(queries.register(mine, "khac")) == []
    day = AT.date()
    assert list(queries.register(mine, "", day, day)) == [receipt]
    assert list(queries.register(mine, "", day + timedelta(days=1))) == []
    assert list(queries.register(mine, "", None, day - timedelta(days=1))) == []
    assert list(queries.register(authority_of(stranger, day))) == []
    assert list(queries.receipts_of_day(receipt.day)) == [receipt]
    with pytest.raises(NotFound):
        queries.access_receipt(authority_of(stranger, day), receipt.pk)


def test_the_printed_receipt_has_all_that_the_law_wants(make_charge, book, cashier):
    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=AT)
    data = queries.receipt_data(receipt)
    assert data["series"] == "AP-26"
    assert data["receipt_number"] == "0000001"
    assert data["total"] == 8000
    assert data["items"] == [{"name": "Lệ phí bản sao trích lục", "amount": 8000}]
    assert data["paid_at"] == datetime(2026, 11, 23, 9, 0)
    assert data["note"] == "Hồ sơ H40.12-261123-0007"
    assert render("payment_receipt", data).startswith(b"%PDF")
