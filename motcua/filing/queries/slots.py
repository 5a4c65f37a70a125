"""Where a file of a draft may go: to a paper of the procedure, or to a file question of the form."""

from dataclasses import dataclass

from motcua.core.errors import NotFound
from motcua.eforms.rules.types import FieldType
from motcua.filing.queries.journey import Journey


@dataclass(frozen=True)
class Slot:
    """The place of a file; `key`: "paper/<id>" or "field/<path>"."""

    key: str
    paper_id: int | None = None


def access_slot(journey: Journey, key: str) -> Slot:
    """The place that a key names in this draft. Raises NotFound when it has none such."""
    kind, _, name = key.partition("/")
    if kind == "paper" and name.isascii() and name.isdigit() and len(name) < 19:
        if any(line.requirement.id == int(name) and not line.is_note for line in journey.papers):
            return Slot(f"paper/{int(name)}", int(name) or None)
    elif kind == "field" and len(name) <= 110 and journey.schema:
        field = journey.schema.field_at(name)
        if field and field.type is FieldType.FILE and not field.paper:
            return Slot(f"field/{name}")
    raise NotFound("Không tìm thấy chỗ để đính kèm tệp này.")
