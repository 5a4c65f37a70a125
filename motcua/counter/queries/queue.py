"""The strip above the desks of the counter: who waits, whom one serves, who may come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.models import OneStopOffice
from motcua.core.moments import legal_date
from motcua.tickets.models import QueueLine, Ticket
from motcua.tickets.queries.lines import lines_with_waiting
from motcua.tickets.queries.turns import of_clerk
from motcua.tickets.rules.states import State


@dataclass(frozen=True)
class Strip:
    """What a clerk sees of the queue. `desk` empty: has not said where they sit, so calls nobody."""

    lines: list[QueueLine]
    desk: str
    chosen: frozenset[int]
    tickets: list[Ticket]
    user_id: int

    @property
    def waiting(self) -> int:
        """How many stand in the clerk's lines; in all while none is chosen."""
        return sum(
            line.waiting  # type: ignore[attr-defined]  # annotated by `lines_with_waiting`
            for line in self.lines
            if not self.chosen or line.pk in self.chosen
        )

    @property
    def current(self) -> Ticket | None:
        """The ticket at the desk."""
        return next((ticket for ticket in self._own if ticket.ended_at is None), None)

    @property
    def is_called(self) -> bool:
        """Whether its person has not come yet, as far as anybody said."""
        return self.current is not None and self.current.state is State.CALLED

    @property
    def recordable(self) -> list[Ticket]:
        """The clerk's tickets of today to which a dossier may be written, the one at the desk first."""
        return [ticket for ticket in self._own if ticket.state is not State.ABSENT][:12]

    @property
    def absent(self) -> list[Ticket]:
        """Who was absent today, at whatever desk, and may come back."""
        return [ticket for ticket in self.tickets if ticket.state is State.ABSENT and not ticket.put_back_at]

    @property
    def _own(self) -> list[Ticket]:
        rows = [ticket for ticket in self.tickets if ticket.officer_id == self.user_id]
        return sorted(rows, key=lambda ticket: ticket.ended_at is not None)


def strip_of(
    office: OneStopOffice, desk: str, chosen: Sequence[int], *, user_id: int, at: datetime
) -> Strip | None:
    """The strip for a clerk; None at an office without lines. One statement, one more once the clerk has a desk."""
    day = legal_date(at)
    lines = lines_with_waiting(office, day)
    if not lines:
        return None
    tickets = of_clerk(user_id, office, day) if desk else []
    known = frozenset(line.pk for line in lines)
    return Strip(lines, desk, known.intersection(chosen), tickets, user_id)
