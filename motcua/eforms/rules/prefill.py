"""A form begun with what is known of the person: only blank fields, only what passes their checks."""

from collections.abc import Mapping
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.core.text import fold
from motcua.eforms.rules.checks import checked
from motcua.eforms.rules.schema import Field, Schema
from motcua.eforms.rules.types import Context, FieldType, is_blank


def prefilled(schema: Schema, facts: Mapping[str, Any], context: Context) -> dict[str, dict[str, Any]]:
    """Answers to begin with. `facts` by the names of `faults.PREFILLS`, e.g. {"full_name": …, "birth_date": "2000-01-31"}.

    An address comes as its parts {"era", "province", "district", "commune", "line"}. What does not pass is left to be typed.
    """
    found: dict[str, dict[str, Any]] = {}
    for section, one in schema:
        value = facts.get(one.prefill) if one.prefill and one.is_asked else None
        if is_blank(value):
            continue
        try:
            kept = checked(one, _matched(one, value), context, None)
        except RuleViolation:
            continue
        found.setdefault(section.key, {})[one.key] = kept
    return found


def _matched(one: Field, value: Any) -> Any:
    """The choice whose code or label says the same: "Nữ" for nu."""
    if one.type is not FieldType.CHOICE:
        return value
    said = fold(str(value))
    return next(
        (option.value for option in one.options if said in (fold(option.value), fold(option.label))), value
    )
