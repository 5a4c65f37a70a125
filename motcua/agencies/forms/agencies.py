"""Forms on agencies, one-stop offices and seats."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from motcua.agencies.forms.fields import AgencyField, document_field, end_field, limit, start_field
from motcua.agencies.models import Agency, Level, OneStopOffice


class DetailsForm(forms.Form):
    """What is written of an agency."""

    name = forms.CharField(label="Tên cơ quan", max_length=200)
    short_name = forms.CharField(label="Tên viết tắt", max_length=60, required=False)
    kind = forms.ChoiceField(label="Loại cơ quan", choices=Agency.Kind.choices)
    level = forms.ModelChoiceField(
        Level.objects.all(), label="Cấp", required=False, empty_label="Không thuộc cấp nào"
    )
    sector = forms.ChoiceField(label="Ngành dọc", choices=Agency.Sector.choices, required=False)
    code = forms.CharField(
        label="Mã định danh",
        max_length=35,
        required=False,
        help_text="Dạng H40.12; dạng cũ 000.00.12.H40 được tự chuyển.",
    )
    place_name = forms.CharField(
        label="Địa danh", max_length=80, required=False, help_text="Ghi trước ngày, tháng trên văn bản."
    )
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)
    website = forms.CharField(label="Trang thông tin", max_length=120, required=False)


class CreateForm(DetailsForm):
    """A new agency."""

    valid_from = start_field("Hoạt động từ ngày")
    document = document_field(required=False)


class MoveForm(forms.Form):
    """A new place in the tree."""

    parent = AgencyField(label="Trực thuộc")
    from_day = start_field()
    document = document_field()

    def __init__(self, *args: Any, parents: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "parent", parents)


class EndForm(forms.Form):
    """The end of an agency, and its successor."""

    last_day = end_field("Ngày hoạt động cuối cùng")
    successor = AgencyField(label="Cơ quan kế thừa", required=False, empty_label="Không có")
    document = document_field()
    carry_posts = forms.BooleanField(
        label="Chuyển các vị trí và người đang giữ sang cơ quan kế thừa", required=False, initial=True
    )
    with_children = forms.BooleanField(label="Kết thúc cả các đơn vị trực thuộc", required=False)

    def __init__(self, *args: Any, successors: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "successor", successors)


class OfficeDetailsForm(forms.Form):
    """What is written of a one-stop office."""

    name = forms.CharField(label="Tên bộ phận", max_length=200)
    kind = forms.ChoiceField(label="Loại", choices=OneStopOffice.Kind.choices)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)
    coordinates = forms.CharField(
        label="Tọa độ", max_length=40, required=False, help_text="Vĩ độ, kinh độ chép từ bản đồ, ví dụ 15.68010,108.22030"
    )  # fmt: skip


class OfficeForm(OfficeDetailsForm):
    """A new one-stop office."""

    valid_from = start_field("Hoạt động từ ngày")


class SeatForm(forms.Form):
    """An agency comes to the counter."""

    agency = AgencyField(label="Cơ quan")
    desk = forms.CharField(label="Quầy số", max_length=30, required=False)
    valid_from = start_field(help_text="Trước ngày này, thủ tục của cơ quan không được nhận tại đây.")
    document = document_field(required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "agency", agencies)


class LastDayForm(forms.Form):
    """An end, without a decision."""

    last_day = end_field()


class CloseForm(LastDayForm):
    """An end, by a decision."""

    document = document_field()


class TreeFilter(forms.Form):
    """Which tree to show."""

    q = forms.CharField(label="Tìm theo tên hoặc mã", required=False)
    ngay = start_field("Vào ngày", required=False)

    def day(self, today: date) -> date:
        """The day asked for, else today."""
        return (self.is_valid() and self.cleaned_data["ngay"]) or today

    def text(self) -> str:
        """The words to look for."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
