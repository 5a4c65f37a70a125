"""What people answer: checked against the form, in one pass in order.

Whether a field is asked, must be answered, or is worked out, is always worked out here from the answers; what was posted
for a hidden or a calculated field is never looked at. Answers are {section: {field: kept value}}, as JSON keeps them. A
draft may hold what does not pass: `check_all` says so, and nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.eforms.rules.checks import PAGE, as_operand, checked, from_operand
from motcua.eforms.rules.expressions import Budget, ExpressionError, parse
from motcua.eforms.rules.functions import decimal_text
from motcua.eforms.rules.schema import Field, Schema, Section
from motcua.eforms.rules.shown import shown
from motcua.eforms.rules.types import Context, FieldType, is_blank

__all__ = [
    "Checked",
    "Context",
    "Filled",
    "SectionSummary",
    "check_all",
    "check_section",
    "computed",
    "fill",
    "summary",
    "visible_sections",
]
Answers = Mapping[str, Mapping[str, Any]]
PLAIN = Context()
# Twice what `faults` lets a form cost at most: reached only by a form that was never checked.
STEPS = 200_000


@dataclass(frozen=True)
class Checked:
    """What is kept of a section, and what is wrong with it, by path."""

    values: dict[str, Any]
    errors: dict[str, str]


@dataclass(frozen=True)
class SectionSummary:
    """A section to be read again before sending: rows of (path, label, what was answered)."""

    key: str
    title: str
    rows: list[tuple[str, str, str]]


@dataclass
class Filled:
    """A form worked out on answers: `answers` without what is hidden and with what is calculated, `errors` by path,
    the sections that are asked, the paths of the fields that are, and which of them must be answered."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    shown: dict[str, Field] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    computed: dict[str, Any] = field(default_factory=dict)
    days: dict[str, date | None] = field(
        default_factory=dict
    )  # when each address holds; None: the person says
    scope: dict[str, Any] = field(default_factory=dict)  # what expressions after the last field would see


def fill(schema: Schema, answers: Answers, context: Context = PLAIN) -> Filled:
    """The whole form worked out on the answers: what a submission keeps is `.answers`, when `.errors` is empty."""
    return _Pass(context).form(schema, answers)


def check_section(
    schema: Schema, key: str, raw: Mapping[str, Any], answers: Answers, context: Context = PLAIN
) -> Checked:
    """What is kept of what was typed in one section, with the answers of the others. Raises NotFound for no such section.

    A value that does not pass is kept as it was typed, so that a draft loses nothing, and stands among the errors.
    """
    section = schema.section(key)
    if section is None:
        raise NotFound()
    found = fill(schema, {**answers, key: _unsigned(section, raw)}, context)
    errors = {path: error for path, error in found.errors.items() if path.startswith(f"{key}.")}
    return Checked(found.answers.get(key, {}), errors)


