"""What hangs where, what must, and what must no longer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from motcua.agencies.models import Agency, Seat
from motcua.agencies.queries import setting
from motcua.core.errors import NotFound
from motcua.files.models import StoredFile
from motcua.procedures.models import (
    Offering,
    Posting,
    PostingPlace,
    Procedure,
    ProcedureVersion,
    PublicationChange,
)
from motcua.procedures.rules.posting import (
    POSTING_DAYS,
    Duty,
    WorkingDays,
    counting,
    due_on,
    hang_duty,
    starts_on,
    take_down_duty,
)
from motcua.workdays.queries import calendar_of


@dataclass(frozen=True)
class ToHang:
    """A version in force that does not hang at the place."""

    version: ProcedureVersion
    duty: Duty


@dataclass(frozen=True)
class ToTakeDown:
    """A posting of a version that is no longer in force."""

    posting: Posting
    duty: Duty


def access_place(pk: int) -> PostingPlace:
    """One place. Raises NotFound."""
    found = PostingPlace.objects.select_related("agency").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy nơi niêm yết này.")
    return found


def access_posting(pk: int) -> Posting:
    """One posting. Raises NotFound."""
    found = Posting.objects.select_related("place__agency", "version__procedure").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy lần niêm yết này.")
    return found


def places_at(day: date) -> QuerySet[PostingPlace]:
    """Places in use on a legal date."""
    rows = PostingPlace.objects.filter(PostingPlace.in_force(day)).select_related("agency")
    return rows.order_by("agency__path", "name")


def due_versions(place: PostingPlace, day: date) -> QuerySet[ProcedureVersion]:
    """Versions of public procedures in force that concern a place: offered by its agency, by its divisions, or by those seated
    at its office.
    """
    rows = ProcedureVersion.objects.filter(ProcedureVersion.in_force(day)).filter(
        Exists(_offered(place, day))
    )
    return rows.select_related("procedure", "field").order_by("field__name", "name")


def _offered(place: PostingPlace, day: date) -> QuerySet[Offering]:
    """By whom the procedure of an outer row is offered to those who read at a place, the earliest first."""
    rows = Offering.objects.filter(
        Offering.in_force(day),
        agency__in=_concerned(place.agency, day),
        procedure_id=OuterRef("procedure_id"),
        procedure__kind=Procedure.Kind.PUBLIC,
    )
    return rows.order_by("valid_from")


def _concerned(agency: Agency, day: date) -> QuerySet[Agency, Any]:
    seats = Seat.objects.filter(Seat.in_force(day), office__agency=agency).values("agency_id")
    divisions = Q(path__startswith=agency.path, kind=Agency.Kind.DIVISION)
    return Agency.objects.filter(Q(pk=agency.pk) | Q(pk__in=seats) | divisions).values("pk")


def to_hang(place: PostingPlace, day: date) -> list[ToHang]:
    """In force but not posted at a place, the latest first; three statements.

    The days run from the receipt of the decision where it is recorded, else from the day of force; not before the place is
    there and the procedure offered.
    """
    open_here = Posting.objects.filter(place=place, removed_at=None, version_id=OuterRef("pk"))
    received = PublicationChange.objects.filter(version_id=OuterRef("pk")).order_by("-id")
    rows = due_versions(place, day).exclude(Exists(open_here))
    rows = rows.annotate(
        received_on=Subquery(received.values("decision__received_on")[:1]),
        offered_on=Subquery(_offered(place, day).values("valid_from")[:1]),
    )
    between = _counting(place.agency)
    days = int(setting("posting_days", place.agency, day, default=POSTING_DAYS))
    found = []
    for version in rows:
        assert version.valid_from is not None  # in force
        start = starts_on(version.received_on or version.valid_from, place.valid_from, version.offered_on)
        due = due_on(start, days, between)
        found.append(ToHang(version, hang_duty(version.valid_from, due, day, between)))
    return sorted(found, key=lambda row: -row.duty.days_late)


def to_take_down(place: PostingPlace, day: date) -> list[ToTakeDown]:
    """Posted at a place but no longer in force, the longest overdue first."""
    rows = Posting.objects.filter(place=place, removed_at=None, version__valid_to__lt=day)
    rows = rows.select_related("version__procedure", "version__field", "posted_by").order_by(
        "version__valid_to"
    )
    between = _counting(place.agency)
    return [
        ToTakeDown(posting, take_down_duty(posting.version.valid_to or day, day, between)) for posting in rows
    ]


def _counting(agency: Agency) -> WorkingDays:
    return counting(calendar_of(agency))


def hanging(place: PostingPlace) -> QuerySet[Posting]:
    """What hangs at a place now."""
    rows = Posting.objects.filter(place=place, removed_at=None)
    return rows.select_related("version__procedure", "version__field", "posted_by").order_by(
        "version__field__name", "version__name"
    )


@dataclass(frozen=True)
class Hanging:
    """A posting with its photograph, when there is one."""

    posting: Posting
    photo: StoredFile | None


def with_photos(rows: Iterable[Posting]) -> list[Hanging]:
    """Postings with their photographs; two statements."""
    found = list(rows)
    files = StoredFile.objects.in_bulk([row.photo_file_id for row in found if row.photo_file_id])
    return [Hanging(row, files.get(row.photo_file_id or 0)) for row in found]


@dataclass(frozen=True)
class PlaceState:
    """A place with how much hangs, must hang, must go."""

    place: PostingPlace
    hanging: int
    to_hang: int
    late: int
    to_take_down: int


def board(day: date, places: list[PostingPlace]) -> list[PlaceState]:
    """The state of several places, for the board's first page."""
    return [_state(place, day) for place in places]


def _state(place: PostingPlace, day: date) -> PlaceState:
    missing = to_hang(place, day)
    return PlaceState(
        place=place,
        hanging=hanging(place).count(),
        to_hang=len(missing),
        late=sum(row.duty.is_late for row in missing),
        to_take_down=len(to_take_down(place, day)),
    )
