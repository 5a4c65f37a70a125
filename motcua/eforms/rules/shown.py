"""How an answer is shown to a person: on check-your-answers, on the printed form, on the page of a dossier."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.core.identity import phone_text
from motcua.eforms.rules.checks import day_of, number_of
from motcua.eforms.rules.functions import decimal_text
from motcua.eforms.rules.schema import Field
from motcua.eforms.rules.types import FieldType, is_blank


def shown(field: Field, kept: Any) -> str:
    """A kept value as a person reads it; empty for blank. A value that could not be kept is shown as it was typed."""
    if is_blank(kept):
        return ""
    try:
        return SHOWN[field.type](field, kept) if field.type in SHOWN else str(kept)
    except (RuleViolation, ValueError, TypeError, KeyError, AttributeError):
        return str(kept)


def _names(field: Field) -> Mapping[str, str]:
    return {option.value: option.label for option in field.options}


SHOWN: Mapping[FieldType, Callable[[Field, Any], str]] = {
    FieldType.NUMBER: lambda field, kept: decimal_text(number_of(kept)),
    FieldType.MONEY: lambda field, kept: f"{decimal_text(number_of(kept))} đ",
    FieldType.DATE: lambda field, kept: f"{day_of(kept):%d/%m/%Y}",
    FieldType.YES_NO: lambda field, kept: {"yes": "Có", "no": "Không"}[kept],
    FieldType.CHOICE: lambda field, kept: _names(field)[kept],
    FieldType.CHOICES: lambda field, kept: "; ".join(_names(field)[one] for one in kept),
    FieldType.PHONE: lambda field, kept: phone_text(kept),
    FieldType.ADDRESS: lambda field, kept: str(kept["text"]),
    FieldType.FILE: lambda field, kept: f"{len(kept)} tệp",
    FieldType.DECLARATION: lambda field, kept: "Đã cam đoan",
    FieldType.SIGNATURE: lambda field, kept: str(kept["name"]),
}
