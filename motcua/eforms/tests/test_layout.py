"""Forms printed as the law lays them out: lines with places for answers, checked before publication, looked at as pictures."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from motcua.core.errors import RuleViolation
from motcua.eforms import actions, queries
from motcua.eforms.models import FormVersion
from motcua.eforms.rules.editing import put_layout
from motcua.eforms.rules.layout import Layout, read_layout, rows_of
from motcua.eforms.rules.printed import application
from motcua.eforms.rules.reading import read_schema, schema_of
from motcua.eforms.rules.types import Context
from motcua.eforms.starting import text_of
from motcua.eforms.testing import ANSWERS, SAMPLE, make_form_version
from motcua.eforms.tests.answers import BIRTH, LAND
from motcua.eforms.tests.conftest import AT
from motcua.printing.actions import render
from motcua.printing.tests.test_golden import DPI, SHARE, share_of_difference
from motcua.printing.tests.tools import flat_text, needs_poppler, pictures_of

GOLDEN = Path(__file__).parent / "golden"
CODE = "to-khai-thu"
LINES = [
    "^ Kính gửi: {NOI_NHAN}",
    "# 1. Người khai",
    "> a) Tên: {ho_ten}[, là {quan_he}]",
    "Số bản: {so_ban} ({so_ban|chu})  Nhiều {?so_ban > 5} Ít {?so_ban < 5}",
    "Ghi tay: {}",
    "---",
    "Hết",
]
HEADING = {
    "code": "H99.12-261122-0007",
    "place": "Kim Sơn",
    "date": date(2026, 11, 22),
    "office": "UBND xã Kim Sơn",
}


class Units:
    """Every address as it was written."""

    def settle(self, address, day):
        return {**address, "text": address["line"]}


CONTEXT = Context(at=datetime(2026, 11, 22, 13, tzinfo=UTC), units=Units())


def form(lines=LINES, **more):
    return schema_of({**SAMPLE, "layout": {"lines": lines, **more}})


def said(line):
    """A printed line as text: dots as …, boxes as ☑ and ☐."""
    signs = {"blank": "…", "ticked": "☑", "unticked": "☐"}
    return "".join(signs.get(part["kind"], part["text"]) for part in line["parts"])


def test_lines_are_filled_in_from_the_answers():
    template, made = application(form(), ANSWERS, HEADING, CONTEXT)
    assert template == "statutory_application"
    assert [(line["kind"], said(line)) for line in made["lines"]] == [
        ("middle", "Kính gửi: Ủy ban nhân dân xã An Phú"),
        ("heading", "1. Người khai"),
        ("inner", "a) Tên: Nguyễn Thị Na"),
        ("line", "Số bản: 2 (hai)  Nhiều ☐ Ít ☑"),
        ("line", "Ghi tay: …"),
    ]
    assert [said(line) for line in made["after"]] == ["Hết"]
    assert made["addressed"] == ""


def test_a_blank_form_has_dots_and_empty_boxes():
    made = application(form(), {}, {}, CONTEXT)[1]
    assert [said(line) for line in made["lines"]][2:4] == ["a) Tên: …", "Số bản: … (…)  Nhiều ☐ Ít ☐"]
    assert made["extra"] == []


def test_a_box_whose_condition_does_not_fit_stays_empty_while_the_draft_is_looked_at():
    data = {**SAMPLE, "layout": {"lines": ["Nhiều {?ho_ten > 5} Ít {?so_ban < 5}"]}}
    with pytest.raises(RuleViolation):
        schema_of(data)
    made = application(read_schema(data, []), ANSWERS, HEADING, CONTEXT)[1]
    assert [said(line) for line in made["lines"]] == ["Nhiều ☐ Ít ☑"]


@pytest.mark.parametrize(("agreed", "box"), [(True, "x"), (None, "")])
def test_a_declaration_is_printed_as_a_box_that_is_ticked_by_who_declared(agreed, box):
    fields = [{"key": "cam_doan", "type": "declaration", "label": "Tôi cam đoan"}]
    schema = schema_of({"title": "T", "sections": [{"key": "s", "title": "S", "fields": fields}]})
    made = application(schema, {"s": {"cam_doan": agreed}}, HEADING, CONTEXT)[1]
    assert made["sections"][0]["items"] == [{"kind": "ticked", "label": "Tôi cam đoan", "value": box}]


def test_what_no_line_names_is_printed_at_the_end_and_nothing_is_lost():
    made = application(form(silent=["uy_quyen"]), ANSWERS, HEADING, CONTEXT)[1]
    assert [(item["label"], item["value"]) for item in made["extra"]] == [
        ("Số định danh", "001199000001"),
        ("Lệ phí", "16.000 đ"),
    ]


def test_a_form_without_such_a_line_is_addressed_as_ever():
    made = application(form(["Tên: {ho_ten}"]), ANSWERS, HEADING, CONTEXT)[1]
    assert made["addressed"] == "Ủy ban nhân dân xã An Phú"


@pytest.mark.parametrize("heading", [{"office": "UBND xã Kim Sơn"}, {"agency": "UBND xã Kim Sơn"}])
def test_a_form_that_names_no_addressee_is_for_who_receives_it(heading):
    schema = schema_of({**SAMPLE, "addressed": "", "layout": {"lines": LINES}})
    assert said(application(schema, ANSWERS, heading, CONTEXT)[1]["lines"][0]) == "Kính gửi: UBND xã Kim Sơn"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-04-01", "ngày một tháng tư năm hai nghìn không trăm hai mươi sáu"),
        ("1999-10-25", "ngày hai mươi lăm tháng mười năm một nghìn chín trăm chín mươi chín"),
    ],
)
def test_a_date_is_written_in_words(day, words):
    fields = [{"key": "ngay", "type": "date", "label": "Ngày"}]
    data = {
        **SAMPLE,
        "sections": [{"key": "m", "title": "M", "fields": fields}],
        "layout": {"lines": ["{ngay|chu}"]},
    }
    made = application(schema_of(data), {"m": {"ngay": day}}, {}, CONTEXT)[1]
    assert said(made["lines"][0]) == words


def test_lines_are_repeated_for_each_row_of_a_group():
    fields = [{"key": "con", "type": "group", "label": "Con", "fields": [{"key": "ten", "type": "text", "label": "Tên"}, {"key": "so", "type": "number", "label": "Số"}]}]  # fmt: skip
    lines = ["Trước", "@con", "{STT}. {ten|chu}", "> {?so > 1}", "@", "Sau"]
    data = {**SAMPLE, "sections": [{"key": "m", "title": "M", "fields": fields}], "layout": {"lines": lines}}
    rows = {"m": {"con": [{"ten": "An", "so": 1}, {"ten": "Bình", "so": 2}]}}
    made = application(schema_of(data), rows, {}, CONTEXT)[1]
    assert [said(line) for line in made["lines"]] == ["Trước", "1. An", "☐", "2. Bình", "☑", "Sau"]
    assert made["extra"] == []
    blank = application(schema_of(data), {}, {}, CONTEXT)[1]
    assert [said(line) for line in blank["lines"]] == ["Trước", "1. …", "☐", "Sau"]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["{la}"], "Mẫu in, dòng 1: không có trường “la”"),
        (["x", "{?la > 1}"], "Mẫu in, dòng 2: điều kiện của ô đánh dấu"),
        (["{?so_ban}"], "phải cho ra đúng/sai"),
        (["{ho_ten"], "không đi thành cặp"),
        (["[{ho_ten}"], "không đi thành cặp"),
        (["ho_ten}]"], "không đi thành cặp"),
        (["@ho_ten", "x", "@"], "không có nhóm lặp “ho_ten”"),
        (["@la", "x"], "chưa kết thúc"),
        (["x" * 601], "“lines” phải có nhiều nhất 200 dòng"),
        (["x"] * 201, "“lines” phải có nhiều nhất 200 dòng"),
        ("x", "“lines” phải có nhiều nhất 200 dòng"),
    ],
)
def test_a_layout_that_does_not_fit_is_a_fault_at_its_line(lines, fault):
    with pytest.raises(RuleViolation, match=fault):
        form(lines)


@pytest.mark.parametrize(
    ("layout", "fault"),
    [
        ("x", "Mẫu in: phải là một đối tượng"),
        ({"lines": [], "la": 1}, "Mẫu in: không hiểu la"),
        ({"issued": 1}, "“issued” phải là chữ"),
        ({"silent": ["la"]}, "mã không in: không có trường “la”"),
    ],
)
def test_other_shapes_are_faults(layout, fault):
    with pytest.raises(RuleViolation, match=fault):
        schema_of({**SAMPLE, "layout": layout})


def test_a_layout_goes_out_and_comes_in_the_same():
    schema = form(
        issued="(Kèm theo)", notes=["(1) Ghi rõ."], silent=["ho_ten"], source="Thử", place="Làm tại:"
    )
    assert schema_of(schema.as_data()) == schema
    assert "layout" not in schema_of(SAMPLE).as_data()
    assert put_layout(schema, None).as_data() == schema_of(SAMPLE).as_data()
    assert read_layout(None, []) is None
    assert rows_of(Layout(), []) == ([], [])


def test_a_fault_elsewhere_in_a_draft_does_not_keep_its_layout_from_being_saved():
    unfinished = read_schema({**SAMPLE, "sections": [*SAMPLE["sections"], {"key": "m", "title": "M"}]}, [])
    assert put_layout(unfinished, Layout(lines=("{ho_ten}",))).layout is not None
    with pytest.raises(RuleViolation, match="dòng 1"):
        put_layout(unfinished, Layout(lines=("{la}",)))


@needs_poppler
@pytest.mark.parametrize(("name", "answers"), [("khai-sinh", BIRTH), ("dat-dai", LAND)])
def test_the_forms_that_ship_look_as_approved(name, answers):
    """After a wanted change: MOTCUA_GOLDEN=write pytest motcua/eforms/tests/test_layout.py, then look at each new picture."""
    schema = schema_of(json.loads(text_of(name)))
    assert schema.layout.source, "nguồn của mẫu"
    pdf = render(*application(schema, answers, HEADING, CONTEXT))
    for number, picture in enumerate(pictures_of(pdf, DPI), start=1):
        path = GOLDEN / f"{name}-{number}.png"
        if os.environ.get("MOTCUA_GOLDEN") == "write":
            picture.quantize(16).save(path, optimize=True)
        with Image.open(path) as approved:
            assert share_of_difference(picture, approved.convert("L")) <= SHARE, f"{path.name} đã khác"


@needs_poppler
def test_a_birth_is_declared_on_one_leaf_in_the_words_of_the_law():
    schema = schema_of(json.loads(text_of("khai-sinh")))
    pdf = render(*application(schema, BIRTH, HEADING, CONTEXT))
    words = flat_text(pdf)
    assert len(pictures_of(pdf, 20)) == 1
    for one in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kính gửi: (1) UBND xã Kim Sơn", "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:",
        "ghi bằng chữ: ngày mười hai tháng mười năm hai nghìn không trăm hai mươi sáu", "TRẦN NGUYỄN NGỌC KHUÊ",
        "Làm tại: Kim Sơn, ngày 22 tháng 11 năm 2026", "NGƯỜI YÊU CẦU", "Số lượng: 2 bản", "Số điện thoại: 0912 345 678",
    ):  # fmt: skip
        assert one in words
    assert "đối chiếu" not in words  # the note on the source is for who keeps the form


@pytest.fixture
def draft(keeper):
    make_form_version()
    keeper.post(reverse("eforms:draft", args=[CODE]))
    return FormVersion.objects.get(number=2)


@needs_poppler
def test_a_civil_servant_lays_out_the_printed_form(keeper, draft):
    address = reverse("eforms:layout", args=[CODE])
    assert "so_dinh_danh" in keeper.get(address).content.decode()
    sent = {"lines": "# Mục I\r\n> Tên: {ho_ten}\r\n\r\n", "issued": "(Kèm theo TT 1)", "notes": "(1) Ghi rõ.", "silent": "uy_quyen, quan_he", "source": "Thử"}  # fmt: skip
    bad = keeper.post(address, {**sent, "lines": "Tên: {la}"})
    assert bad.status_code == 422
    assert "không có trường “la”" in bad.content.decode()
    assert "Tên: {la}" in bad.content.decode()
    assert keeper.post(address, {**sent, "silent": "la"}).status_code == 422
    assert keeper.post(address, {**sent, "lines": "x" * 601}).status_code == 422
    assert keeper.post(address, sent).url == reverse("eforms:version", args=[CODE, 2])
    draft.refresh_from_db()
    assert draft.schema["layout"]["lines"] == ["# Mục I", "> Tên: {ho_ten}"]
    assert draft.schema["layout"]["silent"] == ["uy_quyen", "quan_he"]
    assert "theo văn bản, 2 dòng" in keeper.get(reverse("eforms:version", args=[CODE, 2])).content.decode()
    assert "> Tên: {ho_ten}" in keeper.get(address).content.decode().replace("&gt;", ">")
    assert "(Kèm theo TT 1)" in flat_text(keeper.get(reverse("eforms:trial_pdf", args=[CODE, 2])).content)
    keeper.post(address, {"lines": ""})
    draft.refresh_from_db()
    assert "layout" not in draft.schema


@needs_poppler
def test_a_dossiers_form_is_printed_by_its_layout(world):
    made = make_form_version(data={**SAMPLE, "layout": {"lines": LINES}})
    words = flat_text(actions.print_application(made, ANSWERS, {**HEADING, "at": AT}))
    assert "a) Tên: Nguyễn Thị Na" in words
    assert queries.schema_for(made).layout.lines == tuple(LINES)


def test_an_empty_line_is_not_printed_and_keeps_its_number():
    before, after = rows_of(Layout(lines=("Một", "  ", "Hai")), [])
    assert ([row.number for row in before], after) == ([1, 3], [])
