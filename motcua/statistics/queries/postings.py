"""What had to hang where by when, and whether it did: the one source of form II.03 and of the index.

One duty is one version at one place. A window holds the duties that fell due in it, and those from before it that were still
unmet when it opened; what was posted late is never in time again. A fixed number of statements for all places.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Min, OuterRef, Q, Subquery

from motcua.agencies.models import Agency, Seat
from motcua.agencies.queries.memo import remember
from motcua.core.moments import legal_date
from motcua.core.validity import in_force_during
from motcua.procedures.models import (
    Offering,
    Posting,
    PostingPlace,
    Procedure,
    ProcedureVersion,
    PublicationChange,
)
from motcua.procedures.rules.posting import POSTING_DAYS, counting, due_on, starts_on
from motcua.statistics.queries.bulk_settings import BulkSetting
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, closing_day
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.publication import Posted, posted
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import WorkCalendar


@dataclass(frozen=True)
class Duty:
    """One version that had to hang at one place by a day."""

    house: int
    place: PostingPlace
    version: int
    due: date
    posted_on: date | None

    @property
    def outcome(self) -> Posted:
        """What became of it."""
        return posted(self.due, self.posted_on)

    @property
    def in_time(self) -> bool:
        """Whether it hung by then."""
        return self.outcome is Posted.ON_TIME


@dataclass(frozen=True)
class _Offer:
    agency: int
    procedure: int
    first: date
    last: date | None


@dataclass(frozen=True)
class _Version:
    pk: int
    first: date
    last: date | None
    known_on: date


@dataclass
class _Days:
    """The last day of a duty, by the calendar and the setting of an agency; each asked for once."""

    posting_days: BulkSetting
    calendars: dict[int, WorkCalendar] = field(default_factory=dict)
    known: dict[tuple[int, date, int], date] = field(default_factory=dict)

    def due(self, agency: Agency, start: date) -> date:
        """The last day for hanging what is known from `start` on."""
        calendar = self.calendars.setdefault(agency.pk, calendar_of(agency))
        days = int(self.posting_days.of(agency))
        key = (id(calendar), start, days)
        if key not in self.known:
            self.known[key] = due_on(start, days, counting(calendar))
        return self.known[key]


def places_of(scope: Scope, window: Window, at: datetime) -> list[PostingPlace]:
    """The places that agencies of the scope used at some time in a window, as far as it has run."""
    there = in_force_during(window.start, closing_day(window, at))
    rows = PostingPlace.objects.filter(there, agency__in=list(scope.agencies)).select_related("agency")
    return list(rows.order_by("agency__path", "name", "pk"))


def duties(scope: Scope, window: Window, at: datetime, places: list[PostingPlace]) -> list[Duty]:
    """The duties of a window at these places. At most ten statements."""
    with remember():  # one stamp for the calendars of all
        return list(_duties(scope, window, at, places))


def _duties(scope: Scope, window: Window, at: datetime, places: list[PostingPlace]) -> Iterator[Duty]:
    close = closing_day(window, at)
    offers = _offers(scope, places, window)
    versions, hung = _versions(offers, window), _hung(places, Bounds.of(window, at))
    days = _Days(BulkSetting.on("posting_days", close, POSTING_DAYS))
    for place in places:
        found: dict[int, date] = {}
        for offer in offers[place.agency_id]:
            for version in versions.get(offer.procedure, ()):
                due = _due(place, offer, version, days)
                if due is not None and (version.pk not in found or due < found[version.pk]):
                    found[version.pk] = due
        for pk, due in found.items():
            duty = Duty(scope.houses[place.agency_id], place, pk, due, hung.get((place.pk, pk)))
            if _counts(duty, window, close, at):
                yield duty


def _due(place: PostingPlace, offer: _Offer, version: _Version, days: _Days) -> date | None:
    """The day by which it must hang; None when place, offer or version ends before that day."""
    start = starts_on(version.known_on, place.valid_from, offer.first)
    due = max(days.due(place.agency, start), version.first)
    ends = (last for last in (place.valid_to, offer.last, version.last) if last is not None)
    return None if any(last < due for last in ends) else due


def _counts(duty: Duty, window: Window, close: date, at: datetime) -> bool:
    if duty.due > close or (duty.posted_on is None and duty.due >= legal_date(at)):
        return False
    return duty.due >= window.start or duty.posted_on is None or duty.posted_on >= window.start


def _offers(scope: Scope, places: list[PostingPlace], window: Window) -> dict[int, list[_Offer]]:
    """What must hang at the places of each agency: what it resolves, its divisions, and those seated at its office."""
    here = {place.agency_id for place in places}
    of: defaultdict[int, set[int]] = defaultdict(set)  # resolving agency -> agencies at whose places it hangs
    for pk, house in scope.houses.items():
        of[pk] |= {pk, house} & here
    seats = Seat.objects.filter(_during(window), office__agency__in=here)
    for seated, keeper in seats.values_list("agency_id", "office__agency_id"):
        of[seated].add(keeper)
    rows = Offering.objects.filter(
        _during(window), agency__in=list(of), procedure__kind=Procedure.Kind.PUBLIC
    )
    found: defaultdict[int, list[_Offer]] = defaultdict(list)
    for agency, procedure, first, last in rows.order_by("pk").values_list(
        "agency_id", "procedure_id", "valid_from", "valid_to"
    ):
        for keeper in of[agency]:
            found[keeper].append(_Offer(agency, procedure, first, last))
    return found


def _during(window: Window) -> Q:
    return in_force_during(window.start, window.end)


def _versions(offers: dict[int, list[_Offer]], window: Window) -> dict[int, list[_Version]]:
    wanted = {offer.procedure for rows in offers.values() for offer in rows}
    changes = PublicationChange.objects.filter(version_id=OuterRef("pk")).order_by("-id")
    rows = ProcedureVersion.objects.filter(_during(window)).exclude(status=ProcedureVersion.Status.DRAFT)
    rows = rows.annotate(received_on=Subquery(changes.values("decision__received_on")[:1]))
    found: defaultdict[int, list[_Version]] = defaultdict(list)
    columns = ("pk", "procedure_id", "valid_from", "valid_to", "received_on")
    for pk, procedure, first, last, received in rows.values_list(*columns):
        if procedure in wanted:
            found[procedure].append(_Version(pk, first, last, received or first))
    return found


def _hung(places: list[PostingPlace], bounds: Bounds) -> dict[tuple[int, int], date]:
    """The day on which each version first hung at each place, as known at the close."""
    rows = Posting.objects.filter(place__in=[place.pk for place in places], posted_at__lt=bounds.closing)
    first = rows.order_by().values_list("place_id", "version_id").annotate(Min("posted_at"))
    return {(place, version): legal_date(moment) for place, version, moment in first}


def named(ids: Iterable[int]) -> dict[int, ProcedureVersion]:
    """Versions with their procedures, for lists."""
    return ProcedureVersion.objects.select_related("procedure", "field").in_bulk(list(set(ids)))
