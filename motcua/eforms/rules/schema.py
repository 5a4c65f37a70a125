"""A form as data: sections of fields. `reading` makes it of JSON with every fault named; `as_data` writes it back the same.

Field keys are unique in the whole form, so that an expression may name any field that stands before it. An expression
sees only what stands before its field: nothing can go round in circles, and one pass in order works out the whole form.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from motcua.core.text import fold
from motcua.eforms.rules.layout import Layout
from motcua.eforms.rules.types import FieldType

SECTIONS, FIELDS, GROUP_FIELDS, ROWS, OPTIONS = 30, 300, 30, 50, 100
LABEL, HELP, STATIC = 300, 1000, 3000
TITLE, WORDS = 300, 1000
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Option:
    """One of the choices of a field."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question. What a type does not use stays empty.

    `show_if`, `required_if`: conditions; `value`: how it is worked out (then nobody types it); `minimum`, `maximum`: what it
    may not pass, e.g. "HOMNAY()"; `as_of`: the day on which an address holds ("" today, "any": the person says which set).
    """

    key: str
    type: FieldType
    label: str
    help: str = ""
    required: bool = True
    show_if: str = ""
    required_if: str = ""
    value: str = ""
    minimum: str = ""
    maximum: str = ""
    message: str = ""  # what to say when minimum or maximum is passed
    options: tuple[Option, ...] = ()
    decimals: int = 0
    length: int = 0
    fields: "tuple[Field, ...]" = ()
    min_rows: int = 0
    max_rows: int = 10
    as_of: str = ""
    paper: str = ""  # the paper of the procedure that is handed in instead of a file here
    prefill: str = ""  # what of the profile it may begin with: full_name, identity_number, phone, …
    print_label: str = ""  # on the printed form, when the paper form words it otherwise

    @property
    def is_asked(self) -> bool:
        """Whether a person fills it in."""
        return not self.value and self.type is not FieldType.STATIC and not self.paper

    @property
    def expressions(self) -> Mapping[str, str]:
        """Its expressions by the name of the part."""
        names = ("show_if", "required_if", "value", "minimum", "maximum", "as_of")
        found = {name: getattr(self, name) for name in names}
        return {name: text for name, text in found.items() if text and (name, text) != ("as_of", "any")}


@dataclass(frozen=True)
class Section:
    """One page of questions."""

    key: str
    title: str
    help: str = ""
    fields: tuple[Field, ...] = ()
    show_if: str = ""
    schema: "Schema | None" = field(default=None, repr=False, compare=False)  # the form that it is part of

    @property
    def every_field(self) -> "tuple[Field, ...]":
        """Its fields and those of its groups."""
        return tuple(each for one in self.fields for each in (one, *one.fields))

    def path(self, *keys: object) -> str:
        """How errors, requests to correct and inputs name a field: section.field, section.group.0.field."""
        return ".".join(map(str, (self.key, *keys)))


@dataclass(frozen=True)
class Schema:
    """A whole form: its title as printed, its number ("Mẫu số … (Thông tư …)"), to whom it is addressed. `english`: what
    its texts (titles, labels, help, choices) are in English, in pairs; only shown, never kept or printed. `layout`: how the law
    prints it; None for the common layout.
    """

    title: str
    number: str = ""
    addressed: str = ""
    sections: tuple[Section, ...] = ()
    english: tuple[tuple[str, str], ...] = ()
    layout: Layout | None = None

    def __iter__(self) -> Iterator[tuple[Section, Field]]:
        return ((section, one) for section in self.sections for one in section.fields)

    def section(self, key: str) -> Section | None:
        """A section by its key."""
        return next((section for section in self.sections if section.key == key), None)

    def field_at(self, path: str) -> Field | None:
        """The field that a path names; None when the form has none such."""
        parts = path.split(".")
        section = self.section(parts[0])
        among = section.fields if section else ()
        found = next((one for one in among if len(parts) > 1 and one.key == parts[1]), None)
        if found is None or len(parts) == 2:
            return found
        if len(parts) == 3:
            return found
        return next((one for one in found.fields if one.key == parts[3]), None)

    def as_data(self) -> dict[str, Any]:
        """The form as JSON keeps it, without what is empty."""
        sections = [
            _kept(section, skip=("schema", "fields"))
            | {"fields": [_field_data(one) for one in section.fields]}
            for section in self.sections
        ]
        english = {"english": dict(self.english)} if self.english else {}
        layout = {"layout": self.layout.as_data()} if self.layout else {}
        return _kept(self, skip=("sections", "english", "layout")) | {"sections": sections} | english | layout


def _kept(row: Any, skip: tuple[str, ...]) -> dict[str, Any]:
    """What of a row is not as it would be anyway."""
    pairs = [(one.name, getattr(row, one.name), one.default) for one in fields(row) if one.name not in skip]
    return {
        name: str(value) if isinstance(value, FieldType) else value
        for name, value, usual in pairs
        if value != usual
    }


def _field_data(one: Field) -> dict[str, Any]:
    data = _kept(one, skip=("options", "fields"))
    if one.options:
        data["options"] = [[option.value, option.label] for option in one.options]
    if one.fields:
        data["fields"] = [_field_data(inner) for inner in one.fields]
    return data


def whole(schema: Schema) -> Schema:
    """The form with each section knowing it."""
    for section in schema.sections:
        object.__setattr__(section, "schema", schema)
    return schema


def key_for(label: str, taken: frozenset[str]) -> str:
    """A key made of a label, unlike those taken: "Họ và tên" gives ho_va_ten, then ho_va_ten_2."""
    base = "_".join(re.findall(r"[a-z0-9]+", fold(label)))[:32].strip("_")
    base = base if KEY.fullmatch(base) else f"truong_{base}".rstrip("_")[:36]
    number = 1
    while (key := base if number == 1 else f"{base}_{number}") in taken:
        number += 1
    return key


def keys_of(schema: Schema) -> frozenset[str]:
    """All keys of a form: of sections, fields and fields in groups."""
    found = {section.key for section in schema.sections} | {one.key for _, one in schema}
    return frozenset(found | {inner.key for _, one in schema for inner in one.fields})
