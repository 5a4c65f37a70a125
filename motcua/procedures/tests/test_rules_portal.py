"""Reading the two forms of file: what is taken, what is refused and in which words."""

import codecs
import contextlib
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.rules import portal_csv, portal_files, portal_json, process_files
from motcua.procedures.rules.facts import Facts, changed_only, content_hash, merge, part_hashes, says_nothing
from motcua.procedures.rules.portal import UnreadableFile, decode
from motcua.procedures.tests.samples import COLUMNS, csv_text, entry, json_text, row


def read_row(**changes):
    return portal_csv.parse(csv_text(row(**changes))).rows[0]


def read_entry(**changes):
    return portal_json.parse(json_text(entry(**changes))).rows[0]


def said(one) -> str:
    return " | ".join(str(note) for note in one.notes)


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


def test_a_json_entry_becomes_facts():
    facts = read_entry().facts
    assert [(p.name, p.originals) for p in facts.papers] == [("Tờ khai", 1), ("Lưu ý: mang bản chính", 0)]
    assert facts.bases == ("1/2020/NĐ-CP",)
    assert facts.levels_text is None


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
        ({"truc_tiep_thoi_gian": "1,5"}, "không nguyên ngày"),
    ],
)
def test_an_odd_row_is_taken_and_noted(changes, words):
    one = read_row(**changes)
    assert not one.refused
    assert words in said(one)


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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ma": 5}, "không phải là chữ"),
        ({"ten": None}, "Thiếu tên"),
        ({"cach_thuc": "x"}, "không phải là một danh sách"),
        ({"cach_thuc": [["truc_tiep", 1]]}, "không đủ bốn phần"),
        ({"cach_thuc": [["bo_cau", 1, "Ngày", 0]]}, "bo_cau"),
        ({"cach_thuc": [[None, 1, "Ngày", 0]]}, "Cách thức"),
        ({"cach_thuc": [["truc_tiep", True, "Ngày", 0]]}, "không phải là số"),
        ({"cach_thuc": [["truc_tiep", [1], "Ngày", 0]]}, "không phải là số"),
        ({"thanh_phan": [5]}, "không đúng dạng"),
        ({"thanh_phan": [{"nhom": "", "giay_to": [["x", 1]]}]}, "không đủ ba phần"),
        ({"thanh_phan": [{"nhom": "", "giay_to": [["", 1, 0]]}]}, "không có tên"),
        ({"thanh_phan": [{"nhom": "", "giay_to": [["x", -1, 0]]}]}, "âm"),
        ({"thanh_phan": [{"nhom": "", "giay_to": [["x", 99999, 0]]}]}, "không phải số nguyên"),
        ({"ket_qua": [["x"]]}, "không đủ hai phần"),
        ({"can_cu": [5]}, "không phải là chữ"),
    ],
)
def test_an_entry_that_cannot_be_taken_is_refused(changes, words):
    one = read_entry(**changes)
    assert one.refused
    assert words in said(one)


def test_an_odd_number_of_papers_is_kept_and_noted():
    one = read_entry(
        thanh_phan=[{"nhom": "a", "giay_to": [["Mẫu năm", 20241, 0]]}, {"nhom": "trống", "giay_to": []}]
    )
    assert one.facts.papers[0].originals == 20241
    assert "bất thường" in said(one)
    assert "không có giấy tờ nào" in said(one)


def test_what_an_entry_does_not_name_is_unknown():
    one = portal_json.parse('[{"ma": "1.900001", "ten": "T"}]').rows[0]
    assert (one.facts.papers, one.facts.channels, one.facts.results, one.facts.bases, one.facts.field) == (
        None,
    ) * 5


def test_strange_keys_are_named():
    assert "Trường lạ không dùng đến: la" in str(portal_json.parse(json_text(entry(la=1))).notes[0])


def test_several_limits_of_a_channel_are_all_kept():
    rows = read_entry(
        cach_thuc=[["truc_tiep", 30, "Ngày", 0], ["truc_tiep", 40, "Ngày", None]]
    ).facts.channels["counter"]
    assert [(r.amount, r.fee_dong) for r in rows] == [(30, 0), (40, None)]


def test_a_broken_entry_is_refused_with_its_line_and_the_others_live():
    text = json_text(entry(), entry(ma="1.900002"), entry(ma="1.900003")).replace('"1.900002"', '"1.900002')
    parsed = portal_json.parse(text)
    assert [(r.line, r.refused) for r in parsed.rows] == [(2, False), (3, True), (4, False)]
    assert "cú pháp" in said(parsed.rows[1])


