"""What people answer: each type, conditions that cannot be bypassed, calculated values, groups, drafts that lose nothing."""

import json
from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.errors import NotFound, RuleViolation
from motcua.eforms.rules import posted
from motcua.eforms.rules.answers import check_all, check_section, computed, fill, summary, visible_sections
from motcua.eforms.rules.checks import checked
from motcua.eforms.rules.prefill import prefilled
from motcua.eforms.rules.printed import application
from motcua.eforms.rules.reading import read_schema, schema_of
from motcua.eforms.rules.types import Context, FieldType, is_blank

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CONTEXT = Context(at=AT, may_use_file=lambda reference: reference != "cua-nguoi-khac")


def one(type_, **more):
    """A form of one field."""
    data = {"key": "a", "type": type_, "label": "A", **more}
    return schema_of({"title": "T", "sections": [{"key": "s", "title": "S", "fields": [data]}]})


def kept(type_, value, **more):
    """What is kept of a value, and what is wrong."""
    found = check_section(one(type_, **more), "s", {"a": value}, {}, CONTEXT)
    return found.values.get("a"), found.errors.get("s.a", "")


OPTIONS = {"options": [["x", "X"], ["y", "Y"]]}


@pytest.mark.parametrize(
    ("type_", "typed", "expected", "more"),
    [
        ("text", "  Nguyễn   Thị\tNa ", "Nguyễn Thị Na", {}),
        ("long_text", " a \r\n\r\n b ", "a\n\nb", {}),
        ("number", "1.250", 1250, {}),
        ("number", "1,5", 1.5, {"decimals": 1}),
        ("number", "1.5", 1.5, {"decimals": 1}),
        ("number", "-3", -3, {}),
        ("number", 1.5, 1.5, {"decimals": 2}),
        ("money", "1.500.000 đ", 1500000, {}),
        ("money", "8000 VNĐ", 8000, {}),
        ("date", "5/1/2026", "2026-01-05", {}),
        ("date", "05012026", "2026-01-05", {}),
        ("date", "2026-01-05", "2026-01-05", {}),
        ("yes_no", "yes", "yes", {}),
        ("choice", "x", "x", OPTIONS),
        ("choices", ["y", "x"], ["x", "y"], OPTIONS),
        ("choices", "y", ["y"], OPTIONS),
        ("identity", "001 099 000001", "001099000001", {}),
        ("tax_code", "0100109106", "0100109106", {}),
        ("phone", "0900 000 001", "+84900000001", {}),
        ("email", " a@vidu.vn ", "a@vidu.vn", {}),
        ("declaration", "1", True, {}),
        ("file", ["u-1", "u-1", "u-2"], ["u-1", "u-2"], {}),
        ("signature", {"name": "Nguyễn  Na", "agree": "1", "at": "1999-01-01"},
         {"name": "Nguyễn Na", "agree": "yes", "at": "2026-11-22T03:00:00+00:00"}, {}),
    ],
)  # fmt: skip
def test_each_type_keeps_what_was_meant_and_checking_again_changes_nothing(type_, typed, expected, more):
    assert kept(type_, typed, **more) == (expected, "")
    field = one(type_, **more).sections[0].fields[0]
    assert checked(field, expected, CONTEXT) == expected
    assert json.loads(json.dumps(expected)) == expected


