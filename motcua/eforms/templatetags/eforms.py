"""Questions of a form as templates draw them."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, gettext_noop

from motcua.core.moments import legal_date, now
from motcua.eforms import queries
from motcua.eforms.rules.answers import Filled, fill
from motcua.eforms.rules.english import in_words, is_english, missing, texts_of
from motcua.eforms.rules.expressions import parse
from motcua.eforms.rules.faults import IN_GROUP, PARTS
from motcua.eforms.rules.schema import Field, Schema, Section
from motcua.eforms.rules.shown import shown
from motcua.eforms.rules.types import LABELS, FieldType
from motcua.eforms.words import in_language
from motcua.places import queries as places
from motcua.places.queries import Choice

register = template.Library()

INPUT_MODES = {
    FieldType.NUMBER: "decimal",
    FieldType.MONEY: "numeric",
    FieldType.DATE: "numeric",
    FieldType.IDENTITY: "text",
    FieldType.TAX_CODE: "numeric",
    FieldType.PHONE: "tel",
    FieldType.EMAIL: "email",
}
HINTS = {
    FieldType.DATE: gettext_noop("Ngày/tháng/năm, ví dụ 05/01/2026."),
    FieldType.MONEY: gettext_noop("Đơn vị: đồng."),
}
WIDTHS = {
    FieldType.DATE: "w-date",
    FieldType.NUMBER: "w-code",
    FieldType.MONEY: "w-code",
    FieldType.PHONE: "w-code",
    FieldType.IDENTITY: "w-code",
    FieldType.TAX_CODE: "w-code",
}
AUTOCOMPLETE = {
    "full_name": "name",
    "phone": "tel",
    "email": "email",
    "birth_date": "bday",
    "organisation_name": "organization",
}
SHARED = "eforms/fields/{}.html"
TEMPLATES = {
    FieldType.LONG_TEXT: "long_text",
    FieldType.YES_NO: "choice",
    FieldType.CHOICE: "choice",
    FieldType.CHOICES: "choices",
    FieldType.ADDRESS: "address",
    FieldType.GROUP: "group",
    FieldType.FILE: "file",
    FieldType.DECLARATION: "declaration",
    FieldType.SIGNATURE: "signature",
    FieldType.STATIC: "static",
}
# So many choices are shown as a list to open, on a phone too.
RADIOS = 7


@dataclasses.dataclass
class Shown:
    """One question on the page: its field, where it is, what is in it, what is wrong with it."""

    field: Field
    path: str
    value: Any
    error: str = ""
    required: bool = True
    drives: bool = False  # whether other questions of the page depend on it
    rows: "list[list[Shown]]" = dataclasses.field(default_factory=list)
    extra: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"id_{self.path.replace('.', '-')}"

    @property
    def template(self) -> str:
        return SHARED.format("computed" if self.field.value else TEMPLATES.get(self.field.type, "text"))

    @property
    def text(self) -> str:
        """What stands in a box of one line: as it is shown when it was kept, else as it was typed."""
        if self.field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
            return str(self.value or "")
        found = shown(self.field, self.value)
        return found.removesuffix(" đ") if self.field.type is FieldType.MONEY else found

    @property
    def hint(self) -> str:
        usual = HINTS.get(self.field.type, "")
        return self.field.help or (gettext(usual) if usual else "")

    @property
    def described(self) -> str:
        """The ids of what describes it, for a screen reader."""
        ids = [f"{self.id}_hint"] * bool(self.hint) + [f"{self.id}_error"] * bool(self.error)
        return " ".join(ids)

    @property
    def paper(self) -> str:
        """The paper that stands for a file here, by its name in law, which has no other language."""
        return format_html('<span lang="vi">{}</span>', self.field.paper)

    @property
    def input_mode(self) -> str:
        return INPUT_MODES.get(self.field.type, "text")

    @property
    def width(self) -> str:
        return WIDTHS.get(self.field.type, "")

    @property
    def autocomplete(self) -> str:
        return AUTOCOMPLETE.get(self.field.prefill, "off")

    @property
    def is_select(self) -> bool:
        return len(self.field.options) > RADIOS

    @property
    def choices(self) -> list[tuple[str, str, str, bool]]:
        """(value, label, id, whether chosen) of the choices; Có and Không where there are no others."""
        pairs = [(one.value, one.label) for one in self.field.options]
        pairs = pairs or [("yes", gettext("Có")), ("no", gettext("Không"))]
        chosen = self.value if isinstance(self.value, list) else [self.value]
        return [(value, label, f"{self.id}_{n}", value in chosen) for n, (value, label) in enumerate(pairs)]


@register.simple_tag
def eform_questions(section: Section, answers: Mapping[str, Any], errors: Mapping[str, str]) -> list[Shown]:
    """The questions of a section that the answers so far ask for."""
    schema = section.schema
    at = now()
    found = fill(schema, answers or {}, queries.context(at)) if schema else Filled()
    values = {**((answers or {}).get(section.key) or {}), **computed_of(section, found)}
    return _Questions(found, errors or {}, legal_date(at), drivers(section), words_of(section)).of(
        section.fields, values, section.path
    )


def words_of(section: Section) -> dict[str, str]:
    """The English words of a section's form for who reads English; none for others."""
    return dict(section.schema.english) if section.schema and get_language() == "en" else {}