def test_a_truncated_file_says_so():
    parsed = portal_json.parse(json_text(entry(), entry(ma="1.900002"))[:-40])
    assert [r.refused for r in parsed.rows] == [False, True]
    assert "cắt cụt" in said(parsed.rows[1])


def test_an_entry_that_is_no_procedure_is_refused():
    assert "không phải là một thủ tục" in said(portal_json.parse("[1, 2]").rows[0])


def test_a_missing_comma_is_a_broken_entry():
    text = json_text(entry(), entry(ma="1.900002")).replace("},\n{", "}\n{")
    parsed = portal_json.parse(text)
    assert [row.refused for row in parsed.rows] == [True, False]


def test_data_after_the_end_of_the_list_is_refused():
    assert "còn dữ liệu" in said(portal_json.parse(json_text(entry()) + "[]").rows[-1])


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_refused(raw):
    with pytest.raises(UnreadableFile, match="rỗng"):
        decode(raw)


def test_encodings_are_known_or_refused_never_guessed():
    text = csv_text(row())
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(text.encode("utf-16")) == text
    with pytest.raises(UnreadableFile, match="Windows-1258"):
        decode("Việt".encode("cp1258", "replace") + b"\xe3\xff")
    with pytest.raises(UnreadableFile, match="UTF-16"):
        decode(codecs.BOM_UTF16_LE + b"\x00\xd8\x00")


@pytest.mark.parametrize(
    ("raw", "form"),
    [(b"\xef\xbb\xbf [ ]", "json"), (b'{"quy_trinh": []}', "processes"), (csv_text(row()).encode(), "csv")],
)
def test_the_form_is_told_by_the_content(raw, form):
    assert portal_files.read(raw).form == form


def test_a_web_page_is_refused():
    with pytest.raises(UnreadableFile, match="HTML"):
        portal_files.read(b"<html></html>")


def test_a_json_that_is_no_list_is_refused():
    with pytest.raises(UnreadableFile, match="danh sách"):
        portal_json.parse('"x"')


def test_writing_and_reading_again_gives_the_same_facts():
    csv_row, json_row = read_row(truc_tiep_don_vi="Tuần", truc_tuyen_thoi_gian="1,5"), read_entry()
    assert portal_csv.parse(portal_csv.write([csv_row.facts])).rows[0].facts == csv_row.facts
    assert portal_json.parse(portal_json.write([json_row.facts])).rows[0].facts == json_row.facts


def test_what_is_only_counted_is_left_out_of_the_json_form():
    merged = merge(Facts("1.900001"), read_row(so_dong_cach_thuc="6").facts)
    written = json.loads(portal_json.write([merged]))[0]
    assert "thanh_phan" not in written
    assert "can_cu" not in written
    assert written["so_dong_cach_thuc"] == 6
    assert merge(merged, portal_json.parse(json.dumps([written])).rows[0].facts) == merged


def test_merging_two_sources_settles_at_once_and_stays():
    first = merge(merge(Facts("1.900001"), read_row().facts), read_entry().facts)
    assert content_hash(merge(first, read_row().facts)) == content_hash(first)
    assert content_hash(merge(first, read_entry().facts)) == content_hash(first)
    assert [r.name for r in first.results] == ["Giấy thử", "Thông báo"]
    assert first.levels_text == "Cấp tỉnh, Cấp xã"
    assert len(first.papers) == 2


def test_an_amount_without_a_unit_says_nothing_against_a_settled_limit():
    settled = merge(Facts("1.900001"), read_row(truc_tiep_thoi_gian="1", truc_tiep_don_vi="Trong ngày").facts)
    after = merge(
        settled, read_row(truc_tiep_thoi_gian="3", truc_tiep_don_vi="", truc_tiep_phi_vnd="9000").facts
    )
    limit = after.channels["counter"][0]
    assert (limit.amount, limit.unit, limit.fee_dong) == (1, "same_day", 9000)


def test_a_channel_that_the_file_no_longer_offers_goes():
    full = merge(Facts("1.900001"), read_row().facts)
    after = merge(full, read_row(truc_tuyen_thoi_gian="", truc_tuyen_don_vi="", truc_tuyen_phi_vnd="").facts)
    assert list(after.channels) == ["counter"]


def test_a_channel_whose_columns_are_missing_stays():
    full = merge(Facts("1.900001"), read_row().facts)
    columns = tuple(c for c in COLUMNS if not c.startswith("truc_tuyen"))
    partial = portal_csv.parse(csv_text(row(), columns=columns)).rows[0].facts
    assert list(merge(full, partial).channels) == ["online", "counter"]


