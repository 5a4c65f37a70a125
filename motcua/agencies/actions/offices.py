"""Acts on one-stop offices and centres, and on who sits there."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.acting import changes, locked, powers, record, required_text
from motcua.agencies.models import Agency, OneStopOffice, Seat
from motcua.agencies.rules import places
from motcua.agencies.rules.periods import earlier, overlap, require_order, require_within
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.core.text import nfc


@transaction.atomic
def open_office(
    *,
    agency: Agency,
    name: str,
    valid_from: date,
    actor: User,
    at: datetime,
    kind: str = OneStopOffice.Kind.OFFICE,
    address: str = "",
    phone: str = "",
    coordinates: str = "",
) -> OneStopOffice:
    """Open a one-stop office, or a centre that pools several agencies' counters; the keeper gets its own
    seat.

    Raises NotFound without agency.edit, RuleViolation outside the agency's own time.
    """
    powers(actor, at).require(Permission.AGENCY_EDIT, agency)
    require_within((valid_from, agency.valid_to), (agency.valid_from, agency.valid_to), what=agency.name)
    office = OneStopOffice.objects.create(
        agency=agency,
        name=required_text(name, "Nhập tên bộ phận một cửa.", field="name"),
        kind=kind,
        address=nfc(address),
        phone=nfc(phone),
        coordinates=places.coordinates(coordinates),
        valid_from=valid_from,
        valid_to=agency.valid_to,
    )
    Seat.objects.create(office=office, agency=agency, valid_from=valid_from, valid_to=agency.valid_to)
    _record(office, "office.opened", actor, at, name=office.name, kind=kind, valid_from=valid_from)
    return office


@transaction.atomic
def update_office(office: OneStopOffice, *, actor: User, at: datetime, **fields: str) -> OneStopOffice:
    """Correct an office's name, kind, address, phone or place on the map. Raises NotFound without agency.edit in its agency."""
    powers(actor, at).require(Permission.AGENCY_EDIT, office.agency)
    office = locked(OneStopOffice, office.pk)
    clean = {
        name: nfc(value)
        for name, value in fields.items()
        if name in {"name", "kind", "address", "phone", "coordinates"}
    }
    if "coordinates" in clean:
        clean["coordinates"] = places.coordinates(clean["coordinates"])
    if "name" in clean:
        required_text(clean["name"], "Nhập tên bộ phận một cửa.", field="name")
    changed = changes(office, clean)
    if changed:
        office.save(update_fields=list(changed))
        _record(office, "office.updated", actor, at, after=changed)
    return office


@transaction.atomic
def close_office(
    office: OneStopOffice, *, last_day: date, document: str, actor: User, at: datetime
) -> OneStopOffice:
    """Close an office and all its seats on its last day. Raises NotFound, RuleViolation for a day before
    its first.
    """
    powers(actor, at).require(Permission.AGENCY_EDIT, office.agency)
    office = locked(OneStopOffice, office.pk)
    require_order(office.valid_from, last_day)
    document = required_text(document, "Nhập số, ngày của quyết định.", field="document")
    Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gt=last_day), office=office).update(valid_to=last_day)
    office.valid_to = last_day
    office.save(update_fields=["valid_to"])
    _record(office, "office.closed", actor, at, last_day=last_day, document=document)
    return office


@transaction.atomic
def seat_agency(
    office: OneStopOffice,
    agency: Agency,
    *,
    valid_from: date,
    document: str,
    actor: User,
    at: datetime,
    desk: str = "",
    valid_to: date | None = None,
) -> Seat:
    """Seat an agency at an office from a date: before it, its procedures are not offered there.

    Vertical agencies (police, insurance, tax, land) come to the counter this way. Raises NotFound without
    agency.edit in the office's agency, RuleViolation outside the office's or the agency's time, or when
    it is seated already.
    """
    powers(actor, at).require(Permission.AGENCY_EDIT, office.agency)
    require_order(valid_from, valid_to)
    until = earlier(valid_to, earlier(office.valid_to, agency.valid_to))
    period = (valid_from, until)
    require_within(period, (office.valid_from, office.valid_to), what=office.name)
    require_within(period, (agency.valid_from, agency.valid_to), what=agency.name)
    locked(OneStopOffice, office.pk)
    for seat in Seat.objects.filter(office=office, agency=agency):
        if overlap(period, (seat.valid_from, seat.valid_to)):
            raise RuleViolation(f"{agency.name} đã có quầy tại {office.name} từ {seat.valid_from:%d-%m-%Y}.")
    seat = Seat.objects.create(
        office=office,
        agency=agency,
        desk=nfc(desk),
        document=nfc(document),
        valid_from=valid_from,
        valid_to=until,
    )
    facts: dict[str, Any] = {"seat": seat.pk, "valid_from": valid_from, "document": document}
    _record(office, "seat.opened", actor, at, agency=agency.pk, **facts)
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, last_day: date, actor: User, at: datetime, document: str = "") -> Seat:
    """End a seat on its last day. Raises NotFound without agency.edit in the office's agency,
    RuleViolation.
    """
    office = seat.office
    powers(actor, at).require(Permission.AGENCY_EDIT, office.agency)
    seat = locked(Seat, seat.pk)
    require_order(seat.valid_from, last_day)
    seat.valid_to = last_day
    seat.save(update_fields=["valid_to"])
    _record(office, "seat.ended", actor, at, seat=seat.pk, last_day=last_day, document=document)
    return seat


def _record(office: OneStopOffice, act: str, actor: User, at: datetime, /, **data: Any) -> None:
    record(f"agency/{office.agency_id}", act, actor=actor, at=at, office=office.pk, **data)
