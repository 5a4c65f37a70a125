"""Single tickets, and the door to each: by its token for who took it, by the counter for who serves."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import authority_of
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.printing import tokens
from motcua.tickets.models import Ticket
from motcua.tickets.queries.lines import access_counter

MOST = 40


def ticket_token(ticket: Ticket) -> str:
    """What stands in the address of a ticket: nobody can guess another's."""
    return tokens.token(tokens.TICKET, ticket.pk)


def ticket_link(ticket: Ticket) -> str:
    """The address behind the code on the slip."""
    return f"{settings.PUBLIC_URL}/so-thu-tu/{ticket_token(ticket)}/"


def access_by_token(token: str) -> Ticket:
    """The ticket of a token. Raises NotFound, the same for a forged one."""
    kind, numbers = tokens.read_token(token) or ("", (0,))
    rows = Ticket.objects.select_related("line__office__agency")
    found = rows.filter(pk=numbers[0]).first() if kind == tokens.TICKET else None
    if found is None:
        raise NotFound("Không có số thứ tự này. Quét lại mã trên phiếu.")
    return found


def kiosk_token(office: OneStopOffice) -> str:
    """What makes a machine one that gives out numbers of this office."""
    return tokens.token(tokens.KIOSK, office.pk)


def is_kiosk_of(token: str, office: OneStopOffice) -> bool:
    """Whether a machine that shows this token gives out numbers of the office."""
    return tokens.read_token(token) == (tokens.KIOSK, (office.pk,))


def locked(actor: User, ticket_id: int, at: datetime, *, own: bool) -> Ticket:
    """A ticket of today, locked, for an act at the counter; `own`: only the one whom it was called by. Raises NotFound for other
    days, other counters and other people's.
    """
    found = locked_of_today(actor, ticket_id, at, own=own)
    access_counter(authority_of(actor, legal_date(at)), found.line.office_id, legal_date(at))
    return found


def locked_of_today(actor: User, ticket_id: int, at: datetime, *, own: bool) -> Ticket:
    """The same without asking whether the actor works at the counter: for who asks that by another way."""
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("line__office")
    found = rows.filter(pk=ticket_id, day=legal_date(at)).first()
    if found is None or (own and found.officer_id != actor.pk):
        raise NotFound("Số này không phải số của bạn hôm nay.")
    return found


def of_clerk(user_id: int, office: OneStopOffice, day: date) -> list[Ticket]:
    """What a clerk has called today, the newest first, and what may be put back into the line. One statement."""
    mine = Q(officer=user_id) | Q(outcome="absent", put_back_at=None)
    rows = Ticket.objects.filter(mine, line__office=office, day=day).select_related("line")
    return list(rows.order_by("-last_called_at")[:MOST])
