"""Who comes when, and what becomes of each: drawn so that the totals of a stream come out exactly. Moments are local, naive.

Only the plan is drawn. A dossier is late here because its last step is planned for a day past its due date; whether it
then is late is found by the clock of the software, and compared with the plan when it is received (see `course`).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from motcua.scenarios.localities.plan import Stream, share
from motcua.scenarios.localities.terms import Broken, Terms
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import due_at

MORNING = 0.62  # of those who come, before noon
LATE_DAYS = 9  # working days that a dossier is late at most
WAIT_DAYS = 8  # working days that a supplement takes at most
MOST_TRIES = 400


@dataclass(slots=True)
class Visit:
    """One dossier of the plan: when it comes, through which channel, what happens to it and when it ends.

    `accepted`: when a clerk accepts what was filed online. `asked`, `brought`: a supplement. `collected`: working hours from
    the result to its collection, None when nobody comes for it.
    """

    at: datetime
    code: str
    channel: str
    due: datetime
    finish: datetime
    accepted: datetime | None = None
    asked: datetime | None = None
    brought: datetime | None = None
    refused: bool = False
    collected: float | None = 1.0

    @property
    def received(self) -> datetime:
        """When its clock starts."""
        return self.accepted or self.at


@dataclass
class _Slot:
    """One dossier while it is drawn."""

    terms: Terms
    channel: str
    fate: str  # before, on, late, open, same_day
    kind: str = "plain"


@dataclass
class Days:
    """The working days of a stream, with how busy each is."""

    calendar: WorkCalendar
    days: list[date]
    busy: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, stream: Stream, calendar: WorkCalendar, random: Random) -> "Days":
        """Mondays and days after a holiday are busier; every week has a swing of its own."""
        days = [d for d in calendar.days(stream.first, stream.last) if calendar.is_working(d)]
        if len(days) < 2:
            raise Broken(f"Dòng hồ sơ {stream.key} cần ít nhất hai ngày làm việc.")
        swing: dict[tuple[int, int], float] = {}
        weights = []
        for before, day in zip([days[0] - timedelta(days=3), *days], days, strict=False):
            week = swing.setdefault(day.isocalendar()[:2], random.uniform(0.8, 1.2))
            weights.append(week * (1.3 if (day - before).days > 1 else 1.0))
        return cls(calendar, days, list(accumulate(weights)))

    def pick(self, random: Random, start: int, stop: int) -> date:
        """A day between two positions (`stop` excluded), busy ones more often."""
        low = self.busy[start - 1] if start else 0.0
        chance = low + random.random() * (self.busy[stop - 1] - low)
        return self.days[min(bisect_right(self.busy, chance, start, stop), stop - 1)]


def draw(stream: Stream, terms: Mapping[str, Terms], calendar: WorkCalendar, random: Random) -> list[Visit]:
    """The visits of a stream in the order in which they come. Raises Broken when the plan cannot be drawn."""
    if not stream.total:
        return []
    days = Days.of(stream, calendar, random)
    slots = _slots(stream, terms, random)
    visits = [_placed(slot, stream, days, random) for slot in slots]
    return sorted(visits, key=lambda visit: (visit.at, visit.code))


# What they come for, and what becomes of it -----------------------------------------------------------------------------


def _slots(stream: Stream, terms: Mapping[str, Terms], random: Random) -> list[_Slot]:
    codes = list(stream.weights)
    counts = share(stream.total, list(stream.weights.values()))
    wanted = [code for code, count in zip(codes, counts, strict=True) for _ in range(count)]
    random.shuffle(wanted)
    slots = [_Slot(terms[code], "counter", "same_day") for code in wanted]
    long = [slot for slot in slots if slot.terms.is_long]
    _fates(stream, long, random)
    _channels(stream, slots, random)
    _kinds(stream, long, random)
    return slots


def _fates(stream: Stream, long: list[_Slot], random: Random) -> None:
    """Which of the dossiers that take days end before, on or after the due date, or not at all by the end of the stream."""
    slow = sorted(long, key=lambda slot: -slot.terms.days)
    able = [slot for slot in slow if slot.terms.days >= 3][: stream.open * 4]
    if len(able) < stream.open:
        raise Broken(
            f"Dòng hồ sơ {stream.key}: không đủ thủ tục nhiều ngày để còn {stream.open} hồ sơ đang giải quyết."
        )
    open_ = random.sample(able, stream.open)
    taken = {id(slot) for slot in open_}
    rest = [slot for slot in long if id(slot) not in taken]
    before = stream.before
    if len(rest) < stream.late + (before or 0):
        raise Broken(
            f"Dòng hồ sơ {stream.key}: không đủ thủ tục nhiều ngày cho số trước hạn và quá hạn đã định."
        )
    for slot in open_:
        slot.fate = "open"
    for place, slot in enumerate(rest):
        if place < stream.late:
            slot.fate = "late"
        elif before is None:
            slot.fate = "before" if random.random() < 1.25 - stream.pace else "on"
        else:
            slot.fate = "before" if place < stream.late + before else "on"


def _channels(stream: Stream, slots: list[_Slot], random: Random) -> None:
    online = [slot for slot in slots if slot.terms.online and slot.fate != "open"]
    for slot in random.sample(online, min(len(online), round(stream.online * len(slots)))):
        slot.channel = "online"
    by_post = [slot for slot in slots if slot.channel == "counter" and slot.fate in ("before", "on")]
    for slot in random.sample(by_post, min(len(by_post), round(stream.post * len(slots)))):
        slot.channel = "post"


def _kinds(stream: Stream, long: list[_Slot], random: Random) -> None:
    """Refusals end in time by themselves; a supplement starts the clock anew."""
    for slot in long:
        chance = random.random()
        if slot.fate in ("before", "on") and slot.channel != "online":
            if chance < stream.refused:
                slot.kind = "refused"
            elif chance < stream.refused + stream.supplemented:
                slot.kind = "supplemented"


# When ------------------------------------------------------------------------------------------------------------------


def _placed(slot: _Slot, stream: Stream, days: Days, random: Random) -> Visit:
    """Days are tried until one fits the fate: few tries, because the span to choose from is cut by the limit first."""
    start, stop = _span(slot, days)
    for _ in range(MOST_TRIES):
        day = days.pick(random, start, stop)
        visit = _tried(slot, stream, days, day, random)
        if visit is not None:
            return visit
    raise Broken(
        f"Dòng hồ sơ {stream.key}: không có ngày nào để hồ sơ thủ tục {slot.terms.code} kết thúc kiểu “{slot.fate}” trong kỳ."
    )


def _span(slot: _Slot, days: Days) -> tuple[int, int]:
    """The positions of the days on which a dossier of this fate may come."""
    count, needed = len(days.days), slot.terms.days + 3
    if slot.kind == "supplemented":
        needed += WAIT_DAYS + 5
    if slot.fate == "open":
        return max(0, count - needed), count
    if slot.fate == "same_day":
        return 0, count - 1 if slot.channel == "online" else count
    if slot.fate == "late":
        needed += LATE_DAYS + 2
    return 0, max(1, count - needed)


def _tried(slot: _Slot, stream: Stream, days: Days, day: date, random: Random) -> Visit | None:
    """A visit on this day, or None when its end would not be as the fate has it."""
    calendar, limit = days.calendar, slot.terms.limits[slot.channel]
    accepted = None
    at = _in_hours(calendar, day, random)
    if slot.channel == "online":
        at, accepted = _filed(day, random), _in_hours(calendar, calendar.next_working(day), random)
    received = accepted or at
    due = due_at(limit, received, calendar)
    if due is None:
        raise Broken(f"Thủ tục {slot.terms.code} không có thời hạn.")
    visit = Visit(at, slot.terms.code, slot.channel, due, due, accepted, refused=slot.kind == "refused")
    if slot.kind == "supplemented":
        visit.asked = _afternoon(
            calendar, calendar.next_working(calendar.next_working(received.date())), random
        )
        visit.brought = _in_hours(
            calendar, _later(calendar, visit.asked.date(), random.randint(2, WAIT_DAYS)), random
        )
        visit.due = due = due_at(limit, visit.brought, calendar) or due
    visit.finish = _finish(slot, stream, calendar, visit.brought or received, due, random)
    visit.collected = random.expovariate(1 / 6) + 0.1 if random.random() < 0.97 else None
    return visit if _fits(slot, stream, visit) else None


def _fits(slot: _Slot, stream: Stream, visit: Visit) -> bool:
    """Whether it ends within the stream, or, open, after it and not yet due."""
    if slot.fate == "open":
        return visit.received.date() <= stream.last < min(visit.due.date(), visit.finish.date())
    side = visit.finish.date()
    classes = {
        "before": side < visit.due.date(), "on": side == visit.due.date(), "late": side > visit.due.date(),
        "same_day": side <= visit.due.date() if stream.before is None else side == visit.due.date(),
    }  # fmt: skip
    return classes[slot.fate] and visit.finish.date() <= stream.last


def _finish(
    slot: _Slot, stream: Stream, calendar: WorkCalendar, start: datetime, due: datetime, random: Random
) -> datetime:
    if slot.fate == "same_day":
        return _at_once(calendar, start, due, random, on_the_day=stream.before is not None)
    span = calendar.working_days_between(start.date(), due.date())
    if slot.fate == "before" and span > 1:
        wanted = max(1, round(span * stream.pace * random.uniform(0.7, 1.2)))
        return _afternoon(calendar, _later(calendar, start.date(), min(wanted, span - 1)), random)
    if slot.fate == "late":
        days = min(LATE_DAYS, 1 + int(random.expovariate(0.5)))
        return _afternoon(calendar, _later(calendar, due.date(), days), random)
    return _afternoon(calendar, due.date(), random)


def _at_once(
    calendar: WorkCalendar, start: datetime, due: datetime, random: Random, *, on_the_day: bool
) -> datetime:
    """While the person waits, half an hour or so; what comes late in the day is answered before the counter closes, or, when
    it may wait for the next day and must not count as early, on that day.
    """
    if due.date() > start.date() and (on_the_day or random.random() < 0.4):
        opening = datetime.combine(due.date(), calendar.sessions_on(due.date())[0][0])
        return opening + timedelta(minutes=random.uniform(10, 90))
    wanted = start + timedelta(minutes=random.uniform(4, 45))
    close = datetime.combine(start.date(), calendar.sessions_on(start.date())[-1][1])
    return (
        min(wanted, close - timedelta(seconds=90))
        if close - start > timedelta(minutes=4)
        else start + timedelta(minutes=2)
    )


def _in_hours(calendar: WorkCalendar, day: date, random: Random) -> datetime:
    """A moment inside the sessions of a working day, more often in the morning."""
    sessions = calendar.sessions_on(day)
    start, end = sessions[0] if random.random() < MORNING else sessions[-1]
    return _between(day, start, end, random.betavariate(1.6, 2.2), spare=6)


def _afternoon(calendar: WorkCalendar, day: date, random: Random) -> datetime:
    """A moment of the last session of a working day: both rounds of hand-over may come before it."""
    start, end = calendar.sessions_on(day)[-1]
    return _between(day, start, end, 0.2 + 0.75 * random.random(), spare=2)


def _between(day: date, start: time, end: time, part: float, *, spare: int) -> datetime:
    first, last = datetime.combine(day, start), datetime.combine(day, end) - timedelta(minutes=spare)
    return first + timedelta(seconds=int((last - first).total_seconds() * part))


def _filed(day: date, random: Random) -> datetime:
    """When people file online: the evening more than the day."""
    return datetime.combine(day, time()) + timedelta(seconds=int(random.triangular(6.5, 22.5, 20) * 3600))


def _later(calendar: WorkCalendar, day: date, count: int) -> date:
    """So many working days after a day."""
    for _ in range(count):
        day = calendar.next_working(day)
    return day


def by_day(visits: Sequence[Visit]) -> dict[date, list[Visit]]:
    """Visits by the day on which they come."""
    found: dict[date, list[Visit]] = {}
    for visit in visits:
        found.setdefault(visit.at.date(), []).append(visit)
    return found
