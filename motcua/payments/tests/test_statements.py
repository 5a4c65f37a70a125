"""Bank statements: read, told line by line what is wrong, matched once however often they are taken in."""

import csv
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.errors import NotFound, RuleViolation
from motcua.payments import actions
from motcua.payments.models import BankStatement, BankTransfer, Charge, Receipt, StatementLayout
from motcua.payments.rules import statements
from motcua.payments.rules.statements import (
    Layout,
    amount_of,
    decode,
    moment_of,
    parse_csv,
    parse_mt940,
)
from motcua.payments.tests.conftest import AT

HEAD = "Ngày giao dịch,Số giao dịch,Nội dung,Số tiền ghi nợ,Số tiền ghi có\n"
KEY = "LP H4012 261123 0007"
LAYOUT = Layout(debit="Số tiền ghi nợ")


def csv_of(*lines):
    return (HEAD + "\n".join(lines) + "\n").encode()


GOOD = f'23/11/2026 09:15:00,FT1,"MBVCB {KEY} Nguyen Van Mau",,8.000'


@pytest.mark.parametrize(
    ("text", "thousands", "amount"),
    [("8.000", ".", 8000), ("8,000.00", ",", 8000), ("8.000,00", ".", 8000), ("+8000 VND", ".", 8000), ("1.000.000 đ", ".", 1_000_000), ("-5.000", ".", -5000), ("8000", "", 8000)],
)  # fmt: skip
def test_amounts_as_banks_write_them(text, thousands, amount):
    assert amount_of(text, thousands) == amount


@pytest.mark.parametrize("text", ["", "tám nghìn", "8.000,5", "0", "8e3", "１２", "9" * 20, "--5"])
def test_amounts_that_are_none(text):
    with pytest.raises(ValueError, match="số tiền"):
        amount_of(text)


@settings(max_examples=40)
@given(st.integers(1, 10**14))
def test_an_amount_with_dots_reads_as_it_was(amount):
    assert amount_of(f"{amount:,}".replace(",", ".")) == amount


@pytest.mark.parametrize(
    ("text", "form", "moment"),
    [
        ("23/11/2026", "dd/mm/yyyy", datetime(2026, 11, 23, 12)),
        ("23/11/2026 09:15", "dd/mm/yyyy", datetime(2026, 11, 23, 9, 15)),
        ("2026-11-23T09:15:30", "yyyy-mm-dd", datetime(2026, 11, 23, 9, 15, 30)),
        ("11/23/2026", "mm/dd/yyyy", datetime(2026, 11, 23, 12)),
    ],
)
def test_days_as_banks_write_them(text, form, moment):
    assert moment_of(text, form) == moment


@pytest.mark.parametrize("text", ["", "31/02/2026", "23-11-2026", "23/11/1026"])
def test_days_that_are_none(text):
    with pytest.raises(ValueError, match="ngày"):
        moment_of(text)


def test_a_csv_is_read_and_every_bad_line_is_told():
    text = decode(
        csv_of(
            GOOD,
            "23/11/2026,FT2,rút tiền,5.000,",
            "23/11/2026,,thiếu số,,5.000",
            "hôm nay,FT4,x,,5.000",
            "23/11/2026,FT5,x,,năm nghìn",
            "",
            GOOD,
            "23/11/2026,FT1,khác,,8.000",
            "23/11/2026,FT9,hoàn,,-7.000",
            "23/11/2026,FT10",
        )
    )
    parsed = parse_csv(text, LAYOUT)
    assert [(row.line, row.reference, row.amount) for row in parsed.rows] == [(2, "FT1", 8000)]
    assert parsed.outgoing == 2
    told = {one.line: one.text for one in parsed.faults}
    assert "thiếu số giao dịch" in told[4]
    assert "ngày" in told[5]
    assert "năm nghìn" in told[6]
    assert "trùng với dòng 2" in told[9]
    assert 11 in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", "không có cột"),
        (b"", "không có cột"),
        (b"PK\x03\x04\x00\x00", "không phải văn bản"),
    ],
)
def test_a_file_of_another_shape_is_refused_as_a_whole(content, words):
    with pytest.raises(ValueError, match=words):
        parse_csv(decode(content), LAYOUT)


def test_a_file_that_is_broken_is_refused():
    limit = csv.field_size_limit(1000)
    try:
        with pytest.raises(ValueError, match="hỏng"):
            parse_csv(HEAD + "x" * 2000, LAYOUT)
    finally:
        csv.field_size_limit(limit)


def test_a_file_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(statements, "MOST_LINES", 10)
    lines = "\n".join(f"23/11/2026,F{n},x,,1.000" for n in range(11))
    with pytest.raises(ValueError, match="quá dài"):
        parse_csv(HEAD + lines, LAYOUT)


