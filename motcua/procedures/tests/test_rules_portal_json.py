"""Reading the JSON form: what is taken, what is refused and in which words."""

import pytest

from motcua.procedures.rules import portal_json
from motcua.procedures.tests.samples import entry, json_text, read_entry, said


def test_a_json_entry_becomes_facts():
    facts = read_entry().facts
    assert [(p.name, p.originals) for p in facts.papers] == [("Tờ khai", 1), ("Lưu ý: mang bản chính", 0)]
    assert facts.bases == ("1/2020/NĐ-CP",)
    assert facts.levels_text is None


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
        ({"cach_thuc": [["truc_tiep", float("inf"), "Ngày", 0]]}, "không phải là số"),
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


def test_a_result_without_name_and_code_is_nothing():
    assert read_entry(ket_qua=[["", ""], ["Giấy", ""]]).facts.results[0].name == "Giấy"


def test_a_note_beside_a_paper_is_read_and_written_and_the_portals_own_rows_stay_three():
    rows = [{"nhom": "", "giay_to": [["Tờ khai", 1, 0, "Ghi cả tên đệm"], ["Giấy chứng sinh", 1, 0]]}]
    facts = read_entry(thanh_phan=rows).facts
    assert [paper.note for paper in facts.papers] == ["Ghi cả tên đệm", None]
    again = portal_json.parse(portal_json.write([facts])).rows[0].facts
    assert again.papers == facts.papers
    assert '["Giấy chứng sinh",1,0]' in portal_json.write([facts])


@pytest.mark.parametrize("note", [5, "x" * 1001])
def test_a_note_that_is_no_text_or_too_long_is_told(note):
    assert "Ghi chú" in said(read_entry(thanh_phan=[{"nhom": "", "giay_to": [["x", 1, 0, note]]}]))
