"""Acts on the lines of an office, by who administers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import changes, locked, powers, record, required_text
from motcua.agencies.models import OneStopOffice
from motcua.agencies.rules.periods import overlap, require_order, require_within
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.procedures.models import Field
from motcua.tickets.models import QueueLine
from motcua.tickets.rules.marks import prefix_of


@dataclass(frozen=True)
class LineData:
    """What is written of a line; `fields` are the ids of the fields of procedures that it is for, none meaning any."""

    name: str
    position: int = 1
    fields: Sequence[int] = ()


@transaction.atomic
def open_line(
    office: OneStopOffice, data: LineData, *, prefix: str, valid_from: date, actor: User, at: datetime
) -> QueueLine:
    """Open a line at an office from a legal date, as long as the office stands. Raises NotFound without agency.edit in its
    agency; RuleViolation for letters that another line of the office has on one of the days.
    """
    powers(actor, at).require(Permission.AGENCY_EDIT, office.agency)
    period = (valid_from, office.valid_to)
    require_within(period, (office.valid_from, office.valid_to), what=office.name)
    letters = prefix_of(prefix)
    locked(OneStopOffice, office.pk)
    for other in QueueLine.objects.filter(office=office, prefix=letters):
        if overlap(period, (other.valid_from, other.valid_to)):
            raise RuleViolation(f"Ký hiệu {letters} đang dùng cho hàng chờ “{other.name}”.", field="letters")
    name = required_text(data.name, "Nhập tên hàng chờ.", field="name")
    made = QueueLine.objects.create(
        office=office, name=name, prefix=letters, position=data.position, valid_from=valid_from, valid_to=office.valid_to
    )  # fmt: skip
    made.fields.set(_fields(data))
    _record(made, "queue_line.opened", actor, at, office=office.pk, prefix=letters, name=name, valid_from=valid_from.isoformat(), first=True)  # fmt: skip
    return made


@transaction.atomic
def change_line(line: QueueLine, data: LineData, *, actor: User, at: datetime) -> QueueLine:
    """Correct a line's name, place or fields; its letters stay, because slips bear them. Raises NotFound, RuleViolation."""
    powers(actor, at).require(Permission.AGENCY_EDIT, line.office.agency)
    line = locked(QueueLine, line.pk)
    name = required_text(data.name, "Nhập tên hàng chờ.", field="name")
    changed = changes(line, {"name": name, "position": data.position})
    if changed:
        line.save(update_fields=list(changed))
    wanted = _fields(data)
    if set(line.fields.values_list("pk", flat=True)) != {field.pk for field in wanted}:
        line.fields.set(wanted)
        changed["fields"] = sorted(field.pk for field in wanted)
    if changed:
        _record(line, "queue_line.changed", actor, at, after=changed)
    return line


@transaction.atomic
def end_line(line: QueueLine, *, last_day: date, actor: User, at: datetime) -> QueueLine:
    """Let a line end on its last day. Raises NotFound, RuleViolation for a day before its first."""
    powers(actor, at).require(Permission.AGENCY_EDIT, line.office.agency)
    line = locked(QueueLine, line.pk)
    require_order(line.valid_from, last_day)
    line.valid_to = last_day
    line.save(update_fields=["valid_to"])
    _record(line, "queue_line.ended", actor, at, last_day=last_day.isoformat())
    return line


def _fields(data: LineData) -> list[Field]:
    return list(Field.objects.filter(pk__in=data.fields))


def _record(
    line: QueueLine, act: str, actor: User, at: datetime, /, *, first: bool = False, **data: Any
) -> None:
    record(f"queue_line/{line.pk}", act, actor=actor, at=at, first=first, **data)
