"""The answers of a form as the office reads them, each of which can be pointed at as what must be corrected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from motcua.eforms.rules.answers import SectionSummary
from motcua.eforms.rules.schema import Schema
from motcua.eforms.rules.types import FieldType


@dataclass(frozen=True)
class Point:
    """Something that can be pointed at. `key` names its inputs: "reason-<key>", "text-<key>"."""

    key: str
    name: str
    field: str = ""
    paper: int | None = None
    reason: str = ""
    text: str = ""

    @property
    def is_pointed(self) -> bool:
        """Whether a reason or a sentence was given for it."""
        return bool(self.reason or self.text)


class Answer(Protocol):
    """An answer as a person reads it. `field`: as a correction points at it; `before`: None when nothing has changed."""

    @property
    def field(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def shown(self) -> str: ...
    @property
    def before(self) -> str | None: ...


class Part(Protocol):
    """The answers of a section."""

    @property
    def title(self) -> str: ...
    @property
    def lines(self) -> "Iterable[Answer]": ...


@dataclass(frozen=True)
class Line:
    """An answer on the page, and its point."""

    line: Answer
    point: Point


@dataclass(frozen=True)
class Sheet:
    """A section of the form on the page."""

    title: str
    lines: list[Line]


def sheets(schema: Schema, parts: Iterable[Part], at: Callable[[str, str, str], Point]) -> list[Sheet]:
    """The form as the office reads it; `at` gives the point of a key, a name and the field that a correction would name. A
    row of a repeated group is pointed at as the group, a file as a paper.
    """
    found = []
    for part in parts:
        lines = []
        for line in part.lines:
            asked = schema.field_at(line.field)
            is_file = asked is not None and asked.type is FieldType.FILE
            name = asked.label if asked is not None else line.label
            lines.append(Line(line, at(f"f-{line.field}", name, "" if is_file else line.field)))
        found.append(Sheet(part.title, lines))
    return found


@dataclass(frozen=True)
class _Given:
    field: str
    label: str
    shown: str
    before: str | None = None


@dataclass(frozen=True)
class _Section:
    title: str
    lines: list[_Given]


def first_read(sections: Iterable[SectionSummary]) -> list[_Section]:
    """Answers that nobody has sent in before, as parts of a sheet."""
    return [
        _Section(
            one.title,
            [_Given(".".join(path.split(".")[:2]), label, shown) for path, label, shown in one.rows],
        )
        for one in sections
    ]
