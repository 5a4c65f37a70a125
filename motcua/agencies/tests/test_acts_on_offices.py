"""Acts on one-stop offices and seats."""

from datetime import date

import pytest

from motcua.agencies import actions
from motcua.agencies.models import (
    Seat,
)
from motcua.agencies.tests.conftest import AT, DAY, World, told
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation

FIRST = date(2026, 1, 1)


def test_an_office_opens_with_the_keepers_seat_and_closes_with_all(world: World) -> None:
    office = actions.open_office(
        agency=world.other, name="Trung tâm PVHCC", kind="centre", valid_from=FIRST, actor=world.chief, at=AT
    )
    actions.seat_agency(office, world.commune, valid_from=FIRST, document="", actor=world.chief, at=AT)
    actions.update_office(office, phone="1900", actor=world.chief, at=AT)
    actions.update_office(office, phone="1900", actor=world.chief, at=AT)
    actions.close_office(office, last_day=DAY, document="QĐ", actor=world.chief, at=AT)
    assert set(office.seats.values_list("agency__name", "valid_to")) == {
        ("UBND xã Bình Minh", DAY),
        ("UBND xã An Phú", DAY),
    }
    assert told(f"agency/{world.other.pk}") == [
        "office.opened",
        "seat.opened",
        "office.updated",
        "office.closed",
    ]


def test_offices_and_seats_keep_inside_the_time_of_what_they_belong_to(world: World) -> None:
    refused = [
        lambda: actions.open_office(
            agency=world.commune, name="", valid_from=FIRST, actor=world.local, at=AT
        ),
        lambda: actions.open_office(
            agency=world.commune, name="X", valid_from=date(1999, 1, 1), actor=world.local, at=AT
        ),
        lambda: actions.update_office(world.office, name=" ", actor=world.local, at=AT),
        lambda: actions.close_office(
            world.office, last_day=date(1999, 1, 1), document="Q", actor=world.local, at=AT
        ),
        lambda: actions.close_office(world.office, last_day=DAY, document="", actor=world.local, at=AT),
        lambda: actions.seat_agency(
            world.office, world.other, valid_from=date(1999, 1, 1), document="", actor=world.local, at=AT
        ),
        lambda: actions.seat_agency(
            world.office, world.commune, valid_from=FIRST, document="", actor=world.local, at=AT
        ),
        lambda: actions.seat_agency(
            world.office, world.other, valid_from=DAY, valid_to=FIRST, document="", actor=world.local, at=AT
        ),
        lambda: actions.end_seat(Seat.objects.first(), last_day=date(1999, 1, 1), actor=world.local, at=AT),
    ]
    for act in refused:
        with pytest.raises(RuleViolation):
            act()
    assert not Event.objects.exists()


def test_offices_belong_to_those_who_may_edit_the_agency(world: World) -> None:
    for act in (
        lambda: actions.open_office(agency=world.other, name="X", valid_from=FIRST, actor=world.local, at=AT),
        lambda: actions.update_office(world.office, name="X", actor=world.clerk, at=AT),
        lambda: actions.close_office(world.office, last_day=DAY, document="Q", actor=world.clerk, at=AT),
        lambda: actions.seat_agency(
            world.office, world.other, valid_from=DAY, document="", actor=world.stranger, at=AT
        ),
        lambda: actions.end_seat(Seat.objects.first(), last_day=DAY, actor=world.stranger, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_agency_may_come_back_to_an_office_after_it_left(world: World) -> None:
    first = actions.seat_agency(
        world.office,
        world.other,
        valid_from=FIRST,
        valid_to=date(2026, 3, 31),
        document="",
        actor=world.local,
        at=AT,
    )
    again = actions.seat_agency(
        world.office, world.other, valid_from=date(2026, 4, 1), document="", actor=world.local, at=AT
    )
    assert (first.valid_to, again.valid_to) == (date(2026, 3, 31), None)
