"""Shapes of input about messages."""

from django import forms


class TemplateForm(forms.Form):
    """The words of one kind of message on one channel."""

    subject = forms.CharField(
        label="Tiêu đề", max_length=200, required=False, help_text="SMS không có tiêu đề."
    )
    body = forms.CharField(
        label="Nội dung",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Chỗ điền: {code} mã hồ sơ, {link} địa chỉ tra cứu, {due} ngày hẹn, {office} nơi nhận. "
        "Không ghi tên, địa chỉ hay nội dung việc của công dân.",
    )
    is_active = forms.BooleanField(label="Đang dùng", required=False)
