"""Acts at the counter: the next number, once more, absent, back into the line, done; and the dossier that came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import required_text
from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import authority_of
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.access import at_office
from motcua.dossiers.queries.reference import Desk
from motcua.tickets.models import Ticket, TicketDossier
from motcua.tickets.queries.lines import AT_THE_COUNTER, access_counter, lines_at
from motcua.tickets.queries.today import today_of
from motcua.tickets.queries.turns import locked, locked_of_today
from motcua.tickets.rules.priority import Priority
from motcua.tickets.rules.states import Act, Outcome, target

MOST_DESK = 30


@transaction.atomic
def call_next(
    office_id: int, line_ids: Sequence[int], desk: str, *, after: int | None = None, actor: User, at: datetime
) -> Ticket | None:
    """End what the actor serves and call whose turn it is in these lines to the desk; None when nobody waits there.

    `after` is the ticket that the actor saw at the desk when pressing: when another is there meanwhile (a key pressed twice),
    nothing is done and that one given back. Two who press at once never get the same ticket: each row is locked before it is
    called, and a locked one passed over. Raises NotFound away from the actor's counters; RuleViolation without a desk or line.
    """
    office = access_counter(authority_of(actor, legal_date(at)), office_id, legal_date(at))
    place = required_text(desk, "Nhập quầy của bạn, ví dụ “Quầy 3”.", field="desk")[:MOST_DESK]
    lines = _lines(office, line_ids, at)
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # one press of one person at a time
    current = _current(actor, at)
    if current is not None and current.pk != after:
        return current
    if current is not None:
        _end(current, Act.FINISH, Outcome.DONE, actor, at)
    found = _free(office, lines, at)
    if found is not None:
        target(found.state, Act.CALL)
        _save(found, called_at=at, last_called_at=at, desk=place, officer=actor)
        _tell(found, "ticket.called", actor, at, desk=place)
    return found


def _lines(office: OneStopOffice, line_ids: Sequence[int], at: datetime) -> list[int]:
    known = lines_at(office, legal_date(at)).filter(pk__in=line_ids)
    found = list(known.values_list("pk", flat=True))
    if not found:
        raise RuleViolation("Chọn ít nhất một hàng chờ để gọi số.", field="lines")
    return found


def _current(actor: User, at: datetime) -> Ticket | None:
    """What the actor has called and not ended today, locked."""
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("line")
    return rows.filter(officer=actor, day=legal_date(at), ended_at=None, called_at__isnull=False).first()


def _free(office: OneStopOffice, lines: Sequence[int], at: datetime) -> Ticket | None:
    """The first in the order that nobody else is just calling, locked."""
    rows = Ticket.objects.select_for_update(skip_locked=True, of=("self",)).select_related("line")
    for one in today_of(office, at).order(lines):
        found = rows.filter(pk=one.pk, called_at=None, ended_at=None).first()
        if found is not None:
            return found
    return None


@transaction.atomic
def call_again(ticket_id: int, *, actor: User, at: datetime) -> Ticket:
    """Call a number once more whose person has not come. The first call stays: who calls again gains no time. Raises NotFound,
    RuleViolation.
    """
    found = locked(actor, ticket_id, at, own=True)
    target(found.state, Act.CALL_AGAIN)
    _save(found, last_called_at=at)
    _tell(found, "ticket.called_again", actor, at)
    return found


@transaction.atomic
def serve(ticket_id: int, *, actor: User, at: datetime) -> Ticket:
    """Note that the person has come to the desk. Nobody has to: the next call says it too. Raises NotFound, RuleViolation."""
    found = locked(actor, ticket_id, at, own=True)
    target(found.state, Act.SERVE)
    _save(found, served_at=at)
    _tell(found, "ticket.served", actor, at)
    return found


@transaction.atomic
def finish(ticket_id: int, *, actor: User, at: datetime) -> Ticket:
    """End a turn without calling the next. Raises NotFound, RuleViolation."""
    found = locked(actor, ticket_id, at, own=True)
    _end(found, Act.FINISH, Outcome.DONE, actor, at)
    return found


@transaction.atomic
def mark_absent(ticket_id: int, *, actor: User, at: datetime) -> Ticket:
    """Note that nobody came to a number that was called. Raises NotFound, RuleViolation."""
    found = locked(actor, ticket_id, at, own=True)
    _end(found, Act.MARK_ABSENT, Outcome.ABSENT, actor, at)
    return found


@transaction.atomic
def put_back(ticket_id: int, *, actor: User, at: datetime) -> Ticket:
    """Let somebody who was absent stand in the line again, once, behind those who wait; any clerk of the counter may. Raises
    NotFound, RuleViolation.
    """
    found = locked(actor, ticket_id, at, own=False)
    target(found.state, Act.PUT_BACK, put_back_before=found.put_back_at is not None)
    _save(
        found, put_back_at=at, called_at=None, last_called_at=None, desk="", officer=None, ended_at=None, outcome=Outcome.NONE.value
    )  # fmt: skip
    _tell(found, "ticket.put_back", actor, at)
    return found


@transaction.atomic
def link_dossier(
    ticket_id: int, dossier: Dossier, *, desk: Desk | None = None, actor: User, at: datetime
) -> TicketDossier:
    """Note that a dossier was taken in for a ticket that the actor serves, or has served today and records afterwards. Raises
    NotFound, also away from the dossier's counter; RuleViolation for a number not yet called, or a dossier of another office.
    `desk`: the actor's own at this moment, when the caller has read with it already; saves a statement.
    """
    found = locked_of_today(actor, ticket_id, at, own=True)
    target(found.state, Act.LINK)
    if dossier.office_id != found.line.office_id:
        raise RuleViolation("Số thứ tự này của bộ phận một cửa khác.")
    if not at_office(desk or Desk(actor, at), dossier, AT_THE_COUNTER):
        raise NotFound()
    if found.ended_at is None and found.served_at is None:
        _save(found, served_at=at)
    made = TicketDossier.objects.create(ticket=found, dossier=dossier, at=at)
    _tell(found, "ticket.linked", actor, at, dossier=dossier.pk)
    return made


def _end(ticket: Ticket, act: Act, outcome: Outcome, actor: User, at: datetime) -> None:
    """The turn is over: the reason of priority is forgotten, that there was one stays."""
    target(ticket.state, act)
    kept = Priority.KEPT.value if ticket.is_priority else ""
    _save(ticket, ended_at=at, outcome=outcome.value, priority=kept)
    _tell(ticket, "ticket.absent" if outcome is Outcome.ABSENT else "ticket.ended", actor, at)


def _save(ticket: Ticket, **values: Any) -> None:
    for name, value in values.items():
        setattr(ticket, name, value)
    ticket.save(update_fields=list(values))


def _tell(ticket: Ticket, kind: str, actor: User, at: datetime, **data: Any) -> None:
    append(f"ticket/{ticket.pk}", kind, actor=actor, at=at, data=data)
