"""Made-up content for the page that shows every component."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.core.forms import DateField


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Họ và tên", help_text="Ghi như trên giấy tờ tùy thân.")
    birth = DateField(label="Ngày sinh", help_text="Ví dụ 05/01/1990.")
    procedure = forms.ChoiceField(label="Thủ tục", choices=[("", "Chọn thủ tục"), ("1", "Đăng ký khai sinh")])
    channel = forms.ChoiceField(
        label="Cách nộp",
        choices=[("1", "Trực tiếp"), ("2", "Trực tuyến"), ("3", "Bưu chính")],
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ đã nhận",
        choices=[("1", "Tờ khai"), ("2", "Giấy chứng sinh")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    sure = forms.BooleanField(label="Tôi đã đối chiếu với bản chính")


DERIVATION = """Thời hạn: 5 ngày làm việc (Điều 15 Luật Hộ tịch).
Tiếp nhận lúc 09:10 thứ hai 16/11/2026, trong giờ làm việc; ngày tiếp nhận không tính.
17, 18, 19, 20/11: bốn ngày làm việc. 21 và 22/11: thứ bảy, chủ nhật, không tính.
Ngày thứ 5: thứ hai 23/11/2026. Hạn trả kết quả: 17:30 ngày 23/11/2026."""


def styleguide_context(data: QueryDict | None, at: datetime) -> dict[str, Any]:
    """Everything that the page shows, relative to a moment."""
    form = SampleForm(data)
    form.is_valid()
    return {"form": form, "at": at, "derivation": DERIVATION, **_dues(at), **_lists(at)}


def _dues(at: datetime) -> dict[str, Any]:
    days = {"far": 12, "soon": 2, "today": 0, "late": -4}
    return {f"due_{name}": at + timedelta(days=number) for name, number in days.items()}


def _lists(at: datetime) -> dict[str, Any]:
    return {
        "tabs": [
            {"label": "Chờ tôi xử lý", "href": "?", "count": "37", "active": True},
            {"label": "Quá hạn", "href": "?muc=qua-han", "count": "2", "tone": "late"},
            {"label": "Sắp đến hạn", "href": "?muc=sap-den-han", "count": "5", "tone": "soon"},
            {"label": "Tất cả", "href": "?muc=tat-ca", "count": "500+"},
        ],
        "steps": [
            {"title": "Tiếp nhận hồ sơ", "at": at - timedelta(days=3), "who": "Bộ phận Một cửa xã Mẫu"},
            {"title": "Thẩm tra, xác minh", "at": at, "who": "Công chức Tư pháp - hộ tịch", "state": "now"},
            {"title": "Ký duyệt", "state": "next"},
            {"title": "Trả kết quả", "state": "next"},
        ],
        "rows": [
            {"label": "Mã hồ sơ", "value": "H99.12-261116-0001"},
            {"label": "Người nộp", "value": "Nguyễn Văn Mẫu", "href": "#", "action": "Sửa"},
            {"label": "Giấy tờ", "lines": ["Tờ khai: 1 bản chính", "Giấy chứng sinh: 1 bản chính"]},
        ],
        "bars": [
            ("Hộ tịch", 120, "on-time"),
            ("Đất đai, đo đạc và bản đồ địa chính", 45, "soon"),
            ("Chứng thực", 9, "late"),
        ],
        "line": [(f"T{month}", month * month % 17 + 3) for month in range(1, 13)],
    }