def test_texts_in_other_encodings_and_after_leading_lines():
    body = HEAD + GOOD
    for content in (body.encode("utf-16"), body.encode("utf-8-sig"), body.replace("\n", "\r\n").encode()):
        assert parse_csv(decode(content), LAYOUT).rows[0].reference == "FT1"
    assert parse_csv("NGÂN HÀNG A\n\n" + body, Layout(debit="Số tiền ghi nợ", skip=2)).rows[0].line == 4
    assert decode("Số".encode("cp1258", "ignore")).startswith("S")


MT940 = f""":20:SAOKE
:25:970436/0123456789
:60F:C261122VND0,
:61:2611231123C8000,00NTRFNONREF//FT77
:86:?20{KEY}
?21 Nguyen Van Mau
:61:261123D5000,NTRFX//FT78
:86:rut tien
:61:261123C5000,5NTRFX//FT79
:61:261123C6000,NTRFNONREF
:61:269999C6000,NTRFFT81
:61:hong
:61:261123C9000,NTRFFT80
:62F:C261123VND8000,
-"""


def test_an_mt940_text_is_read_and_every_bad_entry_is_told():
    parsed = parse_mt940(MT940)
    assert [(row.line, row.reference, row.amount) for row in parsed.rows] == [(4, "FT77", 8000), (13, "FT80", 9000)]  # fmt: skip
    assert KEY in parsed.rows[0].memo
    assert parsed.outgoing == 1
    words = " | ".join(one.text for one in parsed.faults)
    for wanted in ("phần lẻ", "thiếu số giao dịch", "269999", "không đúng dạng"):
        assert wanted in words
    with pytest.raises(ValueError, match="không phải sao kê"):
        parse_mt940("xin chào")


@pytest.fixture
def account(commune, head):
    fields = {"bank_bin": "970436", "bank_name": "VCB", "account_number": "0123456789", "holder": "UBND xã An Phú", "source": "TB 02"}  # fmt: skip
    return actions.open_account(commune, valid_from=AT.date(), **fields, actor=head, at=AT)


@pytest.fixture
def take(account, cashier):
    layout = StatementLayout.objects.get(kind="csv")

    def take(content, *, actor=cashier, kind="csv"):
        chosen = layout if kind == "csv" else StatementLayout.objects.get(kind="mt940")
        return actions.import_statement(account.pk, layout=chosen, content=content, name="sao-ke.csv", actor=actor, at=AT)  # fmt: skip

    return take


def test_a_statement_pays_what_fits_and_again_changes_nothing(take, make_charge, book):
    make_charge()
    first = take(csv_of(GOOD, "hôm nay,FT4,x,,5.000"))
    assert (first.lines, first.added, first.known, first.total) == (1, 1, 0, 8000)
    assert first.faults == [{"line": 3, "text": "ngày “hôm nay” không đọc được; mẫu này ghi ngày dạng dd/mm/yyyy"}]  # fmt: skip
    transfer = BankTransfer.objects.get()
    assert (transfer.outcome, transfer.line, transfer.receipt.amount) == ("matched", 2, 8000)
    assert Charge.objects.get().state == "paid"
    again = take(csv_of(GOOD))
    assert (again.added, again.known, BankStatement.objects.count()) == (0, 1, 2)
    assert (BankTransfer.objects.count(), Receipt.objects.count()) == (1, 1)
    other = take(csv_of(GOOD.replace("8.000", "9.000")))
    assert "số tiền khác" in other.faults[0]["text"]


def test_what_does_not_fit_is_kept_for_a_person(take, make_charge, book, head):
    make_charge()
    late = make_charge(number=8)
    actions.cancel_charge(late.pk, reason="rút hồ sơ", actor=head, at=AT)
    take(
        csv_of(
            f"23/11/2026,F1,{KEY},,7.000",
            f"23/11/2026,F2,{KEY},,9.000",
            GOOD,
            f"23/11/2026,F4,{KEY},,8.000",
            "23/11/2026,F5,xin chào,,8.000",
            f"23/11/2026,F6,{KEY.replace('0007', '0008')},,8.000",
        )
    )
    found = dict(BankTransfer.objects.values_list("bank_reference", "outcome"))
    assert found == {"F1": "wrong", "F2": "wrong", "FT1": "matched", "F4": "double", "F5": "unknown", "F6": "late"}  # fmt: skip
    short, over = BankTransfer.objects.get(bank_reference="F1"), BankTransfer.objects.get(bank_reference="F2")
    assert (short.difference, over.difference, short.short_by) == (-1000, 1000, 1000)
    assert BankTransfer.objects.get(bank_reference="F5").difference == 0


def test_a_transfer_that_the_cashier_saw_first_is_not_paid_twice(take, make_charge, book, cashier):
    receipt = actions.confirm_transfer([make_charge().pk], bank_reference="FT1", actor=cashier, at=AT)
    take(csv_of(GOOD))
    transfer = BankTransfer.objects.get()
    assert (transfer.outcome, transfer.receipt, Receipt.objects.count()) == ("matched", receipt, 1)


