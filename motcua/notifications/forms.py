"""Shapes of input about messages."""

from typing import Any

from django import forms

from motcua.core.forms import DateField
from motcua.notifications import adapters
from motcua.notifications.models import Contact, Language, Message, Template
from motcua.notifications.rules.events import TITLES


class TemplateForm(forms.Form):
    """The words of one kind of message on one channel in one language, from a day."""

    subject = forms.CharField(label="Tiêu đề", max_length=200, required=False)
    body = forms.CharField(
        label="Nội dung",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Không ghi tên, địa chỉ hay nội dung việc của công dân.",
    )
    valid_from = DateField(label="Dùng từ ngày", required=False, help_text="Để trống: từ hôm nay.")
    is_active = forms.BooleanField(label="Đang dùng", required=False)

    def __init__(self, *args: Any, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if template.channel in (Template.Channel.SMS, Template.Channel.ZALO):
            del self.fields["subject"]

    def clean(self) -> dict[str, Any]:
        return {"subject": "", **(super().clean() or {})}


class FilterForm(forms.Form):
    """What to look for in the outbox."""

    kenh = forms.ChoiceField(
        label="Kênh", required=False, choices=[("", "Mọi kênh"), *Template.Channel.choices]
    )
    loai = forms.ChoiceField(label="Loại", required=False, choices=[("", "Mọi loại"), *TITLES.items()])
    ngay = DateField(label="Ngày", required=False)


FilterForm.base_fields["ho-so"] = forms.CharField(label="Mã hồ sơ", required=False, max_length=60)
FilterForm.base_fields["xem"] = forms.ChoiceField(
    required=False, choices=[("", ""), *Message.State.choices], widget=forms.HiddenInput
)


def _adapters() -> list[tuple[str, str]]:
    return [(code, adapter.title) for code, adapter in adapters.known().items()]


class ProviderForm(forms.Form):
    """A partner that carries messages."""

    name = forms.CharField(label="Tên", max_length=100)
    channel = forms.ChoiceField(label="Kênh", choices=[c for c in Template.Channel.choices if c[0] != "app"])
    adapter = forms.ChoiceField(label="Cách nối", choices=_adapters)
    address = forms.CharField(
        label="Địa chỉ",
        max_length=300,
        required=False,
        help_text="https://sms.example.vn/gui; máy chủ thư: smtps://mail.example.vn:465. Chỉ máy chủ này được gọi tới.",
    )
    account = forms.CharField(label="Tài khoản, mã khóa", max_length=100, required=False)
    secret = forms.CharField(
        label="Khóa bí mật",
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Lưu đã mã hóa, không hiện lại. Để trống: giữ khóa đang có.",
    )
    secret_env = forms.CharField(
        label="Hoặc biến môi trường giữ khóa",
        max_length=60,
        required=False,
        help_text="Ví dụ MOTCUA_NOTIFY_SMS; khi có thì dùng thay khóa đã lưu.",
    )
    sender = forms.CharField(label="Tên người gửi (brandname)", max_length=100, required=False)
    priority = forms.IntegerField(
        label="Thứ tự dùng",
        min_value=1,
        max_value=1000,
        help_text="Số nhỏ dùng trước; số sau thay khi số trước lỗi.",
    )
    daily_cap = forms.IntegerField(
        label="Số tin nhiều nhất mỗi ngày", min_value=0, max_value=10_000_000, required=False
    )
    quiet_from = forms.TimeField(
        label="Không gửi từ giờ",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "21:00"}),
    )
    quiet_to = forms.TimeField(
        label="Đến giờ",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "07:00"}),
    )
    timeout_seconds = forms.IntegerField(label="Chờ trả lời (giây)", min_value=1, max_value=30)
    valid_from = DateField(label="Dùng từ ngày")
    valid_to = DateField(label="Đến hết ngày", required=False)
    source = forms.CharField(
        label="Căn cứ", max_length=200, required=False, help_text="Hợp đồng, văn bản thỏa thuận."
    )


class NewProviderForm(ProviderForm):
    """The code stands in the address for delivery reports, so it never changes."""

    code = forms.SlugField(
        label="Mã",
        max_length=30,
        help_text="Chữ không dấu, số, gạch nối; ví dụ sms-1. Không đổi được về sau.",
    )
    field_order = ["code", "name"]


class TestForm(forms.Form):
    """A message to oneself."""

    channel = forms.ChoiceField(label="Kênh", choices=[c for c in Template.Channel.choices if c[0] != "app"])
    to = forms.CharField(
        label="Gửi tới", max_length=254, help_text="Địa chỉ thư hoặc số điện thoại của chính bạn."
    )
    language = forms.ChoiceField(label="Ngôn ngữ", choices=Language.choices)


class ChoicesForm(forms.Form):
    """What a person agrees to receive; in both languages, because it may be the language that is to be chosen."""

    language = forms.ChoiceField(
        label="Ngôn ngữ · Language", choices=Language.choices, widget=forms.RadioSelect
    )
    survey = forms.BooleanField(
        label="Lời mời đánh giá, khảo sát · Invitations to rate and surveys", required=False
    )
    news = forms.BooleanField(label="Tin tức của cơ quan · News of the office", required=False)
    zalo = forms.BooleanField(label="Thông báo qua Zalo · Notices by Zalo", required=False)

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        names = ("language", "survey", "news", "zalo")
        kwargs["initial"] = {name: getattr(contact, name) for name in names}
        super().__init__(*args, **kwargs)
        if contact.medium != Contact.Medium.PHONE:
            del self.fields["zalo"]

    @property
    def agreed(self) -> dict[str, bool]:
        """Purpose -> yes or no."""
        return {name: self.cleaned_data[name] for name in ("survey", "news", "zalo") if name in self.fields}
