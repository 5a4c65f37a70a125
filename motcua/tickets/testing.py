"""Help for tests: lines at the office of the small world, numbers taken and called."""

from datetime import date, datetime
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.dossiers.testing import World, moment
from motcua.tickets import actions
from motcua.tickets.models import QueueLine, Ticket

SINCE = date(2026, 1, 1)
DESK = "Quầy 1"


def make_line(world: World, prefix: str = "A", name: str = "Tư pháp – hộ tịch", **more: Any) -> QueueLine:
    """A line at the world's office, or at `office`."""
    office: OneStopOffice = more.pop("office", world.office)
    data = actions.LineData(name, ord(prefix[0]) - 64)
    return actions.open_line(office, data, prefix=prefix, valid_from=SINCE, actor=world.admin, at=moment())


def take(line: QueueLine, minutes: float = 0, *, priority: str = "") -> Ticket:
    """A number, so many minutes after the world starts (Monday 08:00)."""
    return actions.take_ticket(line.pk, priority=priority, actor=None, at=later(minutes))


def call(
    world: World,
    *lines: QueueLine,
    minutes: float = 0,
    actor: User | None = None,
    after: Ticket | None = None,
) -> Ticket | None:
    """The next number of these lines, by the receptionist."""
    return actions.call_next(
        world.office.pk, [line.pk for line in lines], DESK, after=after.pk if after else None, actor=actor or world.clerk,
        at=later(minutes),
    )  # fmt: skip


def later(minutes: float) -> datetime:
    """So many minutes after the world starts."""
    return moment(hours=minutes / 60)
