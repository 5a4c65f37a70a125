"""What a browser sent of a section, read by the form: only the fields that the form has, nothing past their bounds.

Inputs are named by paths: section.field; section.address.commune; section.group.0.field. Buttons that stay on the page:
`_look` (show what the answers so far ask for), `_add` (path of a group), `_remove` (path of a row).
"""

from collections.abc import Mapping
from typing import Any, Protocol

from motcua.eforms.rules.schema import ROWS, Field, Section
from motcua.eforms.rules.types import FieldType, is_blank

LONGEST = 20_000
BUTTONS = ("_look", "_add", "_remove")
PARTS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.ADDRESS: ("era", "province", "district", "commune", "line"),
    FieldType.SIGNATURE: ("name", "agree"),
}


class Posted(Protocol):
    """Django's QueryDict, as far as it is needed."""

    def get(self, key: str, default: str, /) -> str: ...
    def getlist(self, key: str, /) -> list[str]: ...
    def __contains__(self, key: object, /) -> bool: ...


def stays(posted: Posted) -> bool:
    """Whether a button was pressed that shows the same section again: save what was typed, show it without errors."""
    return any(name in posted for name in BUTTONS)


def read(section: Section, posted: Posted) -> dict[str, Any]:
    """What was typed in a section, for `answers.check_section`; a row added or taken away as the buttons say."""
    return {one.key: _read(one, section.path(one.key), posted) for one in section.fields if one.is_asked}


def _read(one: Field, path: str, posted: Posted) -> Any:
    if one.type is FieldType.GROUP:
        return _rows(one, path, posted)
    if one.type in PARTS:
        return {part: posted.get(f"{path}.{part}", "")[:LONGEST] for part in PARTS[one.type]}
    if one.type in (FieldType.CHOICES, FieldType.FILE):
        return [value[:LONGEST] for value in posted.getlist(path)[:100] if value]
    return posted.get(path, "")[:LONGEST]


def _rows(one: Field, path: str, posted: Posted) -> list[dict[str, Any]]:
    """The rows that say something, and a blank one where another was asked for."""
    gone = posted.get("_remove", "")
    fields = [inner for inner in one.fields if inner.is_asked]
    rows = [
        {inner.key: _read(inner, f"{path}.{number}.{inner.key}", posted) for inner in fields}
        for number in range(ROWS)
        if f"{path}.{number}" in posted and gone != f"{path}.{number}"
    ]
    found = [row for row in rows if not all(map(is_blank, row.values()))]
    return [*found, {}] if posted.get("_add", "") == path and len(found) < one.max_rows else found
