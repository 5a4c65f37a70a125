"""Shapes of input about the log."""

from django import forms

from motcua.core.forms import DateField


class SearchForm(forms.Form):
    """What to look for in the log."""

    chain = forms.CharField(
        label="Chuỗi hoặc mã hồ sơ",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "dossier/17 hoặc dossier/"}),
    )
    actor_id = forms.IntegerField(label="Mã tài khoản", min_value=1, max_value=2**62, required=False)
    kind = forms.CharField(label="Hành động", max_length=60, required=False)
    first_day = DateField(label="Từ ngày", required=False)
    last_day = DateField(label="Đến ngày", required=False)


class CheckForm(forms.Form):
    """How many of the newest seals to check."""

    last = forms.IntegerField(label="Số niêm phong mới nhất", min_value=1, max_value=1000, initial=10)
