"""A form as data: sections of fields, read from JSON with every fault named at its place, written back the same.

Field keys are unique in the whole form, so that an expression may name any field that stands before it. An expression
sees only what stands before its field: nothing can go round in circles, and one pass in order works out the whole form.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.core.text import fold, nfc
from motcua.eforms.rules.layout import Layout, read_layout
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


def schema_of(data: Any) -> Schema:
    """The form that JSON data say. Raises RuleViolation listing every fault, each with its place, one on a line."""
    from motcua.eforms.rules.faults import faults_of

    faults: list[str] = []
    schema = read_schema(data, faults)
    faults += faults_of(schema)
    if faults:
        raise RuleViolation("\n".join(faults[:50]))
    return schema


def read_schema(data: Any, faults: list[str]) -> Schema:
    """The form as far as its shape can be read; what cannot be is added to the faults and left out."""
    if not isinstance(data, Mapping):
        faults.append("Tờ khai phải là một đối tượng có tiêu đề và các mục.")
        return Schema("")
    _strangers(data, ("title", "number", "addressed", "sections", "english", "layout"), "Tờ khai", faults)
    rows = _list(data.get("sections", []), SECTIONS, "Tờ khai", "mục", faults)
    schema = Schema(
        _text(data, "title", TITLE, "Tờ khai", faults),
        _text(data, "number", TITLE, "Tờ khai", faults),
        _text(data, "addressed", TITLE, "Tờ khai", faults),
        tuple(_section(row, f"Mục {number}", faults) for number, row in enumerate(rows, 1)),
        _english(data.get("english", {}), faults),
        read_layout(data.get("layout"), faults),
    )
    return whole(schema)


def _english(value: Any, faults: list[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of a text and what it is in English. Sorted, so that the same form has the same hash."""
    pairs: list[tuple[Any, Any]] = list(value.items()) if isinstance(value, Mapping) else [("", None)]
    good = [pair for pair in pairs if all(isinstance(text, str) and 0 < len(text) <= STATIC for text in pair)]
    if len(good) < len(pairs) or len(good) > WORDS:
        faults.append(f"Tiếng Anh: cần các cặp chữ trong tờ khai và chữ tiếng Anh, nhiều nhất {WORDS} cặp.")
    return tuple(sorted(good[:WORDS]))


def whole(schema: Schema) -> Schema:
    """The form with each section knowing it."""
    for section in schema.sections:
        object.__setattr__(section, "schema", schema)
    return schema


def _section(data: Any, place: str, faults: list[str]) -> Section:
    if not isinstance(data, Mapping):
        faults.append(f"{place}: phải là một đối tượng.")
        return Section("", "")
    _strangers(data, ("key", "title", "help", "show_if", "fields"), place, faults)
    title = _text(data, "title", TITLE, place, faults)
    place = f"{place} “{title}”"
    rows = _list(data.get("fields", []), FIELDS, place, "trường", faults)
    return Section(
        _text(data, "key", 40, place, faults),
        title,
        _text(data, "help", HELP, place, faults),
        tuple(_field(row, f"{place}, trường {number}", faults) for number, row in enumerate(rows, 1)),
        _text(data, "show_if", 1000, place, faults),
    )


_TEXTS = {
    "key": 40, "label": STATIC, "help": HELP, "show_if": 1000, "required_if": 1000, "value": 1000, "minimum": 1000,
    "maximum": 1000, "message": LABEL, "as_of": 1000, "paper": 600, "prefill": 40, "print_label": LABEL,
}  # fmt: skip
_NUMBERS = {"decimals": (0, 4), "length": (0, 5000), "min_rows": (0, ROWS), "max_rows": (1, ROWS)}


def _field(data: Any, place: str, faults: list[str], inner: bool = False) -> Field:
    if not isinstance(data, Mapping):
        faults.append(f"{place}: phải là một đối tượng.")
        return Field("", FieldType.STATIC, "")
    _strangers(data, (*_TEXTS, *_NUMBERS, "type", "required", "options", "fields"), place, faults)
    texts: dict[str, Any] = {name: _text(data, name, most, place, faults) for name, most in _TEXTS.items()}
    place = f"{place} “{texts['label'][:60]}”"
    made = Field(**texts, type=_type(data.get("type"), place, faults), required=_flag(data, place, faults))
    numbers: dict[str, Any] = {
        name: _number(data, name, getattr(made, name), span, place, faults) for name, span in _NUMBERS.items()
    }
    rows = _list(data.get("fields", []), GROUP_FIELDS, place, "trường trong nhóm", faults)
    if rows and inner:
        faults.append(f"{place}: nhóm lặp không chứa nhóm lặp khác.")
        rows = []
    inside = tuple(_field(row, f"{place}, trường {n}", faults, inner=True) for n, row in enumerate(rows, 1))
    return replace(made, **numbers, fields=inside, options=_options(data.get("options", []), place, faults))


def _type(value: Any, place: str, faults: list[str]) -> FieldType:
    try:
        return FieldType(value)
    except ValueError:
        faults.append(f"{place}: không có loại trường “{str(value)[:40]}”.")
        return FieldType.STATIC


def _flag(data: Mapping[str, Any], place: str, faults: list[str]) -> bool:
    value = data.get("required", True)
    if not isinstance(value, bool):
        faults.append(f"{place}: “required” phải là true hoặc false.")
    return bool(value)


def _number(
    data: Mapping[str, Any], name: str, usual: int, span: tuple[int, int], place: str, faults: list[str]
) -> int:
    value = data.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not span[0] <= value <= span[1]:
        faults.append(f"{place}: “{name}” phải là số nguyên từ {span[0]} đến {span[1]}.")
        return usual
    return value


def _text(data: Mapping[str, Any], name: str, most: int, place: str, faults: list[str]) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        faults.append(f"{place}: “{name}” phải là chữ.")
        return ""
    text = value.strip() if name in ("help", "label") else nfc(value)
    if len(text) > most:
        faults.append(f"{place}: “{name}” dài quá {most} ký tự.")
    return text[:most]


def _list(value: Any, most: int, place: str, what: str, faults: list[str]) -> list[Any]:
    if not isinstance(value, list):
        faults.append(f"{place}: các {what} phải là một danh sách.")
        return []
    if len(value) > most:
        faults.append(f"{place}: có {len(value)} {what}, nhiều nhất được {most}.")
    return value[:most]


def _options(value: Any, place: str, faults: list[str]) -> tuple[Option, ...]:
    rows = _list(value, OPTIONS, place, "lựa chọn", faults)
    good = [
        row
        for row in rows
        if isinstance(row, list | tuple) and len(row) == 2 and all(isinstance(x, str) for x in row)
    ]
    if len(good) < len(rows):
        faults.append(f"{place}: mỗi lựa chọn gồm mã và chữ hiện ra.")
    return tuple(Option(nfc(code)[:60], nfc(label)[:LABEL]) for code, label in good)


def _strangers(data: Mapping[str, Any], known: tuple[str, ...], place: str, faults: list[str]) -> None:
    """What a newer version or a mistake wrote is named, never dropped in silence."""
    unknown = sorted(str(name)[:40] for name in data if name not in known)
    if unknown:
        faults.append(f"{place}: không hiểu {', '.join(unknown)}.")


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
