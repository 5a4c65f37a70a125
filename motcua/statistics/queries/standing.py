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

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
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
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IsNull,
    LessThan,
    LessThanOrEqual,
)

from motcua.agencies.models import Agency, Seat
from motcua.core.moments import to_utc
from motcua.dossiers.models import (
    ClockEntry,
    Dossier,
    ErrorCorrection,
    FormerResolver,
    Notice,
    SupplementRequest,
)
from motcua.dossiers.rules.lateness import CAUSES
from motcua.dossiers.rules.states import Status
from motcua.payments.models import Receipt, ReceiptLine
from motcua.procedures.models import ProcedureVersion
from motcua.statistics.rules.figures import Test
from motcua.statistics.rules.periods import Window

S, Level = Status, ProcedureVersion.OnlineLevel
RESOLVED = [s.value for s in (S.RESULT_READY, S.WAIT_COLLECT, S.RETURNED, S.ARCHIVED, S.ERROR_FIX, S.REFUSED)]
WHOLE, PARTIAL = [Level.FULL, Level.LEVEL_4], [Level.PARTIAL, Level.LEVEL_3]
# Where the clock rests; a request to withdraw leaves it as it was.
RESTING = [S.POST_SUPPLEMENT.value, S.WAIT_FINANCE.value, S.WITHDRAW_REQUESTED.value]
RUNNING_OR_RESTING = ["start", "suspend", "resume", "restart"]  # Of the ledger; the rest moves dates only.


class LocalDate(Func):
    """The legal date of a stored moment: Viet Nam is at UTC+7 all year, so one addition does, on both engines."""

    output_field = DateField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL keeps moments with their zone."""
        template = "((%(expressions)s AT TIME ZONE 'UTC') + interval '7 hours')::date"
        return super().as_sql(compiler, connection, template=template, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps them as text in UTC, and would round the last half millisecond of a day up to the next."""
        template = "date(substr(%(expressions)s, 1, 19), '+7 hours')"
        return super().as_sql(compiler, connection, template=template, **extra)


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
    return rows.annotate(
        then_due=_due(bounds), measured_at=_measured(bounds), received_for=_resolver_at_reception()
    )


def _concerned(b: Bounds) -> Q:
    alive = Q(ended_at=None) | Q(ended_at__gte=b.opening)
    received = Q(received_at__lt=b.closing) & (alive | _uncollected(b))
    return received | (_filed(b) & alive)


def _filed(b: Bounds) -> Q:
    return Q(submitted_at__lt=b.closing) & (Q(received_at=None) | Q(received_at__gte=b.closing))


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
    entries = _last_entry(b).filter(kind__in=RUNNING_OR_RESTING)
    resting = entries.annotate(since=Case(When(kind="suspend", then=F("at")))).values("since")[:1]
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
    waiting = _filed(b) & (Q(ended_at=None) | Q(ended_at__gte=b.closing))
    in_time, too_long = _acceptance(b)
    found = {
        Test.RECEIVED_ONLINE: online,
        Test.RECEIVED_COUNTER: new & Q(channel="counter"),
        Test.RECEIVED_POST: new & Q(channel="post"),
        Test.RECEIVED_WHOLE: online & Q(version__online_level__in=WHOLE),
        Test.RECEIVED_PARTIAL: online & Q(version__online_level__in=PARTIAL),
        Test.RECEIVED_OTHER: online & ~Q(version__online_level__in=[*WHOLE, *PARTIAL]),
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
        Test.WAITING_LATE: waiting & too_long,
        Test.WAITING_IN_TIME: waiting & in_time,
        Test.PAID_ONLINE: new & _paid(b, online=True),
        Test.PAID_DIRECT: new & _paid(b, online=False) & ~_paid(b, online=True),
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


def _paid(b: Bounds, *, online: bool) -> Exists:
    """A charge of the dossier on a receipt that stood at the close, and not given back by then."""
    kept = Q(receipt__cancelled_at=None) | Q(receipt__cancelled_at__gte=b.closing)
    owed = Q(charge__refund=None) | Q(charge__refund__made_at__gte=b.closing)
    name = Concat(Value("dossier/"), Cast(OuterRef("pk"), CharField()))
    method = Receipt.Method.TRANSFER if online else Receipt.Method.CASH
    return Exists(
        ReceiptLine.objects.filter(
            kept, owed, charge__reference=name, receipt__method=method, receipt__issued_at__lt=b.closing
        )
    )


def _away() -> Q:
    """Received at an office that was neither that of the agency which was to resolve it (or its house's) nor one where that
    agency had a seat on the day.
    """
    seated = Seat.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("received_on")),
        office=OuterRef("office"),
        agency=OuterRef("received_for"),
        valid_from__lte=OuterRef("received_on"),
    )
    division = Agency.objects.filter(pk=OuterRef("received_for"), parent=OuterRef("office__agency"))
    return ~Exists(seated) & ~Exists(division) & ~Q(office__agency=F("received_for"))


def _resolver_at_reception() -> Any:
    """Who was to resolve a dossier when it was received, whoever took that agency's place since."""
    since = FormerResolver.objects.filter(dossier=OuterRef("pk"), until__gt=OuterRef("received_at"))
    first = Subquery(since.order_by("until", "pk").values("agency")[:1])
    return Coalesce(first, F("resolving_agency_id"), output_field=BigIntegerField())


def _acceptance(b: Bounds) -> tuple[Q, Q]:
    """Acceptance in time, or waited for too long: the due date in force then (that of the first request for more that was
    answered later), against the close or the moment at which the citizen was asked for more. Both said positively.
    """
    asked = SupplementRequest.objects.filter(dossier=OuterRef("pk"), after_acceptance=False)
    later = asked.filter(completed_at__gte=b.closing).order_by("completed_at")
    unanswered = Q(completed_at=None) | Q(completed_at__gte=b.closing)
    resting = asked.filter(unanswered, requested_at__lt=b.closing).order_by("requested_at")
    due = Coalesce(Subquery(later.values("acceptance_due_at")[:1]), F("acceptance_due_at"))
    close = Value(b.closing, output_field=DateTimeField())
    measured = Coalesce(Subquery(resting.values("requested_at")[:1]), close)
    return Q(IsNull(due, True)) | Q(GreaterThanOrEqual(due, measured)), Q(LessThan(due, measured))


def _uncollected(b: Bounds) -> Q:
    """A result, or a corrected one, was there and not yet collected."""
    kept = Q(returned_at=None) | Q(returned_at__gte=b.closing)
    corrected = ErrorCorrection.objects.filter(kept, fixed_at__lt=b.closing)
    return (Q(ready_at__lt=b.closing) & kept) | Q(pk__in=corrected.values("dossier"))


def _cause(letter: str) -> Q:
    """The causes that a letter of II.07 holds; what gives none counts as another cause."""
    keys = [key for key, (group, _) in CAUSES.items() if group == letter]
    return Q(late_cause__in=[*keys, ""] if letter == "d" else keys)
