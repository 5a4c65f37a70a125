"""Dossiers as they stood when a window closed, whatever has happened since.

What a dossier was then follows from moments that never change once set (received, ended, returned) and from the clock ledger,
of which only entries made by then are read. A dossier whose clock rested then is measured by the moment at which it began to rest.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan, LessThan, LessThanOrEqual

from motcua.agencies.models import Agency, Seat
from motcua.core.moments import to_utc
from motcua.dossiers.models import ClockEntry, Dossier, Notice
from motcua.dossiers.rules.lateness import CAUSES
from motcua.dossiers.rules.states import Status
from motcua.procedures.models import ProcedureVersion
from motcua.statistics.rules.figures import Test
from motcua.statistics.rules.periods import Window

S, Level = Status, ProcedureVersion.OnlineLevel
RESOLVED = [s.value for s in (S.RESULT_READY, S.WAIT_COLLECT, S.RETURNED, S.ARCHIVED, S.ERROR_FIX, S.REFUSED)]
RESTING = [S.POST_SUPPLEMENT.value, S.WAIT_FINANCE.value]


class LocalDate(Func):
    """The legal date of a stored moment: Viet Nam is at UTC+7 all year, so one addition does, on both engines."""

    output_field = DateField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL keeps moments with their zone."""
        template = "((%(expressions)s AT TIME ZONE 'UTC') + interval '7 hours')::date"
        return super().as_sql(compiler, connection, template=template, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps them as text in UTC."""
        return super().as_sql(compiler, connection, template="date(%(expressions)s, '+7 hours')", **extra)


@dataclass(frozen=True)
class Bounds:
    """A window in moments: from its first midnight up to, not including, `closing`. What has not happened by `at` is not there."""

    opening: datetime
    closing: datetime
    live: bool

    @classmethod
    def of(cls, window: Window, at: datetime) -> "Bounds":
        """The bounds of a window as seen at a moment; a window still running closes now."""
        end = midnight(window.end + timedelta(days=1))
        return cls(midnight(window.start), min(end, at), end >= at)


def midnight(day: date) -> datetime:
    """The moment at which a legal date begins."""
    return to_utc(datetime.combine(day, time()))


def standing(bounds: Bounds) -> QuerySet[Dossier]:
    """Every dossier that a figure of the window may count, with `then_due` and `measured_at` as they stood at its close."""
    rows = Dossier.objects.order_by().filter(_concerned(bounds))
    return rows.annotate(then_due=_due(bounds), measured_at=_measured(bounds))


def _concerned(b: Bounds) -> Q:
    alive = Q(ended_at=None) | Q(ended_at__gte=b.opening)
    received = Q(received_at__lt=b.closing) & (alive | _uncollected(b))
    return received | (Q(received_at=None, submitted_at__lt=b.closing) & alive)


def _open(b: Bounds) -> Q:
    return Q(received_at__lt=b.closing) & (Q(ended_at=None) | Q(ended_at__gte=b.closing))


def _last_entry(b: Bounds) -> QuerySet[ClockEntry]:
    return ClockEntry.objects.filter(dossier=OuterRef("pk"), at__lt=b.closing).order_by("-seq")


def _due(b: Bounds) -> Any:
    """The due date in force at the close. Only open dossiers can have moved since."""
    if b.live:
        return F("due_at")
    return Case(When(_open(b), then=Subquery(_last_entry(b).values("due_at")[:1])), default=F("due_at"))


def _measured(b: Bounds) -> Any:
    """When the clock of an open dossier last ran: the close, or when it was suspended."""
    resting = _last_entry(b).annotate(since=Case(When(kind="suspend", then=F("at")))).values("since")[:1]
    may_rest = Q(status__in=RESTING) if b.live else _open(b)
    close = Value(b.closing - timedelta(microseconds=1), output_field=DateTimeField())
    return Coalesce(Case(When(may_rest, then=Subquery(resting)), default=None), close)


def conditions(b: Bounds, *, by_minute: bool = False) -> dict[str, Q]:
    """What each test of the registry means in SQL, on the rows of `standing` with their `resolver` of then."""
    new = Q(received_at__gte=b.opening, received_at__lt=b.closing)
    online = new & Q(channel="online")
    ended = Q(ended_at__gte=b.opening, ended_at__lt=b.closing)
    resolved = ended & Q(status__in=RESOLVED)
    before, on, late = _against("ended_at", by_minute)
    running, sorry = _open(b), Exists(_apologies(b))
    early, today, overdue = _against("measured_at", by_minute)
    filed = Q(received_at=None, submitted_at__lt=b.closing)
    waiting = filed & (Q(ended_at=None) | Q(ended_at__gte=b.closing))
    found = {
        Test.RECEIVED_ONLINE: online,
        Test.RECEIVED_COUNTER: new & Q(channel="counter"),
        Test.RECEIVED_POST: new & Q(channel="post"),
        Test.RECEIVED_WHOLE: online & Q(version__online_level__in=[Level.FULL, Level.LEVEL_4]),
        Test.RECEIVED_PARTIAL: online & Q(version__online_level__in=[Level.PARTIAL, Level.LEVEL_3]),
        Test.RECEIVED_AWAY: new & _away(),
        Test.CARRIED: Q(received_at__lt=b.opening) & (Q(ended_at=None) | Q(ended_at__gte=b.opening)),
        Test.RESOLVED_BEFORE: resolved & before,
        Test.RESOLVED_ON: resolved & on,
        Test.RESOLVED_LATE: resolved & late,
        Test.RESOLVED_LATE_APOLOGISED: resolved & late & sorry,
        Test.RESOLVED_LATE_PLAIN: resolved & late & ~sorry,
        Test.REFUSED: ended & Q(status=S.REFUSED),
        Test.OPEN_IN_TIME: running & (early | today),
        Test.OPEN_LATE: running & overdue,
        Test.OPEN_LATE_APOLOGISED: running & overdue & sorry,
        Test.OPEN_LATE_PLAIN: running & overdue & ~sorry,
        Test.STOPPED: ended & Q(status=S.STOPPED, received_at__isnull=False),
        Test.WITHDRAWN: ended & Q(status=S.WITHDRAWN, received_at__isnull=False),
        Test.NOT_ACCEPTED: ended & Q(status=S.NOT_ACCEPTED),
        Test.WAITING: waiting,
        Test.WAITING_LATE: waiting & Q(acceptance_due_at__lt=b.closing),
        Test.UNCOLLECTED: _uncollected(b),
    }
    by_cause = {f"late_{letter}": resolved & late & _cause(letter) for letter in "abcd"}
    return {test.value: condition for test, condition in found.items()} | by_cause


def _against(moment: str, by_minute: bool) -> tuple[Q, Q, Q]:
    """Before, on, after the due date, each said positively, because in SQL "not unknown" is unknown. As
    `workdays.rules.arithmetic.standing`: by date, or late by the minute; without a due date always before.
    """
    day, due_day = LocalDate(F(moment)), LocalDate(F("then_due"))
    done, due = (F(moment), F("then_due")) if by_minute else (day, due_day)
    before = Q(then_due=None) | Q(LessThan(day, due_day))
    on = Q(Exact(day, due_day)) & Q(LessThanOrEqual(done, due))
    return before, on, Q(GreaterThan(done, due))


def _apologies(b: Bounds) -> QuerySet[Notice]:
    return Notice.objects.filter(dossier=OuterRef("pk"), kind=Notice.Kind.APOLOGY, issued_at__lt=b.closing)


def _away() -> Q:
    """Received at an office that is neither the resolving agency's (or its house's) nor one where it has a seat."""
    seated = Seat.objects.filter(office=OuterRef("office"), agency=OuterRef("resolver"))
    division = Agency.objects.filter(pk=OuterRef("resolver"), parent=OuterRef("office__agency"))
    return ~Exists(seated) & ~Exists(division) & ~Q(office__agency=F("resolver"))


def _uncollected(b: Bounds) -> Q:
    return Q(ready_at__lt=b.closing) & (Q(returned_at=None) | Q(returned_at__gte=b.closing))


def _cause(letter: str) -> Q:
    """The causes that a letter of II.07 holds; what gives none counts as another cause."""
    keys = [key for key, (group, _) in CAUSES.items() if group == letter]
    return Q(late_cause__in=[*keys, ""] if letter == "d" else keys)
