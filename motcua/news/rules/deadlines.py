"""By when a document must be made public and how long it must stay, and how early a planned interruption is told.

Thông tư 343/2016/TT-BTC (công khai ngân sách): the rows of `DisclosureKind` say how many days, of which sort; they are data,
since the circular is replaced from time to time. Notice of a planned interruption: at least seven working days before
(quality of online services; Thông tư 32/2017/TT-BTTTT and what follows it) [likely], a setting of the act.
"""

from datetime import date, timedelta

from motcua.workdays.rules.calendar import WorkCalendar

WORKING, CALENDAR = "working_day", "calendar_day"
NOTICE_WORKING_DAYS = 7


def due_on(event: date, amount: int, unit: str, calendar: WorkCalendar) -> date:
    """The last day on which the document may be made public, counted from the day after the event."""
    if unit == CALENDAR:
        return event + timedelta(days=amount)
    day = event
    for _ in range(amount):
        day = calendar.next_working(day)
    return day


def stays_until(published: date, days: int) -> date | None:
    """The last day on which it must hang, the day of publication counted; None when nothing is laid down."""
    return published + timedelta(days=days - 1) if days else None


def working_days_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """Working days after `first` and before `last`: what lies between telling and the interruption."""
    return calendar.working_days_between(first, last - timedelta(days=1)) if last > first else 0


def is_told_in_time(told: date, begins: date, calendar: WorkCalendar) -> bool:
    """Whether at least seven working days lie between telling and the interruption."""
    return working_days_between(told, begins, calendar) >= NOTICE_WORKING_DAYS
