"""What the public may know of the queues of offices before going there; nothing where nothing is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import FilteredRelation, Q

from motcua.agencies.models import OneStopOffice
from motcua.core.moments import legal_date
from motcua.tickets.models import QueueLine
from motcua.tickets.queries.today import COLUMNS, Today, Turn, turn
from motcua.tickets.rules.settings import PRIORITY_RUN, SETTINGS

_MOST = next(int(known.default) for known in SETTINGS if known.key == PRIORITY_RUN)


@dataclass(frozen=True)
class Crowd:
    """People who wait in an office or a line, and the minutes that a newcomer may wait: from the quickest line to the slowest;
    None while none is known, and for an office as long as it is not for a line in which somebody waits.
    """

    name: str
    waiting: int
    minutes: tuple[int, int] | None
    lines: tuple["Crowd", ...] = ()


def crowds(offices: Sequence[OneStopOffice], at: datetime) -> dict[int, Crowd]:
    """The queues of the offices that have lines today, by office id. One statement."""
    day = legal_date(at)
    rows = QueueLine.objects.filter(QueueLine.in_force(day), office__in=[office.pk for office in offices])
    of_day = rows.annotate(of_day=FilteredRelation("tickets", condition=Q(tickets__day=day)))
    names: dict[int, dict[int, str]] = {}
    turns: dict[int, list[Turn]] = {}
    wanted = (f"of_day__{name}" for name in COLUMNS)
    for office, line, name, *row in of_day.values_list("office_id", "pk", "name", *wanted):
        names.setdefault(office, {})[line] = name
        turns.setdefault(office, []).extend([turn(row)] if row[0] else [])
    return {pk: _crowd(lines, Today(tuple(turns[pk]), at, _MOST)) for pk, lines in names.items()}


def _crowd(lines: dict[int, str], today: Today) -> Crowd:
    """The order plays no part here: whoever comes now stands behind all."""
    found = []
    for pk, name in lines.items():
        minutes = today.expected(pk)
        span = (minutes, minutes) if minutes is not None else None
        found.append(Crowd(name, len(today.waiting_in([pk])), span))
    known = [crowd.minutes[0] for crowd in found if crowd.minutes]
    unknown = any(crowd.waiting and crowd.minutes is None for crowd in found)
    span = (min(known), max(known)) if known and not unknown else None
    return Crowd("", sum(crowd.waiting for crowd in found), span, tuple(found))
