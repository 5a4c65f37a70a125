"""The queue of today's offices: lines, and tickets of the last working days for what was received at their counters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date, to_utc
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Field
from motcua.scenarios.demo.build import World
from motcua.tickets import actions
from motcua.tickets.models import QueueLine, Ticket
from motcua.tickets.queries.hours import why_closed

DESKS = ("suoi_ngoc_desk", "tan_lam_desk", "province_desk")
DAYS = 14  # of the calendar, today included
LATE_DAYS = (1, 2, 7)  # before today: some of them are working days, whatever today is
CIVIL = ("Hộ tịch", "Chứng thực", "Nuôi con nuôi")
USUAL = timedelta(minutes=6)  # from the call to the slip
LATE = timedelta(minutes=47)  # longer than the threshold of the signal


@dataclass
class Turn:
    """A ticket of the past and the dossier that came of it."""

    line: QueueLine
    dossier: Dossier
    clerk: User
    taken: datetime
    called: datetime
    recorded: datetime
    ticket: Ticket | None = None


def give_numbers(world: World, now: datetime) -> None:
    """Open lines at three offices, replay the tickets of the last days, and leave some people waiting if it is open now."""
    random = Random(20261123)  # noqa: S311 - invents a past, guards nothing
    for key in DESKS:
        office = world.offices[key]
        civil, others, results = _lines(office, world.system, now)
        for days in range(DAYS - 1, -1, -1):
            day = legal_date(now) - timedelta(days=days)
            late = key == "suoi_ngoc_desk" and days in LATE_DAYS
            _replay(_turns(office, civil, others, day, random, late), now)
        if not why_closed(office, now - timedelta(minutes=50)) and not why_closed(office, now):
            _collect(office, results, now)
            for minutes, line, why in ((17, civil, ""), (14, others, ""), (9, civil, "elderly"), (6, results, ""), (2, civil, "")):  # fmt: skip
                actions.take_ticket(line.pk, priority=why, actor=None, at=now - timedelta(minutes=minutes))


def _collect(office: OneStopOffice, line: QueueLine, now: datetime) -> None:
    """People who fetch results this hour, four minutes each: so that it can be told how long one waits."""
    lately = Q(ended_at=None) | Q(last_called_at__gte=now - timedelta(minutes=30))
    busy = Ticket.objects.filter(lately, day=legal_date(now), officer__isnull=False).values("officer")
    able = people_with(Permission.DOSSIER_RETURN_RESULT, office.agency, legal_date(now))
    clerk = able.exclude(pk__in=busy).order_by("pk").first()
    if clerk is None:
        return
    for number in range(6):
        actions.take_ticket(line.pk, actor=None, at=now - timedelta(minutes=45 - 3 * number))
    before = None
    for number in range(6):
        at = now - timedelta(minutes=26 - 4 * number)
        after = before.pk if before else None
        before = actions.call_next(office.pk, [line.pk], "Quầy trả kết quả", after=after, actor=clerk, at=at)


def _lines(office: OneStopOffice, system: User, now: datetime) -> list[QueueLine]:
    civil = list(Field.objects.filter(name__in=CIVIL).values_list("pk", flat=True))
    first = legal_date(now) - timedelta(days=30)
    plans: tuple[tuple[str, str, list[int]], ...] = (("A", "Tư pháp – hộ tịch", civil), ("B", "Đất đai và lĩnh vực khác", []), ("T", "Trả kết quả", []))  # fmt: skip
    return [
        actions.open_line(office, actions.LineData(name, place, fields), prefix=letter, valid_from=first, actor=system, at=now)
        for place, (letter, name, fields) in enumerate(plans, 1)
    ]  # fmt: skip


def _turns(
    office: OneStopOffice, civil: QueueLine, others: QueueLine, day: date, random: Random, late: bool
) -> Iterator[Turn]:
    """The tickets that led to the dossiers which the counter received on a day, in the order of each line; one of the first
    was recorded long after the call when `late`.
    """
    start = to_utc(datetime.combine(day, datetime.min.time()))
    rows = Dossier.objects.filter(
        office=office, channel="counter", received_at__gte=start, received_at__lt=start + timedelta(days=1)
    )
    latest: dict[int, Turn] = {}
    for dossier in rows.select_related("received_by", "field").order_by("received_at", "pk"):
        line = civil if dossier.field.name in CIVIL else others
        before, recorded = latest.get(line.pk), dossier.received_at
        if recorded is None or dossier.received_by is None:
            continue
        is_late = late and before is None and line == civil
        called, taken = recorded - (LATE if is_late else USUAL), timedelta(minutes=random.randint(3, 22))
        if before:
            called = max(called, before.called + timedelta(seconds=5))
        came = called - taken
        if before:
            came = max(came, before.taken + timedelta(seconds=2))
        if why_closed(office, came) or called > recorded:
            continue
        latest[line.pk] = Turn(line, dossier, dossier.received_by, came, called, recorded)
        yield latest[line.pk]


def _replay(turns: Iterator[Turn], now: datetime) -> None:
    """Every act at its moment, the earliest first."""
    events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
    current: dict[int, Ticket] = {}
    for number, turn in enumerate(turns):
        for place, (at, act) in enumerate(
            ((turn.taken, _take), (turn.called, _call), (turn.recorded, _link), (turn.recorded + timedelta(minutes=2), _end))
        ):  # fmt: skip
            if at <= now:
                events.append((at, 4 * number + place, partial(act, turn, current)))
    for moment, _, happen in sorted(events, key=lambda event: event[:2]):
        happen(moment)


def _take(turn: Turn, current: dict[int, Ticket], at: datetime) -> None:
    turn.ticket = actions.take_ticket(turn.line.pk, actor=None, at=at)


def _call(turn: Turn, current: dict[int, Ticket], at: datetime) -> None:
    """Lines are called in the order in which people came, so that the next one is this one."""
    clerk, before = turn.clerk, current.pop(turn.clerk.pk, None)
    found = actions.call_next(
        turn.line.office_id, [turn.line.pk], f"Quầy {clerk.pk % 4 + 1}", after=before.pk if before else None, actor=clerk, at=at
    )  # fmt: skip
    if found is not None:
        current[clerk.pk] = found


def _link(turn: Turn, current: dict[int, Ticket], at: datetime) -> None:
    if turn.ticket:
        actions.link_dossier(turn.ticket.pk, turn.dossier, actor=turn.clerk, at=at)


def _end(turn: Turn, current: dict[int, Ticket], at: datetime) -> None:
    """Unless the clerk has called somebody else meanwhile."""
    open_ = current.get(turn.clerk.pk)
    if open_ is not None and turn.ticket is not None and open_.pk == turn.ticket.pk:
        actions.finish(open_.pk, actor=turn.clerk, at=at)
        del current[turn.clerk.pk]
