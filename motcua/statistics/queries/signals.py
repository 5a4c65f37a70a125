"""The register of signals: for each its cases in a window, what they are a share of, by unit and by officer; two statements each."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Trunc

from motcua.accounts.models import User
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask, ResultPaper, SupplementRequest
from motcua.dossiers.rules.states import Status as S
from motcua.statistics.queries.facets import WITH_RESULT
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, LocalDate
from motcua.statistics.rules.shares import decimal_text, is_small, percent
from motcua.statistics.rules.signals import SIGNALS, Signal

MOST = 500
CLOSING_DAY = 14
LONG_ENOUGH = 3  # Whoever has a day or two is always close to the end.


@dataclass(frozen=True)
class Case:
    """One dossier to open: which, when, whose."""

    dossier_id: int
    code: str
    at: Any
    agency_id: int
    officer_id: int | None


@dataclass(frozen=True)
class Found:
    """What a signal shows in a window. `cases` are at most `MOST`; `count` is all."""

    signal: Signal
    cases: list[Case]
    count: int
    base: int

    @property
    def rate(self) -> Decimal | None:
        """Cases for a hundred of the base."""
        return percent(self.count, self.base)

    @property
    def rate_text(self) -> str:
        """The rate as people read it, marked when the base is too small to compare."""
        return decimal_text(self.rate) + ("*" if is_small(self.base) else "")

    def by(self, name: str) -> list[tuple[int | None, int]]:
        """Cases by "agency_id" or "officer_id", most first."""
        return Counter(getattr(case, name) for case in self.cases).most_common()


@dataclass(frozen=True)
class _Look:
    """Rows with a signal (`cases`, on `path` from the row to the dossier) and the rows that they are a share of."""

    cases: QuerySet[Any]
    base: QuerySet[Any]
    at: str
    officer: str = ""
    path: str = ""


def signals(scope: Scope, bounds: Bounds, thresholds: dict[str, Any]) -> list[Found]:
    """Every signal for the dossiers that the scope's agencies resolve, in the order of the register."""
    return [find(signal, scope, bounds, thresholds) for signal in SIGNALS]


def find(signal: Signal, scope: Scope, bounds: Bounds, thresholds: dict[str, Any]) -> Found:
    """One signal. `thresholds` are settings by key; the shipped value stands in for one that is not there."""
    key = signal.threshold
    limit = int(thresholds.get(key.key, key.default)) if key else 0
    look = _LOOKS[signal.code](list(scope.agencies), bounds, limit)
    to = f"{look.path}__" if look.path else ""
    rows = look.cases.order_by(f"-{look.at}", "-pk").values_list(
        f"{to}pk", f"{to}code", look.at, f"{to}resolving_agency_id", look.officer or f"{to}received_by_id"
    )
    count = look.cases.order_by().values(f"{to}pk").distinct().count()
    return Found(signal, [Case(*row) for row in rows[:MOST]], count, look.base.order_by().count())


def officers_of(found: Found) -> list[tuple[User, int]]:
    """Who stands behind the cases, most first."""
    people = User.objects.in_bulk([pk for pk, _ in found.by("officer_id") if pk])
    return [(people[pk], number) for pk, number in found.by("officer_id") if pk in people]


def dossiers_of(found: Found) -> list[Dossier]:
    """The dossiers of the cases, by id alone: for asking who may open them."""
    return [Dossier(pk=case.dossier_id) for case in found.cases]


def _elapsed(later: str, earlier: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(later) - F(earlier), output_field=DurationField())


def _ended(ids: list[int], b: Bounds) -> QuerySet[Dossier]:
    return Dossier.objects.filter(
        resolving_agency__in=ids, received_at__isnull=False, ended_at__gte=b.opening, ended_at__lt=b.closing
    )


def _resolved(ids: list[int], b: Bounds) -> QuerySet[Dossier]:
    return _ended(ids, b).filter(status__in=[*WITH_RESULT, S.REFUSED])


def _requests(ids: list[int], b: Bounds) -> QuerySet[SupplementRequest]:
    return SupplementRequest.objects.filter(
        dossier__resolving_agency__in=ids, requested_at__gte=b.opening, requested_at__lt=b.closing
    )


def _supplement_at_the_end(ids: list[int], b: Bounds, hours: int) -> _Look:
    """The due date that was in force when the clock stopped stands on the entry that stopped it."""
    long = Q(dossier__limit_unit="month") | Q(
        dossier__limit_unit__in=["working_day", "calendar_day"], dossier__limit_amount__gte=LONG_ENOUGH
    )
    base = ClockEntry.objects.filter(
        long, dossier__resolving_agency__in=ids, kind="suspend", at__gte=b.opening, at__lt=b.closing,
        dossier__supplement_requests__after_acceptance=True, dossier__supplement_requests__requested_at=F("at"),
    )  # fmt: skip
    cases = base.annotate(left=_elapsed("due_at", "at")).filter(left__lte=timedelta(hours=hours))
    return _Look(cases, base, "at", "actor_id", "dossier")


def _supplement_again(ids: list[int], b: Bounds, _: int) -> _Look:
    asked = Dossier.objects.filter(Exists(_requests(ids, b).filter(dossier=OuterRef("pk"))))
    counted = asked.annotate(times=Count("supplement_requests"))
    return _Look(counted.filter(times__gte=2), asked, "received_at")


