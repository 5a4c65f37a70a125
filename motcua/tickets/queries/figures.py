"""The figures of a day: how long people waited, by line and by desk."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from motcua.agencies.models import OneStopOffice
from motcua.tickets.models import Ticket, TicketDossier
from motcua.tickets.rules.pace import minutes_of, percentile
from motcua.tickets.rules.states import State


@dataclass(frozen=True)
class Figures:
    """Tickets of a day with one thing in common. Waits in whole minutes from taking the number (or coming back) to the call;
    None where nobody was called.
    """

    name: str
    taken: int
    waiting: int
    ended: int
    absent: int
    with_dossier: int
    p50: int | None
    p90: int | None


@dataclass(frozen=True)
class DayFigures:
    """The whole office, its lines, its desks."""

    whole: Figures
    lines: list[Figures]
    desks: list[Figures]


def figures(office: OneStopOffice, day: date) -> DayFigures:
    """The figures of an office on a legal date. One statement."""
    linked = Exists(TicketDossier.objects.filter(ticket=OuterRef("pk")))
    rows = Ticket.objects.filter(line__office=office, day=day).annotate(has_dossier=linked)
    found = list(rows.select_related("line", "officer").order_by("line__position", "line_id", "number"))
    called = [ticket for ticket in found if ticket.officer_id]
    return DayFigures(
        _figures("Cả bộ phận", found),
        _by(lambda ticket: str(ticket.line), found),
        sorted(_by(_desk, called), key=lambda one: one.name),
    )


def _desk(ticket: Ticket) -> str:
    return f"{ticket.desk} – {ticket.officer.full_name}" if ticket.officer else ticket.desk


def _by(key: Callable[[Ticket], str], tickets: Iterable[Ticket]) -> list[Figures]:
    groups: defaultdict[str, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        groups[key(ticket)].append(ticket)
    return [_figures(name, group) for name, group in groups.items()]


def _figures(name: str, tickets: Sequence[Ticket]) -> Figures:
    states = [ticket.state for ticket in tickets]
    waits = [ticket.wait for ticket in tickets if ticket.wait is not None]
    return Figures(
        name,
        len(tickets),
        states.count(State.WAITING),
        states.count(State.ENDED),
        states.count(State.ABSENT),
        sum(ticket.has_dossier for ticket in tickets),  # type: ignore[attr-defined]  # annotated above
        minutes_of(percentile(waits, 50)),
        minutes_of(percentile(waits, 90)),
    )
