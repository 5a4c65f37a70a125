"""What a citizen types in to find a dossier or check a paper."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    """The code on the receipt slip and the last four digits of the phone or identity number given with it."""

    code = forms.CharField(
        label=_("Mã hồ sơ"), max_length=60, help_text=_("In trên giấy tiếp nhận, ví dụ H99.12-261122-0001")
    )
    last4 = forms.CharField(
        label=_("4 số cuối điện thoại hoặc số định danh"),
        max_length=4,
        min_length=4,
        help_text=_("Của chủ hồ sơ hoặc người nộp hồ sơ"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Spaces and case make no difference to a code."""
        return "".join(self.cleaned_data["code"].split()).upper()

    def clean_last4(self) -> str:
        """Four digits, nothing else."""
        digits: str = self.cleaned_data["last4"].strip()
        if not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Nhập đúng 4 chữ số."))
        return digits


class VerifyForm(forms.Form):
    """The code under the QR of a printed paper."""

    token = forms.CharField(label=_("Mã xác minh"), max_length=200, help_text=_("In dưới mã QR của giấy tờ"))

    def clean_token(self) -> str:
        """Spaces make no difference, and who pastes the whole address behind the QR means its last part."""
        token = "".join(self.cleaned_data["token"].split()).rstrip("/").rpartition("/")[2]
        if not token:
            raise forms.ValidationError(self.fields["token"].error_messages["required"])
        return token
