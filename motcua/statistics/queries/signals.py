"""The register of signals: for each its cases in a window, what they are a share of, by unit and by officer; two statements each.

Cases are rows of the same kind as the base: requests where the base is requests, dossiers where it is dossiers.
"""

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
    Subquery,
    Value,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Trunc

from motcua.accounts.models import User
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask, ResultPaper, SupplementRequest
from motcua.dossiers.rules.states import Status as S
from motcua.statistics.queries.cases import EVERYONE, Cases, Only
from motcua.statistics.queries.facets import WITH_RESULT
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, LocalDate
from motcua.statistics.rules.shares import is_small, percent, signed_text
from motcua.statistics.rules.signals import PREFIX, SIGNALS, Signal
from motcua.tickets.models import TicketDossier

CLOSING_DAY = 14


@dataclass(frozen=True)
class Found:
    """What a signal shows in a window: how many cases, of how many; `limits` as they were in force."""

    signal: Signal
    count: int
    base: int
    limits: list[int]

    @property
    def limit_words(self) -> list[str]:
        """The thresholds in force as people read them: "một hồ sơ bị yêu cầu bổ sung từ 2 lần"."""
        pairs = zip(self.signal.thresholds, self.limits, strict=True)
        return [f"{setting.label.removeprefix(PREFIX)} {value} {setting.unit}" for setting, value in pairs]

    @property
    def rate(self) -> Decimal | None:
        """Cases for a hundred of the base."""
        return percent(self.count, self.base)

    @property
    def rate_text(self) -> str:
        """The rate as people read it, marked when the base is too small to compare."""
        return signed_text(self.rate) + ("*" if is_small(self.base) else "")


@dataclass(frozen=True)
class Share:
    """Cases and base of one agency or one person (id; None: nobody is recorded)."""

    key: int | None
    count: int
    base: int

    @property
    def rate_text(self) -> str:
        """Cases for a hundred of the base, marked when the base is too small to compare."""
        return signed_text(percent(self.count, self.base)) + ("*" if is_small(self.base) else "")


@dataclass(frozen=True)
class Shares:
    """A signal by the agencies that resolve and by people, over every row of the window; most cases first."""

    agencies: list[Share]
    officers: list[Share]


