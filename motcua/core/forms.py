"""How every form is drawn: label, hint, error and field tied together. Forms need no mixin for it."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from motcua.core.countries import country_code, country_name

SELECTS = (forms.Select,)
CHOICES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Field(BoundField):
    """A field that knows its Bootstrap class and says in words when it need not be filled."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the class of the control, unless the widget is hidden."""
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden:
            built["class"] = self._classes(widget, built)
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            built["rows"] = "4"
        return built

    def _classes(self, widget: forms.Widget, attrs: dict[str, Any]) -> str:
        names = [control_class(widget), str(widget.attrs.get("class", "")), str(attrs.get("class", ""))]
        if self.errors:
            names.append("is-invalid")
        return " ".join(dict.fromkeys(name for name in names if name))

    @property
    def is_single_choice_box(self) -> bool:
        """A lone checkbox stands before its label."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether the label says "(không bắt buộc)"; a lone checkbox never does."""
        return not self.field.required and not self.is_single_choice_box and not self.field.disabled

    @property
    def first_id(self) -> str:
        """Where the error summary leads: the field, or its first choice."""
        return self.id_for_label or f"{self.auto_id}_0"


def control_class(widget: forms.Widget) -> str:
    """Bootstrap's class for a widget."""
    if isinstance(widget, CHOICES):
        return "form-check-input"
    return "form-select" if isinstance(widget, SELECTS) else "form-control"


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER: forms print themselves in the product's markup."""

    form_template_name = "core/_form.html"
    field_template_name = "core/_field.html"
    bound_field_class = Field


class DateInput(forms.DateInput):
    """A date typed as dd/mm/yyyy: quicker at the keyboard than a picker, the same on every machine."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        base = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off", "class": "w-date"}
        super().__init__({**base, **(attrs or {})}, format="%d/%m/%Y")


class DateField(forms.DateField):
    """A date written the Vietnamese way: 5/1/2026, 05-01-2026, 05012026; ISO is understood as well."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"]
        super().__init__(**{"input_formats": formats, **kwargs})
        self.error_messages["invalid"] = "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/01/2026."


class SharedFields(dict[str, Any]):
    """The fields of a form whose instances never change theirs: Django copies them, deeply, for each instance."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return dict(self)


class PlainForm(forms.Form):
    """A form that takes what was typed from where it lies. Django makes for each field, each time, the object that draws it:
    a third of the work of reading a page of many short fields.
    """

    def _clean_fields(self) -> None:
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = self._typed(name, field)
                if check := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = check()
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _typed(self, name: str, field: Any) -> Any:
        """The field's value. One that looks at what was shown (a file, a disabled field) is asked as Django asks it."""
        if field.disabled or type(field)._clean_bound_field is not _CLEAN:
            return field._clean_bound_field(self[name])
        return field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))


_CLEAN: Any = forms.Field._clean_bound_field  # type: ignore[attr-defined]  # Django's own, not in its types


class FilesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field, at most `most`; gives a list."""

    widget = FilesInput
    default_error_messages = {"too_many": "Chọn nhiều nhất %(most)s tệp."}

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself, as Django cleans one; nothing sent is an empty list."""
        given = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not given:
            super().clean(None, initial)
        if len(given) > self.most:
            raise forms.ValidationError(self.error_messages["too_many"], "too_many", {"most": self.most})
        one = super().clean
        return [one(file, initial) for file in given]


class _AnySelect(forms.Select):
    """A list whose first, empty choice is an answer."""

    def use_required_attribute(self, initial: Any) -> bool:
        """The browser would take it for none."""
        return False


class DocumentField(forms.ChoiceField):
    """Which document a number is of: empty for a personal number of Viet Nam, else who issued the passport. It is always
    answered, so the label never says that it need not be.
    """

    widget = _AnySelect

    def validate(self, value: Any) -> None:
        """An issuer must be one of the list."""
        if value:
            super().validate(value)


class CountryField(forms.CharField):
    """Who issued a passport, typed: a name with or without marks, or the three letters; kept as the letters, shown as the name.
    The page that has it carries the names as the list "countries".
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "list": "countries"})
        super().__init__(max_length=80, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What is kept as letters, and what was typed rightly, is shown by its name."""
        code = country_code(value) if isinstance(value, str) else None
        return country_name(code) if code else value

    def clean(self, value: Any) -> str:
        """The letters. Raises ValidationError for no country."""
        code = country_code(super().clean(value))
        if code is None:
            raise forms.ValidationError(
                "Không có nước này trong danh sách nước cấp hộ chiếu. Ghi tên nước (Nhật Bản) hoặc ba chữ trên hộ chiếu (JPN)."
            )
        return code
