"""The facets of `rules.meaning` in SQL: each sorts the dossiers of a window into classes, as they stood when it closed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import Exact, IsNull, LessThan, LessThanOrEqual

from motcua.agencies.models import Agency, OneStopOffice, Seat
from motcua.core.validity import in_force
from motcua.dossiers.models import FinancialObligation, Notice, ResultPaper, SupplementRequest
from motcua.dossiers.queries.papers import is_digitised
from motcua.dossiers.rules.states import Status as S
from motcua.payments.models import Charge, Receipt, ReceiptLine
from motcua.procedures.models import ProcedureVersion
from motcua.statistics.queries import standing as then
from motcua.statistics.queries.standing import Bounds, DayBegun
from motcua.statistics.rules.meaning import Facet

Level = ProcedureVersion.OnlineLevel
WHOLE, PARTIAL = [Level.FULL, Level.LEVEL_4], [Level.PARTIAL, Level.LEVEL_3]
# The most frequent first: every dossier that ended is compared with them one by one.
WITH_RESULT = [s.value for s in (S.RETURNED, S.ARCHIVED, S.WAIT_COLLECT, S.RESULT_READY, S.ERROR_FIX)]
WITHOUT = [S.STOPPED.value, S.WITHDRAWN.value]


def facets(wanted: Iterable[Facet], bounds: Bounds, *, by_minute: bool = False) -> dict[str, Any]:
    """The expression of each facet, by its name, on the rows of `standing`."""
    return {facet.value: _EXPRESSIONS[facet](bounds, by_minute) for facet in wanted}


def class_of(*cases: tuple[Any, Any], other: str = "") -> Case:
    """The first class whose condition holds, else `other`."""
    whens = [When(rule, then=Value(name) if isinstance(name, str) else name) for rule, name in cases]
    return Case(*whens, default=Value(other), output_field=CharField())


def _arrival(b: Bounds, by_minute: bool) -> Any:
    return class_of((then.received(b), F("channel")), (then.carried(b), "carried"))


def _level(b: Bounds, by_minute: bool) -> Any:
    how_far = class_of((_online(WHOLE), "whole"), (_online(PARTIAL), "partial"), other="other")
    return class_of((then.received(b) & Q(channel="online"), how_far))


def _online(levels: Sequence[str]) -> Q:
    """Of a version on one of these levels; not by a join, which might tempt the planner to begin with the versions."""
    return Q(version__in=ProcedureVersion.objects.filter(online_level__in=levels).values("pk"))


def _fate(b: Bounds, by_minute: bool) -> Any:
    ended, was_received = then.ended(b), Q(received_at__isnull=False)
    return class_of(
        (then.running(b), "open"),
        (ended & Q(status__in=WITH_RESULT), "resolved"),
        (ended & Q(status=S.REFUSED), "refused"),
        (ended & Q(status=S.NOT_ACCEPTED), "not_accepted"),
        (ended & was_received & Q(status__in=WITHOUT), F("status")),
        (then.waiting(b), "waiting"),
    )


def _side(b: Bounds, by_minute: bool) -> Any:
    answered = then.ended(b) & Q(status__in=[*WITH_RESULT, S.REFUSED])
    running = against(then.measured_then(b), then.due_then(b), b, by_minute)
    return class_of((then.running(b), running), (answered, against(F("ended_at"), F("due_at"), b, by_minute)))


def against(moment: Any, due: Any, b: Bounds, by_minute: bool, apologies: bool = True) -> Any:
    """Before, on, after the due date, as `workdays.rules.arithmetic.standing`: by date, or late by the minute; without a
    due date always before. Without `apologies` the notices are not asked, and what is late is "late_plain".
    """
    day, due_day = DayBegun(moment), DayBegun(due)
    on = Q(Exact(day, due_day)) & Q(LessThanOrEqual(moment, due)) if by_minute else Q(Exact(day, due_day))
    sorry = Notice.objects.filter(dossier=OuterRef("pk"), kind=Notice.Kind.APOLOGY, issued_at__lt=b.closing)
    return class_of(
        (Q(IsNull(due, True)) | Q(LessThan(day, due_day)), "before"),
        (on, "on"),
        *([(Exists(sorry), "late_apologised")] if apologies else []),
        other="late_plain",
    )


def _original(b: Bounds, by_minute: bool) -> Any:
    """As `_side`, against the due date of the first entry of the clock ledger; of apologies nothing is asked."""
    answered, due = then.ended(b) & Q(status__in=[*WITH_RESULT, S.REFUSED]), F("original_due_at")
    return class_of(
        (then.running(b), against(then.measured_then(b), due, b, by_minute, apologies=False)),
        (answered, against(F("ended_at"), due, b, by_minute, apologies=False)),
    )


def _patience(b: Bounds, by_minute: bool) -> Any:
    """The acceptance due date in force then (that of the first request for more that was answered later) against the close,
    or the moment at which the citizen was asked for more.
    """
    asked = SupplementRequest.objects.filter(dossier=OuterRef("pk"), after_acceptance=False)
    later = asked.filter(completed_at__gte=b.closing).order_by("completed_at")
    unanswered = Q(completed_at=None) | Q(completed_at__gte=b.closing)
    resting = asked.filter(unanswered, requested_at__lt=b.closing).order_by("requested_at")
    due = Coalesce(Subquery(later.values("acceptance_due_at")[:1]), F("acceptance_due_at"))
    close = Value(b.closing, output_field=DateTimeField())
    measured = Coalesce(Subquery(resting.values("requested_at")[:1]), close)
    return class_of((then.waiting(b), class_of((Q(LessThan(due, measured)), "late"), other="in_time")))


def _collection(b: Bounds, by_minute: bool) -> Any:
    return class_of((then.uncollected(b), "waits"))


# Received in the window ---------------------------------------------------------------------------------------------


def _away(b: Bounds, by_minute: bool) -> Any:
    """Received at an office that was neither that of the agency which was to resolve it (or its house's) nor one where that
    agency had a seat on the day.
    """
    house = Agency.objects.filter(pk=OuterRef(OuterRef("received_for"))).values("parent")
    own = OneStopOffice.objects.filter(
        Q(agency=OuterRef("received_for")) | Q(agency__in=house), pk=OuterRef("office")
    )
    seated = Seat.objects.filter(
        in_force(OuterRef("received_on")), office=OuterRef("office"), agency=OuterRef("received_for")
    )
    return class_of((then.received(b) & ~Exists(own) & ~Exists(seated), "yes"))


# Paid without going there: by transfer (VietQR) or through a gateway.
ONLINE = (Receipt.Method.TRANSFER, Receipt.Method.GATEWAY)


def _paid(b: Bounds, by_minute: bool) -> Any:
    return class_of(
        (then.received(b) & Exists(_receipts(b, *ONLINE)), "online"),
        (then.received(b) & Exists(_receipts(b, Receipt.Method.CASH)), "direct"),
    )


def _receipts(b: Bounds, *methods: str) -> QuerySet[ReceiptLine]:
    """Charges of the dossier on a receipt that stood at the close, and not given back by then."""
    kept = Q(receipt__cancelled_at=None) | Q(receipt__cancelled_at__gte=b.closing)
    owed = Q(charge__refunded_at=None) | Q(charge__refunded_at__gte=b.closing)
    name = Concat(Value("dossier/"), Cast(OuterRef("pk"), CharField()))
    return ReceiptLine.objects.filter(
        kept, owed, charge__reference=name, receipt__method__in=methods, receipt__issued_at__lt=b.closing
    )


def _offered(b: Bounds, by_minute: bool) -> Any:
    return class_of((then.received(b) & _online([*WHOLE, *PARTIAL]), "online"))


def _fee(b: Bounds, by_minute: bool) -> Any:
    """A fee had to be paid, as things stood at the close. What the dossier's own row says saves most look-ups: without any
    charge its payment is "none", or again so once it is withdrawn, or has met elsewhere what it was to pay here.
    """
    ever = ~Q(payment="none") | Q(status=S.WITHDRAWN.value)
    dropped = Exists(_charges(b).filter(state=Charge.State.CANCELLED).exclude(settled_at__lt=b.closing))
    met = FinancialObligation.objects.filter(issued_at__lt=b.closing, met_at__gte=b.closing)
    gone = (Q(ended_at__gte=b.closing) & ever) | Q(pk__in=met.values("dossier"))
    return class_of((then.received(b) & ((ever & Exists(_owed(b))) | (gone & dropped)), "owed"))


def _owed(b: Bounds) -> QuerySet[Charge]:
    """Charges of the dossier neither exempt nor given back by the close."""
    state = Charge.State
    exempt_later = Q(state=state.EXEMPT, settled_at__gte=b.closing) & ~Q(settled_at=F("created_at"))
    live = Q(state__in=[state.DUE, state.PAID, state.REFUNDED]) | exempt_later
    return _charges(b).filter(live, Q(refunded_at=None) | Q(refunded_at__gte=b.closing))


def _charges(b: Bounds) -> QuerySet[Charge]:
    name = Concat(Value("dossier/"), Cast(OuterRef("pk"), CharField()))
    return Charge.objects.filter(reference=name, amount__gt=0, created_at__lt=b.closing)


def _scans(b: Bounds, by_minute: bool) -> Any:
    """Every paper of the close electronic by the close."""
    return class_of((then.received(b) & is_digitised(b.closing), "all"))


def _result(b: Bounds, by_minute: bool) -> Any:
    """A signed electronic result that stood at the close."""
    stood = Q(revoked_at=None) | Q(revoked_at__gte=b.closing)
    made = Q(file=None) | Q(file__uploaded_at__lt=b.closing)
    papers = ResultPaper.objects.filter(stood, made, dossier=OuterRef("pk"), is_electronic=True)
    return class_of((then.ended(b) & Exists(papers), "electronic"))


_EXPRESSIONS: dict[Facet, Callable[[Bounds, bool], Any]] = {
    Facet.ARRIVAL: _arrival,
    Facet.LEVEL: _level,
    Facet.AWAY: _away,
    Facet.PAID: _paid,
    Facet.FATE: _fate,
    Facet.SIDE: _side,
    Facet.ORIGINAL: _original,
    Facet.CAUSE: lambda b, by_minute: F("late_cause"),
    Facet.PATIENCE: _patience,
    Facet.COLLECTION: _collection,
    Facet.OFFERED: _offered,
    Facet.FEE: _fee,
    Facet.SCANS: _scans,
    Facet.RESULT: _result,
}
