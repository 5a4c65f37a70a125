"""What is typed into the pages of the queue."""

from datetime import date
from typing import Any

from django import forms

from motcua.core.forms import DateField
from motcua.procedures.models import Field
from motcua.tickets.actions import LineData
from motcua.tickets.models import QueueLine


class LineForm(forms.Form):
    """What is written of a line."""

    name = forms.CharField(label="Tên hàng chờ", max_length=80, help_text="Ví dụ: Tư pháp – hộ tịch")
    position = forms.IntegerField(label="Thứ tự trên màn hình", min_value=1, max_value=99, initial=1)
    fields_ = forms.ModelMultipleChoiceField(
        Field.objects.order_by("name"),
        label="Lĩnh vực",
        required=False,
        help_text="Để trống nếu hàng chờ nhận mọi lĩnh vực, hoặc là hàng trả kết quả.",
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def typed(self) -> LineData:
        """As the act takes it. Only of a valid form."""
        data = self.cleaned_data
        return LineData(data["name"], data["position"], [field.pk for field in data["fields_"]])


class NewLineForm(LineForm):
    """A new line."""

    letters = forms.CharField(
        label="Ký hiệu", max_length=2, help_text="Một hoặc hai chữ cái A–Z đứng trước số: A001. Không sửa được về sau."
    )  # fmt: skip
    valid_from = DateField(label="Từ ngày")
    field_order = ["name", "letters", "position", "valid_from", "fields_"]


class EndLineForm(forms.Form):
    """The end of a line."""

    last_day = DateField(label="Ngày cuối cùng")


class DayForm(forms.Form):
    """Which day's figures."""

    ngay = DateField(label="Ngày", required=False)

    def day_or(self, today: date) -> date:
        """The day asked for, else today."""
        found = self.cleaned_data.get("ngay") if self.is_valid() else None
        return found or today


def line_start(line: QueueLine) -> dict[str, Any]:
    """A line as the start of its form."""
    fields = list(line.fields.values_list("pk", flat=True))
    return {"name": line.name, "position": line.position, "fields_": fields}
