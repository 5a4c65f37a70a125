"""Forms of lists: filters of the inbox, batches, messages, scans."""

from typing import Any

from django import forms
from django.http import QueryDict

from motcua.agencies.queries import Authority
from motcua.core.forms import FilesField
from motcua.core.text import nfc
from motcua.dossiers.forms.replies import offer_replies
from motcua.dossiers.rules.columns import LABELS
from motcua.dossiers.rules.lateness import CAUSES
from motcua.dossiers.rules.talk import MOST_FILES

CAUSE_CHOICES = [
    ("", "Nguyên nhân quá hạn (nếu có)"),
    *((code, label) for code, (_, label) in CAUSES.items()),
]


LARGEST_ID = 2**63 - 1
LONGEST_QUERY = 500  # what the column holds


class FilterForm(forms.Form):
    """What narrows the inbox. Everything is optional; what cannot be read narrows nothing."""

    text = forms.CharField(label="Chữ trong mã, thủ tục, tên", required=False, max_length=120)
    procedure = forms.IntegerField(label="Thủ tục", required=False, min_value=1, max_value=LARGEST_ID)
    field = forms.IntegerField(label="Lĩnh vực", required=False, min_value=1, max_value=LARGEST_ID)
    agency = forms.IntegerField(label="Cơ quan", required=False, min_value=1, max_value=LARGEST_ID)
    stage = forms.CharField(label="Bước", required=False, max_length=300)

    def chosen(self) -> dict[str, Any]:
        """The filters that were understood and are not empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class BatchForm(forms.Form):
    """Tasks ticked in the inbox and what to do with all of them."""

    fields: dict[str, Any]

    act = forms.ChoiceField(
        choices=[
            ("take_over", "Ký nhận"),
            ("claim", "Nhận việc"),
            ("assign", "Giao cho"),
            ("complete", "Hoàn thành"),
        ]
    )
    task = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Đánh dấu ít nhất một hồ sơ."}
    )
    officer = forms.IntegerField(required=False, max_value=LARGEST_ID)
    note = forms.CharField(required=False, max_length=1000)
    late_cause = forms.ChoiceField(required=False, choices=CAUSE_CHOICES)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        ticked = [
            value for value in (data.getlist("task") if data else []) if value.isdecimal() and len(value) < 18
        ]
        self.fields["task"].choices = [(value, value) for value in ticked[:200]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("act") == "assign" and not data.get("officer"):
            self.add_error("officer", "Chọn công chức được giao.")
        return data


class ColumnsForm(forms.Form):
    """Optional columns of the inbox; none is a choice too."""

    columns = forms.MultipleChoiceField(required=False, choices=list(LABELS.items()))
    query = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)


class SavedFilterForm(forms.Form):
    name = forms.CharField(label="Tên bộ lọc", max_length=80)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """The question written as an address writes it: it becomes a link, whatever was posted."""
        query = QueryDict(self.cleaned_data["query"]).urlencode()
        if len(query) > LONGEST_QUERY:
            raise forms.ValidationError("Bộ lọc quá dài, bỏ bớt điều kiện rồi lưu lại.")
        return query


class MessageForm(forms.Form):
    body = forms.CharField(
        label="Nội dung", max_length=4000, widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""})
    )
    to_citizen = forms.BooleanField(label="Gửi cả công dân", required=False)
    files = FilesField(  # type: ignore[assignment]  # a field; the posted files are of the instance
        label="Tệp kèm theo",
        most=MOST_FILES,
        required=False,
        max_length=200,
        error_messages={"too_many": "Mỗi tin nhắn kèm nhiều nhất %(most)s tệp."},
    )

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_replies(self, "message", authority, "body")

    def clean_body(self) -> str:
        return "\n".join(nfc(line) for line in self.cleaned_data["body"].splitlines())


class ScanForm(forms.Form):
    file = forms.FileField(label="Bản quét", max_length=255)


class SignBatchForm(forms.Form):
    """Dossiers to sign: the one whose button was pressed, or all that are ticked, each with its number."""

    data: Any

    def clean(self) -> dict[str, Any]:
        if not self.chosen():
            raise forms.ValidationError("Đánh dấu ít nhất một hồ sơ để ký.")
        return super().clean() or {}

    @property
    def late_cause(self) -> str:
        """Why signatures given late are late; empty when none is."""
        return str(self.data.get("late_cause", ""))[:30]

    def chosen(self) -> list[int]:
        """Ids of the dossiers, at most 100."""
        texts = [self.data["one"]] if self.data.get("one") else self.data.getlist("dossier")
        return [int(text) for text in texts[:100] if text.isdecimal() and len(text) < 18]

    def number(self, pk: int) -> str:
        """The number typed for the result of a dossier."""
        return nfc(self.data.get(f"number-{pk}", ""))[:120]
