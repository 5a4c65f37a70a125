"""A form changed piece by piece, and every fault of a form named at its place."""

import copy

import pytest

from motcua.core.errors import NotFound, RuleViolation
from motcua.eforms import starting
from motcua.eforms.rules import editing
from motcua.eforms.rules.faults import fault_at
from motcua.eforms.rules.files import read_file
from motcua.eforms.rules.reading import schema_of
from motcua.eforms.rules.schema import Schema, key_for
from motcua.eforms.rules.types import FieldType
from motcua.eforms.testing import SAMPLE

SCHEMA = schema_of(SAMPLE)
GROUP = {
    "title": "T",
    "sections": [
        {"key": "truoc", "title": "A", "fields": [{"key": "so", "type": "number", "label": "Số"}]},
        {
            "key": "s",
            "title": "S",
            "fields": [
                {
                    "key": "g",
                    "type": "group",
                    "label": "G",
                    "fields": [
                        {"key": "x", "type": "number", "label": "X"},
                        {"key": "n", "type": "static", "label": "N"},
                        {"key": "y", "type": "number", "label": "Y"},
                    ],
                }
            ],
        },
    ],
}


def keys(schema: Schema, place: str = "") -> list[str]:
    section = schema.section(place.partition(".")[0])
    if not place:
        return [one.key for one in schema.sections]
    group = place.partition(".")[2]
    fields = section.fields if not group else schema.field_at(place).fields
    return [one.key for one in fields]


def test_sections_are_added_changed_moved_and_removed():
    made = editing.put_section(
        SCHEMA, "", {"title": "Giấy tờ kèm theo", "help": "Kèm", "show_if": "", "key": ""}
    )
    assert keys(made)[-1] == "giay_to_kem_theo"
    assert made.sections[-1].schema is made
    renamed = editing.put_section(made, "ky", {"title": "Ký tên", "key": "ky_ten"})
    assert renamed.section("ky_ten").fields == SCHEMA.section("ky").fields
    assert keys(editing.move(made, "ky", -1)) == ["nguoi_khai", "ky", "noi_dung", "giay_to_kem_theo"]
    assert keys(editing.move(made, "nguoi_khai", -1)) == keys(made)
    assert keys(editing.remove(made, "ky")) == ["nguoi_khai", "noi_dung", "giay_to_kem_theo"]
    assert schema_of(SAMPLE) == SCHEMA


def test_fields_are_added_changed_moved_and_removed():
    values = {"type": FieldType.TEXT, "label": "Họ và tên", "key": ""}
    made = editing.put_field(SCHEMA, "nguoi_khai", "", values)
    assert keys(made, "nguoi_khai")[-1] == "ho_va_ten"
    changed = editing.put_field(made, "nguoi_khai", "ho_ten", {"label": "Tên", "key": "ten"})
    assert changed.field_at("nguoi_khai.ten").prefill == "full_name"
    assert keys(editing.move(SCHEMA, "nguoi_khai.ho_ten", 1), "nguoi_khai")[:2] == ["so_dinh_danh", "ho_ten"]
    assert "quan_he" not in keys(editing.remove(SCHEMA, "nguoi_khai.quan_he"), "nguoi_khai")


def test_fields_of_a_group_are_changed_like_others():
    schema = schema_of(GROUP)
    made = editing.put_field(schema, "s.g", "", {"type": FieldType.TEXT, "label": "Z", "key": "z"})
    assert keys(made, "s.g") == ["x", "n", "y", "z"]
    assert keys(editing.move(made, "s.g.z", -1), "s.g") == ["x", "n", "z", "y"]
    assert keys(editing.remove(made, "s.g.x"), "s.g") == ["n", "y", "z"]
    assert made.field_at("s.g.0.z").label == "Z"
    assert made.field_at("s.g.0").key == "g"
    assert made.field_at("la.x") is None


