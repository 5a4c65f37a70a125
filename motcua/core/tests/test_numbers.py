"""Money in words, percentages, badges of due dates."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core import due, money, percent


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (1, "một đồng"),
        (5, "năm đồng"),
        (10, "mười đồng"),
        (11, "mười một đồng"),
        (15, "mười lăm đồng"),
        (20, "hai mươi đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi bốn đồng"),
        (25, "hai mươi lăm đồng"),
        (100, "một trăm đồng"),
        (101, "một trăm linh một đồng"),
        (105, "một trăm linh năm đồng"),
        (110, "một trăm mười đồng"),
        (115, "một trăm mười lăm đồng"),
        (121, "một trăm hai mươi mốt đồng"),
        (555, "năm trăm năm mươi lăm đồng"),
        (1000, "một nghìn đồng"),
        (1001, "một nghìn không trăm linh một đồng"),
        (1015, "một nghìn không trăm mười lăm đồng"),
        (8000, "tám nghìn đồng"),
        (15_000, "mười lăm nghìn đồng"),
        (21_500, "hai mươi mốt nghìn năm trăm đồng"),
        (1_000_000, "một triệu đồng"),
        (1_000_005, "một triệu không trăm linh năm đồng"),
        (1_005_000, "một triệu không trăm linh năm nghìn đồng"),
        (2_350_421, "hai triệu ba trăm năm mươi nghìn bốn trăm hai mươi mốt đồng"),
        (10**9, "một tỷ đồng"),
        (10**9 + 5, "một tỷ không trăm linh năm đồng"),
        (1_234_000_000_000, "một nghìn hai trăm ba mươi tư tỷ đồng".replace("ba mươi tư", "ba mươi bốn")),
        (-5000, "âm năm nghìn đồng"),
    ],
)
def test_amounts_are_written_in_words(amount, words):
    assert money.in_words(amount) == words


UNITS = {w: n for n, w in enumerate(money.DIGITS)} | {"mốt": 1, "lăm": 5}


def spoken(words: str) -> int:
    """A listener that knows nothing of how the words were made."""
    total = group = digit = 0
    for word in words.split():
        if word in UNITS:
            digit = UNITS[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in ("mươi", "mười"):
            group, digit = group + (digit * 10 if word == "mươi" else 10), 0
        elif word in ("nghìn", "triệu"):
            total, group, digit = total + (group + digit) * (1000 if word == "nghìn" else 10**6), 0, 0
        elif word == "tỷ":
            total, group, digit = (total + group + digit) * 10**9, 0, 0
        else:
            assert word == "linh", word
    return total + group + digit


@given(st.integers(0, 10**12 - 1))
def test_a_listener_writes_down_the_same_amount(amount):
    assert spoken(money.number_in_words(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "error"), [(10**18, ValueError), (-(10**18), ValueError), (1.5, TypeError)]
)
def test_amounts_that_cannot_be_said_are_refused(amount, error):
    with pytest.raises(error):
        money.in_words(amount)


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0 đ"), (8000, "8.000 đ"), (1_000_000, "1.000.000 đ"), (-500, "-500 đ")]
)
def test_amounts_are_shown_with_dots(amount, text):
    assert money.dong(amount) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (2561, 2604, "98,35"),
        (0, 0, "–"),
        (0, 7, "0,00"),
        (7, 7, "100,00"),
        (1, 3, "33,33"),
        (2, 3, "66,67"),
        (1, 8, "12,50"),
        (271_999, 272_000, "99,99"),
        (1, 272_000, "0,01"),
        (1, 1600, "0,06"),
    ],
)
def test_shares_are_rounded_half_up_and_never_flatter(part, whole, text):
    assert percent.text(percent.percent(part, whole)) == text


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_100_means_all_and_0_means_none(whole, part):
    part = min(part, whole)
    value = percent.percent(part, whole)
    assert (value == 100) == (part == whole)
    assert (value == 0) == (part == 0)
    assert abs(value - Decimal(part) * 100 / whole) <= Decimal("0.01")


def local(day: int, hour: int = 10) -> datetime:
    """Ten in the morning (by default) in Viet Nam on a day of November 2026."""
    return datetime(2026, 11, day, hour - 7, tzinfo=UTC)


DUE = local(20, 17)


@pytest.mark.parametrize(
    ("now", "given_facts", "kind", "word"),
    [
        (local(10), {}, "on-time", "Còn 10 ngày"),
        (local(17), {}, "soon", "Còn 3 ngày"),
        (local(17), {"soon": 2}, "on-time", "Còn 3 ngày"),
        (local(10), {"working_days": 8}, "on-time", "Còn 8 ngày làm việc"),
        (local(16), {"working_days": 3}, "soon", "Còn 3 ngày làm việc"),
        (local(20), {}, "soon", "Đến hạn hôm nay, 17:00"),
        (local(20, 18), {}, "soon", "Đến hạn hôm nay, 17:00"),
        (local(20, 18), {"by_minute": True}, "late", "Quá hạn hôm nay"),
        (local(21), {}, "late", "Quá hạn 1 ngày"),
        (local(30), {"paused": True}, "paused", "Tạm dừng tính hạn"),
        (local(30), {"finished_at": local(19)}, "done", "Xong trước hạn"),
        (local(30), {"finished_at": local(20, 18)}, "done", "Xong đúng hạn"),
        (local(30), {"finished_at": local(20, 18), "by_minute": True}, "done-late", "Xong quá hạn"),
        (local(30), {"finished_at": local(21)}, "done-late", "Xong quá hạn"),
    ],
)
def test_a_due_date_is_said_in_words(now, given_facts, kind, word):
    badge = due.badge(DUE, now, **given_facts)
    assert (badge.kind, badge.word) == (kind, word)
    assert badge.icon


def test_no_due_date_is_said_too():
    assert due.badge(None, local(1)).word == "Không tính hạn"
