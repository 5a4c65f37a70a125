"""What the screen on the wall, the kiosk and the telephone of who waits show."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.models import OneStopOffice
from motcua.core.moments import legal_date
from motcua.tickets.models import QueueLine, Ticket
from motcua.tickets.queries.lines import lines_with_waiting
from motcua.tickets.queries.today import today_of
from motcua.tickets.rules.states import Outcome, State

LAST = 5


@dataclass(frozen=True)
class Board:
    """The screen: the lines with `waiting`, and the numbers called last, the newest first."""

    lines: list[QueueLine]
    called: list[Ticket]


def board(office: OneStopOffice, at: datetime) -> Board:
    """The screen of an office at a moment. Two statements."""
    day = legal_date(at)
    rows = Ticket.objects.filter(line__office=office, day=day, called_at__isnull=False)
    shown = rows.exclude(outcome=Outcome.ABSENT.value).select_related("line")
    return Board(lines_with_waiting(office, day), list(shown.order_by("-last_called_at", "-pk")[:LAST]))


@dataclass(frozen=True)
class Place:
    """Where a ticket stands: how many go before, how many minutes it may take (None: too little is known), and what was
    called last in its line.
    """

    ticket: Ticket
    state: State
    is_over: bool
    before: int | None = None
    minutes: int | None = None
    latest: Ticket | None = None


def place_of(ticket: Ticket, at: datetime) -> Place:
    """Where a ticket stands at a moment; one of another day is over. Three statements while it waits."""
    over = ticket.day != legal_date(at)
    if over or ticket.state is not State.WAITING:
        return Place(ticket, ticket.state, over)
    today = today_of(ticket.line.office, at)
    before = today.before(ticket.pk, ticket.line_id)
    rows = Ticket.objects.filter(line=ticket.line_id, day=ticket.day, called_at__isnull=False)
    latest = rows.select_related("line").order_by("-last_called_at", "-pk").first()
    minutes = today.expected(ticket.line_id, before)
    return Place(ticket, State.WAITING, False, before, minutes, latest)
