"""Texts kept by an agency: the form that keeps one, and the choice of one above the field that it fills."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.dossiers.models import ReplyTemplate
from motcua.dossiers.queries.replies import usable_replies


class ReplyForm(forms.Form):
    """One text. The agency is chosen once, when the text is made."""

    agency = forms.ModelChoiceField(label="Cơ quan", queryset=Agency.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label="Dùng cho", choices=ReplyTemplate.Kind.choices)
    title = forms.CharField(
        label="Tên mẫu",
        max_length=120,
        help_text="Để chọn trong danh sách.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.CharField(
        label="Nội dung",
        max_length=1000,
        help_text="Không ghi dữ liệu cá nhân của ai; công chức sửa lại khi dùng.",
        widget=forms.Textarea(attrs={"rows": 6, "data-autogrow": ""}),
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agencies is None:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of choice


class Texts(forms.Select):
    """A choice whose options carry their text, so that a page with JavaScript can put it into the field at once."""

    def __init__(self, texts: dict[str, str], fills: str) -> None:
        super().__init__(attrs={"data-fills": fills})
        self.texts = texts

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option with `data-text`."""
        option = super().create_option(name, value, *args, **kwargs)
        if text := self.texts.get(str(value)):
            option["attrs"]["data-text"] = text
        return option


def offer_replies(form: forms.Form, kind: str, authority: Authority, fills: str) -> None:
    """Put a choice of texts first in a form; a chosen one stands in for a field that was left empty."""
    found = list(usable_replies(authority, kind))
    if not found:
        return
    name, texts = f"reply_{kind}", {str(reply.pk): reply.body for reply in found}
    choices = [("", "Không dùng mẫu"), *((str(reply.pk), reply.title) for reply in found)]
    choice = forms.ChoiceField(
        label="Mẫu có sẵn", required=False, choices=choices, widget=Texts(texts, fills)
    )
    form.fields = {name: choice, **form.fields}
    if form.is_bound and not form.data.get(fills, "").strip() and form.data.get(name) in texts:
        typed: Any = form.data
        form.data = typed.copy()
        form.data[fills] = texts[typed[name]]  # type: ignore[index]  # a copy that may be written, see above
