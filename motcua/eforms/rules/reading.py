"""Reads a form from JSON data with every fault named at its place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.core.text import nfc
from motcua.eforms.rules.faults import faults_of
from motcua.eforms.rules.layout import read_layout
from motcua.eforms.rules.schema import (
    FIELDS,
    GROUP_FIELDS,
    HELP,
    LABEL,
    OPTIONS,
    ROWS,
    SECTIONS,
    STATIC,
    TITLE,
    WORDS,
    Field,
    Option,
    Schema,
    Section,
    whole,
)
from motcua.eforms.rules.types import FieldType


def schema_of(data: Any) -> Schema:
    """The form that JSON data say. Raises RuleViolation listing every fault, each with its place, one on a line."""
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
