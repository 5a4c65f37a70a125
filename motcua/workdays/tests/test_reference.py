"""The clock against a slow reference that walks minute by minute and day by day, and laws that always
hold.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.workdays.rules.calendar import DayEntry, Layer, Plan, WorkCalendar
from motcua.workdays.rules.clock import (
    Extension,
    History,
    Limit,
    Restart,
    Suspension,
    Unit,
    add_working_hours,
    counted_moment,
    derive,
    due_at,
    run,
    working_hours_between,
)
from motcua.workdays.rules.national import national

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
BASE = date(2026, 3, 2)  # a Monday
SPAN = 40


class Reference:
    """Sessions by weekday and by date; every answer found by walking."""

    def __init__(self, weekly: dict[int, tuple], days: dict[date, tuple | None]) -> None:
        self.weekly, self.days = weekly, days

    def sessions(self, day: date) -> tuple:
        return self.days[day] if day in self.days else self.weekly.get(day.weekday(), ())

    def works(self, day: date) -> bool:
        return bool(self.sessions(day))

    def inside(self, moment: datetime) -> bool:
        minute = moment.hour * 60 + moment.minute
        return any(start <= minute <= end for start, end in self.sessions(moment.date()))

    def start(self, moment: datetime) -> datetime:
        while not self.inside(moment):
            moment += MINUTE
        return moment

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, time()) + timedelta(minutes=self.sessions(day)[-1][1])

    def worked(self, moment: datetime) -> bool:
        """Whether the minute that begins at the moment is worked."""
        minute = moment.hour * 60 + moment.minute
        return any(start <= minute < end for start, end in self.sessions(moment.date()))

    def after_minutes(self, moment: datetime, minutes: int) -> datetime:
        while minutes:
            minutes -= self.worked(moment)
            moment += MINUTE
        return moment

    def nth_after(self, day: date, number: int) -> date:
        while number:
            day += DAY
            number -= self.works(day)
        return day

    def roll(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day

    def due(self, amount: Decimal, unit: Unit, received: datetime, suspensions=()) -> datetime:
        start = self.start(received)
        if unit is Unit.WORKING_HOUR:
            due = self.after_minutes(start, int(amount * 60))
        elif unit is Unit.WORKING_DAY:
            due = self.end_of(self.nth_after(start.date(), int(amount)))
        else:
            raw = start.date() + int(amount) * DAY
            due = self.end_of(self.roll(raw))
        for first, last in sorted(suspensions):
            if first > due.date():
                continue
            if unit is Unit.WORKING_HOUR:
                pause = [
                    datetime.combine(first + DAY, time()) + n * MINUTE
                    for n in range((last - first).days * 1440)
                ]
                due = self.after_minutes(due, sum(map(self.worked, pause)))
            elif unit is Unit.WORKING_DAY:
                more = sum(self.works(first + n * DAY) for n in range(1, (last - first).days + 1))
                due = self.end_of(self.nth_after(due.date(), more))
            else:
                raw += last - first
                due = self.end_of(self.roll(raw))
        return due


@st.composite
def sessions_of_a_day(draw) -> tuple:
    bounds = draw(st.lists(st.integers(0, 95), min_size=2, max_size=4, unique=True).map(sorted))
    bounds = bounds[: len(bounds) // 2 * 2]
    return tuple((15 * a, 15 * b) for a, b in zip(bounds[::2], bounds[1::2], strict=True))


@st.composite
def calendars(draw) -> tuple[Reference, WorkCalendar]:
    weekly = draw(st.dictionaries(st.integers(0, 6), sessions_of_a_day(), min_size=1, max_size=7))
    dates = st.integers(-10, 90).map(lambda n: BASE + n * DAY)
    days = draw(st.dictionaries(dates, st.one_of(st.just(()), sessions_of_a_day()), max_size=12))
    plans = tuple(Plan(weekday, sessions) for weekday, sessions in weekly.items())
    entries = {day: DayEntry(bool(sessions), sessions or None) for day, sessions in days.items()}
    return Reference(weekly, days), WorkCalendar([Layer(plans, entries)])


moments = st.integers(0, SPAN * 1440).map(lambda n: datetime.combine(BASE, time()) + n * MINUTE)


@st.composite
def suspensions(draw) -> list[tuple[date, date]]:
    pairs = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=3))
    return [(BASE + a * DAY, BASE + (a + length) * DAY) for a, length in pairs]


def as_events(pairs) -> list[Suspension]:
    return [Suspension.of_days(first, last) for first, last in pairs]


@settings(max_examples=120, deadline=None)
@given(
    calendars(),
    moments,
    st.integers(0, 25),
    st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]),
    suspensions(),
)
def test_day_limits_agree_with_the_reference(both, received, amount, unit, pauses):
    reference, calendar = both
    limit = Limit(Decimal(amount), unit)
    assert due_at(limit, received, calendar, as_events(pauses)) == reference.due(
        limit.amount, unit, received, pauses
    )


@settings(max_examples=80, deadline=None)
@given(calendars(), moments, st.integers(0, 120).map(lambda n: Decimal(n) / 4), suspensions())
def test_hour_limits_agree_with_the_reference(both, received, hours, pauses):
    reference, calendar = both
    limit = Limit(hours, Unit.WORKING_HOUR)
    assert due_at(limit, received, calendar, as_events(pauses)) == reference.due(
        hours, Unit.WORKING_HOUR, received, pauses
    )


national_moments = st.integers(0, 14 * 365 * 1440).map(lambda n: datetime(2012, 1, 1) + n * MINUTE)
limits = st.one_of(
    st.builds(Limit, st.integers(0, 90).map(Decimal), st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY])),
    st.builds(Limit, st.integers(0, 12).map(Decimal), st.just(Unit.MONTH)),
    st.builds(Limit, st.integers(0, 4000).map(lambda n: Decimal(n) / 40), st.just(Unit.WORKING_HOUR)),
    st.builds(Limit, st.just(Decimal(0)), st.just(Unit.SAME_DAY)),
)


@given(limits, national_moments)
def test_a_due_date_lies_in_a_session_and_not_before_receipt(limit, received):
    due = due_at(limit, received, national())
    assert due >= received
    assert due >= counted_moment(received, national())
    assert counted_moment(due, national()) == due
    if limit.unit is not Unit.WORKING_HOUR:
        assert due.time() == national().sessions_on(due.date())[-1][1]


@given(limits, national_moments, st.integers(1, 5000))
def test_who_comes_later_is_due_no_earlier(limit, received, later):
    calendar = national()
    assert due_at(limit, received, calendar) <= due_at(limit, received + later * MINUTE, calendar)


@given(limits, national_moments, st.integers(1, 24))  # 12 + 24 months after 2025 end inside the calendar
def test_a_longer_limit_is_due_no_earlier(limit, received, more):
    longer = Limit(limit.amount + more, limit.unit)
    assert due_at(limit, received, national()) <= due_at(longer, received, national())


@given(national_moments, st.integers(0, 5000), st.integers(0, 5000))
def test_working_hours_add_up(received, first, second):
    a, b = Decimal(first) / 100, Decimal(second) / 100
    calendar = national()
    assume(a > 0)
    in_two_steps = add_working_hours(add_working_hours(received, a, calendar), b, calendar)
    assert in_two_steps == add_working_hours(received, a + b, calendar)
    assert working_hours_between(counted_moment(received, calendar), in_two_steps, calendar) == a + b


@given(limits, national_moments, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3))
def test_a_suspension_never_brings_the_due_date_forward(limit, received, pairs):
    first = received.date()
    pauses = as_events((first + a * DAY, first + (a + length) * DAY) for a, length in pairs)
    assert due_at(limit, received, national(), pauses) >= due_at(limit, received, national())


events = st.one_of(
    st.builds(
        lambda a, n: Suspension(a, a + n * MINUTE if n else None), national_moments, st.integers(0, 20000)
    ),
    st.builds(Restart, national_moments),
    st.builds(Extension, national_moments, st.integers(0, 10)),
)


@settings(max_examples=200, deadline=None)
@given(limits, st.lists(events, max_size=5))
def test_the_story_told_and_the_story_run_end_alike(limit, happened):
    history = History(limit, datetime(2018, 2, 13, 16, 0), tuple(happened))
    told, ran = derive(history, national()), run(history, national())
    assert (told.due_at, told.original_due_at, told.paused) == (ran.due_at, ran.original_due_at, ran.paused)
    assert told.lines[-1].text.startswith("Hạn trả kết quả")
