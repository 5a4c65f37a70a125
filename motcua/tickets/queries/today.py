"""The day of an office's queue, read once: who waits, in which order, how long it will take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import settings_for
from motcua.core.moments import legal_date
from motcua.tickets.models import Ticket
from motcua.tickets.rules.order import Waiting, in_order, run_of
from motcua.tickets.rules.pace import CALLING_FOR, expected_minutes, together
from motcua.tickets.rules.settings import PRIORITY_RUN, SETTINGS
from motcua.tickets.rules.states import Outcome

_DEFAULTS = {known.key: int(known.default) for known in SETTINGS}


def queue_settings(office: OneStopOffice, day: date) -> dict[str, int]:
    """The queue's dated settings in force at an office, by key; at most one statement."""
    found = settings_for(_DEFAULTS, office.agency, day)
    return {key: int(found.get(key, default)) for key, default in _DEFAULTS.items()}


@dataclass(frozen=True)
class Turn:
    """A ticket of the day, as far as order and pace need it."""

    pk: int
    line_id: int
    officer_id: int | None
    since: datetime
    called_at: datetime | None
    last_called_at: datetime | None
    ended_at: datetime | None
    outcome: str
    is_priority: bool

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in the line."""
        return self.called_at is None and self.ended_at is None


@dataclass(frozen=True)
class Today:
    """All tickets of one office and one day as they stood at `at`; `most`: priority calls in a row."""

    turns: tuple[Turn, ...]
    at: datetime
    most: int

    def waiting_in(self, lines: Iterable[int]) -> list[Turn]:
        """Who stands in these lines."""
        wanted = set(lines)
        return [turn for turn in self.turns if turn.is_waiting and turn.line_id in wanted]

    def order(self, lines: Iterable[int]) -> list[Waiting]:
        """Who stands in these lines, in the order in which they will be called by desks that serve all of them."""
        wanted = set(lines)
        called = [turn for turn in self.turns if turn.called_at and turn.line_id in wanted]
        latest = sorted(called, key=lambda turn: turn.called_at or turn.since, reverse=True)
        waiting = [Waiting(turn.pk, turn.since, turn.is_priority) for turn in self.waiting_in(wanted)]
        return in_order(waiting, run_of(turn.is_priority for turn in latest), self.most)

    def before(self, pk: int, line_id: int) -> int:
        """How many will be called before a ticket; 0 too for one that no longer waits: it was called a moment ago."""
        order = [one.pk for one in self.order(self._with(line_id))]
        return order.index(pk) if pk in order else 0

    def expected(self, line_id: int, before: int | None = None) -> int | None:
        """Minutes until it is somebody's turn who has `before` people before them, or who takes a number now; None while too
        little is known.
        """
        lines = self._with(line_id)
        ahead = len(self.waiting_in(lines)) if before is None else before
        done = [t for t in self.turns if t.line_id in lines and t.ended_at and t.outcome == Outcome.DONE]
        done.sort(key=lambda turn: turn.ended_at or turn.since, reverse=True)
        took = [turn.ended_at - turn.called_at for turn in done if turn.ended_at and turn.called_at]
        desks = {turn.officer_id for turn in self._calling if turn.line_id in lines}
        return expected_minutes(ahead, took, len(desks))

    @cached_property
    def _calling(self) -> list[Turn]:
        """Tickets of the desks that call now: open ones, and those called lately."""
        late = self.at - CALLING_FOR
        return [
            turn
            for turn in self.turns
            if turn.last_called_at and (turn.ended_at is None or turn.last_called_at >= late)
        ]

    def _with(self, line_id: int) -> frozenset[int]:
        """The line with those that its desks serve as well: their people are called in one order."""
        pairs = [(turn.officer_id, turn.line_id) for turn in self._calling]
        return together(line_id, pairs)


def today_of(office: OneStopOffice, at: datetime) -> Today:
    """The day of an office at an aware moment. One statement, one more for the settings."""
    most = queue_settings(office, legal_date(at))[PRIORITY_RUN]
    rows = Ticket.objects.filter(day=legal_date(at), line__office=office).order_by("pk")
    return Today(tuple(turn(row) for row in rows.values_list(*COLUMNS)), at, most)


COLUMNS = (
    "pk", "line_id", "officer_id", "taken_at", "put_back_at", "called_at", "last_called_at", "ended_at", "outcome", "priority",
)  # fmt: skip


def turn(row: Sequence[Any]) -> Turn:
    """A turn of the values of `COLUMNS`."""
    pk, line, officer, taken, back, called, last, ended, outcome, priority = row
    return Turn(pk, line, officer, back or taken, called, last, ended, outcome, bool(priority))