def _supplement_at_once(ids: list[int], b: Bounds, minutes: int) -> _Look:
    done = _requests(ids, b).filter(completed_at__isnull=False)
    cases = done.annotate(took=_elapsed("completed_at", "requested_at")).filter(
        took__lt=timedelta(minutes=minutes)
    )
    return _Look(cases, done, "requested_at", "requested_by_id", "dossier")


def _refiled(base: QuerySet[Dossier], days: int) -> _Look:
    """The same person (by identity number or tax code) with the same procedure, after the end and within so many days."""
    again = Dossier.objects.filter(
        Q(applicant__identity_number=OuterRef("applicant__identity_number")) & ~Q(applicant__identity_number="")
        | Q(applicant__tax_code=OuterRef("applicant__tax_code")) & ~Q(applicant__tax_code=""),
        procedure=OuterRef("procedure"), received_at__gt=OuterRef("ended_at"),
        received_at__lt=ExpressionWrapper(OuterRef("ended_at") + Value(timedelta(days=days)), output_field=DateTimeField()),
    )  # fmt: skip
    return _Look(base.filter(Exists(again)), base, "ended_at")


def _refused_and_refiled(ids: list[int], b: Bounds, days: int) -> _Look:
    return _refiled(_ended(ids, b).filter(status=S.REFUSED), days)


def _stopped_and_refiled(ids: list[int], b: Bounds, days: int) -> _Look:
    return _refiled(_ended(ids, b).filter(status__in=[S.STOPPED, S.WITHDRAWN]), days)


def _ready_without_result(ids: list[int], b: Bounds, _: int) -> _Look:
    base = _resolved(ids, b).exclude(status=S.REFUSED)
    return _Look(base.filter(~Exists(ResultPaper.objects.filter(dossier=OuterRef("pk")))), base, "ended_at")


def _ready_before_signature(ids: list[int], b: Bounds, days: int) -> _Look:
    base = _resolved(ids, b).exclude(status=S.REFUSED)
    first = ResultPaper.objects.filter(dossier=OuterRef("pk"))
    early = first.filter(
        signed_on__gte=LocalDate(
            OuterRef("ready_at") + Value(timedelta(days=days), output_field=DurationField())
        )
    )
    in_time = first.filter(signed_on__lte=LocalDate(OuterRef("ready_at")))
    return _Look(base.filter(Exists(early), ~Exists(in_time)), base, "ready_at")


def _taken_in_late(ids: list[int], b: Bounds, hours: int) -> _Look:
    base = Dossier.objects.filter(
        resolving_agency__in=ids,
        channel="online",
        received_at__gte=b.opening,
        received_at__lt=b.closing,
        submitted_at__isnull=False,
    )
    cases = base.annotate(waited=_elapsed("received_at", "submitted_at")).filter(
        waited__gt=timedelta(hours=hours)
    )
    return _Look(cases, base, "received_at")


def _apology_too_late(ids: list[int], b: Bounds, _: int) -> _Look:
    base = ClockEntry.objects.filter(
        dossier__resolving_agency__in=ids, kind="extend", at__gte=b.opening, at__lt=b.closing
    )
    return _Look(base.filter(flagged=True), base, "at", "actor_id", "dossier")


def _closed_in_bulk(ids: list[int], b: Bounds, least: int) -> _Look:
    """On a closing day, as many as the threshold and three times what the agency ends on a usual day."""
    base = _resolved(ids, b).annotate(day=LocalDate(F("ended_at")))
    daily: dict[int, dict[Any, int]] = {}
    for agency, day, number in base.order_by().values_list("resolving_agency", "day").annotate(n=Count("pk")):
        daily.setdefault(agency, {})[day] = number
    wanted = Q(pk__in=[])
    for agency, days in daily.items():
        usual = sorted(days.values())[(len(days) - 1) // 2]
        for day, number in days.items():
            closing = day.day == CLOSING_DAY or (day + timedelta(days=1)).day == 1
            if closing and number >= max(least, 3 * usual):
                wanted |= Q(resolving_agency=agency, day=day)
    return _Look(base.filter(wanted), base, "ended_at")


def _same_second(ids: list[int], b: Bounds, _: int) -> _Look:
    base = _resolved(ids, b)
    together = (
        DossierTask.objects.filter(dossier=OuterRef("pk"), state="done").order_by()
        .annotate(second=Trunc("done_at", "second")).values("second").annotate(n=Count("pk")).filter(n__gte=3)
    )  # fmt: skip
    return _Look(base.filter(Exists(together)), base, "ended_at")


def _never_left_the_counter(ids: list[int], b: Bounds, days: int) -> _Look:
    base = _resolved(ids, b)
    moved = DossierTask.objects.filter(dossier=OuterRef("pk"), at_office=False, given_at__isnull=False)
    took = base.annotate(took=_elapsed("ended_at", "received_at")).filter(took__gte=timedelta(days=days))
    return _Look(took.filter(~Exists(moved)), base, "ended_at")


_LOOKS: dict[str, Callable[[list[int], Bounds, int], _Look]] = {
    "supplement_at_the_end": _supplement_at_the_end,
    "supplement_again": _supplement_again,
    "supplement_at_once": _supplement_at_once,
    "refused_and_refiled": _refused_and_refiled,
    "stopped_and_refiled": _stopped_and_refiled,
    "ready_without_result": _ready_without_result,
    "ready_before_signature": _ready_before_signature,
    "taken_in_late": _taken_in_late,
    "apology_too_late": _apology_too_late,
    "closed_in_bulk": _closed_in_bulk,
    "same_second": _same_second,
    "never_left_the_counter": _never_left_the_counter,
}