def _unsigned(section: Section, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without moments of signing: nobody types those."""
    signed = {one.key for one in section.fields if one.type is FieldType.SIGNATURE}
    return {
        key: {k: v for k, v in value.items() if k != "at"}
        if key in signed and isinstance(value, Mapping)
        else value
        for key, value in raw.items()
    }


def check_all(schema: Schema, answers: Answers, context: Context = PLAIN) -> dict[str, str]:
    """What is wrong with a whole form, by path; empty when it may be submitted."""
    return fill(schema, answers, context).errors


def visible_sections(schema: Schema, answers: Answers, context: Context = PLAIN) -> list[Section]:
    """The sections that are asked, given the answers."""
    return fill(schema, answers, context).sections


def computed(schema: Schema, answers: Answers, context: Context = PLAIN) -> dict[str, Any]:
    """The calculated values by path."""
    return fill(schema, answers, context).computed


def summary(schema: Schema, answers: Answers, context: Context = PLAIN) -> list[SectionSummary]:
    """Everything that is asked or calculated, as a person reads it, for check-your-answers."""
    found = fill(schema, answers, context)
    return [
        SectionSummary(one.key, one.title, _rows(one, found.answers.get(one.key, {}), found))
        for one in found.sections
    ]


def _rows(section: Section, values: Mapping[str, Any], found: Filled) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for one in section.fields:
        path = section.path(one.key)
        if path not in found.shown or one.type is FieldType.STATIC or one.paper:
            continue
        if one.type is not FieldType.GROUP:
            rows.append((path, one.label, shown(one, values.get(one.key))))
            continue
        lines = values.get(one.key) or []
        if not lines:
            rows.append((path, one.label, ""))
        for number, row in enumerate(lines):
            inside = [(section.path(one.key, number, inner.key), inner) for inner in one.fields]
            rows += [
                (at, f"{one.label} ({number + 1}): {inner.label}", shown(inner, row.get(inner.key)))
                for at, inner in inside
                if at in found.shown and inner.type is not FieldType.STATIC
            ]
    return rows


class _Pass:
    """One pass over a form: fields in order, each seeing the values before it."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.today = legal_date(context.at) if context.at else None
        self.scope: dict[str, Any] = {}
        self.budget = Budget(STEPS)
        self.found = Filled()

    def form(self, schema: Schema, answers: Answers) -> Filled:
        for section in schema.sections:
            given = answers.get(section.key)
            if section.show_if and not self.holds(section.show_if, self.scope):
                continue
            self.found.sections.append(section)
            values = given if isinstance(given, Mapping) else {}
            kept = self.fields(section.fields, values, self.scope, section.path)
            self.found.answers[section.key] = kept
        self.found.scope = self.scope
        return self.found

    def fields(
        self, fields: tuple[Field, ...], given: Mapping[str, Any], scope: dict[str, Any], path: Any
    ) -> dict[str, Any]:
        """What is kept of some fields; their values go into the scope for those after them."""
        kept: dict[str, Any] = {}
        for one in fields:
            value = self.field(one, given.get(one.key), scope, path)
            if not is_blank(value):
                kept[one.key] = value
        return kept

    def field(self, one: Field, given: Any, scope: dict[str, Any], path: Any) -> Any:
        """What is kept of one field; None for what is hidden or blank."""
        scope[one.key] = None
        if one.show_if and not self.holds(one.show_if, scope):
            return None
        at = path(one.key)
        self.found.shown[at] = one
        if one.value:
            return self.calculated(one, scope, at)
        if not one.is_asked:
            return None
        required = self.holds(one.required_if, scope) if one.required_if else one.required
        if required:
            self.found.required.add(at)
        if one.type is FieldType.GROUP:
            return self.group(one, given, scope, path, required)
        return self.asked(one, given, scope, at, required)

    def calculated(self, one: Field, scope: dict[str, Any], at: str) -> Any:
        value = from_operand(one.type, self.worked_out(one.value, scope), one.decimals)
        scope[one.key] = as_operand(one.type, value)
        self.found.computed[at] = value
        return value

    def asked(self, one: Field, given: Any, scope: dict[str, Any], at: str, required: bool) -> Any:
        day = self.found.days[at] = self.day_of(one, scope)
        if is_blank(given):
            if required:
                self.found.errors[at] = _missing(one)
            return None
        try:
            kept = checked(one, given, self.context, day)
            scope[one.key] = as_operand(one.type, kept)
            self.within(one, scope)
        except RuleViolation as error:
            self.found.errors[at] = error.message
            return _as_typed(given)
        return kept

    def day_of(self, one: Field, scope: dict[str, Any]) -> date | None:
        """The day on which an address holds; None when the person says which set of units it is of."""
        if one.type is not FieldType.ADDRESS or one.as_of == "any":
            return None
        found = self.worked_out(one.as_of, scope) if one.as_of else self.today
        return found if isinstance(found, date) else None

    def within(self, one: Field, scope: dict[str, Any]) -> None:
        """Raises RuleViolation when the value passes its bounds; a bound that is blank binds nothing."""
        value = scope[one.key]
        for text, word, wrong in ((one.minimum, "nhỏ nhất", -1), (one.maximum, "lớn nhất", 1)):
            bound = self.worked_out(text, scope) if text else None
            if (
                bound is not None
                and type(bound) is type(value)
                and (value > bound) - (value < bound) == wrong
            ):
                raise RuleViolation(one.message or f"Giá trị {word} là {_bound_text(bound)}.")

    def group(self, one: Field, given: Any, scope: dict[str, Any], path: Any, required: bool) -> Any:
        """The rows of a group that are not blank, each with its own scope over what stands before."""
        at = path(one.key)
        rows = (
            [row for row in given if isinstance(row, Mapping) and not _blank_row(one, row)]
            if isinstance(given, list)
            else []
        )
        least = max(one.min_rows, int(required))
        if len(rows) < least:
            self.found.errors[at] = f"Khai ít nhất {least} dòng."
        if len(rows) > one.max_rows:
            self.found.errors[at] = f"Khai nhiều nhất {one.max_rows} dòng."
        kept, operands = [], []
        for number, row in enumerate(rows[: one.max_rows]):
            inside = dict(scope)
            kept.append(self.fields(one.fields, row, inside, lambda *keys, n=number: path(one.key, n, *keys)))
            operands.append({inner.key: inside[inner.key] for inner in one.fields})
        scope[one.key] = tuple(operands) or None
        return kept

    def holds(self, text: str, scope: Mapping[str, Any]) -> bool:
        """Whether a condition holds; blank is no."""
        return self.worked_out(text, scope) is True

    def worked_out(self, text: str, scope: Mapping[str, Any]) -> Any:
        """The value of an expression; blank where the values do not let it be worked out. Raises RuleViolation past the budget."""
        try:
            return parse(text).evaluate(scope, today=self.today, budget=self.budget)
        except ExpressionError:
            if self.budget.steps < 0:
                raise RuleViolation(
                    "Tờ khai có quá nhiều phép tính. Báo cho cơ quan công bố tờ khai."
                ) from None
            return None


def _blank_row(one: Field, row: Mapping[str, Any]) -> bool:
    return all(is_blank(row.get(inner.key)) for inner in one.fields if inner.is_asked)


def _missing(one: Field) -> str:
    if one.type in (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO):
        return "Chọn câu trả lời."
    if one.type is FieldType.DECLARATION:
        return "Đánh dấu vào ô để cam đoan."
    if one.type is FieldType.SIGNATURE:
        return "Gõ họ tên để ký."
    return "Đính kèm tệp." if one.type is FieldType.FILE else "Chưa điền."


def _bound_text(bound: Any) -> str:
    return decimal_text(bound) if isinstance(bound, Decimal) else f"{bound:%d/%m/%Y}"


def _as_typed(given: Any) -> Any:
    """What a draft keeps of a value that does not pass: what was typed, never more than a page of it."""
    if isinstance(given, str):
        return given[:PAGE]
    if isinstance(given, Mapping):
        return {str(key)[:40]: str(value)[:300] for key, value in list(given.items())[:10]}
    return [str(one)[:300] for one in given[:100]] if isinstance(given, list) else str(given)[:300]