@pytest.mark.parametrize(
    ("type_", "typed", "words", "more"),
    [
        ("text", "x" * 301, "chỉ được 300", {}),
        ("text", "x" * 6, "chỉ được 5", {"length": 5}),
        ("text", "a\x00b", "không in được", {}),
        ("text", 5, "bằng chữ", {}),
        ("number", "abc", "Nhập một số", {}),
        ("number", "1,25", "nhiều nhất 1 chữ số", {"decimals": 1}),
        ("number", "1.5", "số nguyên", {}),
        ("number", "9" * 20, "quá lớn", {}),
        ("number", "9" * 4000, "Nhập một số", {}),
        ("number", "1e999", "Nhập một số", {}),
        ("number", float("nan"), "Nhập một số", {}),
        ("number", [1], "Nhập một số", {}),
        ("number", "0", "nhỏ nhất là 1", {"minimum": "1"}),
        ("number", "9", "lớn nhất là 5", {"maximum": "5"}),
        ("number", "9", "Ít thôi.", {"maximum": "5", "message": "Ít thôi."}),
        ("money", "1,5", "không có phần lẻ", {}),
        ("money", "-5", "không có phần lẻ", {}),
        ("date", "30/2/2026", "ngày/tháng/năm", {}),
        ("date", "1/1/0099", "ngày/tháng/năm", {}),
        ("date", {"a": 1}, "ngày/tháng/năm", {}),
        ("date", "23/11/2026", "lớn nhất là 22/11/2026", {"maximum": "HOMNAY()"}),
        ("yes_no", "có lẽ", "Có hoặc Không", {}),
        ("choice", "z", "trong danh sách", OPTIONS),
        ("choice", ["x"], "trong danh sách", OPTIONS),
        ("choices", ["x", "z"], "trong danh sách", OPTIONS),
        ("choices", {"x": 1}, "trong danh sách", OPTIONS),
        ("identity", "123", "chữ số", {}),
        ("tax_code", "0100109107", "không đúng", {}),
        ("phone", "12", "không đúng", {}),
        ("email", "a@b", "thư điện tử", {}),
        ("email", "a" * 200 + "@" + "b." * 20, "thư điện tử", {}),
        ("declaration", "no", "cam đoan", {}),
        ("file", ["../../etc/passwd"], "Đính kèm", {}),
        ("file", ["cua-nguoi-khac"], "không còn dùng được", {}),
        ("file", [f"u-{n}" for n in range(6)], "nhiều nhất 5", {}),
        ("signature", {"name": "Na", "agree": "1"}, "đủ họ và tên", {}),
        ("signature", {"name": "Nguyễn Na"}, "cam đoan", {}),
        ("signature", "Nguyễn Na", "Gõ họ tên", {}),
        ("address", {"province": "48"}, "Chưa kiểm tra được", {}),
        ("address", "48", "Nhập địa chỉ", {}),
    ],
)  # fmt: skip
def test_what_does_not_pass_says_why_and_a_draft_keeps_it_as_typed(type_, typed, words, more):
    value, error = kept(type_, typed, **more)
    assert words in error
    assert not is_blank(value)


def test_in_a_draft_with_faults_what_cannot_be_worked_out_is_blank_and_the_rest_is_still_shown():
    """Such a form is not published, but whoever writes it looks at it meanwhile."""
    fields = [
        {"key": "ten", "type": "text", "label": "Tên"},
        {"key": "tong", "type": "number", "label": "Tổng", "value": "ten + 1"},
        {"key": "them", "type": "text", "label": "Thêm", "show_if": "ten và tong > 1"},
    ]
    data = {"title": "T", "sections": [{"key": "s", "title": "S", "fields": fields}]}
    with pytest.raises(RuleViolation, match="phải là số"):
        schema_of(data)
    found = fill(read_schema(data, []), {"s": {"ten": "Na", "them": "x"}}, CONTEXT)
    assert (found.answers, found.errors) == ({"s": {"ten": "Na"}}, {})
    assert (found.computed, list(found.shown)) == ({"s.tong": None}, ["s.ten", "s.tong"])


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("text", "Chưa điền"),
        ("choice", "Chọn câu trả lời"),
        ("declaration", "cam đoan"),
        ("signature", "để ký"),
        ("file", "tệp"),
    ],
)
@pytest.mark.parametrize("blank", ["", None, [], "   ", {}])
def test_what_must_be_answered_may_not_stay_blank(type_, words, blank):
    more = OPTIONS if type_ == "choice" else {}
    assert kept(type_, blank, **more)[1].find(words) >= 0
    assert kept(type_, blank, required=False, **more) == (None, "")


FORM = {
    "title": "Tờ khai",
    "sections": [
        {
            "key": "a",
            "title": "A",
            "fields": [
                {"key": "loai", "type": "choice", "label": "Loại", **OPTIONS},
                {"key": "ro", "type": "text", "label": "Ghi rõ", "show_if": 'loai = "y"'},
                {"key": "tuy", "type": "text", "label": "Tùy", "required_if": 'loai = "y"'},
                {"key": "loi_dan", "type": "static", "label": "Lời dẫn"},
                {
                    "key": "thua",
                    "type": "group",
                    "label": "Thửa",
                    "min_rows": 1,
                    "max_rows": 3,
                    "fields": [
                        {"key": "dt", "type": "number", "decimals": 2, "label": "Diện tích"},
                        {"key": "gia", "type": "money", "label": "Giá", "show_if": "dt > 1"},
                        {"key": "tien", "type": "money", "label": "Tiền", "value": "dt * gia"},
                    ],
                },
                {"key": "tong", "type": "money", "label": "Tổng", "value": "TONG(thua, tien)"},
            ],
        },
        {
            "key": "b",
            "title": "B",
            "show_if": "tong > 1000",
            "fields": [{"key": "nop", "type": "yes_no", "label": "Nộp"}],
        },
    ],
}
SCHEMA = schema_of(FORM)
GOOD = {"a": {"loai": "x", "thua": [{"dt": 2, "gia": 1000}]}, "b": {"nop": "yes"}}


