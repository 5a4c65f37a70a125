"""The shape of a demand to pay."""

from typing import Any

from django import forms

from motcua.dossiers.forms.acts import TEXT, _without_dots
from motcua.payments.models import Charge


class DemandForm(forms.Form):
    """A further phí or lệ phí."""

    kind = forms.ChoiceField(
        label="Loại khoản thu",
        choices=[c for c in Charge.Kind.choices if c[0] != Charge.Kind.OBLIGATION],
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(label="Nội dung thu", max_length=200, widget=TEXT)
    amount_dong = forms.IntegerField(
        label="Số tiền (đồng)", min_value=1, max_value=10**13, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )  # fmt: skip
    legal_basis = forms.CharField(
        label="Căn cứ thu", max_length=300, widget=TEXT, help_text="Ví dụ: Nghị quyết 10/2021/NQ-HĐND."
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_without_dots(data, "amount_dong"), *args, **kwargs)
