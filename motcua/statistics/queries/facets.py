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
from motcua.dossiers.models import Notice, SupplementRequest
from motcua.dossiers.rules.states import Status as S
from motcua.payments.models import Receipt, ReceiptLine
from motcua.procedures.models import ProcedureVersion
from motcua.statistics.queries import standing as then
from motcua.statistics.queries.standing import Bounds, LocalDate
from motcua.statistics.rules.meaning import Facet

Level = ProcedureVersion.OnlineLevel
WHOLE, PARTIAL = [Level.FULL, Level.LEVEL_4], [Level.PARTIAL, Level.LEVEL_3]
WITH_RESULT = [s.value for s in (S.RESULT_READY, S.WAIT_COLLECT, S.RETURNED, S.ARCHIVED, S.ERROR_FIX)]
WITHOUT = [S.STOPPED.value, S.WITHDRAWN.value]


def facets(wanted: Iterable[Facet], bounds: Bounds, *, by_minute: bool = False) -> dict[str, Any]:
    """The expression of each facet, by its name, on the rows of `standing`."""
    return {facet.value: _EXPRESSIONS[facet](bounds, by_minute) for facet in wanted}


def _class(*cases: tuple[Any, Any], other: str = "") -> Case:
    """The first class whose condition holds, else `other`."""
    whens = [When(rule, then=Value(name) if isinstance(name, str) else name) for rule, name in cases]
    return Case(*whens, default=Value(other), output_field=CharField())


def _arrival(b: Bounds, by_minute: bool) -> Any:
    return _class((then.received(b), F("channel")), (then.carried(b), "carried"))


def _level(b: Bounds, by_minute: bool) -> Any:
    how_far = _class((_online(WHOLE), "whole"), (_online(PARTIAL), "partial"), other="other")
    return _class((then.received(b) & Q(channel="online"), how_far))


def _online(levels: Sequence[str]) -> Q:
    """Of a version on one of these levels; not by a join, which might tempt the planner to begin with the versions."""
    return Q(version__in=ProcedureVersion.objects.filter(online_level__in=levels).values("pk"))


def _fate(b: Bounds, by_minute: bool) -> Any:
    ended, was_received = then.ended(b), Q(received_at__isnull=False)
    return _class(
        (then.running(b), "open"),
        (ended & Q(status__in=WITH_RESULT), "resolved"),
        (ended & Q(status=S.REFUSED), "refused"),
        (ended & Q(status=S.NOT_ACCEPTED), "not_accepted"),
        (ended & was_received & Q(status__in=WITHOUT), F("status")),
        (then.waiting(b), "waiting"),
    )


def _side(b: Bounds, by_minute: bool) -> Any:
    answered = then.ended(b) & Q(status__in=[*WITH_RESULT, S.REFUSED])
    running = _against(then.measured_then(b), then.due_then(b), b, by_minute)
    return _class((then.running(b), running), (answered, _against(F("ended_at"), F("due_at"), b, by_minute)))


def _against(moment: Any, due: Any, b: Bounds, by_minute: bool) -> Any:
    """Before, on, after the due date, as `workdays.rules.arithmetic.standing`: by date, or late by the minute; without a
    due date always before.
    """
    day, due_day = LocalDate(moment), LocalDate(due)
    on = Q(Exact(day, due_day)) & Q(LessThanOrEqual(moment, due)) if by_minute else Q(Exact(day, due_day))
    sorry = Notice.objects.filter(dossier=OuterRef("pk"), kind=Notice.Kind.APOLOGY, issued_at__lt=b.closing)
    return _class(
        (Q(IsNull(due, True)) | Q(LessThan(day, due_day)), "before"),
        (on, "on"),
        (Exists(sorry), "late_apologised"),
        other="late_plain",
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
    return _class((then.waiting(b), _class((Q(LessThan(due, measured)), "late"), other="in_time")))


def _collection(b: Bounds, by_minute: bool) -> Any:
    return _class((then.uncollected(b), "waits"))


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
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("received_on")),
        office=OuterRef("office"),
        agency=OuterRef("received_for"),
        valid_from__lte=OuterRef("received_on"),
    )
    return _class((then.received(b) & ~Exists(own) & ~Exists(seated), "yes"))


def _paid(b: Bounds, by_minute: bool) -> Any:
    return _class(
        (then.received(b) & Exists(_receipts(b, Receipt.Method.TRANSFER)), "online"),
        (then.received(b) & Exists(_receipts(b, Receipt.Method.CASH)), "direct"),
    )


def _receipts(b: Bounds, method: str) -> QuerySet[ReceiptLine]:
    """Charges of the dossier on a receipt that stood at the close, and not given back by then."""
    kept = Q(receipt__cancelled_at=None) | Q(receipt__cancelled_at__gte=b.closing)
    owed = Q(charge__refund=None) | Q(charge__refund__made_at__gte=b.closing)
    name = Concat(Value("dossier/"), Cast(OuterRef("pk"), CharField()))
    return ReceiptLine.objects.filter(
        kept, owed, charge__reference=name, receipt__method=method, receipt__issued_at__lt=b.closing
    )


_EXPRESSIONS: dict[Facet, Callable[[Bounds, bool], Any]] = {
    Facet.ARRIVAL: _arrival,
    Facet.LEVEL: _level,
    Facet.AWAY: _away,
    Facet.PAID: _paid,
    Facet.FATE: _fate,
    Facet.SIDE: _side,
    Facet.CAUSE: lambda b, by_minute: F("late_cause"),
    Facet.PATIENCE: _patience,
    Facet.COLLECTION: _collection,
}
