"""What staff say when a result that was given no longer holds."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from motcua.core.countries import country_choices
from motcua.core.forms import DocumentField
from motcua.holdings.models import HeldPaper

REASON = "Lý do và số, ngày của văn bản thu hồi"


class FindForm(forms.Form):
    """A result by its number or dossier."""

    q = forms.CharField(label="Số, ký hiệu kết quả hoặc mã hồ sơ", max_length=120, required=False)


class RevokeForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=REASON, max_length=300, widget=forms.Textarea({"rows": 3}))


class _NewResult(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}, {obj.issued_on:%d/%m/%Y}: {obj.name}"[:120]


class ReplaceForm(RevokeForm):
    """Why, and by which."""

    new = _NewResult(HeldPaper.objects.none(), label="Kết quả mới thay cho kết quả này", empty_label=None)

    def __init__(self, *args: Any, choices: QuerySet[HeldPaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].queryset = choices  # type: ignore[attr-defined]


CONSENT = "Tôi đồng ý để cán bộ lập và nộp hồ sơ hộ tôi, ghi số định danh và số điện thoại của tôi để sau này tôi nhận hồ sơ về tài khoản của mình."


class AssistForm(forms.Form):
    """Who is present, and that they agreed."""

    full_name = forms.CharField(label="Họ và tên người dân", max_length=120)
    document_country = DocumentField(
        label="Giấy tờ",
        help_text="Hộ chiếu: chọn nước cấp.",
        choices=[("", "Căn cước, số định danh của Việt Nam"), ("Hộ chiếu của", country_choices())],
    )
    identity_number = forms.CharField(
        label="Số giấy tờ", max_length=20, help_text="Số định danh 12 chữ số, hoặc số hộ chiếu."
    )
    phone = forms.CharField(
        label="Số điện thoại di động", max_length=20, help_text="Tin nhắn báo việc lập hộ gửi tới số này."
    )
    checked_card = forms.BooleanField(label="Đã xem căn cước, hộ chiếu của người dân", required=False)
    agreed = forms.BooleanField(
        label="Đã đọc lời đồng ý cho người dân nghe và người dân đồng ý", help_text=f"“{CONSENT}”"
    )

    def __init__(self, *args: Any, official: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not official:  # a neighbour who helps says nothing of whose card it is
            del self.fields["checked_card"]
