"""Choices that the forms of this app share, always limited to what the person may reach."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet

from motcua.agencies.models import Agency, Post
from motcua.core.forms import DateField

if TYPE_CHECKING:
    _Agencies = forms.ModelChoiceField[Agency]
    _Posts = forms.ModelChoiceField[Post]
else:
    _Agencies = _Posts = forms.ModelChoiceField


class AgencyField(_Agencies):
    """An agency out of those given, shown with its depth in the tree."""

    def __init__(self, queryset: QuerySet[Agency] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "Chọn…")
        super().__init__(Agency.objects.none() if queryset is None else queryset, **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        """The name, indented."""
        return f"{'— ' * obj.depth}{obj.name}"


class PostField(_Posts):
    """A post out of those given, with its agency."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Post.objects.none(), empty_label="Chọn…", **kwargs)

    def label_from_instance(self, obj: Post) -> str:
        """Title and agency."""
        return f"{obj.agency.name}: {obj.title}"


def limit(
    form: forms.Form, name: str, choices: QuerySet[Any], label: Callable[[Any], str] | None = None
) -> None:
    """Offer only these rows in a field of choice, each under its label."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = choices
    if label is not None:
        field.label_from_instance = label  # type: ignore[method-assign, assignment]  # as Django means it


def start_field(label: str = "Từ ngày", **kwargs: Any) -> DateField:
    """The first day of a period."""
    return DateField(label=label, **kwargs)


def end_field(label: str = "Ngày cuối cùng", **kwargs: Any) -> DateField:
    """The last day of a period, itself included."""
    return DateField(label=label, **kwargs)


def document_field(*, required: bool = True) -> forms.CharField:
    """Number and date of the decision on which an act rests."""
    return forms.CharField(
        label="Quyết định",
        max_length=200,
        required=required,
        help_text="Số, ký hiệu, ngày và cơ quan ban hành.",
    )
