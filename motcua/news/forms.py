"""What editors type in: articles, pictures, documents, boards."""

from datetime import datetime
from typing import Any

from django import forms

from motcua.core.forms import DateField
from motcua.core.moments import to_utc
from motcua.news.actions import ArticleData, DocumentData
from motcua.news.models import Article, Board, DisclosureKind

MARKUP = "Dòng trống tách đoạn. ## Tiêu đề, - gạch đầu dòng, **đậm**, *nghiêng*, [chữ](https://địa-chỉ)."


class MomentField(forms.DateTimeField):
    """A local moment typed as 08:00 22/11/2026; given on as an aware one."""

    widget = forms.DateTimeInput(
        {"placeholder": "hh:mm dd/mm/yyyy", "autocomplete": "off"}, format="%H:%M %d/%m/%Y"
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"input_formats": ["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y"], **kwargs})
        self.error_messages["invalid"] = "Nhập theo dạng giờ:phút ngày/tháng/năm, ví dụ 08:00 05/01/2026."

    def clean(self, value: Any) -> datetime | None:
        """The moment in UTC."""
        found = super().clean(value)
        return to_utc(found.replace(tzinfo=None)) if found else None


class ArticleForm(forms.Form):
    """A piece of news or a notice."""

    title = forms.CharField(label="Tiêu đề", max_length=250)
    kind = forms.ChoiceField(label="Loại", choices=Article.Kind.choices)
    audience = forms.ChoiceField(label="Dành cho", choices=Article.Audience.choices)
    is_reform = forms.BooleanField(label="Tuyên truyền cải cách hành chính", required=False)
    summary = forms.CharField(label="Tóm tắt", max_length=500, required=False, widget=forms.Textarea)
    body = forms.CharField(
        label="Nội dung", max_length=60_000, required=False, widget=forms.Textarea({"rows": "16"}), help_text=MARKUP, strip=True
    )  # fmt: skip
    begins_at = MomentField(label="Bắt đầu ngừng dịch vụ", required=False)
    ends_at = MomentField(label="Kết thúc ngừng dịch vụ", required=False)
    shown_until = MomentField(label="Hiện đến", required=False)
    title_en = forms.CharField(label="Tiêu đề tiếng Anh", max_length=250, required=False)
    body_en = forms.CharField(
        label="Nội dung tiếng Anh", max_length=60_000, required=False, widget=forms.Textarea({"rows": "8"})
    )

    def data_given(self) -> ArticleData:
        """The article as the act wants it."""
        return ArticleData(**{name: self.cleaned_data[name] for name in ArticleData.__dataclass_fields__})


class NewArticleForm(ArticleForm):
    """A new article, with the agency that publishes it."""

    agency: Any = forms.ModelChoiceField(queryset=None, label="Cơ quan đăng")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of choice
        self.order_fields(["agency", *ArticleForm.base_fields])


class PictureForm(forms.Form):
    """A picture with its words."""

    picture = forms.FileField(
        label="Ảnh JPEG hoặc PNG", widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png"})
    )
    words = forms.CharField(
        label="Tả ảnh bằng lời", max_length=250, help_text="Cho người không nhìn thấy ảnh."
    )


class PublishForm(forms.Form):
    """The last step before the public."""

    urgent = forms.CharField(
        label="Lý do đột xuất", max_length=300, required=False, help_text="Chỉ khi báo ngừng dịch vụ mà không kịp báo trước 7 ngày làm việc."
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is taken down."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea)


class DocumentForm(forms.Form):
    """A document for a board."""

    title = forms.CharField(label="Tên tài liệu", max_length=300)
    kind_id = forms.TypedChoiceField(label="Loại tài liệu", required=False, coerce=int, empty_value=None)
    event_on = DateField(
        label="Ngày làm căn cứ tính hạn", required=False, help_text="Ví dụ ngày ban hành, ngày kết thúc quý."
    )
    number = forms.CharField(label="Số, ký hiệu", max_length=120, required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=200, required=False)
    issued_on = DateField(label="Ngày ban hành", required=False)
    summary = forms.CharField(
        label="Nội dung chính", max_length=20_000, required=False, widget=forms.Textarea({"rows": "8"})
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: list[DisclosureKind] = list(board.kinds.all())
        field: Any = self.fields["kind_id"]
        field.choices = [("", "Khác"), *((kind.pk, kind.name) for kind in kinds)]

    def data_given(self) -> DocumentData:
        """The document as the act wants it."""
        return DocumentData(**{name: self.cleaned_data[name] for name in DocumentData.__dataclass_fields__})


class NewDocumentForm(DocumentForm):
    """A new document, with the agency that publishes it."""

    agency: Any = forms.ModelChoiceField(queryset=None, label="Cơ quan công khai")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of choice
        self.order_fields(["agency", *DocumentForm.base_fields])


class FileForm(forms.Form):
    """The file of a document."""

    file = forms.FileField(label="Tệp")
