"""Reading the CSV form: what is taken, what is refused and in which words."""

from decimal import Decimal
from time import perf_counter

import pytest

from motcua.procedures.rules import portal_csv
from motcua.procedures.rules.portal import UnreadableFile
from motcua.procedures.tests.samples import COLUMNS, csv_text, read_row, row, said


def test_a_csv_row_becomes_facts():
    facts = read_row().facts
    assert (facts.code, facts.field, facts.issuer, facts.portal_id) == (
        "1.900001",
        "Lĩnh vực thử",
        "Bộ Tư pháp",
        "abc",
    )
    assert facts.audiences == (
        "Công dân Việt Nam",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Cán bộ, công chức, viên chức",
    )
    assert [(c, r[0].amount, r[0].unit) for c, r in facts.channels.items() if r] == [
        ("online", 3, "working_day"),
        ("counter", 5, "calendar_day"),
    ]
    assert [r.code for r in facts.results] == ["KQ.G15.900001", "KQ.G15.900002"]
    assert (facts.channel_count, facts.paper_count, facts.basis_count) == (2, 2, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ma_tthc": ""}, "Thiếu mã thủ tục"),
        ({"ma_tthc": "abc"}, "không đúng dạng"),
        ({"ten_tthc": " "}, "Thiếu tên thủ tục"),
        ({"ten_tthc": "x" * 2001}, "tối đa 2000"),
        ({"ten_tthc": "a\x00b"}, "ký tự điều khiển"),
        ({"truc_tiep_thoi_gian": "-3"}, "âm"),
        ({"truc_tiep_thoi_gian": "nhiều"}, "không phải là số"),
        ({"truc_tiep_thoi_gian": "999999"}, "ngoài khoảng"),
        ({"truc_tiep_thoi_gian": "1e400"}, "không phải là số"),
        ({"truc_tiep_thoi_gian": "NaN"}, "không phải là số"),
        ({"truc_tiep_thoi_gian": "1.234"}, "ngoài khoảng"),
        ({"truc_tiep_phi_vnd": "12,5"}, "nguyên đồng"),
        ({"truc_tiep_phi_vnd": "-1"}, "âm"),
        ({"so_giay_to": "2,5"}, "không phải số nguyên"),
        ({"so_giay_to": "99999999999"}, "không phải số nguyên"),
        ({"truc_tiep_don_vi": "x" * 61}, "tối đa 60"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_advice(changes, words):
    one = read_row(**changes)
    assert one.refused
    assert words in said(one)
    assert all(note.advice for note in one.notes if note.refuses)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"truc_tiep_don_vi": ""}, "không ghi đơn vị"),
        ({"truc_tiep_don_vi": "Tuần"}, "chưa được biết"),
        ({"linh_vuc": ""}, "Không ghi lĩnh vực"),
        ({"truc_tiep_phi_vnd": "150"}, "chỉ 150 đồng"),
        ({"truc_tiep_thoi_gian": "1,5", "truc_tiep_don_vi": "Ngày làm việc"}, "không nguyên ngày"),
        ({"truc_tiep_thoi_gian": "1,5"}, "không tính được"),
    ],
)
def test_an_odd_row_is_taken_and_noted(changes, words):
    one = read_row(**changes)
    assert not one.refused
    assert words in said(one)


def test_a_part_of_a_calendar_day_waits_for_a_person_with_its_words():
    limit = read_row(truc_tiep_thoi_gian="1,5", truc_tiep_don_vi="ngày").facts.channels["counter"][0]
    assert (limit.amount, limit.unit, limit.unit_text) == (Decimal("1.5"), "", "ngày")


def test_an_unknown_unit_keeps_its_words_and_is_never_guessed():
    limit = read_row(truc_tiep_thoi_gian="2", truc_tiep_don_vi="Tuần").facts.channels["counter"][0]
    assert (limit.amount, limit.unit, limit.unit_text) == (2, "", "Tuần")


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("ngay lam viec", "working_day"),
        ("GIỜ", "working_hour"),
        ("tháng", "month"),
        ("Trong ngày", "same_day"),
    ],
)
def test_units_are_understood_without_accents(written, unit):
    assert read_row(truc_tiep_don_vi=written).facts.channels["counter"][0].unit == unit


@pytest.mark.parametrize(("written", "amount"), [("1,5", "1.5"), ("1.50", "1.5"), (" 3 ", "3")])
def test_decimals_take_a_comma_or_a_point(written, amount):
    found = read_row(truc_tiep_thoi_gian=written, truc_tiep_don_vi="Giờ").facts.channels["counter"][0]
    assert found.amount == Decimal(amount)


