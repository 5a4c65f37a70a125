"""Shapes of input about the log."""

from django import forms

from motcua.core.forms import DateField


class SearchForm(forms.Form):
    """What to look for in the log."""

    chain = forms.CharField(
        label="Mã hồ sơ, mã cơ quan hoặc tên đăng nhập",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "H40.12-261123-0007"}),
    )
    person = forms.CharField(
        label="Người làm",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "họ tên, tên đăng nhập"}),
    )
    kind = forms.CharField(
        label="Hành động",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "tiếp nhận"}),
    )
    first_day = DateField(label="Từ ngày", required=False)
    last_day = DateField(label="Đến ngày", required=False)


class CheckForm(forms.Form):
    """How many of the newest seals to check."""

    last = forms.IntegerField(label="Số niêm phong mới nhất", min_value=1, max_value=1000, initial=10)
