"""Forms about citizens' accounts."""

from typing import Any

from django import forms

from motcua.accounts.models import IdentityProvider
from motcua.accounts.rules.national import CLAIMS
from motcua.agencies.forms.fields import end_field, start_field
from motcua.core.countries import country_choices
from motcua.core.forms import DateField, DocumentField


class IdentityProviderForm(forms.Form):
    """What is agreed with a source of national sign-on."""

    code = forms.SlugField(label="Mã", max_length=30, help_text="Chữ không dấu, nằm trong địa chỉ quay về.")
    name = forms.CharField(label="Chữ trên nút", max_length=100)
    issuer = forms.CharField(label="Địa chỉ máy chủ định danh (issuer)", max_length=300)
    client_id = forms.CharField(label="Mã ứng dụng (client_id)", max_length=200)
    secret_env = forms.RegexField(
        r"^MOTCUA_OIDC_[A-Z0-9_]{1,40}$",
        label="Biến môi trường giữ khóa",
        max_length=60,
        help_text="Ví dụ MOTCUA_OIDC_VNEID. Khóa không lưu trong cơ sở dữ liệu.",
    )
    scope = forms.CharField(label="Phạm vi xin (scope)", max_length=200, initial="openid profile")
    claims = forms.JSONField(
        label="Ánh xạ thông tin",
        required=False,
        initial=dict,
        help_text=f"Mục của ta ứng với tên claim. Các mục: {', '.join(CLAIMS)}.",
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
    )
    levels = forms.JSONField(
        label="Ánh xạ mức độ bảo đảm",
        required=False,
        initial=dict,
        help_text="Giá trị của nguồn ứng với low, substantial, high. Giá trị lạ là low: không xác minh được số định danh.",
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
    )
    valid_from = start_field("Dùng từ ngày")
    valid_to = end_field("Đến hết ngày", required=False)
    source = forms.CharField(label="Căn cứ", max_length=200, required=False)

    def clean_claims(self) -> Any:
        """An object, empty when nothing is said."""
        return _mapping(self.cleaned_data["claims"])

    def clean_levels(self) -> Any:
        """An object, empty when nothing is said."""
        return _mapping(self.cleaned_data["levels"])


def _mapping(value: Any) -> Any:
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise forms.ValidationError('Nhập dạng {"mục": "tên"}.')
    return value


def initial_of(row: IdentityProvider) -> dict[str, Any]:
    """A row as the form shows it."""
    return {name: getattr(row, name) for name in IdentityProviderForm.base_fields}


class TaxCodeForm(forms.Form):
    """Which organisation."""

    q = forms.CharField(label="Mã số thuế", max_length=20, required=False)


class DocumentForm(forms.Form):
    """Whose account, and what the document says that they showed."""

    contact = forms.CharField(
        label="Số điện thoại hoặc thư điện tử của tài khoản",
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    country = DocumentField(
        label="Giấy tờ",
        help_text="Hộ chiếu: chọn nước cấp.",
        choices=[("", "Căn cước, số định danh của Việt Nam"), ("Hộ chiếu của", country_choices())],
    )
    number = forms.CharField(
        label="Số giấy tờ", max_length=20, widget=forms.TextInput({"autocomplete": "off"})
    )
    full_name = forms.CharField(
        label="Họ và tên trên giấy tờ", max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )
    birth_date = DateField(label="Ngày sinh trên giấy tờ", required=False)
    seen = forms.BooleanField(
        label="Đã xem bản chính còn hạn; ảnh đúng là người đang có mặt",
        error_messages={"required": "Chỉ xác minh khi đã xem bản chính và người đó có mặt."},
    )