def drivers(section: Section) -> frozenset[str]:
    """The keys that expressions of a section speak of."""
    texts = [text for one in section.every_field for text in one.expressions.values()]
    return frozenset(key for text in texts for key in parse(text).names)


def computed_of(section: Section, found: Filled) -> dict[str, Any]:
    """Calculated values of a section by key."""
    pairs = ((path.split("."), value) for path, value in found.computed.items())
    return {keys[1]: value for keys, value in pairs if keys[0] == section.key and len(keys) == 2}


class _Questions:
    def __init__(
        self,
        found: Filled,
        errors: Mapping[str, str],
        today: date,
        drivers: frozenset[str],
        words: Mapping[str, str],
    ) -> None:
        self.found, self.errors, self.today, self.drivers = found, errors, today, drivers
        self.words = words

    def of(self, fields: tuple[Field, ...], values: Mapping[str, Any], path: Any) -> list[Shown]:
        return [
            self.one(one, values.get(one.key), path) for one in fields if path(one.key) in self.found.shown
        ]

    def one(self, one: Field, value: Any, path: Any) -> Shown:
        made = self.asked(one, path(one.key), value, path(one.key) in self.found.required)
        if one.type is FieldType.GROUP:
            made.rows = self.rows(one, value, path)
            made.extra = {"may_add": len(made.rows) < one.max_rows, "least": one.min_rows}
        return made

    def asked(self, one: Field, at: str, value: Any, required: bool) -> Shown:
        said = in_words(one, self.words) if self.words else one
        wrong = self.errors.get(at, "")
        error = self.words.get(wrong) or (gettext(wrong) if wrong else "")
        made = Shown(said, at, value, error, required, one.key in self.drivers)
        if one.type is FieldType.ADDRESS:
            made.extra = address_parts(
                value, self.found.days.get(at, None if one.as_of else self.today), self.today
            )
        return made

    def rows(self, one: Field, value: Any, path: Any) -> list[list[Shown]]:
        """The rows there are, at least as many as must be; their fields as the answers ask for them."""
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        rows += [{}] * (max(one.min_rows, 1) - len(rows))
        return [self.row(one, row, number, path) for number, row in enumerate(rows)]

    def row(self, one: Field, row: Mapping[str, Any], number: int, path: Any) -> list[Shown]:
        is_known = any(shown.startswith(f"{path(one.key, number)}.") for shown in self.found.shown)
        made = []
        for inner in one.fields:
            at = path(one.key, number, inner.key)
            # A row that is still blank was not worked out: it asks for what depends on nothing.
            if at in self.found.shown or (not is_known and not inner.show_if):
                value = self.found.computed.get(at) if inner.value else row.get(inner.key)
                made.append(
                    self.asked(inner, at, value, at in self.found.required if is_known else inner.required)
                )
        return made