def test_what_is_hidden_is_never_kept_and_what_is_calculated_never_taken():
    sly = {
        "loai": "x",
        "ro": "không được giữ",
        "tong": 999_999,
        "la": "x",
        "thua": [{"dt": 1, "gia": 5, "tien": 10**9}],
    }
    found = fill(SCHEMA, {"a": sly, "b": {"nop": "yes"}, "c": {"x": 1}}, CONTEXT)
    assert found.errors == {}
    assert found.answers == {"a": {"loai": "x", "thua": [{"dt": 1}], "tong": 0}}


def test_a_condition_that_holds_must_be_answered_whatever_was_posted():
    assert check_all(SCHEMA, {**GOOD, "a": {**GOOD["a"], "loai": "y"}}, CONTEXT) == {
        "a.ro": "Chưa điền.",
        "a.tuy": "Chưa điền.",
    }
    assert check_all(SCHEMA, {**GOOD, "b": {}}, CONTEXT) == {"b.nop": "Chọn câu trả lời."}
    assert check_all(SCHEMA, {}, CONTEXT).keys() == {"a.loai", "a.thua"}


def test_calculated_values_come_from_the_answers():
    assert computed(SCHEMA, GOOD, CONTEXT) == {"a.thua.0.tien": 2000, "a.tong": 2000}
    assert [section.key for section in visible_sections(SCHEMA, GOOD, CONTEXT)] == ["a", "b"]
    assert [section.key for section in visible_sections(SCHEMA, {}, CONTEXT)] == ["a"]


def test_rows_are_checked_where_they_stand():
    rows = [{"dt": "1"}, {}, {"dt": "x"}, {"dt": "2"}]
    found = check_section(SCHEMA, "a", {"loai": "x", "thua": rows}, {}, CONTEXT)
    assert set(found.errors) == {"a.thua.1.dt", "a.thua.2.gia"}
    assert found.values["thua"][1] == {"dt": "x"}
    many = check_section(SCHEMA, "a", {"loai": "x", "thua": [{"dt": "1"}] * 9}, {}, CONTEXT)
    assert many.errors == {"a.thua": "Khai nhiều nhất 3 dòng."}
    for nothing in ([], "x", [1, "y"], {"0": {"dt": 1}}):
        assert check_section(SCHEMA, "a", {"loai": "x", "thua": nothing}, {}, CONTEXT).errors == {
            "a.thua": "Khai ít nhất 1 dòng."
        }


def test_there_is_no_section_that_the_form_does_not_have():
    with pytest.raises(NotFound):
        check_section(SCHEMA, "z", {}, {}, CONTEXT)


def test_a_summary_reads_as_a_person_does():
    rows = [row for section in summary(SCHEMA, GOOD, CONTEXT) for row in section.rows]
    assert ("a.loai", "Loại", "X") in rows
    assert ("a.thua.0.dt", "Thửa (1): Diện tích", "2") in rows
    assert ("a.tong", "Tổng", "2.000 đ") in rows
    assert ("b.nop", "Nộp", "Có") in rows
    assert ("a.thua", "Thửa", "") in summary(SCHEMA, {"a": {}}, CONTEXT)[0].rows


def test_the_printed_form_holds_what_was_answered():
    template, made = application(SCHEMA, GOOD, {"code": "H99", "agency": None}, CONTEXT)
    assert template == "application"
    assert made["sections"][0]["items"][0] == {"kind": "row", "label": "Loại", "value": "X"}
    assert made["sections"][0]["items"][2]["cells"] == [["2", "1.000 đ", "2.000 đ"]]
    assert (made["code"], made["agency"], made["signatures"]) == ("H99", "", [])


def test_only_what_the_form_asks_is_read_from_a_browser():
    sent = QueryDict(
        "a.loai=x&a.tong=5&z.q=1&a.thua.0=1&a.thua.0.dt=1&a.thua.0.tien=9&a.thua.2=1&a.thua.2.dt=3&a.thua.5.dt=7"
    )
    raw = posted.read(SCHEMA.sections[0], sent)
    assert raw == {"loai": "x", "ro": "", "tuy": "", "thua": [{"dt": "1", "gia": ""}, {"dt": "3", "gia": ""}]}
    assert not posted.stays(sent)