@pytest.mark.parametrize("path", ["la", "nguoi_khai.la", "la.la", "nguoi_khai.la.la"])
def test_what_is_not_there_is_not_found(path):
    with pytest.raises(NotFound):
        editing.remove(SCHEMA, path)
    with pytest.raises(NotFound):
        editing.move(SCHEMA, path, 1)


def test_keys_are_unique_and_well_formed():
    with pytest.raises(RuleViolation, match="đã dùng"):
        editing.put_section(SCHEMA, "ky", {"title": "K", "key": "ho_ten"})
    with pytest.raises(RuleViolation, match="chữ thường"):
        editing.put_field(SCHEMA, "ky", "", {"type": FieldType.TEXT, "label": "L", "key": "Á b"})
    with pytest.raises(RuleViolation, match="chữ thường"):
        editing.put_field(SCHEMA, "ky", "", {"type": FieldType.TEXT, "label": "L", "key": "khong"})
    assert key_for("Họ và tên", frozenset({"ho_va_ten"})) == "ho_va_ten_2"
    assert key_for("123", frozenset()) == "truong_123"
    assert key_for("???", frozenset()) == "truong"


def test_a_form_has_only_so_many_sections_and_fields():
    full = SCHEMA
    for _ in range(27):
        full = editing.put_section(full, "", {"title": "M"})
    with pytest.raises(RuleViolation, match="nhiều nhất 30"):
        editing.put_section(full, "", {"title": "M"})
    schema = schema_of(GROUP)
    for _ in range(27):
        schema = editing.put_field(schema, "s.g", "", {"type": FieldType.TEXT, "label": "Z"})
    with pytest.raises(RuleViolation, match="Nhiều nhất 30"):
        editing.put_field(schema, "s.g", "", {"type": FieldType.TEXT, "label": "Z"})


@pytest.mark.parametrize(
    ("place", "key", "part", "text", "words"),
    [
        ("nguoi_khai", "quan_he", "show_if", "uy_quyen", ""),
        ("nguoi_khai", "so_dinh_danh", "show_if", "uy_quyen", "không có trường"),
        ("nguoi_khai", "", "show_if", "uy_quyen", ""),
        ("nguoi_khai", "", "show_if", "ho_ten", "phải cho ra đúng/sai"),
        ("", "noi_dung", "show_if", "uy_quyen", ""),
        ("", "nguoi_khai", "show_if", "uy_quyen", "không có trường"),
        ("", "", "show_if", "so_ban > 1", ""),
        ("noi_dung", "so_ban", "maximum", "HOMNAY()", "phải cho ra số"),
        ("noi_dung", "so_ban", "maximum", "2 +", "thiếu một giá trị"),
    ],
)
def test_an_expression_is_checked_where_it_would_stand(place, key, part, text, words):
    found = fault_at(SCHEMA, place, key, part, text)
    assert (words in found) if words else found == ""


def test_a_row_sees_what_stands_before_it():
    schema = schema_of(GROUP)
    assert fault_at(schema, "s.g", "y", "show_if", "x > so") == ""
    assert "không có trường" in fault_at(schema, "s.g", "x", "show_if", "y > 1")
    assert fault_at(schema, "s.g", "", "value", "x + y", FieldType.NUMBER) == ""


def broken(change):
    data = copy.deepcopy(GROUP)
    change(data)
    return data


