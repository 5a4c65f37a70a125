"""Forms of a draft: its header, and its parts row by row."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any, cast

from django import forms

from motcua.agencies.models import Level
from motcua.core.forms import DateField
from motcua.procedures.forms.catalogue import UNITS
from motcua.procedures.models import Channel, ChannelRule, ProcedureVersion
from motcua.procedures.queries.facts import limits_of
from motcua.procedures.rules.facts import LimitRow
from motcua.procedures.rules.levels import LEVEL_NAMES

AREA = forms.Textarea(attrs={"rows": 3})


def _area(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class HeaderForm(forms.Form):
    """What the legal sheet says of a procedure, its lists apart."""

    name = forms.CharField(label="Tên thủ tục", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    field = forms.CharField(label="Lĩnh vực", max_length=200)
    levels = forms.ModelMultipleChoiceField(
        Level.objects.all(), label="Cấp thực hiện", required=False, widget=forms.CheckboxSelectMultiple
    )
    category = forms.CharField(label="Loại thủ tục", max_length=120, required=False)
    audiences = _area("Đối tượng thực hiện", 3, help_text="Mỗi dòng một đối tượng.")
    agency_text = _area("Cơ quan thực hiện", 2)
    competent_authority = _area("Cơ quan có thẩm quyền", 2)
    delegated_authority = _area("Cơ quan được ủy quyền", 2)
    coordinating_agencies = _area("Cơ quan phối hợp", 2)
    reception_address = _area("Địa chỉ tiếp nhận", 2)
    steps_text = _area("Trình tự thực hiện", 6)
    conditions = _area("Yêu cầu, điều kiện", 3)
    copies_of_dossier = forms.IntegerField(label="Số bộ hồ sơ", min_value=1, max_value=20)
    online_level = forms.ChoiceField(label="Mức độ trực tuyến", choices=ProcedureVersion.OnlineLevel.choices)
    partial_reason = _area(
        "Lý do chỉ một phần", 2, help_text="Bắt buộc từ 1-7-2026 (Nghị định 224/2026/NĐ-CP)."
    )
    has_financial_obligation = forms.BooleanField(
        label="Có nghĩa vụ tài chính (tạm dừng tính thời hạn)", required=False
    )
    supplement_grace_days = forms.IntegerField(
        label="Số ngày chờ người nộp bổ sung", min_value=1, max_value=365, required=False
    )
    related = _area("Thủ tục liên quan", 2, help_text="Mỗi dòng một mã thủ tục.")
    keywords = forms.CharField(label="Từ khóa để tìm", max_length=300, required=False)
    source = forms.CharField(
        label="Nguồn, ghi chú",
        max_length=300,
        required=False,
        help_text="Dấu [likely] hoặc [check] hiện trên trang là: chưa đối chiếu với văn bản gốc.",
    )

    @classmethod
    def of(cls, version: ProcedureVersion, data: Any = None) -> "HeaderForm":
        """The form filled with a draft."""
        initial = {
            name: getattr(version, name)
            for name in cls.base_fields
            if name not in ("levels", "audiences", "field", "related")
        }
        initial |= {
            "levels": list(version.levels.all()),
            "audiences": "\n".join(version.audiences),
            "field": version.field.name,
            "related": "\n".join(version.related.order_by("code").values_list("code", flat=True)),
        }
        return cls(data, initial=initial)

    def clean_audiences(self) -> list[str]:
        """One audience a line."""
        return _lines(self.cleaned_data["audiences"])

    def clean_related(self) -> list[str]:
        """One code a line."""
        return _lines(self.cleaned_data["related"])

    def header(self) -> dict[str, Any]:
        """The header as `edit_draft` wants it."""
        apart = ("levels", "field", "related")
        data = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        names = (LEVEL_NAMES.get(level.code, level.name) for level in self.cleaned_data["levels"])
        return data | {"levels_text": ", ".join(names)}


class ChannelForm(forms.Form):
    """One limit: through a channel, in general or for one case, with its fee."""

    # An empty first choice, so that a row left alone counts as empty.
    channel = forms.ChoiceField(label="Cách thức", choices=[("", "Chọn cách thức"), *Channel.choices])
    case = forms.CharField(label="Riêng cho trường hợp", max_length=600, required=False)
    amount = forms.DecimalField(
        label="Thời hạn", min_value=0, max_value=10_000, decimal_places=2, required=False, localize=True
    )
    unit = forms.ChoiceField(label="Đơn vị", choices=UNITS, required=False)
    fee_dong = forms.IntegerField(label="Phí, lệ phí (đồng)", min_value=0, required=False)
    description = forms.CharField(
        label="Mô tả", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    unit_text = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """One paper of the dossier; `pk` is the paper that it was, so that the files attached to it stay."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    case = forms.CharField(label="Trường hợp", max_length=600, required=False)
    name = forms.CharField(label="Tên giấy tờ", widget=forms.Textarea(attrs={"rows": 2}))
    originals = forms.IntegerField(label="Bản chính", min_value=0, max_value=99, initial=1)
    copies = forms.IntegerField(label="Bản sao", min_value=0, max_value=99, initial=0)
    required = forms.BooleanField(label="Bắt buộc", required=False, initial=True)
    presented_only = forms.BooleanField(label="Chỉ xuất trình", required=False)
    note_only = forms.BooleanField(label="Cả dòng chỉ là ghi chú", required=False)
    available_in_database = forms.CharField(label="Có trong cơ sở dữ liệu", max_length=120, required=False)
    form_name = forms.CharField(label="Mẫu đơn", max_length=200, required=False)
    note = forms.CharField(
        label="Ghi chú kèm giấy tờ",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Người dân và cán bộ tiếp nhận đọc dưới tên giấy tờ.",
    )


