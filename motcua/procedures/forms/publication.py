"""Forms of publication decisions and of posting."""

from typing import Any

from django import forms

from motcua.agencies.models import Agency
from motcua.core.forms import DateField
from motcua.procedures.actions import Decision, Item
from motcua.procedures.models import PostingPlace, PublicationChange


class DecisionForm(forms.Form):
    """A publication decision."""

    number = forms.CharField(label="Số quyết định", max_length=120)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=200)
    title = forms.CharField(label="Trích yếu", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    issued_on = DateField(label="Ngày ban hành")
    effective_on = DateField(label="Ngày có hiệu lực")
    received_on = DateField(
        label="Ngày nhận được", required=False, help_text="Thời hạn niêm yết tính từ ngày này."
    )
    items = forms.CharField(
        label="Thủ tục trong quyết định",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=(
            "Mỗi dòng: nội dung; mã thủ tục; mã bị thay thế (nếu có). Nội dung là: mới, sửa đổi, thay thế, bãi bỏ, tạm dừng. "
            "Ví dụ: sửa đổi; 1.001193"
        ),
    )

    scan = forms.FileField(
        label="Bản quét quyết định", required=False, help_text="Có thể tải lên sau, ở trang của quyết định."
    )

    def clean_items(self) -> tuple[Item, ...]:
        """Each line as what the decision does to one procedure."""
        return tuple(_item(line) for line in self.cleaned_data["items"].splitlines() if line.strip())

    def decision(self) -> Decision:
        """The decision as `publish` wants it."""
        return Decision(**{name: value for name, value in self.cleaned_data.items() if name != "items"})


KINDS = {
    "mới": PublicationChange.Kind.NEW,
    "mới ban hành": PublicationChange.Kind.NEW,
    "sửa đổi": PublicationChange.Kind.AMENDED,
    "sửa đổi, bổ sung": PublicationChange.Kind.AMENDED,
    "thay thế": PublicationChange.Kind.REPLACED,
    "bãi bỏ": PublicationChange.Kind.REPEALED,
    "tạm dừng": PublicationChange.Kind.SUSPENDED,
}


def _item(line: str) -> Item:
    parts = [part.strip() for part in line.split(";")]
    kind = KINDS.get(parts[0].lower())
    if kind is None or len(parts) < 2 or not parts[1]:
        raise forms.ValidationError(f"Dòng “{line[:60]}” không đúng. Ghi: nội dung; mã thủ tục.")
    return Item(kind, parts[1], parts[2] if len(parts) > 2 else "")


class PlaceForm(forms.Form):
    """A place where procedures are posted."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan")
    kind = forms.ChoiceField(label="Loại", choices=PostingPlace.Kind.choices)
    name = forms.CharField(label="Tên nơi niêm yết", max_length=200)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of choice


class PostForm(forms.Form):
    """What is hung now, with a photograph perhaps."""

    versions = forms.TypedMultipleChoiceField(coerce=int)
    photo = forms.FileField(label="Ảnh chụp", required=False)

    def __init__(self, *args: Any, choices: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].choices = [  # type: ignore[attr-defined]  # a field of choice
            (pk, pk) for pk in choices
        ]
