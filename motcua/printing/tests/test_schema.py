"""Reading a form's data: what is missing, misspelt or of the wrong kind is named."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from motcua.printing import samples
from motcua.printing.actions import render
from motcua.printing.rules.forms import FORMS, Fee, ReceiptSlip
from motcua.printing.rules.schema import FormDataError, read_form


def faults_of(change: dict[str, Any], *, without: tuple[str, ...] = ()) -> str:
    data = {key: value for key, value in {**samples.RECEIPT, **change}.items() if key not in without}
    with pytest.raises(FormDataError) as caught:
        render("receipt_slip", data)
    return str(caught.value)


def test_every_fault_is_named_at_once() -> None:
    message = faults_of({"papers": [{"name": "Tờ khai"}, {"nmae": "x"}], "sets": -1}, without=("agency",))
    assert message.startswith("receipt_slip: ")
    assert "thiếu trường agency" in message
    assert "thiếu trường papers[1].name" in message
    assert "không có trường papers[1].nmae trong mẫu" in message
    assert "sets phải là số nguyên không âm" in message


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"applicant": 7}, "applicant phải là chữ, không phải int"),
        ({"applicant": None}, "applicant phải là chữ, không phải NoneType"),
        ({"papers": "Tờ khai"}, "papers phải là một danh sách"),
        ({"papers": ["Tờ khai"]}, "papers[0] phải là một bảng tên trường và giá trị"),
        ({"sets": "1"}, "sets phải là số nguyên không âm"),
        ({"sets": True}, "sets phải là số nguyên không âm"),
        ({"barcode": 1}, "barcode phải là đúng hoặc sai"),
        ({"fees": [{"name": "Lệ phí", "amount": 8000.5}]}, "fees[0].amount phải là số nguyên không âm"),
        ({"delivery": ["pigeon"]}, "delivery[0] phải là một trong: 'counter', 'post', 'electronic'"),
        ({"copies": 3}, "copies phải là một trong: 1, 2"),
        ({"date": "05/01/2026"}, "date phải là ngày dạng 2026-01-05"),
        ({"date": datetime(2026, 1, 5, 8, 0)}, "date phải là ngày dạng 2026-01-05"),
        ({"received_at": "hôm nay"}, "received_at phải là thời điểm dạng 2026-01-05T08:30"),
        ({"received_at": date(2026, 1, 5)}, "received_at phải là thời điểm dạng 2026-01-05T08:30"),
    ],
)
def test_wrong_kind_is_named(change: dict[str, Any], fault: str) -> None:
    assert fault in faults_of(change)


def test_data_that_are_no_table_are_refused() -> None:
    with pytest.raises(FormDataError, match="dữ liệu phải là một bảng"):
        read_form("receipt_slip", ReceiptSlip, [])


def test_absent_optional_fields_get_empty_values() -> None:
    form = read_form("receipt_slip", ReceiptSlip, samples.SAMPLES["receipt_slip_blank"][1])
    assert form["phone"] == ""
    assert form["fees"] == []
    assert form["fee_total"] is None
    assert form["barcode"] is False
    assert form["copies"] == 1
    assert form["due_at"] is None


def test_values_are_worded() -> None:
    form = read_form(
        "receipt_slip",
        ReceiptSlip,
        {**samples.RECEIPT, "received_at": datetime(2026, 1, 5, 1, 30, tzinfo=UTC), "date": date(2026, 1, 5)},
    )
    assert form["received_at"]["full"] == "08 giờ 30 phút, ngày 05 tháng 01 năm 2026"
    assert form["date"] == {"short": "05/01/2026", "long": "ngày 05 tháng 01 năm 2026", "iso": "2026-01-05"}
    assert form["sets"] == "01"
    assert form["fees"][0]["amount"] == {"digits": "8.000", "words": "Tám nghìn đồng"}


@pytest.mark.parametrize(
    "moment", [datetime(2026, 1, 5, 8, 30), "2026-01-05T08:30", "2026-01-05T01:30+00:00"]
)
def test_moments_come_local_or_with_their_zone(moment: object) -> None:
    form = read_form("receipt_slip", ReceiptSlip, {**samples.RECEIPT, "received_at": moment})
    assert form["received_at"]["clock"] == "08 giờ 30 phút"


@pytest.mark.parametrize("empty", ["", None])
def test_empty_days_and_moments_stay_open(empty: object) -> None:
    form = read_form("receipt_slip", ReceiptSlip, {**samples.RECEIPT, "date": empty, "due_at": empty})
    assert form["date"] is None
    assert form["due_at"] is None


def test_tuples_are_lists_too() -> None:
    assert read_form("fee", Fee, {"name": "Lệ phí", "amount": 0})["amount"]["words"] == "Không đồng"
    form = read_form("receipt_slip", ReceiptSlip, {**samples.RECEIPT, "delivery": ("post",)})
    assert form["delivery"] == ["post"]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_says_what_it_is(name: str) -> None:
    assert FORMS[name].__doc__


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("+84900000300", "0900 000 300"),
        ("+842363000001", "0236 300 0001"),
        ("0912 000 001; 0236 3000 001",) * 2,
        ("", ""),
    ],
)
def test_telephones_are_printed_as_people_write_them(stored: str, printed: str) -> None:
    assert read_form("receipt_slip", ReceiptSlip, {**samples.RECEIPT, "phone": stored})["phone"] == printed


def test_a_telephone_that_is_no_text_is_named() -> None:
    assert "phone phải là chữ, không phải int" in faults_of({"phone": 900000300})
