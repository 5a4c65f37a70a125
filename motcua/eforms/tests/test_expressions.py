"""The small language: what it says, what it refuses, and that nothing written in it keeps a server busy."""

import string
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.eforms.rules.expressions import Budget, Expression, ExpressionError, Kind, parse
from motcua.eforms.rules.functions import FUNCTIONS, LARGEST, TEXT_LENGTH

TODAY = date(2026, 11, 22)
VALUES = {
    "so": Decimal(12),
    "ten": "Nguyễn Thị Na",
    "loai": "moi",
    "sinh": date(2000, 2, 29),
    "co_con": True,
    "giay": ("cmnd", "khai_sinh"),
    "trong_rong": None,
    "thua": ({"dt": Decimal("1.5"), "gia": Decimal(1000)}, {"dt": Decimal(2), "gia": None}),
}
KINDS = {
    "so": Kind.NUMBER, "ten": Kind.TEXT, "loai": Kind.TEXT, "sinh": Kind.DATE, "co_con": Kind.TRUTH, "giay": Kind.LIST,
    "trong_rong": Kind.NUMBER, "thua": Kind.ROWS,
}  # fmt: skip
ROWS = {"thua": {"dt": Kind.NUMBER, "gia": Kind.NUMBER}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("-so + 1", -11),
        ("- - so", 12),
        ("so / 8", Decimal("1.5")),
        ("so / 0", None),
        ("trong_rong + 1", None),
        ("so >= 12 và loai = \"moi\"", True),
        ("so > 12 hoặc không co_con", False),
        ("SO > 1", False),
        ("khong co_con", False),
        ("trong_rong > 1", False),
        ("trong_rong = 1", False),
        ("trong_rong <> 1", True),
        ("co_con = đúng", True),
        ("co_con = sai", False),
        ("TRONG(trong_rong)", True),
        ("trong(ten)", False),
        ('CO(giay, "cmnd")', True),
        ('CO(giay, "khac")', False),
        ('THUOC(loai, "cu", "moi")', True),
        ("TONG(thua, dt)", Decimal("3.5")),
        ("TONG(thua, dt * gia)", 1500),
        ("TONG(trong_rong, 1)", 0),
        ("DEM(thua)", 2),
        ("DEM(thua, dt > 1.6)", 1),
        ("LONNHAT(1, so, 3)", 12),
        ("NHONHAT(1, so, 3)", 1),
        ("LAMTRON(2.5)", 3),
        ("LAMTRON(2.345, 2)", Decimal("2.35")),
        ("TUYETDOI(-4)", 4),
        ("NGAY(2026, 2, 30)", None),
        ("NGAY(1500, 1, 1)", None),
        ("NGAY(2026.5, 1, 1)", None),
        ("NGAY(2026, 1, 5)", date(2026, 1, 5)),
        ("sinh + 1", date(2000, 3, 1)),
        ("sinh - 1", date(2000, 2, 28)),
        ("HOMNAY() - sinh", (TODAY - date(2000, 2, 29)).days),
        ("sinh + 999999999", None),
        ("NOI(\"năm \", NAM(sinh), \" \", 1.5)", "năm 2000 1,5"),
        ("NAM(sinh) * 100 + THANG(sinh)", 200002),
        ("TUOI(sinh)", 26),
        ("TUOI(sinh, NGAY(2001, 2, 28))", 0),
        ("TUOI(sinh, NGAY(2001, 3, 1))", 1),
        ("THEMTHANG(NGAY(2026, 1, 31), 1)", date(2026, 2, 28)),
        ("THEMTHANG(sinh, -12)", date(1999, 2, 28)),
        ("THEMTHANG(sinh, 99999999)", None),
        ("THEMTHANG(sinh, 2450)", None),
        ('NOI(ten, " ", so, trong_rong, sinh, co_con)', "Nguyễn Thị Na 1229/02/2000Có"),
        ("VIETHOA(ten)", "NGUYỄN THỊ NA"),
        ('VIETTHUONG("ĐÀ NẴNG")', "đà nẵng"),
        ("DODAI(ten)", 13),
        ('CHUA(ten, "thi na")', True),
        ('BATDAU(ten, "NGUYEN")', True),
        ("BANGCHU(so * 1000)", "mười hai nghìn đồng"),
        ("NEU(so > 10, 1, 2)", 1),
        ("NEU(trong_rong > 10, 1, 2)", 2),
        ("khong_co_truong_nay", None),
    ],
)  # fmt: skip
def test_expressions_say_what_they_say(text, value):
    assert parse(text).evaluate(VALUES, today=TODAY) == value


