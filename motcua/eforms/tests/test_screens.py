"""The builder's screens: a civil servant makes a form without code, tries it, publishes it and binds it."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.eforms.models import Form, FormBinding, FormVersion
from motcua.eforms.testing import SAMPLE, make_form_version
from motcua.printing.tests.tools import flat_text, needs_poppler

CODE = "to-khai-thu"


def url(name, *args):
    return reverse(f"eforms:{name}", args=args)


def text(answer, status=200):
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


@pytest.fixture
def draft(keeper):
    make_form_version()
    keeper.post(url("draft", CODE))
    return FormVersion.objects.get(number=2)


def test_a_form_is_built_by_screen_alone(keeper):
    answer = keeper.post(url("new"), {"name": "Đơn xin xác nhận"})
    code = Form.objects.get().code
    assert answer.url == url("version", code, 1)
    assert "ít nhất một mục" in text(keeper.get(answer.url))
    assert "Ban hành</button>" not in text(keeper.get(answer.url))
    keeper.post(
        url("header", code), {"title": "Đơn xin xác nhận", "number": "Mẫu 01", "addressed": "UBND xã"}
    )
    keeper.post(url("section_new", code), {"title": "Người xin"})
    keeper.post(
        url("field_new", code, "nguoi_xin", "text"),
        {"label": "Họ và tên", "required": "on", "prefill": "full_name"},
    )
    keeper.post(
        url("field_new", code, "nguoi_xin", "choice"),
        {"label": "Loại", "options": "Mới\ncu | Đã có", "required": "on"},
    )
    keeper.post(url("field_new", code, "nguoi_xin", "group"), {"label": "Con", "max_rows": "3"})
    keeper.post(
        url("field_new", code, "nguoi_xin.con", "date"), {"label": "Ngày sinh", "maximum": "HOMNAY()"}
    )
    answer = keeper.post(
        url("field", code, "nguoi_xin.loai"),
        {"label": "Loại đơn", "options": "Mới\ncu | Đã có", "show_if": 'ho_va_ten = "x"', "key": "loai"},
    )
    assert answer.status_code == 302
    schema = FormVersion.objects.get().schema
    fields = schema["sections"][0]["fields"]
    assert [one["key"] for one in fields] == ["ho_va_ten", "loai", "con"]
    assert fields[1]["options"] == [["moi", "Mới"], ["cu", "Đã có"]]
    assert fields[1]["required"] is False
    assert fields[2]["fields"][0] == {
        "key": "ngay_sinh",
        "type": "date",
        "label": "Ngày sinh",
        "required": False,
        "maximum": "HOMNAY()",
    }
    keeper.post(url("move", code, "nguoi_xin.con", "len"))
    keeper.post(url("remove", code, "nguoi_xin.loai"))
    assert [one["key"] for one in FormVersion.objects.get().schema["sections"][0]["fields"]] == [
        "ho_va_ten",
        "con",
    ]
    assert keeper.post(url("publish", code)).url == url("version", code, 1)
    page = text(keeper.get(url("version", code, 1)))
    assert "Đã ban hành" in page
    assert url("remove", code, "nguoi_xin.con") not in page
    assert keeper.get(url("field", code, "nguoi_xin.con")).status_code == 404


def test_a_bad_expression_is_refused_at_its_field_and_nothing_typed_is_lost(keeper, draft):
    answer = keeper.post(
        url("field_new", CODE, "noi_dung", "number"), {"label": "Đếm", "value": "so_ban * la"}
    )
    page = text(answer, 422)
    assert "không có trường “la”" in page
    assert 'value="so_ban * la"' in page
    page = text(keeper.post(url("section", CODE, "ky"), {"title": "Ký", "show_if": "so_ban"}), 422)
    assert "phải cho ra đúng/sai" in page
    page = text(keeper.post(url("field", CODE, "nguoi_khai.ho_ten"), {"label": "Tên", "key": "so_ban"}), 422)
    assert "đã dùng" in page
    page = text(keeper.post(url("field_new", CODE, "ky", "choice"), {"label": "X", "options": "một"}), 422)
    assert "từ 2 đến" in page
    page = text(
        keeper.post(url("field_new", CODE, "ky", "choice"), {"label": "X", "options": "a | A\na | B"}), 422
    )
    assert "khác nhau" in page


def test_an_expression_is_checked_while_it_is_typed(keeper, draft):
    asked = {"place": "noi_dung", "key": "", "part": "value", "type": "number"}
    assert "dùng được" in text(keeper.get(url("check", CODE), {**asked, "text": "so_ban + 1"}))
    assert "thiếu một giá trị" in text(keeper.get(url("check", CODE), {**asked, "text": "so_ban +"}))
    assert "Không kiểm tra" in text(
        keeper.get(url("check", CODE), {**asked, "part": "__class__", "text": "1"})
    )
    assert "<script" not in text(keeper.get(url("check", CODE), {**asked, "text": '"<script>" + 1'}))
    assert text(keeper.get(url("check", CODE), {**asked, "text": ""})).strip() == ""


def test_names_with_markup_are_only_text(keeper, draft):
    keeper.post(url("field_new", CODE, "ky", "text"), {"label": "<img src=x onerror=alert(1)>"})
    page = text(keeper.get(url("version", CODE, 2)))
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_version_is_filled_in_on_trial_and_nothing_is_kept(keeper, draft):
    before = FormVersion.objects.count()
    address = url("trial", CODE, 2)
    page = text(keeper.get(address))
    assert "Không lưu gì" in page
    assert "quan_he" not in page
    sent = {
        "nguoi_khai.ho_ten": "Nguyễn Thị Na",
        "nguoi_khai.so_dinh_danh": "001199000001",
        "nguoi_khai.uy_quyen": "yes",
    }
    page = text(keeper.post(url("trial_section", CODE, 2, "nguoi_khai"), {**sent, "_look": "1"}))
    assert "nguoi_khai.quan_he" in page
    page = text(keeper.post(url("trial_section", CODE, 2, "nguoi_khai"), sent), 422)
    assert 'href="#id_nguoi_khai-quan_he"' in page
    page = text(
        keeper.post(url("trial_section", CODE, 2, "nguoi_khai"), {**sent, "nguoi_khai.quan_he": "Mẹ"})
    )
    carried = re.search(r'name="_answers" value="([^"]+)"', page)[1]
    page = text(
        keeper.post(url("trial_section", CODE, 2, "noi_dung"), {"_answers": carried, "noi_dung.so_ban": "2"})
    )
    carried = re.search(r'name="_answers" value="([^"]+)"', page)[1]
    signed = {"_answers": carried, "ky.chu_ky.name": "Nguyễn Thị Na", "ky.chu_ky.agree": "1"}
    page = text(keeper.post(url("trial_section", CODE, 2, "ky"), signed))
    assert "Kiểm tra lại" in page
    assert "16.000 đ" in page
    carried = re.search(r'name="_answers" value="([^"]+)"', page)[1]
    page = text(
        keeper.post(url("trial_section", CODE, 2, "nguoi_khai"), {"_answers": carried, "_begin": "1"})
    )
    assert 'value="Nguyễn Thị Na"' in page
    answer = keeper.post(url("trial_pdf", CODE, 2), {"_answers": carried})
    assert answer.content.startswith(b"%PDF")
    assert FormVersion.objects.count() == before
    tampered = text(
        keeper.post(url("trial_section", CODE, 2, "nguoi_khai"), {"_answers": carried + "x", "_begin": "1"})
    )
    assert "Nguyễn Thị Na" not in tampered


@needs_poppler
def test_a_blank_form_prints_with_lines_to_fill(keeper, draft):
    words = flat_text(keeper.get(url("trial_pdf", CODE, 2)).content)
    assert "TỜ KHAI THỬ" in words
    assert "In thử – phiên bản 2" in words


def test_a_form_with_faults_cannot_be_tried(keeper):
    keeper.post(url("new"), {"name": "Nháp"})
    assert "Chưa điền thử được" in text(keeper.get(url("trial", "nhap", 1)))
    assert keeper.get(url("trial_pdf", "nhap", 1)).status_code == 404


def test_a_form_is_bound_to_a_procedure_and_let_go(keeper, world):
    make_form_version()
    page = text(keeper.post(url("bind", CODE, 1), {"procedure": "9.999999"}), 422)
    assert "Không có thủ tục" in page
    assert "không có giấy tờ thứ 9" in text(
        keeper.post(url("bind", CODE, 1), {"procedure": "1.001193", "paper": "9"}), 422
    )
    assert keeper.post(url("bind", CODE, 1), {"procedure": "1.001193", "paper": "1"}).url == url("form", CODE)
    binding = FormBinding.objects.get()
    assert binding.paper == world.version.papers.get()
    assert "1.001193" in text(keeper.get(url("form", CODE)))
    assert keeper.post(url("unbind", CODE, binding.pk)).status_code == 302
    assert FormBinding.objects.get().form_version is None
    assert keeper.post(url("unbind", CODE, binding.pk)).status_code == 404


def test_files_go_out_and_come_in(keeper):
    make_form_version()
    content = keeper.get(url("export", CODE, 1)).content
    assert json.loads(content)["title"] == SAMPLE["title"]
    Form.objects.update(code="khac")
    upload = SimpleUploadedFile("to-khai.json", content)
    assert keeper.post(url("import"), {"file": upload}).url == url("version", CODE, 1)
    bad = SimpleUploadedFile("to-khai.json", b'{"title": "X", "sections": [{"key": "../../x"}]}')
    assert "mã “../../x”" in text(keeper.post(url("import"), {"file": bad}), 422)


def test_drafts_begin_and_go(keeper, draft):
    assert "Phiên bản 2" in text(keeper.get(url("form", CODE)))
    assert CODE in text(keeper.get(url("list")))
    assert keeper.post(url("discard", CODE)).url == url("form", CODE)
    keeper.post(url("new"), {"name": "Nháp"})
    assert keeper.post(url("discard", "nhap")).url == url("list")
    assert keeper.get(url("section", CODE, "ky")).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("list", ()), ("new", ()), ("import", ()), ("form", (CODE,)), ("version", (CODE, 1)), ("export", (CODE, 1)), ("bind", (CODE, 1)),
        ("trial", (CODE, 1)), ("trial_pdf", (CODE, 1)),
    ],
)  # fmt: skip
def test_others_find_no_builder(world, client, name, args):
    make_form_version()
    assert client.get(url(name, *args)).status_code == 302
    for who in (world.clerk, world.local):
        client.force_login(who)
        assert client.get(url(name, *args)).status_code == 404


@pytest.mark.parametrize("path", ["la", "ky.la", "noi_dung.so_ban.la"])
def test_parts_that_are_not_there_are_not_found(keeper, draft, path):
    for name in ("remove", "field"):
        assert (
            getattr(keeper, "post" if name == "remove" else "get")(url(name, CODE, path)).status_code == 404
        )
    assert keeper.get(url("field_new", CODE, path, "text")).status_code == 404
    assert keeper.get(url("section", CODE, "la")).status_code == 404
    assert keeper.get(url("field_new", CODE, "ky", "la")).status_code == 404
    assert keeper.get(url("trial_section", CODE, 2, "la")).status_code == 404


def test_units_are_public(world, client):
    assert client.get(url("units"), {"trong": "48", "bo": "since"}).json()["units"][0] == [
        "20194",
        "Phường Hải Vân",
    ]
    assert client.get(url("units"), {"trong": "49", "bo": "before"}).json()["units"] == [
        ["512", "Huyện Quế Sơn"]
    ]
    assert client.get(url("units"), {"trong": "x' or 1=1"}).json() == {"units": []}
