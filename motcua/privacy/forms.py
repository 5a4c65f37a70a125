"""Shape of what officers type in; rules check meaning."""

from typing import Any

from django import forms

from motcua.agencies.models import Agency
from motcua.core.forms import DateField
from motcua.privacy.rules.erasure import PARTS
from motcua.privacy.rules.requests import BY_STAFF, CHANNELS, FIELDS, IDENTITIES, KINDS
from motcua.privacy.rules.retention import UNITS


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": str(rows)})


class NewForm(forms.Form):
    """A request taken down for somebody at the counter, from a letter, by telephone."""

    kind = forms.ChoiceField(label="Yêu cầu", choices=[(k.value, v) for k, v in KINDS.items()])
    channel = forms.ChoiceField(label="Cách gửi", choices=[(k.value, CHANNELS[k]) for k in BY_STAFF])
    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        label="Cơ quan giải quyết", queryset=None
    )
    full_name = forms.CharField(label="Họ và tên người yêu cầu", max_length=120)
    identity_number = forms.CharField(
        label="Số định danh", max_length=20, required=False, help_text="Như trên căn cước đã xem."
    )
    phone = forms.CharField(label="Điện thoại di động", max_length=20, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)
    field = forms.ChoiceField(
        label="Dữ liệu cần sửa",
        choices=[("", "–"), *FIELDS.items()],
        required=False,
        help_text="Khi yêu cầu sửa.",
    )
    present_value = forms.CharField(label="Đang ghi là", max_length=300, required=False)
    right_value = forms.CharField(label="Đúng phải là", max_length=300, required=False)
    words = forms.CharField(label="Nội dung yêu cầu", max_length=4000, required=False, widget=_area())
    proof = forms.FileField(label="Giấy tờ chứng minh", required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of models has one
        self.fields["agency"].initial = agencies.first()


class AcceptForm(forms.Form):
    """How it was made sure who asks."""

    identity = forms.ChoiceField(
        label="Đã xác minh người yêu cầu bằng", choices=[("", "Chọn"), *IDENTITIES.items()]
    )
    account_phone = forms.CharField(
        label="Số điện thoại tài khoản của người này",
        max_length=20,
        required=False,
        help_text="Để gắn yêu cầu ghi tại quầy với tài khoản đã xác minh đúng số định danh trên căn cước.",
    )

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["account_phone"]


class CorrectForm(forms.Form):
    """The value as the papers have it."""

    value = forms.CharField(label="Giá trị đúng theo giấy tờ", max_length=300)
    answer = forms.CharField(label="Trả lời thêm", max_length=2000, required=False, widget=_area(3))


class EraseForm(forms.Form):
    """What to delete."""

    parts = forms.MultipleChoiceField(
        label="Xóa", choices=list(PARTS.items()), widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Chọn tài khoản thì các loại kia cũng bị xóa. Không lấy lại được.",
    )  # fmt: skip
    answer = forms.CharField(label="Trả lời thêm", max_length=2000, required=False, widget=_area(3))


class AnswerForm(forms.Form):
    """The answer that ends the request."""

    answer = forms.CharField(label="Trả lời cho người yêu cầu", max_length=4000, widget=_area())
    partly = forms.BooleanField(label="Chỉ làm được một phần", required=False)
    law = forms.CharField(label="Căn cứ của phần không làm được", max_length=300, required=False)


class ExtendForm(forms.Form):
    """More time."""

    days = forms.IntegerField(label="Gia hạn thêm (ngày làm việc)", min_value=1, max_value=60)
    reason = forms.CharField(
        label="Lý do", max_length=2000, widget=_area(3), help_text="Người yêu cầu đọc được."
    )


class RefuseForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label="Lý do từ chối", max_length=4000, widget=_area(), help_text="Người yêu cầu đọc được."
    )
    law = forms.CharField(label="Căn cứ pháp luật", max_length=300)


class RetentionForm(forms.Form):
    """How long a class is kept from a day on."""

    amount = forms.IntegerField(
        label="Giữ",
        min_value=1,
        max_value=36_500,
        required=False,
        help_text="Để trống: không thời hạn, không xóa.",
    )
    unit = forms.ChoiceField(label="Đơn vị", choices=[(k.value, v) for k, v in UNITS.items()])
    source = forms.CharField(label="Căn cứ", max_length=300)
    certain = forms.BooleanField(label="Đã đối chiếu với văn bản", required=False)
    valid_from = DateField(label="Áp dụng từ ngày")
