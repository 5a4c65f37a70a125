"""Shapes of input about files."""

from django import forms


class ReleaseForm(forms.Form):
    """Why a file may be opened although no scanner has passed it."""

    reason = forms.CharField(
        label="Lý do cho mở tệp", max_length=300, help_text="Ghi vào nhật ký cùng tên bạn."
    )
