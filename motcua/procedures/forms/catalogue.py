"""Forms of the list: filters, a new procedure, a file to import."""

from typing import Any

from django import forms

from motcua.core.forms import DateField
from motcua.procedures.models import ChannelRule, Field, Procedure
from motcua.procedures.rules.levels import LEVEL_NAMES
from motcua.workdays.rules.limits import VIETNAMESE, Unit

STATUSES = [
    ("in_force", "Đang có hiệu lực"),
    ("draft", "Dự thảo"),
    ("coming", "Sắp có hiệu lực"),
    ("ended", "Hết hiệu lực"),
]
LEVELS = [("", "Mọi cấp"), *LEVEL_NAMES.items()]
UNITS = [("", "Chưa xác định"), *((unit.value, VIETNAMESE[unit]) for unit in Unit)]


class ListFilter(forms.Form):
    """What the list shows."""

    q = forms.CharField(
        label="Tìm", required=False, widget=forms.TextInput(attrs={"type": "search", "data-search": ""})
    )
    field = forms.ModelChoiceField(
        Field.objects.all(), label="Lĩnh vực", required=False, empty_label="Mọi lĩnh vực"
    )
    level = forms.ChoiceField(label="Cấp", choices=LEVELS, required=False)
    status = forms.ChoiceField(label="Hiệu lực", choices=STATUSES, required=False)

    def values(self) -> dict[str, Any]:
        """The filters, as `catalogue_list` wants them; what is not understood counts as not given."""
        data = self.cleaned_data if self.is_valid() else {}
        field = data.get("field")
        return {
            "text": data.get("q", ""),
            "field_id": field.pk if field else None,
            "level": data.get("level", ""),
            "status": data.get("status") or "in_force",
        }


class NewForm(forms.Form):
    """A new procedure."""

    code = forms.CharField(
        label="Mã thủ tục", max_length=40, help_text="Dạng 1.001193, theo quyết định công bố."
    )
    name = forms.CharField(label="Tên thủ tục", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    field = forms.CharField(label="Lĩnh vực", max_length=200, help_text="Lĩnh vực chưa có sẽ được tạo.")
    kind = forms.ChoiceField(label="Loại", choices=Procedure.Kind.choices)


class UploadForm(forms.Form):
    """A file of the catalogue."""

    file = forms.FileField(
        label="Tệp CSV hoặc JSON",
        help_text="Danh mục của cổng quốc gia, hoặc tệp quy trình nội bộ. Mã hóa UTF-8.",
    )
    effective_on = DateField(
        label="Phiên bản mới có hiệu lực từ", required=False, help_text="Để trống: từ hôm nay."
    )
    dry_run = forms.BooleanField(label="Chỉ kiểm tra, chưa ghi", required=False, initial=True)
    skip_bad = forms.BooleanField(label="Bỏ qua dòng lỗi, nhập các dòng còn lại", required=False)


class UnitsForm(forms.Form):
    """What the amounts of a version count."""

    document = forms.CharField(
        label="Văn bản làm căn cứ", max_length=300, help_text="Ví dụ: Luật Hộ tịch 2014, Điều 5."
    )

    def __init__(self, *args: Any, rules: list[ChannelRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in rules:
            amount = "" if rule.amount is None else f"{rule.amount.normalize():f}"
            label = f"{rule.get_channel_display()}: {amount} {rule.unit_text}".strip()
            self.fields[f"unit_{rule.channel}"] = forms.ChoiceField(
                label=label, choices=UNITS, required=False, initial=rule.unit
            )

    def units(self) -> dict[str, str]:
        """The units chosen, by channel."""
        chosen = {
            name: value for name, value in self.cleaned_data.items() if name.startswith("unit_") and value
        }
        return {name.removeprefix("unit_"): value for name, value in chosen.items()}