def field(**more):
    return lambda data: data["sections"][0]["fields"].append(
        {"key": "moi", "type": "text", "label": "Mới", **more}
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "phải là một đối tượng"),
        ({"title": "T"}, "ít nhất một mục"),
        ({"title": "", "sections": []}, "nhập tiêu đề"),
        ({"title": 5, "sections": {}}, "phải là một danh sách"),
        ({"title": "T", "sections": ["x"]}, "Mục 1: phải là một đối tượng"),
        ({"title": "T" * 301, "sections": []}, "dài quá 300"),
        (broken(lambda d: d.update(la=1)), "Tờ khai: không hiểu la"),
        (broken(lambda d: d["sections"][0].update(fields=[])), "thêm ít nhất một trường"),
        (broken(lambda d: d["sections"][0].update(title="")), "nhập tên mục"),
        (broken(lambda d: d["sections"][0].update(key="s")), "đã dùng ở chỗ khác"),
        (broken(lambda d: d["sections"][0].update(show_if="so > 1")), "không có trường “so”"),
        (broken(lambda d: d["sections"][0]["fields"].append("x")), "phải là một đối tượng"),
        (broken(field(type="la")), "không có loại trường"),
        (broken(field(key="Á")), "chữ thường không dấu"),
        (broken(field(key="so")), "mã “so” đã dùng"),
        (broken(field(label="")), "nhập tên trường"),
        (broken(field(required="x")), "true hoặc false"),
        (broken(field(decimals=9)), "số nguyên từ 0 đến 4"),
        (broken(field(length=True)), "số nguyên từ 0 đến 5000"),
        (broken(field(type="choice")), "ít nhất hai lựa chọn"),
        (broken(field(type="choice", options=[["a", "A"], ["a", "B"]])), "phải khác nhau"),
        (broken(field(type="choice", options=[["a", "A"], ["b", ""]])), "mã và chữ hiện ra"),
        (broken(field(type="choice", options=[["a", "A"], "b"])), "gồm mã và chữ"),
        (broken(field(options=[["a", "A"], ["b", "B"]])), "có danh sách lựa chọn"),
        (broken(field(type="group")), "nhóm lặp cần ít nhất"),
        (broken(field(min_rows=5, max_rows=2)), "không quá số dòng"),
        (broken(field(fields=[{"key": "k", "type": "text", "label": "K"}])), "chỉ nhóm lặp"),
        (broken(field(type="file", value="1")), "không tính tự động"),
        (broken(field(minimum='"a"')), "chỉ số, số tiền và ngày"),
        (broken(field(paper="Giấy")), "chỉ tệp đính kèm"),
        (broken(field(prefill="la")), "điền sẵn"),
        (broken(field(value="1")), "công thức tính phải cho ra chữ, không phải số"),
        (broken(field(required_if="so")), "điều kiện bắt buộc phải cho ra đúng/sai"),
        (broken(field(show_if="so >")), "ký tự thứ 5: thiếu"),
        (broken(lambda d: d["sections"][1]["fields"][0]["fields"].append({"key": "f", "type": "file", "label": "F"})), "không dùng được trong nhóm"),
        (broken(lambda d: d["sections"][1]["fields"][0]["fields"][0].update(type="group", fields=[{"key": "q", "type": "text", "label": "Q"}])), "không chứa nhóm lặp"),
        (broken(lambda d: d["sections"][0].update(fields=[{"key": f"k{n}", "type": "text", "label": "K"} for n in range(301)])), "nhiều nhất được 300"),
        (broken(lambda d: [s.update(fields=[{"key": f"k{i}_{n}", "type": "text", "label": "K"} for n in range(200)]) for i, s in enumerate(d["sections"])]), "có 400 trường"),
    ],
)  # fmt: skip
def test_every_fault_of_a_form_is_named_at_its_place(data, words):
    with pytest.raises(RuleViolation, match=words):
        schema_of(data)


@pytest.mark.parametrize("name", [name for name, _ in starting.FILES])
def test_the_forms_that_ship_are_without_fault_and_written_back_the_same(name):
    data = read_file(starting.text_of(name))
    assert schema_of(data).as_data() == data


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * 500_001, "500 KB"),
        (b"\xff\xfe", "không phải JSON"),
        (b"{", "không phải JSON"),
        (b"[" * 100_000, "không phải JSON"),
        (b'{"title": NaN}', "không phải JSON"),
        (b"[]", "phải là một đối tượng"),
    ],
)
def test_a_file_that_is_no_form_is_refused_whole(content, words):
    with pytest.raises(RuleViolation, match=words):
        read_file(content)
