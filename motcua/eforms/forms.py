"""Forms of the builder: a form's header, its sections, its fields by their type, files, bindings."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms

from motcua.core.errors import RuleViolation
from motcua.core.text import nfc
from motcua.eforms.rules.content import hash_of
from motcua.eforms.rules.english import parts_of
from motcua.eforms.rules.faults import PREFILLS, fault_at
from motcua.eforms.rules.layout import Layout, read_layout
from motcua.eforms.rules.schema import (
    HELP,
    LABEL,
    OPTIONS,
    ROWS,
    STATIC,
    TITLE,
    Field,
    Option,
    Schema,
    Section,
    key_for,
)
from motcua.eforms.rules.types import FieldType
from motcua.procedures.models import ProcedureVersion

BOXES = 900  # boxes on one page of words; what is left comes after these are saved
CONDITION = 'Ví dụ: loai = "moi" và so_nguoi > 1. Để trống: luôn luôn.'


def _line(label: str, most: int, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **more)


def _expression(label: str, part: str, help_text: str) -> forms.CharField:
    attrs = {"class": "code-input", "data-expression": part, "spellcheck": "false", "autocomplete": "off"}
    return _line(label, 500, help_text=help_text, widget=forms.TextInput(attrs=attrs))


class NameForm(forms.Form):
    """The name of a new form."""

    name = _line(
        "Tên tờ khai",
        TITLE,
        required=True,
        help_text="Như tiêu đề của mẫu, ví dụ “Tờ khai đăng ký khai sinh”.",
    )


class HeaderForm(forms.Form):
    """What stands above the sections."""

    title = _line("Tiêu đề", TITLE, required=True)
    number = _line("Số mẫu, văn bản ban hành mẫu", TITLE, help_text="In ở góc trên bên phải.")
    addressed = _line("Kính gửi", TITLE, help_text="Để trống: cơ quan tiếp nhận hồ sơ.")


class LayoutForm(forms.Form):
    """How the form is printed when the law fixes its paper."""

    issued = _line("Dòng dưới số mẫu", 300, help_text="Ví dụ: (Kèm theo Nghị định số 151/2025/NĐ-CP).")
    subtitle = _line("Dòng dưới tiêu đề", 300)
    lines = forms.CharField(
        label="Các dòng của mẫu",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "code-input", "spellcheck": "false"}),
        help_text="Mỗi dòng là một dòng trên giấy. Để trống tất cả: in theo mẫu chung, lần lượt các mục.",
    )
    place = _line("Trước địa danh, ngày tháng", 100, help_text="Ví dụ: Làm tại:")
    sign_note = _line("Dưới chữ “Người khai”", 200, help_text="Để trống: (Ký, ghi rõ họ tên).")
    notes = forms.CharField(
        label="Chú thích",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi dòng một chú thích.",
    )
    silent = _line(
        "Mã không in",
        2000,
        help_text="Cách nhau bằng dấu phẩy. Câu trả lời khác không có trong mẫu được in ở cuối, để không điều gì đã khai bị mất.",
    )
    source = _line(
        "Nguồn, mức chắc chắn", 1000, help_text="Lấy từ văn bản nào, đối chiếu ngày nào. Không in.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, schema: Schema) -> None:
        found = schema.layout or Layout()
        many = {"lines": "\n".join(found.lines), "notes": "\n".join(found.notes)}
        initial = {name: getattr(found, name) for name in self.base_fields}
        super().__init__(data, initial={**initial, **many, "silent": ", ".join(found.silent)})

    def clean(self) -> dict[str, Any]:
        """The layout as data; what is too long is said where it stands."""
        data = super().clean() or {}
        faults: list[str] = []
        said = {
            name: nfc(data.get(name, "")) for name in ("issued", "subtitle", "place", "sign_note", "source")
        }
        lists = {name: nfc_lines(data.get(name, "")) for name in ("lines", "notes")}
        keys = [key.strip() for key in data.get("silent", "").split(",") if key.strip()]
        self.layout = read_layout({**said, **lists, "silent": keys}, faults)
        for fault in faults:
            self.add_error("lines", fault)
        if not lists["lines"]:
            self.layout = None
        return data


def nfc_lines(text: str) -> list[str]:
    """The lines of a text, composed; blank ones at the ends left out."""
    return [
        unicodedata.normalize("NFC", line).rstrip()
        for line in text.strip("\r\n").splitlines()
        if line.strip()
    ]


class SectionForm(forms.Form):
    """One section."""

    title = _line("Tên mục", TITLE, required=True)
    help = _line("Lời dẫn", HELP, widget=forms.Textarea(attrs={"rows": 3}))
    show_if = _expression("Chỉ hiện khi", "show_if", CONDITION)
    key = _line("Mã", 40, help_text="Để trống: tự đặt theo tên. Mã dùng trong biểu thức và khi yêu cầu sửa.")

    def __init__(self, data: Any = None, *, schema: Schema, section: Section | None = None) -> None:
        initial = (
            {name: getattr(section, name) for name in ("title", "help", "show_if", "key")} if section else {}
        )
        super().__init__(data, initial=initial)
        self.schema, self.section = schema, section

    def clean_show_if(self) -> str:
        """The condition; refused where it stands."""
        text = nfc(self.cleaned_data["show_if"])
        key = self.section.key if self.section else ""
        if text and (fault := fault_at(self.schema, "", key, "show_if", text)):
            raise forms.ValidationError(fault)
        return text


ALWAYS = ("label", "help", "required", "show_if", "required_if", "key", "print_label")
OWN: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.TEXT: ("length", "value", "prefill"),
    FieldType.LONG_TEXT: ("length", "value"),
    FieldType.NUMBER: ("decimals", "minimum", "maximum", "message", "value"),
    FieldType.MONEY: ("minimum", "maximum", "message", "value"),
    FieldType.DATE: ("minimum", "maximum", "message", "value", "prefill"),
    FieldType.YES_NO: ("value",),
    FieldType.CHOICE: ("options", "prefill"),
    FieldType.CHOICES: ("options",),
    FieldType.IDENTITY: ("prefill",),
    FieldType.TAX_CODE: ("prefill",),
    FieldType.PHONE: ("prefill",),
    FieldType.EMAIL: ("prefill",),
    FieldType.ADDRESS: ("as_of", "prefill"),
    FieldType.GROUP: ("min_rows", "max_rows"),
    FieldType.FILE: ("paper",),
}
LEFT_OUT: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.STATIC: ("help", "required", "required_if", "print_label"),
    FieldType.DECLARATION: ("print_label",),
}
EXPRESSIONS = ("show_if", "required_if", "value", "minimum", "maximum", "as_of")


class FieldForm(forms.Form):
    """One field of the form, with what its type asks for."""

    label = _line("Câu hỏi, tên trường", LABEL, required=True)
    help = _line("Hướng dẫn", HELP, widget=forms.Textarea(attrs={"rows": 2}))
    options = forms.CharField(
        label="Các lựa chọn",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một lựa chọn. Muốn đặt mã riêng: mã | chữ hiện ra.",
    )
    required = forms.BooleanField(label="Bắt buộc", required=False)
    show_if = _expression("Chỉ hiện khi", "show_if", CONDITION)
    required_if = _expression("Chỉ bắt buộc khi", "required_if", "Điều kiện này thay cho ô “Bắt buộc”.")
    value = _expression("Tính tự động", "value", "Người khai không nhập; ví dụ: TONG(thua_dat, dien_tich).")
    minimum = _expression("Nhỏ nhất", "minimum", "Số hoặc biểu thức, ví dụ 1 hoặc NGAY(1900, 1, 1).")
    maximum = _expression("Lớn nhất", "maximum", "Số hoặc biểu thức, ví dụ HOMNAY().")
    message = _line("Lời nhắc khi quá giới hạn", LABEL)
    decimals = forms.IntegerField(label="Số chữ số thập phân", min_value=0, max_value=4, required=False)
    length = forms.IntegerField(label="Số ký tự nhiều nhất", min_value=1, max_value=5000, required=False)
    min_rows = forms.IntegerField(label="Số dòng ít nhất", min_value=0, max_value=ROWS, required=False)
    max_rows = forms.IntegerField(label="Số dòng nhiều nhất", min_value=1, max_value=ROWS)
    as_of = _expression(
        "Địa danh theo ngày",
        "as_of",
        "Trống: hôm nay. any: người khai chọn. Hoặc mã một trường ngày đứng trước.",
    )
    paper = _line(
        "Là giấy tờ của thủ tục",
        600,
        help_text="Ghi tên giấy tờ nếu nộp ở bước giấy tờ, không đính kèm ở đây.",
    )
    prefill = forms.ChoiceField(
        label="Điền sẵn từ tài khoản", required=False, choices=[("", "Không"), *PREFILLS.items()]
    )
    print_label = _line("Tên in trên mẫu", LABEL, help_text="Khi mẫu giấy ghi khác câu hỏi.")
    key = _line("Mã", 40, help_text="Để trống: tự đặt theo tên. Mã dùng trong biểu thức.")

    def __init__(
        self, data: Any = None, *, schema: Schema, place: str, type_: FieldType, field: Field | None = None
    ) -> None:
        super().__init__(data, initial=_initial(field, type_))
        self.schema, self.place, self.type, self.field = schema, place, type_, field
        wanted = {*ALWAYS, *OWN.get(type_, ())} - set(LEFT_OUT.get(type_, ()))
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        if type_ in (FieldType.STATIC, FieldType.DECLARATION):
            self.fields["label"] = forms.CharField(
                label="Nội dung", max_length=STATIC, widget=forms.Textarea(attrs={"rows": 4})
            )

    def clean(self) -> dict[str, Any]:
        """Every expression is read where it would stand."""
        data = super().clean() or {}
        for part in EXPRESSIONS:
            text = nfc(data.get(part) or "")
            data[part] = text
            if text and (part, text) != ("as_of", "any"):
                key = self.field.key if self.field else ""
                if fault := fault_at(self.schema, self.place, key, part, text, self.type):
                    self.add_error(part, fault)
        return data

    def clean_options(self) -> tuple[Option, ...]:
        """The choices, codes made where none was given."""
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if not 2 <= len(lines) <= OPTIONS:
            raise forms.ValidationError(f"Ghi từ 2 đến {OPTIONS} lựa chọn, mỗi dòng một lựa chọn.")
        found: list[Option] = []
        for line in lines:
            code, bar, label = (part.strip() for part in line.partition("|"))
            taken = frozenset(option.value for option in found)
            found.append(Option(code, label) if bar else Option(key_for(code, taken), code))
        if len({option.value for option in found}) < len(found) or not all(
            o.value and o.label for o in found
        ):
            raise forms.ValidationError("Mã các lựa chọn phải khác nhau và không trống.")
        return tuple(found)

    def values(self) -> dict[str, Any]:
        """What `rules.editing.put_field` wants; what the type does not use is as in a new field."""
        names = [name for name in self.fields if self.cleaned_data.get(name) is not None]
        return {"type": self.type, **{name: self.cleaned_data[name] for name in names}}


def _initial(field: Field | None, type_: FieldType) -> dict[str, Any]:
    """What the field says; a new one must be answered, and a group has at most ten rows."""
    if field is None:
        return {"required": type_ is not FieldType.FILE, "max_rows": 10}
    names = [name for name in FieldForm.base_fields if name != "options"]
    found = {name: getattr(field, name) for name in names}
    return found | {
        "options": "\n".join(f"{one.value} | {one.label}" for one in field.options),
        "length": field.length or None,
    }


class WordsForm(forms.Form):
    """The English words of some texts of a form, one box for each text."""

    def __init__(self, data: Any = None, *, schema: Schema, only_missing: bool = False) -> None:
        super().__init__(data)
        known = dict(schema.english)
        wanted = [(part, text) for part in parts_of(schema) for text in part.texts]
        rows = [(part, text) for part, text in wanted if not (only_missing and text in known)]
        self.texts = {f"w-{hash_of(text)[:16]}": text for _, text in rows[:BOXES]}
        self.titles = {f"w-{hash_of(text)[:16]}": part.title for part, text in rows[:BOXES]}
        self.left = len(rows) - len(self.texts)
        for name, text in self.texts.items():
            self.fields[name] = _line(text, STATIC, initial=known.get(text, ""), widget=_words_box(text))

    @property
    def rows(self) -> list[tuple[str, forms.BoundField]]:
        """(title of its part, box), in order."""
        return [(self.titles[name], self[name]) for name in self.texts]

    def words(self) -> dict[str, str]:
        """The words that were typed, by the texts that they are of; blank where there are none."""
        return {text: nfc(self.cleaned_data[name]) for name, text in self.texts.items()}


def _words_box(text: str) -> forms.Widget:
    attrs = {"lang": "en", "autocomplete": "off"}
    return forms.Textarea(attrs={**attrs, "rows": 3}) if len(text) > 80 else forms.TextInput(attrs=attrs)


class FileForm(forms.Form):
    """A form's file."""

    file = forms.FileField(
        label="Tệp JSON", help_text="Tệp xuất ra từ hệ thống này hoặc hệ thống cùng loại, tối đa 500 KB."
    )


