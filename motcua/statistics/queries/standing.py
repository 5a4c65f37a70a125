"""Dossiers as they stood when a window closed, whatever has happened since.

What a dossier was then follows from moments that never change once set (received, ended, returned) and from the clock ledger,
of which only entries made by then are read. A dossier whose clock rested then is measured by the moment at which it began to rest;
so is one that waits for acceptance while the citizen was asked for more.

What is not kept is read as it is today: the agencies below a scope, and the office and field of what still waited for acceptance
then (the law in force on its day of reception may put a procedure into another field). A reception may be entered some minutes
after it took place (setting `reception_backdate_minutes`), so a window is closed for good that long after its last midnight.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DateTimeField,
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
from django.db.models.sql.compiler import SQLCompiler

from motcua.core.moments import legal_date, to_utc
from motcua.dossiers.models import ClockEntry, Dossier, ErrorCorrection, FormerResolver, PostalItem
from motcua.dossiers.rules.states import Status as S
from motcua.statistics.rules.periods import Window

# Where the clock rests; a request to withdraw leaves it as it was.
RESTING = [S.POST_SUPPLEMENT.value, S.WAIT_FINANCE.value, S.WITHDRAW_REQUESTED.value]
RUNNING_OR_RESTING = ["start", "suspend", "resume", "restart"]  # Of the ledger; the rest moves dates only.


class LocalDate(Func):
    """The legal date of a stored moment: Viet Nam is at UTC+7 all year, so one addition does, on both engines."""

    # PostgreSQL keeps moments with their zone. An interval as zone spares it the look-up of a zone by name for every row.
    template = "(%(expressions)s AT TIME ZONE interval '7 hours')::date"
    output_field = DateField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """SQLite keeps them as text in UTC, and would round the last half millisecond of a day up to the next."""
        template = "date(substr(%(expressions)s, 1, 19), '+7 hours')"
        return super().as_sql(compiler, connection, template=template, **extra)


class DayBegun(LocalDate):
    """A legal date to be compared with others only: on PostgreSQL the midnight with which it begins, got by one division."""

    template = "date_bin('1 day', %(expressions)s, '1899-12-31 17:00+00')"


def closing_day(window: Window, at: datetime) -> date:
    """The last legal date of a window that counts: its own, or today while it runs."""
    return min(window.end, legal_date(at))


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


def standing(bounds: Bounds, *, collection: bool = True) -> QuerySet[Dossier]:
    """Every dossier that a figure of the window may count; without `collection` not those only waiting to be collected. `received_for` is who was to resolve it when it was received."""
    return (
        Dossier.objects.order_by()
        .filter(_concerned(bounds, collection))
        .alias(received_for=_resolver_at_reception())
    )


def standing_of(ids: list[int]) -> QuerySet[Dossier]:
    """Every dossier that agencies of these ids resolve now, to be narrowed to a part of a window."""
    rows = Dossier.objects.order_by().filter(resolving_agency__in=ids)
    return rows.annotate(resolver=F("resolving_agency_id")).alias(received_for=_resolver_at_reception())


def _concerned(b: Bounds, collection: bool) -> Q:
    alive = Q(ended_at=None) | Q(ended_at__gte=b.opening)
    there = alive | uncollected(b) if collection else alive
    return (Q(received_at__lt=b.closing) & there) | (filed(b) & alive)


def _resolver_at_reception() -> Any:
    """Whoever took that agency's place since."""
    since = FormerResolver.objects.filter(dossier=OuterRef("pk"), until__gt=OuterRef("received_at"))
    first = Subquery(since.order_by("until", "pk").values("agency")[:1])
    return Coalesce(first, F("resolving_agency_id"), output_field=BigIntegerField())


def received(b: Bounds) -> Q:
    """Received in the window."""
    return Q(received_at__gte=b.opening, received_at__lt=b.closing)


def carried(b: Bounds) -> Q:
    """Received before the window, and not ended before it."""
    return Q(received_at__lt=b.opening) & (Q(ended_at=None) | Q(ended_at__gte=b.opening))


def ended(b: Bounds) -> Q:
    """Ended in the window."""
    return Q(ended_at__gte=b.opening, ended_at__lt=b.closing)


def filed(b: Bounds) -> Q:
    """Filed by the close, and not received by then."""
    return Q(submitted_at__lt=b.closing) & (Q(received_at=None) | Q(received_at__gte=b.closing))


def waiting(b: Bounds) -> Q:
    """Waiting for acceptance at the close."""
    return filed(b) & (Q(ended_at=None) | Q(ended_at__gte=b.closing))


def running(b: Bounds) -> Q:
    """Received by the close, and not ended by then."""
    return Q(received_at__lt=b.closing) & (Q(ended_at=None) | Q(ended_at__gte=b.closing))


def uncollected(b: Bounds) -> Q:
    """A result, a corrected one or one that the post brought back was there at the close and not yet collected."""
    kept = Q(returned_at=None) | Q(returned_at__gte=b.closing)
    return (Q(ready_at__lt=b.closing) & kept) | waits_again(b)


def waits_again(b: Bounds) -> Q:
    """A corrected result, or one that the post brought back, was there at the close and not yet collected."""
    kept = Q(returned_at=None) | Q(returned_at__gte=b.closing)
    corrected = ErrorCorrection.objects.filter(kept, fixed_at__lt=b.closing).values("dossier")
    fetched = Q(again_at=None) | Q(again_at__gte=b.closing)
    back = PostalItem.objects.filter(fetched, came_back_at__lt=b.closing).values("dossier")
    return Q(pk__in=corrected) | Q(pk__in=back)


# Of a dossier running at the close -----------------------------------------------------------------------------------


def due_then(b: Bounds) -> Any:
    """The due date in force at the close."""
    return F("due_at") if b.live else Subquery(_last_entry(b).values("due_at")[:1])


def measured_then(b: Bounds) -> Any:
    """When the clock last ran: the close, or when it was suspended."""
    entries = _last_entry(b).filter(kind__in=RUNNING_OR_RESTING)
    resting = entries.annotate(since=Case(When(kind="suspend", then=F("at")))).values("since")[:1]
    since: Any = Subquery(resting)
    if b.live:
        since = Case(When(status__in=RESTING, then=since), default=None)
    return Coalesce(since, Value(b.closing - timedelta(microseconds=1), output_field=DateTimeField()))


def _last_entry(b: Bounds) -> QuerySet[ClockEntry]:
    return ClockEntry.objects.filter(dossier=OuterRef("pk"), at__lt=b.closing).order_by("-seq")