class ResultForm(forms.Form):
    """One result."""

    name = forms.CharField(label="Tên kết quả", max_length=600)
    code = forms.CharField(label="Mã kết quả", max_length=40, required=False)


class BasisForm(forms.Form):
    """One document."""

    number = forms.CharField(label="Số, ký hiệu", max_length=120)
    title = forms.CharField(label="Trích yếu", required=False)
    issued_on = DateField(label="Ngày ban hành", required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=200, required=False)


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # not generic when it runs
    """Rows of a part: in the order given, deleted and empty ones left out; a row that was there and is left alone stays."""

    def clean(self) -> None:
        """Raise when a new row is a second limit of its channel without a case: which holds could not be told."""
        general = {form.cleaned_data.get("channel") for form in self.forms if form.initial}
        for form in self.extra_forms:
            channel, case = (form.cleaned_data.get(name) for name in ("channel", "case"))
            if channel and channel in general and not case:
                raise forms.ValidationError(
                    "Một cách thức chỉ có một thời hạn chung. Nêu trường hợp của dòng thêm vào."
                )
            general.add(channel)

    def add_error(self, field: None, error: str) -> None:
        """What a rule says against the rows together."""
        self.non_form_errors().append(error)

    @property
    def fields(self) -> dict[str, forms.Field]:
        """None: an error of a rule never belongs to one field of all rows."""
        return {}

    def rows(self) -> list[dict[str, Any]]:
        """The rows as `edit_draft` wants them, by their order numbers."""
        filled = [form for form in self.forms if form.cleaned_data and (form.initial or form.has_changed())]
        kept = [form for form in filled if not form.cleaned_data.get("DELETE")]
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or 10_000)
        return [{k: v for k, v in form.cleaned_data.items() if k not in ("DELETE", "ORDER")} for form in kept]


PARTS = {
    "cach-thuc": ("channels", "Cách thức, thời hạn, phí", ChannelForm),
    "giay-to": ("papers", "Thành phần hồ sơ", PaperForm),
    "ket-qua": ("results", "Kết quả thực hiện", ResultForm),
    "can-cu": ("legal_bases", "Căn cứ pháp lý", BasisForm),
}


HINTS = {
    "cach-thuc": "Mỗi dòng một thời hạn. Để trống trường hợp là thời hạn chung của cách thức; thêm dòng cùng cách thức cho từng "
    "trường hợp có thời hạn khác. Dòng trống không được lưu.",
    "giay-to": "Giấy tờ không nêu trường hợp thì trường hợp nào cũng nộp. Tệp mẫu tải lên ở trang dự thảo. Dòng trống không được lưu.",
}


def rows_of(part: str, version: ProcedureVersion, data: Any = None) -> Rows:
    """The rows of one part of a draft, with three empty ones at the end."""
    name, _, form = PARTS[part]
    made = forms.formset_factory(
        form,
        formset=Rows,
        extra=3,
        can_delete=True,
        can_order=part == "giay-to",
        max_num=500,
        absolute_max=500,
    )
    return cast(
        Rows, made(data, initial=list(_initial(name, version, list(form.base_fields))), prefix="dong")
    )


def _tidy(limit: LimitRow) -> LimitRow:
    """The limit with its amount as people write it: 5, not 5,00."""
    return replace(limit, amount=None if limit.amount is None else Decimal(f"{limit.amount.normalize():f}"))


def _initial(name: str, version: ProcedureVersion, fields: list[str]) -> Iterator[dict[str, Any]]:
    """What a draft holds of a part, row by row: a channel gives a row for each of its limits."""
    for row in getattr(version, name).all():
        if isinstance(row, ChannelRule):
            yield from ({"channel": row.channel, **asdict(_tidy(limit))} for limit in limits_of(row))
        else:
            yield {key: getattr(row, key) for key in fields}
