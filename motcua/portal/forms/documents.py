"""What says who somebody is, as one choice: a Vietnamese personal number, or the passport of a country."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.core import forms
from motcua.core.countries import country_choices, country_name


def document_choices() -> list[tuple[str, Any]]:
    """Empty for a personal number; then who issues passports, by name in the reader's language."""
    return [
        ("", _("Căn cước, số định danh của Việt Nam")),
        (_("Hộ chiếu của"), country_choices(get_language() or "vi")),
    ]


def document_name(country: str) -> str:
    """The same in words, for who reads it again; empty for a personal number."""
    if not country:
        return ""
    return _("Hộ chiếu của %(country)s") % {"country": country_name(country, get_language() or "vi")}


class DocumentField(forms.DocumentField):
    """Which document the number next to it is of."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"label": gettext_lazy("Giấy tờ tùy thân"), "choices": document_choices}
        given["help_text"] = gettext_lazy("Hộ chiếu: chọn nước cấp.")
        super().__init__(**{**given, **kwargs})


NUMBER = gettext_lazy("Số giấy tờ")
NUMBER_HINT = gettext_lazy("12 chữ số trên căn cước, hoặc số hộ chiếu.")
