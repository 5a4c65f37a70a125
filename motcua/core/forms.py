"""How every form is drawn: label, hint, error and field tied together. Forms need no mixin for it."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

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
