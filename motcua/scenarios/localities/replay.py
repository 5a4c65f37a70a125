"""One counter's traffic, by a simulated clock and a seed of its own: counters can be replayed one after the other, or several
at once by several processes, with the same rows.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local, to_utc
from motcua.dossiers import actions
from motcua.dossiers.rules.intake import Intake, PartyData
from motcua.procedures.models import Procedure
from motcua.scenarios.demo.names import HOUSEHOLDS
from motcua.scenarios.engine import Act, Simulation
from motcua.scenarios.localities.course import Course
from motcua.scenarios.localities.drawing import Visit, by_day, draw
from motcua.scenarios.localities.founding import offices_of
from motcua.scenarios.localities.people import Residents
from motcua.scenarios.localities.plan import Attempt, Locality
from motcua.scenarios.localities.terms import Broken, Terms, terms_at
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import WorkCalendar

PEOPLE_A_COUNTER = 40_000  # numbers of people that one counter may give away
ROUND = timedelta(hours=2, minutes=30)  # the first round of hand-over after the counter opens
BEFORE_CLOSING = timedelta(minutes=4)  # the last one before it closes
Say = Callable[[str], None]


class Strict(Simulation):
    """A simulation in which nothing may be refused: what the rules refuse would change the totals."""

    def __init__(self, seed: str, until: datetime, name: str, staffed: datetime) -> None:
        super().__init__(0, until)
        self.random, self.name, self.staffed = Random(seed), name, staffed  # noqa: S311 - invents a past, guards nothing

    def someone(
        self, permission: str, agency: Agency, moment: datetime, *, but: frozenset[int] = frozenset()
    ) -> User | None:
        """As always; asked as of the day on which the locality was staffed, since nobody comes or goes meanwhile."""
        return super().someone(permission, agency, self.staffed, but=but)

    def _happen(self, act: Act, moment: datetime) -> bool:
        try:
            act(moment)
        except (RuleViolation, NotFound, Broken) as error:
            said = getattr(error, "message", str(error))
            raise Broken(f"{self.name}, {to_local(moment):%d/%m/%Y %H:%M}: {said}") from error
        return True


class Counter:
    """A one-stop office of a locality with all that comes to it."""

    def __init__(self, locality: Locality, key: str, scale: float) -> None:
        self.locality, self.key, self.scale = locality, key, scale
        self.office: OneStopOffice = offices_of(locality)[key]
        self.agency: Agency = self.office.agency
        self.calendar: WorkCalendar = calendar_of(self.agency)
        staffed = to_utc(datetime.combine(locality.founded, time(8)))
        self.simulation = Strict(f"{locality.seed}/{key}", locality.until, self.office.name, staffed)
        self.random = self.simulation.random
        first = sorted(locality.shards()).index(key) * PEOPLE_A_COUNTER + 1
        self.residents = Residents(self.random, locality, self.agency.place_name or self.agency.name, first)
        self.hands: dict[int, User] = {}
        self.waiting: list[Course] = []
        self._numbers: dict[int, int] = {}
        self._terms: dict[str, Terms] = {}
        self._visits: dict[date, list[Visit]] = {}
        self.came = 0

    def replay(self, say: Say = lambda text: None, *, batch: bool = True) -> int:
        """Let everything happen; gives how many dossiers came. Raises Broken when anything goes another way than planned.

        `batch`: the acts answer from memory and are written in bulk (`core.store`); the rows are the same.
        """
        streams = self.locality.streams_of(self.key, self.scale)
        for stream in streams:
            terms = terms_at(self.office, list(stream.weights), stream.first)
            self._terms |= terms
            for day, visits in by_day(draw(stream, terms, self.calendar, self.random)).items():
                self._visits.setdefault(day, []).extend(visits)
        for attempt in self.locality.attempts:
            if attempt.office == self.key:
                self._attempt(attempt)
        days = sorted(self._visits)
        if days:
            self._open(days[0])
        self._run(lambda text: say(f"{self.office.name}: {text}, {self.came} hồ sơ"), batch=batch)
        planned = sum(stream.total for stream in streams)
        if self.came != planned:
            raise Broken(f"{self.office.name}: {self.came} hồ sơ đến, kế hoạch {planned}.")
        return self.came

    def _run(self, say: Say, *, batch: bool) -> None:
        if not batch:
            self.simulation.run(say)
            return
        with store.batch() as running:
            self.simulation.run(say, batch=running)

    # The day -------------------------------------------------------------------------------------------------------

    def _open(self, day: date) -> None:
        """At the first hour of a day, put what comes on that day on the simulated clock, and the next day's opening."""
        start = to_utc(datetime.combine(day, time(0, 1)))

        def dawn(at: datetime) -> None:
            for visit in self._visits.pop(day, ()):
                self.simulation.schedule(to_utc(visit.at), self._come(visit))
            for moment in self._rounds(day):
                self.simulation.schedule(to_utc(moment), self._hand_over)
            if self._visits or self.waiting:
                self._open(day + timedelta(days=1))
            else:
                self._open_once_more(day)

        self.simulation.schedule(start, dawn)

    def _open_once_more(self, day: date) -> None:
        """After the last arrivals: rounds go on for a week, for what came after the last one of its day."""
        for count in range(1, 15):
            for moment in self._rounds(day + timedelta(days=count)):
                self.simulation.schedule(to_utc(moment), self._hand_over)

    def _rounds(self, day: date) -> list[datetime]:
        sessions = self.calendar.sessions_on(day)
        if not sessions:
            return []
        opening, closing = datetime.combine(day, sessions[0][0]), datetime.combine(day, sessions[-1][1])
        return [opening + ROUND, closing - BEFORE_CLOSING]

    def _come(self, visit: Visit) -> Act:
        def act(at: datetime) -> None:
            Course(self, visit).come(at)
            self.came += 1

        return act

    def to_hand_over(self, course: Course) -> None:
        """A dossier that waits for the clerk's next round."""
        self.waiting.append(course)

    def _hand_over(self, at: datetime) -> None:
        """The clerk carries over what has been received since the last round."""
        courses, self.waiting = self.waiting, []
        if courses:
            clerk = self.simulation.someone(Permission.DOSSIER_RECEIVE, self.agency, at)
            actions.hand_over(
                [course.dossier.pk for course in courses], actor=clerk or courses[0].clerk, at=at
            )
            for course in courses:
                course.handed_over(at)

    def _attempt(self, attempt: Attempt) -> None:
        """Somebody comes too early and must be turned away: it is an error of the scenario when the software takes it."""

        def act(at: datetime) -> None:
            procedure = Procedure.objects.get(code=attempt.code)
            clerk = self.simulation.someone(Permission.DOSSIER_RECEIVE, self.agency, at)
            if clerk is None:
                raise Broken(f"{self.agency}: không có ai tiếp nhận. Bổ sung cán bộ.")
            intake = Intake(self.office.pk, procedure.pk, "counter", PartyData("citizen", "Người đến sớm"))
            try:
                actions.receive(intake, actor=clerk, at=at)
            except RuleViolation:
                return
            raise Broken(f"Thủ tục {attempt.code} được tiếp nhận ngày {at:%d/%m/%Y}, lẽ ra phải từ chối.")

        self.simulation.schedule(to_utc(attempt.moment), act)

    # What a course needs ---------------------------------------------------------------------------------------------

    def number(self, at: datetime) -> str:
        """The next number of a result in its year at this counter."""
        year = to_local(at).year
        self._numbers[year] = self._numbers.get(year, 0) + 1
        return f"{self._numbers[year]:05d}/{year}/KQ"

    def intake(self, visit: Visit) -> Intake:
        """A dossier as it is handed in: applicant, papers, now and then by somebody else."""
        terms, random = self._terms[visit.code], self.random
        case = random.choice(terms.cases) if terms.cases else ""
        applicant = self.residents.citizen()
        if terms.household:
            name = f"Hộ kinh doanh {random.choice(HOUSEHOLDS)} {applicant.name.split()[-1]}"
            applicant = PartyData(
                "household", name, identity_number=applicant.identity_number, address=applicant.address
            )
        by_proxy = visit.channel == "counter" and not terms.household and random.random() < 0.08
        return Intake(
            office_id=self.office.pk, procedure_id=terms.procedure_id, channel=visit.channel, applicant=applicant,
            papers=terms.brought(case, visit.channel), case=case,
            submitter=self.residents.citizen() if by_proxy else None,
            authorisation="Con ruột của chủ hồ sơ" if by_proxy else "",
            delivery="counter", fee_quantities={"copies": random.randint(1, 4), "pages": random.randint(1, 6)},
        )  # fmt: skip
