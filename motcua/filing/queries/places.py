"""Where a procedure may be filed online on a day."""

from dataclasses import dataclass
from datetime import date

from motcua.agencies.models import Agency, OneStopOffice, Seat
from motcua.core.errors import NotFound
from motcua.core.text import sort_key
from motcua.dossiers.queries import Desk, catalogue
from motcua.procedures.models import Offering, Procedure, ProcedureVersion
from motcua.procedures.rules.online import takes_online


@dataclass(frozen=True)
class Place:
    """An office that takes the application in and the agency that will resolve it."""

    office: OneStopOffice
    agency: Agency

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.office.pk}-{self.agency.pk}"

    @property
    def label(self) -> str:
        """The office; the agency too when it is another's."""
        own = self.agency.pk == self.office.agency_id
        return self.office.name if own else f"{self.office.name} ({self.agency.name})"


def places(desk: Desk, version: ProcedureVersion) -> list[Place]:
    """Offices and agencies for filing online, by name. Two statements when the catalogue is remembered."""
    offered = catalogue.offerings(desk, version.procedure_id).values()
    return _places([o for o in offered if _online(o, version)], desk.day)


def _online(offering: Offering, version: ProcedureVersion) -> bool:
    return takes_online(offering.online_level or version.online_level)


def _places(offered: list[Offering], day: date) -> list[Place]:
    agencies = {o.agency_id: o.agency for o in offered}
    houses: dict[int, list[Agency]] = {}
    for agency in agencies.values():
        house = agency.parent_id if agency.kind == Agency.Kind.DIVISION else agency.pk
        houses.setdefault(house or agency.pk, []).append(agency)
    offices = OneStopOffice.objects.filter(OneStopOffice.in_force(day), agency__in=houses)
    found = [Place(o, a) for o in offices.select_related("agency") for a in houses[o.agency_id]]
    seats = Seat.objects.filter(Seat.in_force(day), agency__in=agencies).select_related("office__agency")
    found += [Place(s.office, agencies[s.agency_id]) for s in seats if _is_open(s.office, day)]
    unique = {place.key: place for place in found}
    return sorted(unique.values(), key=lambda place: sort_key(place.label))


def _is_open(office: OneStopOffice, day: date) -> bool:
    return office.valid_from <= day and (office.valid_to is None or day <= office.valid_to)


def place(desk: Desk, version: ProcedureVersion, key: str) -> Place:
    """One of `places` by its key. Raises NotFound."""
    found = next((one for one in places(desk, version) if one.key == key), None)
    if found is None:
        raise NotFound("Nơi nộp này không nhận thủ tục trực tuyến. Chọn nơi nộp khác.")
    return found


def online_offered(version: ProcedureVersion, day: date) -> bool:
    """Whether somebody can file this version online on a day: in force, of a level that takes dossiers, with an office."""
    if version.status != ProcedureVersion.Status.PUBLISHED or version.procedure.kind != Procedure.Kind.PUBLIC:
        return False
    rows = Offering.objects.filter(Offering.in_force(day), procedure_id=version.procedure_id)
    return bool(_places([o for o in rows.select_related("agency") if _online(o, version)], day))
