"""A form filled in, laid out as the law prints it: the data of `printing.rules.applications.StatutoryApplication`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.core.money import number_in_words
from motcua.eforms.rules.answers import Filled
from motcua.eforms.rules.checks import as_operand
from motcua.eforms.rules.expressions import ExpressionError, parse
from motcua.eforms.rules.layout import ADDRESSEE, NUMBER, Layout, Piece, Row, every_piece, rows_of
from motcua.eforms.rules.schema import Field, Schema, Section
from motcua.eforms.rules.shown import shown
from motcua.eforms.rules.types import FieldType, is_blank

Part = dict[str, str]


@dataclass(frozen=True)
class _Sheet:
    """What lines are filled in from: the fields by key, kept values and operands, who receives the form, today."""

    fields: Mapping[str, Field]
    values: Mapping[str, Any]
    scope: Mapping[str, Any]
    addressed: str
    today: date | None
    number: int = 1

    def of_row(self, group: Field, row: Mapping[str, Any], number: int) -> "_Sheet":
        operands = {one.key: as_operand(one.type, row.get(one.key)) for one in group.fields}
        fields = {**self.fields, **{one.key: one for one in group.fields}}
        return _Sheet(
            fields, {**self.values, **row}, {**self.scope, **operands}, self.addressed, self.today, number
        )


def laid_out(
    schema: Schema,
    layout: Layout,
    found: Filled,
    addressed: str,
    today: date | None,
    items: Callable[..., Any],
) -> dict[str, Any]:
    """The lines before and after the signatures, and what no line names. `items`: prints the fields of a section in the common way."""
    rows = rows_of(layout, [])
    values = {key: value for part in found.answers.values() for key, value in part.items()}
    fields = {one.key: one for _, one in schema}
    sheet = _Sheet(fields, values, found.scope, addressed, today)
    named = {piece.key for part in rows for row in part for piece in every_piece(row)} | set(layout.silent)
    named |= {row.group for part in rows for row in part}
    return {
        "issued": layout.issued,
        "subtitle": layout.subtitle,
        "addressed": "" if ADDRESSEE in named else addressed,
        "lines": [line for row in _in_rows(rows[0], sheet) for line in row],
        "after": [line for row in _in_rows(rows[1], sheet) for line in row],
        "place_words": layout.place,
        "sign_note": layout.sign_note,
        "notes": list(layout.notes),
        "extra": [item for one in found.sections for item in _further(one, found, named, items)],
    }


def _in_rows(rows: list[Row], sheet: _Sheet) -> Iterator[list[dict[str, Any]]]:
    """The printed lines; those of a repeated group together for each of its rows, once with dots when it has none."""
    at = 0
    while at < len(rows):
        group = rows[at].group
        end = next((n for n in range(at, len(rows)) if rows[n].group != group), len(rows))
        part, at = rows[at:end], end
        field = sheet.fields.get(group)
        if not group or field is None:
            yield [_line(row, sheet) for row in part]
            continue
        for number, values in enumerate(sheet.values.get(group) or [{}], 1):
            inside = sheet.of_row(field, values, number)
            yield [_line(row, inside) for row in part]


def _line(row: Row, sheet: _Sheet) -> dict[str, Any]:
    return {"kind": row.kind, "parts": [part for piece in row.pieces for part in _parts(piece, sheet)]}


def _parts(piece: Piece, sheet: _Sheet) -> Iterator[Part]:
    if piece.optional:
        if all(_said(one, sheet) for one in piece.optional if one.key):
            for one in piece.optional:
                yield from _parts(one, sheet)
    elif piece.condition:
        yield {"kind": "ticked" if _holds(piece.condition, sheet) else "unticked", "text": ""}
    elif piece.key:
        said = _said(piece, sheet)
        yield {"kind": "value", "text": said} if said else {"kind": "blank", "text": ""}
    else:
        yield {"kind": "text", "text": piece.text}


def _said(piece: Piece, sheet: _Sheet) -> str:
    """What is printed in the place of an answer; empty for blank."""
    if piece.key in (ADDRESSEE, NUMBER):
        return sheet.addressed if piece.key == ADDRESSEE else str(sheet.number)
    one = sheet.fields.get(piece.key)
    if one is None:
        return ""
    if one.type is FieldType.DECLARATION:
        return one.print_label or one.label
    if one.paper:
        return one.paper
    value = sheet.values.get(piece.key)
    return words_of(one, value) if piece.words else shown(one, value)


def words_of(one: Field, value: Any) -> str:
    """A date or a whole number in words; any other answer as it is shown."""
    operand = None if is_blank(value) else as_operand(one.type, value)
    if isinstance(operand, date):
        day, month, year = (number_in_words(number) for number in (operand.day, operand.month, operand.year))
        return f"ngày {day} tháng {'tư' if operand.month == 4 else month} năm {year}"
    if isinstance(operand, Decimal) and operand == int(operand) and operand >= 0:
        return number_in_words(int(operand))
    return shown(one, value)


def _holds(condition: str, sheet: _Sheet) -> bool:
    try:
        return parse(condition).evaluate(sheet.scope, today=sheet.today) is True
    except ExpressionError:
        return False


def _further(section: Section, found: Filled, named: set[str], items: Callable[..., Any]) -> list[Any]:
    """The fields of a section that were answered and that no line names."""
    values = found.answers.get(section.key, {})
    left = tuple(
        one
        for one in section.fields
        if one.key not in named
        and not ({inner.key for inner in one.fields} & named)
        and not is_blank(values.get(one.key))
    )
    return list(items(section, left, found)) if left else []