def test_a_line_that_was_typed_in_before_is_tied_to_its_statement(take, make_charge, book, commune, cashier):
    make_charge()
    actions.record_transfer(commune, bank_reference="FT1", memo=KEY, amount=8000, paid_at=AT, actor=cashier, at=AT)  # fmt: skip
    made = take(csv_of(GOOD))
    assert (made.known, BankTransfer.objects.get().statement) == (1, made)


def test_without_a_book_the_money_waits_for_a_person(take, make_charge, cashier, commune, head):
    one = make_charge()
    take(csv_of(GOOD))
    transfer = BankTransfer.objects.get()
    assert (transfer.outcome, "biên lai" in transfer.note) == ("unknown", True)
    actions.open_book(commune, symbol="AP", year=2026, actor=head, at=AT)
    actions.match_by_hand(transfer.pk, charges=[one.pk], actor=cashier, at=AT)
    transfer.refresh_from_db()
    assert (transfer.outcome, transfer.way, transfer.receipt.amount) == ("matched", "matched", 8000)
    with pytest.raises(RuleViolation, match="không cần xử lý"), transaction.atomic():
        actions.match_by_hand(transfer.pk, charges=[one.pk], actor=cashier, at=AT)


def test_acts_on_what_did_not_match(take, make_charge, book, cashier, head, stranger):
    one, two = make_charge(), make_charge(5000, kind="phi")
    take(csv_of("23/11/2026,F1,x,,13.000", "23/11/2026,F2,x,,1.000", "23/11/2026,F3,x,,2.000"))
    first, second, third = BankTransfer.objects.order_by("id")
    with pytest.raises(RuleViolation, match="phải bằng"), transaction.atomic():
        actions.match_by_hand(first.pk, charges=[one.pk], actor=cashier, at=AT)
    with pytest.raises(NotFound):
        actions.match_by_hand(first.pk, charges=[one.pk], actor=stranger, at=AT)
    assert (
        actions.match_by_hand(first.pk, charges=[one.pk, two.pk], actor=cashier, at=AT).receipt.amount
        == 13_000
    )
    with pytest.raises(NotFound):
        actions.resolve_transfer(second.pk, way="kept", note="x", actor=cashier, at=AT)
    with pytest.raises(RuleViolation, match="quyết định"), transaction.atomic():
        actions.resolve_transfer(second.pk, way="refunded", note="x", actor=head, at=AT)
    with pytest.raises(RuleViolation, match="Chọn"), transaction.atomic():
        actions.resolve_transfer(second.pk, way="matched", note="x", actor=head, at=AT)
    done = actions.resolve_transfer(
        second.pk, way="refunded", note="trả lại", document="QĐ 3", actor=head, at=AT
    )
    assert (done.outcome, done.way, done.document) == ("resolved", "refunded", "QĐ 3")
    assert (
        actions.resolve_transfer(third.pk, way="kept", note="hỏi ngân hàng", actor=head, at=AT).way == "kept"
    )
    with pytest.raises(RuleViolation, match="không cần"), transaction.atomic():
        actions.resolve_transfer(third.pk, way="kept", note="x", actor=head, at=AT)


def test_who_may_not_and_what_cannot_be_taken_in(take, stranger, head, monkeypatch):
    with pytest.raises(NotFound):
        take(csv_of(GOOD), actor=stranger)
    with pytest.raises(RuleViolation, match="Không đọc được sao kê"), transaction.atomic():
        take(b"a,b")
    with pytest.raises(RuleViolation, match="MT940"), transaction.atomic():
        take(b"a,b", kind="mt940")
    monkeypatch.setattr("motcua.payments.actions.statements.LARGEST", 10)
    with pytest.raises(RuleViolation, match="quá lớn"), transaction.atomic():
        take(csv_of(GOOD))


def test_a_layout_of_ones_own(account, head, cashier, make_charge, book):
    fixed = {"kind": "csv", "actor": head, "at": AT}
    columns = {"reference": "Ref", "memo": "Desc", "credit": "Credit", "date": "Date", "delimiter": ";", "thousands": ",", "dates": "yyyy-mm-dd"}  # fmt: skip
    with pytest.raises(RuleViolation, match="bốn cột"):
        actions.create_layout(name="A", **fixed)
    with pytest.raises(NotFound):
        actions.create_layout(name="A", **(fixed | {"actor": cashier}), **columns)
    made = actions.create_layout(name="A", **fixed, **columns)
    with pytest.raises(RuleViolation, match="đã có"):
        actions.create_layout(name="A", **fixed, **columns)
    make_charge()
    text = f"Date;Ref;Desc;Credit\n2026-11-23;R1;{KEY};8,000\n"
    taken = actions.import_statement(account.pk, layout=made, content=text.encode(), name="a", actor=cashier, at=AT + timedelta(hours=1))  # fmt: skip
    assert (taken.added, Charge.objects.get().state) == (1, "paid")