class BindForm(forms.Form):
    """Which procedure is filed with a version of a form, and which paper it stands for."""

    procedure = _line("Mã thủ tục", 40, required=True, help_text="Ví dụ 1.001193.")
    paper = _line(
        "Thay cho giấy tờ thứ",
        3,
        help_text="Số thứ tự trong thành phần hồ sơ; để trống nếu không thay giấy nào.",
    )

    def __init__(self, *args: Any, version_of: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.version_of = version_of
        self.version: ProcedureVersion | None = None

    def clean(self) -> dict[str, Any]:
        """The version that the procedure is filed under now, and its paper."""
        data = super().clean() or {}
        self.version = self.version_of(data.get("procedure", "").strip())
        if self.version is None:
            raise forms.ValidationError("Không có thủ tục mã này đang hiệu lực hoặc sắp hiệu lực.")
        data["paper_id"] = None
        if number := data.get("paper", "").strip():
            paper = self.version.papers.filter(position=int(number)).first() if number.isdecimal() else None
            if paper is None:
                raise forms.ValidationError(f"Thủ tục này không có giấy tờ thứ {number}.")
            data["paper_id"] = paper.pk
        return data


def checked_expression(schema: Schema, place: str, key: str, part: str, text: str, type_: str) -> str:
    """What is wrong with an expression being typed; empty when nothing is."""
    if part not in EXPRESSIONS or len(text) > 500 or type_ not in set(FieldType) | {""}:
        return "Không kiểm tra được biểu thức này."
    try:
        return fault_at(schema, place, key, part, nfc(text), FieldType(type_) if type_ else None)
    except RuleViolation as error:
        return error.message