def test_buttons_add_and_take_away_rows():
    rows = "a.thua.0=1&a.thua.0.dt=1&a.thua.1=1&a.thua.1.dt=2"
    added = QueryDict(f"{rows}&_add=a.thua")
    assert [row.get("dt") for row in posted.read(SCHEMA.sections[0], added)["thua"]] == ["1", "2", None]
    removed = QueryDict(f"{rows}&_remove=a.thua.0")
    assert [row["dt"] for row in posted.read(SCHEMA.sections[0], removed)["thua"]] == ["2"]
    assert posted.stays(added)
    assert posted.stays(removed)
    full = QueryDict("&".join(f"a.thua.{n}=1&a.thua.{n}.dt=1" for n in range(3)) + "&_add=a.thua")
    assert len(posted.read(SCHEMA.sections[0], full)["thua"]) == 3


def test_what_a_browser_sends_is_cut():
    sent = QueryDict(mutable=True)
    sent["a.loai"] = "x" * 10**6
    assert len(posted.read(SCHEMA.sections[0], sent)["loai"]) == posted.LONGEST


def test_a_profile_begins_the_form_where_it_passes():
    schema = schema_of(
        {
            "title": "T",
            "sections": [
                {
                    "key": "s",
                    "title": "S",
                    "fields": [
                        {"key": "ten", "type": "text", "label": "Tên", "prefill": "full_name"},
                        {"key": "so", "type": "identity", "label": "Số", "prefill": "identity_number"},
                        {
                            "key": "gt",
                            "type": "choice",
                            "label": "GT",
                            "options": [["nam", "Nam"], ["nu", "Nữ"]],
                            "prefill": "gender",
                        },
                        {"key": "thu", "type": "email", "label": "Thư", "prefill": "email"},
                    ],
                }
            ],
        }
    )
    facts = {"full_name": "Nguyễn Thị Na", "identity_number": "sai", "gender": "Nữ", "email": ""}
    assert prefilled(schema, facts, CONTEXT) == {"s": {"ten": "Nguyễn Thị Na", "gt": "nu"}}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("loai", "ro", "tuy", "thua", "tong", "loi_dan"), JSON))
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_posted_is_checked_or_refused_and_never_breaks(raw):
    found = check_section(SCHEMA, "a", raw, GOOD, CONTEXT)
    again = fill(SCHEMA, {"a": found.values}, CONTEXT)
    assert again.answers["a"] == check_section(SCHEMA, "a", found.values, {}, CONTEXT).values
    json.dumps(found.values)


@pytest.mark.parametrize("type_", list(FieldType))
@given(value=JSON)
@settings(max_examples=30, deadline=None)
def test_no_type_breaks_on_what_is_posted(type_, value):
    more = OPTIONS if type_ in ("choice", "choices") else {}
    if type_ == "group":
        more = {"fields": [{"key": "x", "type": "text", "label": "X"}]}
    found = check_section(one(type_, **more), "s", {"a": value}, {}, CONTEXT)
    summary(one(type_, **more), {"s": found.values}, CONTEXT)


def test_a_form_that_was_never_checked_is_stopped_when_it_computes_too_long():
    row = {"key": "x", "type": "number", "label": "X"}
    sums = [
        {"key": f"t{n}", "type": "number", "label": "T", "value": "+".join(["TONG(g, x + x + x + x)"] * 10)}
        for n in range(120)
    ]
    fields = [{"key": "g", "type": "group", "label": "G", "max_rows": 50, "fields": [row]}, *sums]
    data = {"title": "T", "sections": [{"key": "s", "title": "S", "fields": fields}]}
    with pytest.raises(RuleViolation, match="quá nhiều phép tính"):
        schema_of(data)
    schema = read_schema(data, [])
    with pytest.raises(RuleViolation, match="quá nhiều phép tính"):
        fill(schema, {"s": {"g": [{"x": 1}] * 50}}, CONTEXT)


def test_a_form_whose_expressions_have_no_end_is_refused_in_words(monkeypatch):
    monkeypatch.setattr("motcua.eforms.rules.answers.STEPS", 0)
    asked = one("text", show_if="1 + 1 = 2")
    with pytest.raises(RuleViolation, match="quá nhiều phép tính"):
        check_section(asked, "s", {"a": "x"}, {}, CONTEXT)
