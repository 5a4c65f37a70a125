"""A form filled in, as the data of the printed application (`printing.rules.applications.Application`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.core.moments import legal_date
from motcua.eforms.rules.answers import Filled, fill
from motcua.eforms.rules.laid_out import laid_out
from motcua.eforms.rules.schema import Field, Schema, Section
from motcua.eforms.rules.shown import shown
from motcua.eforms.rules.types import Context, FieldType

HEADING = ("agency", "parent_agency", "code", "verify_url", "place", "date", "template_version")
SILENT = (FieldType.SIGNATURE, FieldType.STATIC)


def application(
    schema: Schema, answers: Mapping[str, Any], heading: Mapping[str, Any], context: Context
) -> tuple[str, dict[str, Any]]:
    """The layout and what the press needs to print a form: what is hidden is not there, what is calculated is worked out again."""
    found = fill(schema, answers, context)
    given = {name: heading[name] for name in HEADING if heading.get(name)}
    addressed = schema.addressed or heading.get("office") or heading.get("agency") or ""
    common = {
        "form_title": schema.title,
        "form_number": schema.number,
        "agency": "",
        **given,
        "signatures": _signatures(found),
    }
    if schema.layout:
        today = legal_date(context.at) if context.at else None
        lines = laid_out(schema, schema.layout, found, addressed, today, _items)
        return "statutory_application", common | lines
    return "application", common | {
        "addressed": addressed,
        "sections": [
            {"title": f"{number}. {one.title}", "items": items}
            for number, one in enumerate(found.sections, 1)
            if (items := _items(one, one.fields, found))
        ],
    }


def _items(section: Section, fields: Iterable[Field], found: Filled) -> list[dict[str, Any]]:
    values = found.answers.get(section.key, {})
    asked = [one for one in fields if section.path(one.key) in found.shown]
    return [
        _item(section, one, values.get(one.key), found)
        for one in asked
        if one.type not in SILENT and not one.paper
    ]


def _item(section: Section, one: Field, value: Any, found: Filled) -> dict[str, Any]:
    label = one.print_label or one.label
    if one.type is FieldType.DECLARATION:
        return {"kind": "ticked", "label": label, "value": "x" if value else ""}
    if one.type is not FieldType.GROUP:
        return {"kind": "row", "label": label, "value": shown(one, value)}
    columns = [inner for inner in one.fields if inner.type is not FieldType.STATIC]
    return {
        "kind": "table",
        "label": label,
        "head": [inner.print_label or inner.label for inner in columns],
        "cells": [[shown(inner, row.get(inner.key)) for inner in columns] for row in value or []],
    }


def _signatures(found: Filled) -> list[dict[str, Any]]:
    made = []
    for path, one in found.shown.items():
        if one.type is FieldType.SIGNATURE:
            section, key = path.split(".")[:2]
            value = found.answers.get(section, {}).get(key)
            value = value if isinstance(value, Mapping) else {}
            made.append(
                {
                    "title": one.print_label or "Người khai",
                    "name": value.get("name", ""),
                    "at": value.get("at") or None,
                }
            )
    return made