def test_the_second_side_is_looked_at_only_when_it_matters():
    assert parse("sai và ten > 1").evaluate(VALUES) is False
    assert parse("đúng hoặc ten > 1").evaluate(VALUES) is True
    with pytest.raises(ExpressionError):
        parse("đúng và ten > 1").evaluate(VALUES)


def test_without_a_day_today_is_blank():
    assert parse("HOMNAY()").evaluate({}) is None
    assert parse("TUOI(sinh)").evaluate(VALUES) is None


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "còn trống"),
        ("1 +", 4, "thiếu một giá trị"),
        ("1 + * 2", 5, "chờ một giá trị"),
        ('"abc', 1, "chưa đóng"),
        ("(1 + 2", 7, "chưa đóng"),
        ("TONG(a", 7, "chưa đóng"),
        ("1 2", 3, "thừa “2”"),
        ("a.b", 2, "không hiểu dấu “.”"),
        ("a[0]", 2, "không hiểu dấu"),
        ("2 ** 9", 4, "chờ một giá trị"),
        ("2 ^ 9", 3, "không hiểu dấu"),
        ("1 < 2 < 3", 7, "hai vế"),
        ("9" * 16, 1, "dài quá 15"),
        ("(" * 25 + "1" + ")" * 25, 21, "lồng quá nhiều"),
        ("-" * 30 + "1", 21, "quá nhiều dấu"),
        ("1+" * 90 + "1", 151, "quá nhiều phần"),
        ("a" * 501, 500, "dài quá 500"),
        ("`rm`", 1, "không hiểu dấu"),
    ],
)
def test_a_fault_is_told_at_its_place(text, position, words):
    with pytest.raises(ExpressionError, match=f"Ký tự thứ {position}: .*{words}") as error:
        parse(text)
    assert error.value.position == position


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("so + 1", Kind.NUMBER), ("sinh + 1", Kind.DATE), ("sinh - sinh", Kind.NUMBER), ("sinh - 1", Kind.DATE), ("-so", Kind.NUMBER),
        ("so > 1", Kind.TRUTH), ("không co_con", Kind.TRUTH), ("NEU(co_con, so, 1)", Kind.NUMBER), ("TONG(thua, dt)", Kind.NUMBER),
        ("DEM(thua)", Kind.NUMBER), ('"a"', Kind.TEXT), ("đúng", Kind.TRUTH), ("NOI(so, ten, sinh)", Kind.TEXT), ("HOMNAY()", Kind.DATE),
        ('THUOC(ten, "a", "b", "c")', Kind.TRUTH),
    ],
)  # fmt: skip
def test_what_an_expression_gives_is_known_beforehand(text, kind):
    assert parse(text).check(KINDS, ROWS) is kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("la + 1", "không có trường “la”"),
        ("ten + 1", "phải là số"),
        ("-ten", "phải là số"),
        ("-sinh", "phải là số"),
        ("sinh + sinh", "phải là số"),
        ("so * sinh", "phải là số"),
        ("so > sinh", "phải là số"),
        ('ten > "a"', "phải là số hoặc ngày"),
        ("so và co_con", "phải là đúng/sai"),
        ("NEU(co_con, so, ten)", "phải là số"),
        ("LA(1)", "không có hàm LA"),
        ("TONG(so, 1)", "nhóm lặp"),
        ("TONG(thua, TONG(thua, dt))", "nhóm lặp"),
        ("TONG(thua, gi)", "không có trường “gi”"),
        ("TONG(thua)", "TONG cần"),
        ("DEM(thua, dt)", "phải là đúng/sai"),
        ("NGAY(1, 2)", "NGAY cần"),
        ("NGAY(1, 2, 3, 4)", "NGAY cần"),
        ("HOMNAY(1)", "HOMNAY cần"),
        ("VIETHOA(so)", "phải là chữ"),
        ("CO(ten, ten)", "nhiều lựa chọn"),
        ("thua = 1", "phải là số"),
    ],
)
def test_what_does_not_fit_is_refused_before_anybody_fills_in(text, words):
    with pytest.raises(ExpressionError, match=words):
        parse(text).check(KINDS, ROWS)