def address_parts(value: Any, day: date | None, today: date) -> dict[str, Any]:
    """What an address is drawn with: its parts, the provinces of its day (None: of the set that the person says), and the
    units of those chosen so far; what was said of another day's set is left out, its codes mean other places."""
    given = {key: str(part or "") for key, part in value.items()} if isinstance(value, Mapping) else {}
    era = places.era_of(day) if day else given.get("era") or places.era_of(today)
    if given.get("era", era) != era:
        given = {"line": given.get("line", "")}
    at = places.day_of_era(era)
    province, district = given.get("province", ""), given.get("district", "")
    districts = places.districts(province, at) if province and era == "before" else []
    above = _code(districts, district) if era == "before" else province
    communes = places.communes(above, at) if above else []
    return {
        "era": era,
        "is_free": day is None,
        "provinces": places.provinces(at),
        "province": province,
        "district": _name(districts, district),
        "districts": districts,
        "commune": _name(communes, given.get("commune", "")),
        "communes": communes,
        "line": given.get("line", ""),
    }


def _code(choices: list[Choice], said: str) -> str:
    """The code of a unit said by code or by name; empty when it is not among them."""
    return next((one.code for one in choices if said in one), "")


def _name(choices: list[Choice], said: str) -> str:
    """The name of a unit that was found; else what was typed."""
    return next((one.name for one in choices if one.code == said), said)


@register.simple_tag
def eform_errors(section: Section, errors: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(id to lead to, label, message) of the errors of a section, in the order of its questions."""
    schema, words = section.schema, words_of(section)
    rows = []
    for path, message in errors.items():
        found = schema.field_at(path) if schema else None
        label = words.get(found.label, found.label) if found else ""
        rows.append((f"id_{path.replace('.', '-')}", label, words.get(message) or gettext(message)))
    return rows


register.filter("eform_said", in_language)


@register.filter
def eform_word(schema: Schema, text: str) -> str:
    """A text of a form in the reader's language, where the form has it."""
    return dict(schema.english).get(text, text) if get_language() == "en" else text


@register.filter
def eform_reader(schema: Schema) -> str:
    """The language in which a form that was sent in is read again."""
    return "en" if schema.english and get_language() == "en" else "vi"


@register.filter
def eform_help(section: Section) -> str:
    """What is said above the questions of a section, in the reader's language where the form has it."""
    return words_of(section).get(section.help, section.help)


@register.filter
def eform_language(section: Section) -> str:
    """The language in which a section's questions stand on the page."""
    return "en" if words_of(section) and is_english(section) else "vi"


@register.filter
def eform_depends(section: Section) -> bool:
    """Whether anything of a section depends on its other answers, so that the page is asked again as they change."""
    return bool(drivers(section) & {one.key for one in section.every_field})


@register.simple_tag
def upload_name(uploads: Mapping[str, str] | None, reference: str) -> str:
    """What an attached file is called; its reference when nobody said."""
    return (uploads or {}).get(reference, reference)


@register.simple_tag
def eform_missing(schema: Schema) -> dict[str, int]:
    """How many texts of a form people may read, and how many have no English words."""
    return {"all": len(texts_of(schema)), "missing": len(missing(schema))}


@register.filter
def eform_type(type_: FieldType) -> str:
    """The type of a field in words."""
    return LABELS[type_]


@register.filter
def eform_parts(one: Field) -> list[tuple[str, str]]:
    """(what it is for, text) of the expressions of a field."""
    return [(PARTS[part], text) for part, text in one.expressions.items()]


@register.filter
def eform_path(section: Section, key: str) -> str:
    """The path of a field of a section."""
    return section.path(key)


@register.filter
def eform_under(path: str, key: str) -> str:
    """The path of what lies under a path."""
    return f"{path}.{key}"


@register.filter
def eform_row_types(types: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The types that a field of a repeated group may have."""
    return [(type_, label) for type_, label in types if type_ in IN_GROUP]