def test_new_codes_of_results_keep_the_names_that_are_known():
    full = merge(Facts("1.900001"), read_entry().facts)
    after = merge(full, read_row(ma_ket_qua="KQ.G15.900002|KQ.G15.900003").facts)
    assert [(r.code, r.name) for r in after.results] == [
        ("KQ.G15.900002", "Thông báo"),
        ("KQ.G15.900003", ""),
    ]


def test_only_what_a_source_changed_since_its_last_import_counts():
    before = part_hashes(read_row().facts)
    assert says_nothing(changed_only(read_row().facts, before))
    changed = changed_only(read_row(ten_tthc="Tên mới").facts, before)
    assert (changed.name, changed.field) == ("Tên mới", None)


PROCESS = {
    "quy_trinh": [
        {"ma": "1.900001", "cac_buoc": [{"ten": "Một", "loai": "review", "cong_viec": [{"ten": "Việc", "noi": "fixed", "co_quan": "H99", "vai_tro": "officer", "gio": 1.5, "phong": "P", "chu_tri": False, "bat_buoc": False}]}]}
    ]
}  # fmt: skip


def test_processes_are_read_and_written_alike():
    parsed = process_files.parse(json.dumps(PROCESS))
    assert not parsed.rows[0].refused
    again = process_files.parse(process_files.write(parsed.rows))
    assert again.rows == parsed.rows
    assert parsed.rows[0].stages[0].tasks[0].hours == Decimal("1.5")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (5, "không phải là một quy trình"),
        ({"ma": "1.900001"}, "Thiếu danh sách “cac_buoc”"),
        ({"ma": "1.900001", "cac_buoc": [5]}, "bước không đúng dạng"),
        ({"ma": "1.900001", "cac_buoc": [{"ten": "x", "loai": "la", "cong_viec": []}]}, "Loại bước"),
        ({"ma": "1.900001", "cac_buoc": [{"ten": "x", "cong_viec": [5]}]}, "công việc không đúng dạng"),
        (
            {
                "ma": "1.900001",
                "cac_buoc": [{"ten": "x", "cong_viec": [{"ten": "y", "noi": "la", "gio": 1}]}],
            },
            "Nơi làm",
        ),
        ({"ma": "1.900001", "cac_buoc": [{"ten": "x", "cong_viec": [{"ten": "y", "gio": None}]}]}, "Số giờ"),
        ({"ma": "", "cac_buoc": []}, "Thiếu mã"),
    ],
)
def test_a_process_that_cannot_be_taken_is_refused(entry, words):
    one = process_files.parse(json.dumps({"quy_trinh": [entry]})).rows[0]
    assert one.refused
    assert words in " ".join(str(note) for note in one.notes)


@pytest.mark.parametrize("text", ['{"quy_trinh": 5}', '{"quy', "{}"])
def test_a_file_without_processes_is_refused(text):
    with pytest.raises(UnreadableFile):
        process_files.parse(text)


junk = st.text(max_size=40) | st.sampled_from(
    ["-1", "1e9", "９", "1,5", "Tuần", "Ngày", '"', "|||", "\x00", "1.900001", "=1+1"]
)
cells_of_a_row = st.dictionaries(st.sampled_from(COLUMNS), junk, max_size=6)


@given(st.lists(cells_of_a_row, min_size=1, max_size=4))
@settings(max_examples=150)
def test_mutated_rows_never_crash_and_always_say_why(changes):
    parsed = portal_csv.parse(csv_text(*(row(**change) for change in changes)))
    for one in parsed.rows:
        assert one.facts is not None or any(note.refuses for note in one.notes)


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(raw):
    with contextlib.suppress(UnreadableFile):
        assert portal_files.read(raw).form


anything = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda x: st.lists(x, max_size=4) | st.dictionaries(st.text(max_size=4), x, max_size=3), max_leaves=8)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(
            ["ma", "ten", "linh_vuc", "cach_thuc", "thanh_phan", "ket_qua", "can_cu", "so_dong_cach_thuc"]
        ),
        anything,
        max_size=4,
    )
)
@settings(max_examples=150)
def test_mutated_entries_never_crash(changes):
    one = portal_json.parse(json_text(entry(**changes))).rows[0]
    assert one.facts is not None or any(note.refuses for note in one.notes)


@given(
    st.dictionaries(
        st.sampled_from(["truc_tiep_thoi_gian", "truc_tiep_phi_vnd"]), st.integers(0, 9999).map(str)
    ),
    st.dictionaries(st.sampled_from(["truc_tiep_thoi_gian"]), st.integers(0, 99).map(str)),
)
def test_merging_is_idempotent(one, other):
    a, b = read_row(**one).facts, read_row(**other).facts
    once = merge(merge(Facts("1.900001"), a), b)
    assert merge(once, b) == once
