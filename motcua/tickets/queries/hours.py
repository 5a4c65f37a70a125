"""When an office gives out numbers, by its working calendar and the dated settings."""

from datetime import datetime

from motcua.agencies.models import OneStopOffice
from motcua.core.moments import legal_date, to_local
from motcua.tickets.queries.today import queue_settings
from motcua.tickets.rules.hours import DAY_OFF, Closed, require_open
from motcua.tickets.rules.settings import EARLY, LEAD
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import BeyondCalendar


def require_giving_out(office: OneStopOffice, at: datetime) -> None:
    """Raise Closed when the office gives out no number at an aware moment, saying since or until when."""
    values, local = queue_settings(office, legal_date(at)), to_local(at)
    try:
        sessions = calendar_of(office.agency).sessions_on(local.date())
    except BeyondCalendar as error:
        raise Closed(DAY_OFF) from error
    require_open(sessions, local, values[EARLY], values[LEAD])


def why_closed(office: OneStopOffice, at: datetime) -> Closed | None:
    """The same as an answer; None while numbers are given out."""
    try:
        require_giving_out(office, at)
    except Closed as refused:
        return refused
    return None