@pytest.mark.parametrize(
    "text", ["ten + 1", "co_con và so", "TONG(so, 1)", "ten < so", "NAM(so)", "LA(1)", "-ten"]
)
def test_what_was_never_checked_is_refused_when_it_does_not_fit(text):
    with pytest.raises(ExpressionError):
        parse(text).evaluate(VALUES)


def test_every_function_has_its_help_and_its_name():
    assert all(one.help.startswith(one.name) for one in FUNCTIONS.values())


def test_numbers_stay_in_bounds():
    nine = "9" * 15
    assert parse(f"{nine} * {nine} * {nine}").evaluate({}) is None
    assert parse(f"{nine} + 1").evaluate({}) == LARGEST
    assert parse(f"{nine} + 2").evaluate({}) is None
    assert parse("1 / 3").evaluate({}) < 1


def test_texts_stay_in_bounds():
    doubled = "NOI(ten, ten, ten)"
    assert len(parse(f"NOI({doubled}, {doubled})").evaluate({"ten": "x" * 1500})) == TEXT_LENGTH


def test_an_evaluation_takes_only_so_many_steps():
    rows = tuple({"x": Decimal(1)} for _ in range(50_000))
    start = time.process_time()
    with pytest.raises(ExpressionError, match="quá dài"):
        parse("TONG(g, x + x + x + x)").evaluate({"g": rows})
    budget = Budget(9)
    parse("1 + 1 + 1").evaluate({}, budget=budget)
    with pytest.raises(ExpressionError, match="quá dài"):
        parse("1 + 1 + 1").evaluate({}, budget=budget)
    assert time.process_time() - start < 2


def test_cost_is_what_is_spent_at_most():
    text = "TONG(thua, dt * gia) + so"
    budget = Budget()
    parse(text).evaluate(VALUES, budget=budget)
    assert 20_000 - budget.steps <= parse(text).cost({"thua": 2})


@given(st.text(alphabet=string.printable + 'đĐẽắ“”(),+-*/<>="', max_size=600))
@settings(max_examples=300, deadline=None)
def test_no_text_does_anything_but_be_read_or_refused(text):
    with suppress(ExpressionError):
        parse(text).evaluate(VALUES, today=TODAY)


NUMBERS = st.integers(-(10**6), 10**6).map(lambda n: (f"(0 - {-n})" if n < 0 else str(n), Decimal(n)))


@given(st.recursive(NUMBERS, lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
    lambda t: (f"({t[0][0]} {t[1]} {t[2][0]})", {"+": t[0][1] + t[2][1], "-": t[0][1] - t[2][1], "*": t[0][1] * t[2][1]}[t[1]])
), max_leaves=6))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_arithmetic_is_that_of_decimals(pair):
    text, value = pair
    found = parse(text).evaluate({})
    assert found == value or (found is None and any(c == "*" for c in text))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(-500, 500))
@settings(max_examples=100, deadline=None)
def test_days_added_are_days_between(day, days):
    values = {"a": day, "n": Decimal(days)}
    assert parse("(a + n) - a").evaluate(values) == days


def test_an_expression_is_read_once():
    assert parse("1 + 1") is parse("1 + 1")
    assert isinstance(parse("so"), Expression)
    assert parse("TONG(thua, dt) + so").names == {"thua", "dt", "so"}


def test_a_day_is_not_multiplied():
    with pytest.raises(ExpressionError):
        parse("ngay * 2").evaluate({"ngay": date(2026, 11, 2)})