@dataclass(frozen=True)
class _Look:
    """Rows with a signal (`cases`, on `path` from the row to the dossier) and the rows that they are a share of."""

    cases: QuerySet[Any]
    base: QuerySet[Any]
    at: str
    officer: Any = ""  # the column, or an expression, of the person
    path: str = ""
    more: tuple[tuple[str, str], ...] = ()  # title and column of other moments that tell about a case

    @property
    def to(self) -> str:
        """What leads from the row to a column of its dossier."""
        return f"{self.path}__" if self.path else ""

    @property
    def agency(self) -> str:
        """The column of the agency that resolves."""
        return f"{self.to}resolving_agency_id"

    def afresh(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The same rows from a fresh query with `doer`, because some rows are grouped already."""
        return self.named(rows.model._default_manager.filter(pk__in=rows.order_by().values("pk")).order_by())

    def named(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with `doer`: whoever did what is looked at, otherwise whoever received the dossier."""
        who = self.officer or f"{self.to}received_by_id"
        named: QuerySet[Any] = rows.annotate(doer=F(who) if isinstance(who, str) else who)
        return named


def signals(scope: Scope, bounds: Bounds, thresholds: dict[str, Any]) -> list[Found]:
    """Every signal for the dossiers that the scope's agencies resolve, in the order of the register."""
    return [find(signal, scope, bounds, thresholds) for signal in SIGNALS]


def find(signal: Signal, scope: Scope, bounds: Bounds, thresholds: dict[str, Any]) -> Found:
    """One signal. `thresholds` are settings by key; the shipped value stands in for one that is not there."""
    look = _look(signal, scope, bounds, thresholds)
    count, base = look.cases.order_by().count(), look.base.order_by().count()
    return Found(signal, count, base, signal.limits(thresholds))


def cases(
    signal: Signal, scope: Scope, bounds: Bounds, thresholds: dict[str, Any], only: Only = EVERYONE
) -> Cases:
    """The cases of one signal, all of them or those of an agency or a person, as `shares` counts them."""
    look = _look(signal, scope, bounds, thresholds)
    columns = {
        "case_dossier": f"{look.to}pk",
        "case_code": f"{look.to}code",
        "case_at": look.at,
        "case_agency": look.agency,
    }
    columns |= {f"more_{n}": column for n, (_, column) in enumerate(look.more)}
    rows = look.afresh(look.cases).annotate(**{name: F(column) for name, column in columns.items()})
    if only.agency:
        rows = rows.filter(case_agency=only.agency)
    if only.whose:
        rows = rows.filter(doer=only.officer) if only.officer else rows.filter(doer=None)
    return Cases(rows.order_by("-case_at", "-pk"), tuple(title for title, _ in look.more))


def shares(signal: Signal, scope: Scope, bounds: Bounds, thresholds: dict[str, Any]) -> Shares:
    """One signal by agency and by person: cases and base counted by the database, whatever the list shows."""
    look = _look(signal, scope, bounds, thresholds)
    cases, base = _tally(look, look.cases), _tally(look, look.base)
    return Shares(_summed(cases, base, 0), _summed(cases, base, 1))


def people_of(shares: list[Share]) -> dict[int, User]:
    """The people of the shares, by id."""
    return User.objects.in_bulk([share.key for share in shares if share.key])


def _look(signal: Signal, scope: Scope, bounds: Bounds, thresholds: dict[str, Any]) -> _Look:
    return _LOOKS[signal.code](list(scope.agencies), bounds, *signal.limits(thresholds))


def _tally(look: _Look, rows: QuerySet[Any]) -> dict[tuple[int, int | None], int]:
    """Rows by (agency, person)."""
    counted = look.afresh(rows).values_list(look.agency, "doer").annotate(n=Count("pk"))
    return {(agency, person): number for agency, person, number in counted}


def _summed(
    cases: dict[tuple[int, int | None], int], base: dict[tuple[int, int | None], int], part: int
) -> list[Share]:
    count: Counter[int | None] = Counter()
    whole: Counter[int | None] = Counter()
    for key, number in base.items():
        whole[key[part]] += number
        count[key[part]] += cases.get(key, 0)
    found = [Share(key, count[key], number) for key, number in whole.items()]
    return sorted(found, key=lambda share: (-share.count, -share.base, share.key or 0))


def _elapsed(later: str, earlier: str) -> "ExpressionWrapper[CombinedExpression]":
    return ExpressionWrapper(F(later) - F(earlier), output_field=DurationField())


def _ended(ids: list[int], b: Bounds) -> QuerySet[Dossier]:
    return Dossier.objects.filter(
        resolving_agency__in=ids, received_at__isnull=False, ended_at__gte=b.opening, ended_at__lt=b.closing
    )


def _resolved(ids: list[int], b: Bounds) -> QuerySet[Dossier]:
    return _ended(ids, b).filter(status__in=[*WITH_RESULT, S.REFUSED])


def _ended_by() -> Subquery:
    """Whoever ended the dossier: the last entry of its ledger that ends it says so."""
    ends = ClockEntry.objects.filter(dossier=OuterRef("pk"), kind=ClockEntry.Kind.END).order_by("-seq")
    return Subquery(ends.values("actor_id")[:1])


def _requests(ids: list[int], b: Bounds) -> QuerySet[SupplementRequest]:
    return SupplementRequest.objects.filter(
        dossier__resolving_agency__in=ids, requested_at__gte=b.opening, requested_at__lt=b.closing
    )


def _supplement_at_the_end(ids: list[int], b: Bounds, hours: int, days: int) -> _Look:
    """The due date that was in force when the clock stopped stands on the entry that stopped it. Whoever has a day or two is
    always close to the end: limits below `days` are left out.
    """
    long = Q(dossier__limit_unit="month") | Q(
        dossier__limit_unit__in=["working_day", "calendar_day"], dossier__limit_amount__gte=days
    )
    base = ClockEntry.objects.filter(
        long, dossier__resolving_agency__in=ids, kind="suspend", at__gte=b.opening, at__lt=b.closing,
        dossier__supplement_requests__after_acceptance=True, dossier__supplement_requests__requested_at=F("at"),
    )  # fmt: skip
    cases = base.annotate(left=_elapsed("due_at", "at")).filter(left__lte=timedelta(hours=hours))
    return _Look(cases, base, "at", "actor_id", "dossier")


def _supplement_again(ids: list[int], b: Bounds, times: int) -> _Look:
    asked = Dossier.objects.filter(Exists(_requests(ids, b).filter(dossier=OuterRef("pk"))))
    counted = asked.annotate(times=Count("supplement_requests"))
    last = SupplementRequest.objects.filter(dossier=OuterRef("pk")).order_by("-requested_at", "-pk")
    by = Subquery(last.values("requested_by_id")[:1])
    return _Look(counted.filter(times__gte=times), asked, "received_at", by)


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
    return _Look(base.filter(Exists(again)), base, "ended_at", _ended_by())


def _refused_and_refiled(ids: list[int], b: Bounds, days: int) -> _Look:
    return _refiled(_ended(ids, b).filter(status=S.REFUSED), days)


def _stopped_and_refiled(ids: list[int], b: Bounds, days: int) -> _Look:
    return _refiled(_ended(ids, b).filter(status__in=[S.STOPPED, S.WITHDRAWN]), days)


def _ready_without_result(ids: list[int], b: Bounds) -> _Look:
    base = _resolved(ids, b).exclude(status=S.REFUSED)
    without = base.filter(~Exists(ResultPaper.objects.filter(dossier=OuterRef("pk"))))
    return _Look(without, base, "ended_at", _ended_by())


def _ready_before_signature(ids: list[int], b: Bounds, days: int) -> _Look:
    base = _resolved(ids, b).exclude(status=S.REFUSED)
    first = ResultPaper.objects.filter(dossier=OuterRef("pk"))
    early = first.filter(
        signed_on__gte=LocalDate(
            OuterRef("ready_at") + Value(timedelta(days=days), output_field=DurationField())
        )
    )
    in_time = first.filter(signed_on__lte=LocalDate(OuterRef("ready_at")))
    return _Look(base.filter(Exists(early), ~Exists(in_time)), base, "ready_at", _ended_by())


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


def _taken_in_after_call(ids: list[int], b: Bounds, minutes: int) -> _Look:
    """From the call, or for a further dossier of the same ticket from the one before it: who brings five has not been kept
    waiting for the fifth. What the person waited in the line is not the clerk's doing and only shown.
    """
    base = TicketDossier.objects.filter(
        dossier__resolving_agency__in=ids, dossier__received_at__gte=b.opening, dossier__received_at__lt=b.closing
    )  # fmt: skip
    earlier = TicketDossier.objects.filter(ticket=OuterRef("ticket"), at__lt=OuterRef("at")).order_by("-at")
    begun = base.annotate(begun=Coalesce(Subquery(earlier.values("at")[:1]), F("ticket__called_at")))
    cases = begun.annotate(took=_elapsed("dossier__received_at", "begun")).filter(
        took__gt=timedelta(minutes=minutes)
    )
    more = (("Lấy số", "ticket__taken_at"), ("Gọi số", "ticket__called_at"))
    return _Look(cases, base, "dossier__received_at", path="dossier", more=more)


def _apology_too_late(ids: list[int], b: Bounds) -> _Look:
    base = ClockEntry.objects.filter(
        dossier__resolving_agency__in=ids, kind="extend", at__gte=b.opening, at__lt=b.closing
    )
    return _Look(base.filter(flagged=True), base, "at", "actor_id", "dossier")


def _closed_in_bulk(ids: list[int], b: Bounds, least: int, times: int) -> _Look:
    """On a closing day, at least `least` and so many times what the agency ends on a usual day."""
    base = _resolved(ids, b).annotate(day=LocalDate(F("ended_at")))
    daily: dict[int, dict[Any, int]] = {}
    for agency, day, number in base.order_by().values_list("resolving_agency", "day").annotate(n=Count("pk")):
        daily.setdefault(agency, {})[day] = number
    wanted = Q(pk__in=[])
    for agency, days in daily.items():
        usual = sorted(days.values())[(len(days) - 1) // 2]
        for day, number in days.items():
            closing = day.day == CLOSING_DAY or (day + timedelta(days=1)).day == 1
            if closing and number >= max(least, times * usual):
                wanted |= Q(resolving_agency=agency, day=day)
    return _Look(base.filter(wanted), base, "ended_at", _ended_by())


def _same_second(ids: list[int], b: Bounds, least: int) -> _Look:
    """Tasks given by somebody and taken in the very second. The counter's first step is given by nobody, and who brings
    their own result to the counter gives and takes in one act: neither is a hand-over.
    """
    base = _resolved(ids, b)
    given = DossierTask.objects.filter(dossier=OuterRef("pk"), given_by__isnull=False, taken_at__isnull=False)
    at_once = (
        given.exclude(stage_kind="result", given_by=F("taken_by"))
        .annotate(given_in=Trunc("given_at", "second"), taken_in=Trunc("taken_at", "second"))
        .filter(given_in=F("taken_in"))
        .order_by()
    )
    enough = at_once.values("dossier").annotate(n=Count("pk")).filter(n__gte=least)
    by = Subquery(at_once.order_by("-taken_at", "-pk").values("taken_by_id")[:1])
    return _Look(base.filter(Exists(enough)), base, "ended_at", by)


def _never_left_the_counter(ids: list[int], b: Bounds, days: int) -> _Look:
    base = _resolved(ids, b)
    moved = DossierTask.objects.filter(dossier=OuterRef("pk"), at_office=False, given_at__isnull=False)
    took = base.annotate(took=_elapsed("ended_at", "received_at")).filter(took__gte=timedelta(days=days))
    return _Look(took.filter(~Exists(moved)), base, "ended_at")


_LOOKS: dict[str, Callable[..., _Look]] = {
    "supplement_at_the_end": _supplement_at_the_end,
    "supplement_again": _supplement_again,
    "supplement_at_once": _supplement_at_once,
    "refused_and_refiled": _refused_and_refiled,
    "stopped_and_refiled": _stopped_and_refiled,
    "ready_without_result": _ready_without_result,
    "ready_before_signature": _ready_before_signature,
    "taken_in_late": _taken_in_late,
    "taken_in_after_call": _taken_in_after_call,
    "apology_too_late": _apology_too_late,
    "closed_in_bulk": _closed_in_bulk,
    "same_second": _same_second,
    "never_left_the_counter": _never_left_the_counter,
}
