"""Changing a form piece by piece: each function gives a new form and leaves the old one as it was.

A place is a path: "muc", "muc.truong", "muc.nhom.truong". A draft may have faults meanwhile; only publication asks for none.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from motcua.core.errors import NotFound, RuleViolation
from motcua.eforms.rules.faults import faults_of
from motcua.eforms.rules.layout import Layout
from motcua.eforms.rules.schema import (
    FIELDS,
    GROUP_FIELDS,
    KEY,
    SECTIONS,
    Field,
    Schema,
    Section,
    key_for,
    keys_of,
    whole,
)
from motcua.eforms.rules.syntax import RESERVED
from motcua.eforms.rules.types import FieldType

Part = TypeVar("Part", Section, Field)


def edit_header(schema: Schema, **values: Any) -> Schema:
    """The form with another title, number or addressee."""
    return whole(replace(schema, **values))


def put_layout(schema: Schema, layout: Layout | None) -> Schema:
    """The form with another layout of its printed paper; None for the common one. Raises RuleViolation naming what does not fit."""
    made = whole(replace(schema, layout=layout))
    before = set(faults_of(schema))
    if faults := [fault for fault in faults_of(made) if fault not in before and fault.startswith("Mẫu in")]:
        raise RuleViolation("\n".join(faults[:20]), field="lines")
    return made


def put_section(schema: Schema, key: str, values: Mapping[str, Any]) -> Schema:
    """A section changed, or with an empty key a new one at the end. Raises NotFound, RuleViolation."""
    if not key:
        if len(schema.sections) >= SECTIONS:
            raise RuleViolation(f"Tờ khai có nhiều nhất {SECTIONS} mục.")
        new = Section(_key(schema, str(values.get("key", "")), str(values["title"])), str(values["title"]))
        made = replace(new, **_without_key(values))
        return _with(schema, (*schema.sections, made))
    found = _section(schema, key)
    wanted = str(values.get("key") or key)
    made = replace(found, **{**values, "key": wanted if wanted == key else _key(schema, wanted, "")})
    return _with(schema, tuple(made if one.key == key else one for one in schema.sections))


def put_field(schema: Schema, place: str, key: str, values: Mapping[str, Any]) -> Schema:
    """A field of a section or group changed, or with an empty key a new one at its end. Raises NotFound, RuleViolation."""
    name = str(values.get("key") or "")

    def changed(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        if key:
            before = _part(fields, key)
            wanted = key if name in ("", key) else _key(schema, name, "")
            made = replace(before, **{**values, "key": wanted})
            return tuple(made if one.key == key else one for one in fields)
        most = GROUP_FIELDS if "." in place else FIELDS
        if len(fields) >= most:
            raise RuleViolation(f"Nhiều nhất {most} trường.")
        return (*fields, Field(**{**values, "key": _key(schema, name, str(values["label"]))}))

    return _fields_at(schema, place, changed)


def remove(schema: Schema, path: str) -> Schema:
    """The form without a section or field. Raises NotFound."""
    place, _, key = path.rpartition(".")
    if not place:
        _section(schema, key)
        return _with(schema, tuple(one for one in schema.sections if one.key != key))

    def without(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        gone = _part(fields, key)
        return tuple(one for one in fields if one is not gone)

    return _fields_at(schema, place, without)


def move(schema: Schema, path: str, step: int) -> Schema:
    """The form with a section or field one place earlier (-1) or later (1); nothing at the ends. Raises NotFound."""
    place, _, key = path.rpartition(".")
    if not place:
        return _with(schema, _moved(schema.sections, _section(schema, key), step))
    return _fields_at(schema, place, lambda fields: _moved(fields, _part(fields, key), step))


def _moved(parts: tuple[Part, ...], one: Part, step: int) -> tuple[Part, ...]:
    found = list(parts)
    place = found.index(one)
    other = min(max(place + (1 if step > 0 else -1), 0), len(found) - 1)
    found[place], found[other] = found[other], found[place]
    return tuple(found)


def _fields_at(
    schema: Schema, place: str, changed: Callable[[tuple[Field, ...]], tuple[Field, ...]]
) -> Schema:
    """The form with the fields of a section ("muc") or of a group ("muc.nhom") changed."""
    key, _, group = place.partition(".")
    section = _section(schema, key)
    if not group:
        fields = changed(section.fields)
    else:
        found = _part(section.fields, group)
        if found.type is not FieldType.GROUP:
            raise NotFound()
        fields = tuple(
            replace(one, fields=changed(one.fields)) if one is found else one for one in section.fields
        )
    made = replace(section, fields=fields)
    return _with(schema, tuple(made if one.key == key else one for one in schema.sections))


def _with(schema: Schema, sections: tuple[Section, ...]) -> Schema:
    return whole(replace(schema, sections=tuple(replace(one) for one in sections)))


def _section(schema: Schema, key: str) -> Section:
    found = schema.section(key)
    if found is None:
        raise NotFound()
    return found


def _part(parts: tuple[Field, ...], key: str) -> Field:
    found = next((one for one in parts if one.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _key(schema: Schema, wanted: str, label: str) -> str:
    """The key asked for, or one made of the label. Raises RuleViolation for one that is taken or not well formed."""
    taken = keys_of(schema)
    if not wanted:
        return key_for(label, taken | RESERVED)
    if wanted in taken:
        raise RuleViolation(f"Mã “{wanted}” đã dùng ở chỗ khác trong tờ khai.", field="key")
    if not KEY.fullmatch(wanted) or wanted in RESERVED:
        raise RuleViolation(
            "Mã bắt đầu bằng chữ thường không dấu, chỉ gồm chữ, số và gạch dưới.", field="key"
        )
    return wanted


def _without_key(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "key"}
