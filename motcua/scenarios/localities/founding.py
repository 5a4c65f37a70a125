"""The locality as rows, through the ordinary acts: levels, law and calendar of its time, agencies, counters, officers,
procedures with the times that it has cut, receipt books.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from motcua.accounts.models import User
from motcua.agencies.actions import seat_agency
from motcua.agencies.models import Agency, OneStopOffice, Role
from motcua.audit.actions import append
from motcua.audit.models import Event
from motcua.audit.queries import events_of
from motcua.core.moments import to_utc
from motcua.dossiers.actions import keep_calendar
from motcua.payments.actions import open_book
from motcua.procedures.actions import offer
from motcua.procedures.actions.offerings import Reduction
from motcua.procedures.actions.starting import load_starting_catalogue
from motcua.scenarios.demo.build import World
from motcua.scenarios.installation import install, system_account
from motcua.scenarios.localities.catalogue import further
from motcua.scenarios.localities.plan import Locality, Offer
from motcua.workdays.actions import set_sessions

FOUNDED, REPLAYED = "scenario.founded", "scenario.replayed"
CHAIN = "scenario/replay"


def found(locality: Locality, scale: float) -> User:
    """Build everything that stands before the first dossier; gives the system's account, in whose name it is done."""
    at = to_utc(datetime.combine(locality.founded, datetime.min.time().replace(hour=8)))
    system = install(at)
    Role.objects.filter(requires_totp=True).update(requires_totp=False)  # the passwords are printed anyway
    load_starting_catalogue(actor=system, at=at, more=further({one.code for one in locality.offers}))
    world = World(system)
    world.add_agencies(locality.nodes, at)
    for plan in locality.offices:
        world.add_office(plan, at)
    for seat in locality.seats:
        office, agency = world.offices[seat.office], world.agencies[seat.agency]
        seat_agency(office, agency, valid_from=seat.since, document=seat.document, actor=system, at=at)
    world.add_people(locality.people, locality.founded, at)
    _sessions(locality, world, at)
    for one in locality.offers:
        _offer(one, world.agencies[one.agency], system, at)
    _books(locality, world, at)
    for key in dict.fromkeys(one.agency for one in locality.offers):
        keep_calendar(world.agencies[key], actor=system, at=at)
    facts = {
        "name": locality.name,
        "scale": repr(scale),
        "seed": locality.seed,
        "planned": locality.planned(scale),
    }
    append(CHAIN, FOUNDED, actor=system, at=at, data=facts, first=True)
    return system


def _sessions(locality: Locality, world: World, at: datetime) -> None:
    """The hours in which the locality's offices were open."""
    weekdays = {weekday: list(locality.sessions) for weekday in range(5)}
    set_sessions(
        world.agencies[locality.nodes[0].key], weekdays, valid_from=locality.founded,
        source="Giờ làm việc của cơ quan hành chính tại địa phương [likely]", actor=world.system, at=at,
    )  # fmt: skip


def _offer(one: Offer, agency: Agency, system: User, at: datetime) -> None:
    amount, _, unit = one.reduced.partition(" ")
    reduction = Reduction(Decimal(amount), unit, one.document) if one.reduced else None
    offer(one.code, agency.pk, one.since, reduction=reduction, online_level=one.online, actor=system, at=at)


def _books(locality: Locality, world: World, at: datetime) -> None:
    """A book of receipts for each agency with a counter and each year."""
    for plan in locality.offices:
        agency = world.agencies[plan.agency]
        for year in locality.cash_years:
            open_book(
                agency, symbol=f"BL-{agency.pk:02d}/{year % 100:02d}", year=year, source="Số liệu kịch bản",
                actor=world.system, at=at,
            )  # fmt: skip


def record_end(locality: Locality, counts: dict[str, int]) -> None:
    """Write into the log that the replay has come to its end."""
    append(CHAIN, REPLAYED, actor=system_account(), at=locality.until, data={"name": locality.name, **counts})


def standing() -> tuple[str, float, bool] | None:
    """Which locality this database holds, at which scale, and whether its replay came to its end; None without one, and
    in a database without tables.
    """
    if Event._meta.db_table not in connection.introspection.table_names():
        return None
    events = list(events_of(CHAIN))
    if not events:
        return None
    data = events[0].data
    return str(data["name"]), float(data["scale"]), any(e.kind == REPLAYED for e in events)


def offices_of(locality: Locality) -> dict[str, OneStopOffice]:
    """The counters by the keys of the plan."""
    by_name = {row.name: row for row in OneStopOffice.objects.select_related("agency")}
    return {plan.key: by_name[plan.name] for plan in locality.offices}


def agencies_of(locality: Locality) -> dict[str, Agency]:
    """The agencies by the keys of the plan."""
    by_name = {row.name: row for row in Agency.objects.select_related("parent", "level")}
    return {node.key: by_name[node.name] for node in locality.nodes}


def day(text: str) -> date:
    """A date of the plan, written as the law writes it: "05-05-2015"."""
    return datetime.strptime(text, "%d-%m-%Y").date()