def test_thousands_of_a_fee_may_be_grouped():
    assert read_row(truc_tiep_phi_vnd="1.500.000").facts.channels["counter"][0].fee_dong == 1_500_000


def test_a_channel_without_anything_is_not_offered():
    assert read_row().facts.channels["post"] == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separators_of_spreadsheets_are_understood(delimiter):
    assert not portal_csv.parse(csv_text(row(), delimiter=delimiter)).rows[0].refused


def test_a_missing_column_leaves_its_part_unknown():
    columns = tuple(
        c
        for c in COLUMNS
        if c not in ("doi_tuong", "truc_tiep_thoi_gian", "so_giay_to", "nguon_bo", "ma_ket_qua", "linh_vuc")
    )
    parsed = portal_csv.parse(csv_text(row(), columns=columns))
    facts = parsed.rows[0].facts
    assert (facts.audiences, facts.paper_count, facts.issuer, facts.results, facts.field) == (None,) * 5
    assert "counter" not in facts.channels
    assert "Tệp không có cột" in str(parsed.notes[0])


def test_without_any_limit_column_nothing_is_said_of_channels():
    columns = tuple(c for c in COLUMNS if not c.endswith("thoi_gian"))
    assert portal_csv.parse(csv_text(row(), columns=columns)).rows[0].facts.channels is None


def test_a_strange_column_is_named_and_left():
    parsed = portal_csv.parse(csv_text(row() | {"la": "x"}, columns=(*COLUMNS, "la")))
    assert "Cột lạ không dùng đến: la" in str(parsed.notes[0])
    assert not parsed.rows[0].refused


def test_a_broken_row_is_refused_with_its_line_and_the_others_live():
    text = csv_text(row(), row(ma_tthc="1.900002")).splitlines()
    text.insert(2, "1.900009,thiếu ô")
    parsed = portal_csv.parse("\r\n".join(text) + "\r\n")
    assert [(r.line, r.code, r.refused) for r in parsed.rows] == [
        (2, "1.900001", False),
        (3, "1.900009", True),
        (4, "1.900002", False),
    ]
    assert "2 ô" in said(parsed.rows[1])


def test_a_stray_quote_is_refused_not_swallowed():
    text = csv_text(row()).replace("Cấp giấy thử", '"Cấp" giấy', 1)
    assert any(r.refused and "CSV" in said(r) for r in portal_csv.parse(text).rows)


def test_empty_lines_are_nothing():
    assert len(portal_csv.parse(csv_text(row()) + "\r\n,,,,\r\n").rows) == 1


def test_a_row_of_several_lines_is_counted_from_its_first():
    text = csv_text(row(co_quan_thuc_hien="dòng 1\ndòng 2"), row(ma_tthc="1.900002"))
    assert [r.line for r in portal_csv.parse(text).rows] == [2, 4]


@pytest.mark.parametrize(
    ("text", "words"),
    [("a,b\n1,2\n", "thiếu cột"), ("ma_tthc,ten_tthc,ten_tthc\n", "hai lần"), ('"ma_tthc', "thiếu cột")],
)
def test_a_useless_header_refuses_the_file(text, words):
    with pytest.raises(UnreadableFile, match=words):
        portal_csv.parse(text)


def test_a_word_for_word_repetition_is_taken_once():
    parsed = portal_csv.parse(csv_text(row(), row()))
    assert len(parsed.rows) == 1
    assert "lặp lại nguyên văn ở dòng 3" in said(parsed.rows[0])


def test_two_different_rows_of_one_code_are_both_refused():
    parsed = portal_csv.parse(csv_text(row(), row(ten_tthc="Tên khác")))
    assert [r.refused for r in parsed.rows] == [True, True]
    assert "nhiều dòng khác nhau" in said(parsed.rows[1])


def test_a_name_that_looks_like_a_formula_is_written_harmless_and_read_back():
    facts = read_row(ten_tthc="=HYPERLINK(1)").facts
    assert facts.name == "=HYPERLINK(1)"
    text = portal_csv.write([facts])
    assert "'=HYPERLINK(1)" in text
    assert portal_csv.parse(text).rows[0].facts.name == "=HYPERLINK(1)"


def test_a_cell_of_nothing_but_commas_takes_no_time():
    """The time to cut a cell grows with its length, not with its square."""
    begin = perf_counter()
    assert len(portal_csv.split_audiences(", Ab" * 50_000)) == 50_000
    assert perf_counter() - begin < 5
