"""The cashier's pages, from a charge to the closed day; and who sees none of them."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from motcua.audit.queries import verify
from motcua.payments import actions
from motcua.payments.models import BankTransfer, Charge, DayClosing, PaymentAccount, Receipt, ReceiptBook
from motcua.payments.tests.conftest import AT

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at_desk(client, cashier):
    client.force_login(cashier)
    return client


@pytest.fixture
def in_charge(client, head):
    client.force_login(head)
    return client


def _text(answer):
    return answer.content.decode()


def test_the_day_of_a_cashier(at_desk, make_charge, book, commune, head):
    actions.open_account(
        commune,
        bank_bin="970436",
        bank_name="Vietcombank",
        account_number="0123456789",
        holder="UBND xã An Phú",
        valid_from=AT.date(),
        source="TB 02",
        actor=head,
        at=AT,
    )
    one = make_charge()
    today = _text(at_desk.get(reverse("payments:today")))
    assert one.code in today
    page = reverse("payments:collect") + "?reference=dossier/7"
    shown = _text(at_desk.get(page))
    assert "tám nghìn đồng" in shown
    assert "LP H4012 261123 0007" in shown
    assert "<svg" in shown
    sent = {"charges": [one.pk], "method": "cash", "book_id": book.pk}
    answer = at_desk.post(page, sent, follow=True)
    receipt = Receipt.objects.get()
    assert answer.redirect_chain[0][0] == reverse("payments:receipt", args=[receipt.pk])
    assert "0000001" in _text(answer)
    listed = _text(at_desk.get(reverse("payments:register") + "?q=nguyen"))
    assert "0000001" in listed
    assert "Nguyễn Văn Mẫu" not in listed
    assert "Không tìm thấy" in _text(at_desk.get(reverse("payments:register") + "?q=khac"))
    pdf = at_desk.get(reverse("payments:receipt_pdf", args=[receipt.pk]))
    assert pdf.content.startswith(b"%PDF")
    today = _text(at_desk.get(reverse("payments:today")))
    assert "Phải có trong két" in today
    day = DayClosing.objects.get()
    assert "chưa khóa" in _text(at_desk.get(reverse("payments:days")))
    close = reverse("payments:close_day", args=[day.pk])
    assert at_desk.get(close).status_code == 200
    wrong = at_desk.post(close, {"counted_cash": "7.000"})
    assert wrong.status_code == 422
    assert "giải trình" in _text(wrong)
    assert at_desk.post(close, {"note_2000": "4"}, follow=True).status_code == 200
    shown = _text(at_desk.get(reverse("payments:day", args=[day.pk])))
    assert "8.000 đ" in shown
    assert "2000 đ × 4" in shown
    assert "khớp" in _text(at_desk.get(reverse("payments:days")))
    assert verify().is_whole


def test_a_transfer_seen_on_the_statement(at_desk, make_charge, book):
    one = make_charge()
    page = reverse("payments:collect") + f"?charge={one.pk}"
    assert "chưa có tài khoản" in _text(at_desk.get(page))
    sent = {"charges": [one.pk], "method": "transfer", "book_id": book.pk}
    missing = at_desk.post(page, sent)
    assert missing.status_code == 422
    assert "số giao dịch" in _text(missing)
    assert at_desk.post(page, {**sent, "bank_reference": "FT1"}).status_code == 302
    assert Receipt.objects.get().method == "transfer"


def test_without_a_book_the_page_says_so(at_desk, make_charge):
    make_charge()
    page = reverse("payments:collect") + "?reference=dossier/7"
    assert "Chưa có quyển biên lai" in _text(at_desk.get(page))


@pytest.mark.parametrize(
    "query", ["", "?reference=dossier/404", "?charge=404", "?charge=x", "?charge=" + "9" * 30]
)
def test_nothing_due_is_not_found(at_desk, make_charge, query):
    make_charge()
    assert at_desk.get(reverse("payments:collect") + query).status_code == 404


def test_a_receipt_is_cancelled_on_its_page(at_desk, make_charge, book, cashier):
    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=NOW)
    page = reverse("payments:cancel_receipt", args=[receipt.pk])
    assert "không cấp lại" in _text(at_desk.get(page))
    assert at_desk.post(page, {"reason": ""}).status_code == 422
    assert at_desk.post(page, {"reason": "nhầm"}).status_code == 302
    shown = _text(at_desk.get(reverse("payments:receipt", args=[receipt.pk])))
    assert "nhầm" in shown
    assert "Hủy biên lai" not in shown


def test_a_charge_is_exempted_and_another_refunded(in_charge, make_charge, book, cashier):
    one, other = make_charge(), make_charge(number=8)
    shown = _text(in_charge.get(reverse("payments:charge", args=[one.pk])))
    assert "Miễn" in shown
    page = reverse("payments:exempt", args=[one.pk])
    assert in_charge.get(page).status_code == 200
    assert in_charge.post(page, {"reason": "Hộ nghèo", "document": "GCN 1"}).status_code == 302
    assert "Hộ nghèo (GCN 1)" in _text(in_charge.get(reverse("payments:charge", args=[one.pk])))
    actions.collect_cash([other.pk], actor=cashier, at=NOW)
    assert "Hoàn trả" in _text(in_charge.get(reverse("payments:charge", args=[other.pk])))
    page = reverse("payments:refund", args=[other.pk])
    assert in_charge.get(page).status_code == 200
    sent = {"reason": "Rút hồ sơ", "document": "QĐ 5", "method": "cash"}
    assert in_charge.post(page, sent).status_code == 302
    assert Charge.objects.get(pk=other.pk).state == "refunded"


def test_books_are_opened_and_closed(in_charge, commune):
    assert "Chưa có quyển" in _text(in_charge.get(reverse("payments:books")))
    page = reverse("payments:new_book")
    assert in_charge.get(page).status_code == 200
    sent = {"agency": commune.pk, "symbol": "AP", "year": 2026, "first_number": 1}
    assert in_charge.post(page, sent).status_code == 302
    assert in_charge.post(page, sent).status_code == 422
    book = ReceiptBook.objects.get()
    assert "đang dùng" in _text(in_charge.get(reverse("payments:books")))
    page = reverse("payments:close_book", args=[book.pk])
    assert "không cấp số nữa" in _text(in_charge.get(page))
    assert in_charge.post(page).status_code == 302
    assert "đã đóng" in _text(in_charge.get(reverse("payments:books")))


def test_accounts_are_named_and_ended(in_charge, commune):
    assert "Chưa có tài khoản" in _text(in_charge.get(reverse("payments:accounts")))
    page = reverse("payments:new_account")
    assert in_charge.get(page).status_code == 200
    sent = {
        "agency": commune.pk,
        "bank_bin": "970436",
        "bank_name": "Vietcombank",
        "account_number": "0123456789",
        "holder": "UBND xã An Phú",
        "valid_from": "01/11/2026",
        "source": "TB 02",
    }
    assert in_charge.post(page, sent | {"bank_bin": "97043x"}).status_code == 422
    assert in_charge.post(page, sent).status_code == 302
    account = PaymentAccount.objects.get()
    page = reverse("payments:end_account", args=[account.pk])
    assert in_charge.get(page).status_code == 200
    assert in_charge.post(page, {"last_day": "31/12/2026", "reason": "Đổi"}).status_code == 302
    assert "đến 31/12/2026" in _text(in_charge.get(reverse("payments:accounts")))


def test_transfers_are_recorded_and_resolved(in_charge, commune, book):
    assert "Không có giao dịch" in _text(in_charge.get(reverse("payments:transfers")))
    page = reverse("payments:new_transfer")
    assert in_charge.get(page).status_code == 200
    sent = {
        "agency": commune.pk,
        "bank_reference": "FT1",
        "memo": "khong ro",
        "amount": "8.000",
        "paid_on": "22/11/2026",
        "paid_time": "10:00",
    }
    assert in_charge.post(page, sent | {"paid_on": "x"}).status_code == 422
    assert in_charge.post(page, sent).status_code == 302
    shown = _text(in_charge.get(reverse("payments:transfers")))
    assert "Không rõ khoản thu" in shown
    page = reverse("payments:resolve_transfer", args=[BankTransfer.objects.get().pk])
    assert in_charge.get(page).status_code == 200
    assert in_charge.post(page, {"way": "kept", "note": "Đã hỏi ngân hàng"}).status_code == 302
    assert "Đã hỏi ngân hàng" in _text(in_charge.get(reverse("payments:transfers") + "?xem=tat-ca"))


PAGES = [
    ("today", False),
    ("register", False),
    ("days", False),
    ("books", False),
    ("accounts", False),
    ("transfers", False),
    ("new_book", False),
    ("new_account", False),
    ("new_transfer", False),
    ("charge", True),
    ("exempt", True),
    ("refund", True),
    ("receipt", True),
    ("receipt_pdf", True),
    ("cancel_receipt", True),
    ("day", True),
    ("close_day", True),
    ("close_book", True),
]


@pytest.mark.parametrize(("name", "one"), PAGES)
def test_no_page_is_open_to_who_has_no_powers_or_is_not_signed_in(
    client, make_charge, book, cashier, province, name, one
):
    from motcua.agencies.testing import make_user_with

    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=NOW)
    ids = {"charge": receipt.lines.get().charge_id, "day": receipt.day_id, "book": book.pk}
    key = next((kind for kind in ids if kind in name), "")
    address = reverse(f"payments:{name}", args=[ids.get(key, receipt.pk)] if one else [])
    assert client.get(address).status_code == 302
    client.force_login(make_user_with("officer", province, username="khong.quyen"))
    assert client.get(address).status_code == 404


def test_the_cashier_of_another_commune_sees_nothing_of_this_one(
    client, make_charge, book, cashier, stranger
):
    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=NOW)
    due = make_charge(number=9)
    client.force_login(stranger)
    assert due.code not in _text(client.get(reverse("payments:today")))
    assert client.get(reverse("payments:collect") + "?reference=dossier/9").status_code == 404
    for name, pk in (("receipt", receipt.pk), ("day", receipt.day_id), ("charge", due.pk)):
        assert client.get(reverse(f"payments:{name}", args=[pk])).status_code == 404
    assert "Nguyễn Văn Mẫu" not in _text(client.get(reverse("payments:register")))


def test_the_register_costs_the_same_for_one_receipt_and_for_twenty(
    at_desk, make_charge, book, cashier, django_assert_max_num_queries
):
    for number in range(1, 21):
        actions.collect_cash([make_charge(number=number).pk], actor=cashier, at=NOW)
    with django_assert_max_num_queries(8):
        at_desk.get(reverse("payments:register"))
    with django_assert_max_num_queries(14):
        at_desk.get(reverse("payments:today"))


def test_who_may_only_look_is_not_offered_to_close_a_day_nor_to_cancel_a_receipt(
    client, make_charge, book, cashier, commune
):
    from motcua.agencies.testing import make_user_with

    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=NOW)
    day, close = (reverse(f"payments:{name}", args=[receipt.day_id]) for name in ("day", "close_day"))
    client.force_login(make_user_with("inspector", commune, username="thanh.tra"))
    shown = _text(client.get(day))
    assert "8.000 đ" in shown
    assert close not in shown
    assert client.get(close).status_code == 404
    assert client.post(close, {"counted_cash": "8.000"}).status_code == 404
    assert "Hủy biên lai" not in _text(client.get(reverse("payments:receipt", args=[receipt.pk])))
    assert client.get(reverse("payments:cancel_receipt", args=[receipt.pk])).status_code == 404


def test_an_accountant_closes_the_day_of_a_cashier(client, make_charge, book, cashier, commune):
    from motcua.agencies.testing import make_user_with

    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=NOW)
    day, close = (reverse(f"payments:{name}", args=[receipt.day_id]) for name in ("day", "close_day"))
    client.force_login(make_user_with("accountant", commune, username="ke.toan"))
    assert close in _text(client.get(day))
    assert client.post(close, {"counted_cash": "8.000"}).status_code == 302
    assert DayClosing.objects.get().is_closed


def test_after_closing_neither_form_is_shown_again(at_desk, make_charge, book, commune, cashier):
    receipt = actions.collect_cash([make_charge().pk], actor=cashier, at=NOW)
    cancel = reverse("payments:cancel_receipt", args=[receipt.pk])
    assert cancel in _text(at_desk.get(reverse("payments:receipt", args=[receipt.pk])))
    actions.close_day(commune, day=receipt.day.day, counted_cash=8000, actor=cashier, at=NOW)
    day = reverse("payments:day", args=[receipt.day_id])
    assert at_desk.get(reverse("payments:close_day", args=[receipt.day_id])).url == day
    shown = reverse("payments:receipt", args=[receipt.pk])
    assert at_desk.get(cancel).url == shown
    assert cancel not in _text(at_desk.get(shown))


def test_without_a_book_the_page_says_who_opens_one_and_has_no_button_that_fails(
    client, make_charge, cashier, head
):
    make_charge()
    page = reverse("payments:collect") + "?reference=dossier/7"
    for person, words, link in ((cashier, "Nhờ trưởng Bộ phận Một cửa", False), (head, "rồi thu", True)):
        client.force_login(person)
        shown = _text(client.get(page))
        assert words in shown
        assert (reverse("payments:new_book") in shown) is link
        assert "Thu và lập biên lai" not in shown
