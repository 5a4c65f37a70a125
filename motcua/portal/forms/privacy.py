"""What a citizen types when asking to correct or delete data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies.models import Agency
from motcua.privacy.rules.requests import FIELDS


class AgencyForm(forms.Form):
    """To whom one asks."""

    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        label=_("Gửi tới cơ quan"), queryset=None
    )

    def __init__(self, *args: Any, agencies: Any, first: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of models has one
        self.fields["agency"].initial = first


class CorrectionForm(AgencyForm):
    """What is wrong, what is right, and what proves it."""

    field = forms.ChoiceField(label=_("Dữ liệu cần sửa"), choices=[("", "–"), *FIELDS.items()])
    present_value = forms.CharField(label=_("Đang ghi là"), max_length=300, required=False)
    right_value = forms.CharField(label=_("Đúng phải là"), max_length=300)
    words = forms.CharField(
        label=_("Nói thêm"), max_length=4000, required=False, widget=forms.Textarea({"rows": "3"}),
        help_text=_("Nếu ở trong hồ sơ, ghi mã hồ sơ."),
    )  # fmt: skip
    proof = forms.FileField(
        label=_("Giấy tờ chứng minh"), required=False, help_text=_("Ảnh hoặc PDF, ví dụ căn cước, trích lục.")
    )
    order = ["field", "present_value", "right_value", "words", "proof", "agency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.order)


class DeletionForm(AgencyForm):
    """That one wants it, and what exactly."""

    words = forms.CharField(
        label=_("Muốn xóa những gì"), max_length=4000, widget=forms.Textarea({"rows": "3"}),
        help_text=_("Ví dụ: chỉ bản nháp và tin; hoặc cả tài khoản."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("Tôi hiểu dữ liệu đã xóa không lấy lại được."))
    order = ["words", "agency", "sure"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.order)
