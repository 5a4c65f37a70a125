"""What people come for in the demonstration: procedures, channels, fates, over working days and hours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData
from motcua.dossiers.rules.states import Status
from motcua.procedures.models import Paper, Procedure, ProcedureVersion
from motcua.procedures.queries import resolving_agencies, version_in_force
from motcua.scenarios.demo.names import People
from motcua.scenarios.demo.states import Planned
from motcua.scenarios.engine import Simulation
from motcua.scenarios.journey import Journey
from motcua.scenarios.turns import Fate

KINDS_A_DAY = 4
HAND_OVER_HOURS = (3.4, 7.0)  # working hours after the office opens


@dataclass
class Demand:
    """What one office is asked for: dossiers a day, procedures by weight, share of channels."""

    office: OneStopOffice
    place: str
    per_day: float
    weights: dict[str, float]
    online: float = 0.22
    post: float = 0.04
    kinds: dict[str, float] = field(default_factory=lambda: dict(FATES))
    planned: tuple[Planned, ...] = ()


FATES: dict[str, float] = {
    "plain": 0.78,
    "supplement": 0.08,
    "refused": 0.03,
    "opinion": 0.03,
    "stopped": 0.015,
    "withdrawn": 0.025,
    "pre_supplement": 0.04,
}
FATES |= {"declined": 0.02, "corrected": 0.01}


class Traffic:
    """The stream of dossiers into one office, and the clerk's rounds of hand-over."""

    def __init__(
        self, simulation: Simulation, demand: Demand, first: date, last: date, numbers: Iterator[int]
    ) -> None:
        self.simulation, self.demand = simulation, demand
        self.first, self.last = first, last
        self.people = People(simulation.random, demand.place, numbers)
        self.journeys: dict[int, Journey] = {}
        codes = {*demand.weights, *(planned.code for planned in demand.planned)}
        self._procedures = {p.code: p for p in Procedure.objects.filter(code__in=codes)}
        self._papers: dict[int, list[Paper]] = {}
        self._versions: dict[int, ProcedureVersion | None] = {}

    def schedule(self) -> None:
        """Put every arrival and every round of hand-over on the simulated clock."""
        agency = self.demand.office.agency
        moments = [(planned, self._moment_of(planned)) for planned in self.demand.planned]
        for planned, at in moments:
            self.simulation.schedule(
                at, partial(self._come, planned.code, planned.channel, fate=planned.fate)
            )
        for day in self._days(min([self.first, *(legal_date(at) for _, at in moments)])):
            opening = self.simulation.office_hours(day, agency)
            if opening is None:
                continue
            if day >= self.first:
                self._arrivals_of(day)
            start = opening.replace(hour=0, minute=31)  # 07:31 in Viet Nam
            for hours in HAND_OVER_HOURS:
                self.simulation.schedule(self.simulation.worked(start, hours, agency), self._hand_over)

    def _arrivals_of(self, day: date) -> None:
        asked = self._asked_on_a_day()
        for _ in range(self._arrivals(day)):
            self._arrival(day, asked)

    def _moment_of(self, planned: Planned) -> datetime:
        """A moment in office hours that has gone by, so many working days before the last one."""
        day, left = self.last, planned.days
        while True:
            at = self.simulation.office_hours(day, self.demand.office.agency)
            if at is not None and at <= self.simulation.until:
                if left == 0:
                    return at
                left -= 1
            day -= timedelta(days=1)

    def _days(self, first: date) -> Iterator[date]:
        day = first
        while day <= self.last:
            yield day
            day += timedelta(days=1)

    def _arrivals(self, day: date) -> int:
        """Mondays and the days after a holiday are busier."""
        busy = 1.35 if day.weekday() == 0 else 1.0
        return max(
            0, round(self.simulation.random.gauss(self.demand.per_day * busy, self.demand.per_day * 0.35))
        )

    def _asked_on_a_day(self) -> list[str]:
        """What people come for on one day: a few procedures, the frequent ones more often (a small office sees no more)."""
        codes, weights = list(self.demand.weights), list(self.demand.weights.values())
        return self.simulation.random.choices(codes, weights, k=KINDS_A_DAY)

    def _arrival(self, day: date, asked: list[str]) -> None:
        random = self.simulation.random
        code = random.choice(asked)
        chance = random.random()
        channel = (
            "online"
            if chance < self.demand.online
            else "post"
            if chance > 1 - self.demand.post
            else "counter"
        )
        at = (
            self.simulation.any_hour(day)
            if channel == "online"
            else self.simulation.office_hours(day, self.demand.office.agency)
        )
        if at is not None:
            self.simulation.schedule(at, partial(self._come, code, channel))

    def _come(self, code: str, channel: str, at: datetime, fate: Fate | None = None) -> None:
        procedure = self._procedures.get(code)
        clerk = self.simulation.someone(Permission.DOSSIER_RECEIVE, self.demand.office.agency, at)
        if procedure is None or clerk is None or (version := self._version(procedure, at)) is None:
            return
        intake = self._intake(procedure, version, channel)
        journey = Journey(self.simulation, clerk, fate or self._fate(channel))
        journey.arrive(intake, at)
        self.journeys[journey.dossier.pk] = journey
        if journey.fate.apology and journey.dossier.due_at:
            early = self.simulation.random.choice((40, 40, 10))
            due_start = journey.dossier.due_at - timedelta(hours=early)
            self.simulation.schedule(max(due_start, at + timedelta(hours=1)), journey.apologise)

    def _version(self, procedure: Procedure, at: datetime) -> ProcedureVersion | None:
        """The version that this office may receive in these weeks; None when it is not offered. Asked once."""
        if procedure.pk not in self._versions:
            day = legal_date(at)
            offered = resolving_agencies(procedure, self.demand.office, day)
            self._versions[procedure.pk] = version_in_force(procedure, day) if offered else None
        return self._versions[procedure.pk]

    def _fate(self, channel: str) -> Fate:
        random = self.simulation.random
        kind = random.choices(list(self.demand.kinds), list(self.demand.kinds.values()))[0]
        if channel != "online" and kind in ("declined", "pre_supplement"):
            kind = "plain"
        slow = random.random() < 0.07
        pace = random.uniform(1.3, 2.2) if slow else random.uniform(0.25, 0.85)
        return Fate(kind, pace, apology=slow and random.random() < 0.5, collects=random.random() < 0.9)

    def _intake(self, procedure: Procedure, version: ProcedureVersion, channel: str) -> Intake:
        papers = self._papers_of(version.pk)
        cases = sorted({p.case for p in papers if p.case})
        case = self.simulation.random.choice(cases) if cases else ""
        applicant = self._applicant(procedure)
        by_proxy = (
            channel == "counter" and applicant.kind == "citizen" and self.simulation.random.random() < 0.12
        )
        return Intake(
            office_id=self.demand.office.pk, procedure_id=procedure.pk, channel=channel, applicant=applicant,
            papers=tuple(_brought(p, channel) for p in papers if p.case in ("", case) and not p.note_only),
            case=case, submitter=self.people.citizen() if by_proxy else None,
            authorisation="Con ruột của chủ hồ sơ" if by_proxy else "",
            delivery="online" if channel == "online" else "counter",
            fee_quantities={"copies": self.simulation.random.randint(1, 4), "pages": self.simulation.random.randint(1, 12)},
        )  # fmt: skip

    def _applicant(self, procedure: Procedure) -> PartyData:
        return self.people.household() if procedure.code in HOUSEHOLD_CODES else self.people.citizen()

    def _papers_of(self, version_id: int) -> list[Paper]:
        if version_id not in self._papers:
            self._papers[version_id] = list(Paper.objects.filter(version=version_id).order_by("position"))
        return self._papers[version_id]

    def _hand_over(self, at: datetime) -> None:
        """The clerk carries over what has been received since the last round."""
        office = self.demand.office
        rows = Dossier.objects.filter(office=office, status=Status.RECEIVED).values_list("pk", flat=True)
        waiting = [pk for pk in rows if pk not in self.journeys or not self.journeys[pk].rests()]
        clerk: User | None = self.simulation.someone(Permission.DOSSIER_RECEIVE, office.agency, at)
        if waiting and clerk is not None:
            actions.hand_over(waiting, actor=clerk, at=at)
            for pk in waiting:
                if pk in self.journeys:
                    self.journeys[pk].look(at)


HOUSEHOLD_CODES = {"1.001612", "2.000720", "1.001570", "1.001266", "2.000575"}


def _brought(paper: Paper, channel: str) -> PaperData:
    """A paper as the applicant brings it: on paper at the counter, electronic online."""
    if channel == "online":
        return PaperData(paper.name, paper.pk, electronic=max(paper.originals + paper.copies, 1))
    return PaperData(
        paper.name, paper.pk, originals=paper.originals, copies=paper.copies,
        presented_only=paper.presented_only or not (paper.originals + paper.copies),
    )  # fmt: skip
