"""The tree of agencies: now, on a past date, upwards, downwards, by code; offices and who sits there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Level, OneStopOffice, Placement, Seat
from motcua.agencies.rules.codes import is_valid_code, to_new
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.core.validity import in_force


@dataclass(frozen=True)
class TreeRow:
    """An agency as a line of the tree; depth 0 is a root."""

    agency: Agency
    depth: int

    @property
    def indent(self) -> range:
        """One step for each agency above it."""
        return range(self.depth)


def access_agency(pk: int) -> Agency:
    """One agency. The organisation of the state is public, so anyone may see it. Raises NotFound."""
    found = Agency.objects.select_related("level", "parent", "successor").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy cơ quan này.")
    return found


def agency_by_code(code: str, day: date | None = None) -> Agency | None:
    """The agency that has this identifier, in either form; on `day` if given, else the newest one."""
    if not is_valid_code(code.strip().upper()):
        return None
    rows = Agency.objects.filter(code=to_new(code)).order_by("-valid_from")
    return (rows.filter(Agency.in_force(day)) if day else rows).first()


def chain_of_code(code: str) -> str | None:
    """The chain of the log that an agency's code or a person's sign-in name stands for."""
    if agency := agency_by_code(code):
        return f"agency/{agency.pk}"
    user = User.objects.filter(username=code.strip().lower()).values_list("pk", flat=True).first()
    return f"user/{user}" if user else None


def agencies_at(day: date) -> QuerySet[Agency]:
    """Agencies in force on a legal date."""
    return Agency.objects.filter(Agency.in_force(day))


def agencies_under(agency: Agency, day: date | None = None) -> QuerySet[Agency]:
    """The agency and all below it in the present tree; only those in force on `day` if given."""
    rows = Agency.objects.filter(path__startswith=agency.path)
    return rows.filter(Agency.in_force(day)) if day else rows


def own_agencies(agency: Agency) -> list[Agency]:
    """The agency and the divisions below it that act in its name, at any depth, ended ones included. One statement."""
    found: dict[int, Agency] = {}
    for row in agencies_under(agency).select_related("level").order_by("path"):
        if row.pk == agency.pk or (row.kind == Agency.Kind.DIVISION and row.parent_id in found):
            found[row.pk] = row
    return list(found.values())


def ancestors(agency: Agency) -> list[Agency]:
    """Agencies above this one, root first."""
    by_id = Agency.objects.in_bulk(agency.chain_ids[:-1])
    return [by_id[pk] for pk in agency.chain_ids[:-1]]


def house_of(agency: Agency) -> Agency:
    """The agency that a division belongs to: itself, or the nearest one above it that is not a division."""
    for candidate in reversed([*ancestors(agency), agency]):
        if candidate.kind != Agency.Kind.DIVISION:
            return candidate
    return agency


def search_agencies(text: str, day: date | None = None) -> QuerySet[Agency]:
    """Agencies whose name, short name or code holds every word, without accents."""
    rows = agencies_at(day) if day else Agency.objects.all()
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def successor_at(agency: Agency, day: date) -> Agency:
    """The agency that stands in this one's place on a legal date: itself while in force, else along
    successors.
    """
    current, seen = agency, {agency.pk}
    while (
        current.valid_to and current.valid_to < day and current.successor and current.successor_id not in seen
    ):
        current = current.successor
        seen.add(current.pk)
    return current


def tree_at(day: date) -> list[TreeRow]:
    """The tree as it was on a legal date, depth first, in two statements."""
    parents = dict(Placement.objects.filter(Placement.in_force(day)).values_list("agency_id", "parent_id"))
    agencies = list(agencies_at(day).select_related("level").order_by("name"))
    present = {agency.pk for agency in agencies}
    children: dict[int | None, list[Agency]] = {}
    for agency in agencies:
        parent = parents.get(agency.pk, agency.parent_id)
        children.setdefault(parent if parent in present else None, []).append(agency)
    return list(_walk(children, None, 0))


def ended_before(day: date) -> QuerySet[Agency]:
    """Agencies that no longer exist on a legal date, the last to end first."""
    return (
        Agency.objects.filter(valid_to__lt=day)
        .select_related("level", "successor")
        .order_by("-valid_to", "name")
    )


def levels_at(day: date) -> QuerySet[Level]:
    """Levels of government in force on a legal date."""
    return Level.objects.filter(Level.in_force(day))


def offices_at(agency: Agency, day: date) -> QuerySet[OneStopOffice]:
    """One-stop offices that the agency itself keeps, in force on a legal date."""
    return OneStopOffice.objects.filter(OneStopOffice.in_force(day), agency=agency).order_by("id")


def offices_seating(agency: Agency, day: date) -> QuerySet[OneStopOffice]:
    """One-stop offices that take in the agency's dossiers on a legal date: its own, and those where it
    has a seat.
    """
    seated = Q(seats__agency=agency) & in_force(day, "seats")
    rows = OneStopOffice.objects.filter(OneStopOffice.in_force(day))
    return rows.filter(Q(agency=agency) | seated).select_related("agency").distinct().order_by("id")


def offices_kept(office: OneStopOffice, day: date) -> list[OneStopOffice]:
    """The office and the closed ones whose dossiers it answers for on a legal date: those of its own agency and of the
    agencies whose place that one took (docs/decisions/0031-heritage.md). The last to close first.
    """
    agency = office.agency
    ids = [agency.pk, *(int(key) for key, since in agency.heritage.items() if since <= day.isoformat())]
    closed = OneStopOffice.objects.filter(agency_id__in=ids, valid_to__lt=day).exclude(pk=office.pk)
    return [office, *closed.select_related("agency").order_by("-valid_to", "id")]


def access_office(pk: int) -> OneStopOffice:
    """One one-stop office; public like its agency. Raises NotFound."""
    found = OneStopOffice.objects.select_related("agency").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy bộ phận một cửa này.")
    return found


def access_seat(pk: int) -> Seat:
    """One seat at an office. Raises NotFound."""
    found = Seat.objects.select_related("office__agency", "agency").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy quầy này.")
    return found


def seated_agencies(office: OneStopOffice, day: date) -> list[Agency]:
    """Agencies whose dossiers the office takes in on a legal date: the one that keeps it, then the seated
    ones.
    """
    seats = office.seats.filter(OneStopOffice.in_force(day)).select_related("agency").order_by("desk", "id")
    return list(dict.fromkeys([office.agency, *(seat.agency for seat in seats)]))


def _walk(children: dict[int | None, list[Agency]], parent: int | None, depth: int) -> Iterator[TreeRow]:
    for agency in children.get(parent, ()):
        yield TreeRow(agency, depth)
        yield from _walk(children, agency.pk, depth + 1)
