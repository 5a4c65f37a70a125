"""At the office's kiosk."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KioskForm(forms.Form):
    """At the office's kiosk: what the scanner read, or a code typed with the last four digits."""

    code = forms.CharField(
        label=_("Quét mã trên giấy tiếp nhận, hoặc nhập mã hồ sơ"),
        max_length=300,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
    )
    last4 = forms.CharField(
        label=_("4 số cuối điện thoại hoặc số định danh"),
        max_length=4,
        required=False,
        help_text=_("Chỉ cần khi nhập mã bằng tay"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Spaces make no difference."""
        return "".join(self.cleaned_data["code"].split())
