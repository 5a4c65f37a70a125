"""What a citizen types in to send feedback and to follow it: one thing a page."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import FilesField
from motcua.feedback.rules.codes import clean_code, clean_secret
from motcua.feedback.rules.paths import PATHS
from motcua.feedback.rules.sending import LONGEST, MOST_FILES, SHORTEST


class TopicForm(forms.Form):
    """What it is about; complaints and denunciations stand in the list and lead to their own path."""

    topic = forms.ChoiceField(label=_("Bạn muốn nói về việc gì?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, topics: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.code, one.name) for one in topics]
        others = [
            ("denunciation", _("Tố cáo: có người phạm luật, nhận hối lộ, tham nhũng")),
            ("complaint", _("Khiếu nại: tôi không đồng ý với một quyết định về tôi")),
        ]
        self.fields["topic"].choices = [*own, *others]  # type: ignore[attr-defined]  # of a ChoiceField

    @property
    def path(self) -> str:
        """The other path chosen; empty for a feedback."""
        chosen: str = self.cleaned_data["topic"]
        return chosen if chosen in PATHS else ""


class ContentForm(forms.Form):
    """What happened. `website` is for machines: people do not see it."""

    content = forms.CharField(
        label=_("Chuyện gì đã xảy ra?"),
        help_text=_("Việc gì, ở đâu, khi nào. Không cần ghi tên, số điện thoại của bạn ở đây."),
        widget=forms.Textarea({"rows": "8"}),
        min_length=SHORTEST,
        max_length=LONGEST,
    )
    officer_words = forms.CharField(
        label=_("Người bị phản ánh"), required=False, max_length=200, help_text=_("Tên hoặc cách nhận ra, nếu bạn biết; người này không được xem phản ánh.")
    )  # fmt: skip
    website = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def clean_website(self) -> str:
        """Filled in by no person."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Không gửi được. Tải lại trang rồi thử lại."))
        return ""


class PlaceForm(forms.Form):
    """Which agency, where; a dossier when there is one."""

    agency = forms.TypedChoiceField(label=_("Cơ quan nào?"), coerce=int)
    address = forms.CharField(label=_("Nơi xảy ra"), required=False, max_length=300)
    latitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=Decimal(-90), max_value=Decimal(90), max_digits=9, decimal_places=6)  # fmt: skip
    longitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=Decimal(-180), max_value=Decimal(180), max_digits=9, decimal_places=6)  # fmt: skip
    dossier_code = forms.CharField(
        label=_("Mã hồ sơ"), required=False, max_length=60, help_text=_("Nếu phản ánh về một hồ sơ đã nộp")
    )

    def __init__(self, *args: Any, agencies: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "–"), *((one.pk, one.name) for one in agencies)]  # type: ignore[attr-defined]  # of a ChoiceField


class SenderForm(forms.Form):
    """Who sends. All may stay empty: then it is used as information and gets no answer."""

    name = forms.CharField(label=_("Họ và tên của bạn"), required=False, max_length=120, widget=forms.TextInput({"autocomplete": "name"}))  # fmt: skip
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20, widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}))  # fmt: skip
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, widget=forms.EmailInput({"autocomplete": "email"})
    )
    sender_address = forms.CharField(label=_("Địa chỉ liên hệ"), required=False, max_length=300)
    wants_messages = forms.BooleanField(
        label=_("Nhắn cho tôi khi có tin mới"), required=False, help_text=_("Chúng tôi gửi một mã xác nhận đến điện thoại hoặc thư của bạn.")
    )  # fmt: skip


class CheckForm(forms.Form):
    """Files, and sending."""

    files = FilesField(  # type: ignore[assignment]  # a field; the posted files are of the instance
        label=_("Ảnh, tài liệu kèm theo"),
        most=MOST_FILES,
        required=False,
        help_text=_("Nhiều nhất 5 tệp: ảnh, PDF, DOCX"),
        error_messages={"too_many": _("Chọn nhiều nhất 5 tệp.")},
    )


class TrackForm(forms.Form):
    """The two words on the receipt."""

    code = forms.CharField(
        label=_("Mã phản ánh"), max_length=80, help_text=_("Ví dụ PAKN-H99.12-261122-0001")
    )
    secret = forms.CharField(
        label=_("Mã bí mật"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        """Spaces and case make no difference."""
        return clean_code(self.cleaned_data["code"])

    def clean_secret(self) -> str:
        """Nor do dashes."""
        return clean_secret(self.cleaned_data["secret"])


class ConfirmForm(forms.Form):
    """The number that was sent to the sender."""

    number = forms.CharField(
        label=_("Mã xác nhận 6 số"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ClarifyForm(forms.Form):
    """The answer to the agency's question."""

    text = forms.CharField(label=_("Trả lời của bạn"), max_length=3000, widget=forms.Textarea({"rows": "5"}))


class RateForm(forms.Form):
    """Whether the answer satisfies."""

    satisfaction = forms.ChoiceField(
        label=_("Bạn có hài lòng với trả lời này không?"), widget=forms.RadioSelect,
        choices=[("satisfied", _("Hài lòng")), ("accepted", _("Chấp nhận được")), ("unsatisfied", _("Không hài lòng"))],
    )  # fmt: skip
    comment = forms.CharField(label=_("Bạn muốn nói thêm gì?"), required=False, max_length=1000, widget=forms.Textarea({"rows": "3"}))  # fmt: skip


class ReopenForm(forms.Form):
    """Why it should be handled again."""

    reason = forms.CharField(
        label=_("Điều gì chưa được giải quyết?"), max_length=1000, widget=forms.Textarea({"rows": "4"})
    )
