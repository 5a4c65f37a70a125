"""A reason for which something must be corrected."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.core.forms import DateField


class ReasonOfCorrectionForm(forms.Form):
    """One reason. The agency is chosen once, when it is made."""

    agency = forms.ModelChoiceField(label="Cơ quan", queryset=Agency.objects.none(), empty_label=None)
    name = forms.CharField(
        label="Lý do", max_length=160, help_text="Ngắn, để chọn trong danh sách.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(
        label="Câu hướng dẫn có sẵn",
        max_length=400,
        required=False,
        help_text="Nói với người nộp phải làm gì, bằng lời dễ hiểu; công chức sửa lại khi dùng.",
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
    )
    valid_from = DateField(label="Dùng từ ngày")
    valid_to = DateField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Agency] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agencies is None:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of choice
