"""Help for tests of figures: histories of many dossiers, made by the acts themselves with a clock that moves forward.

    history = History(make_stage())
    history.play(steps)                  # each step: how long later, which dossier, which act, and how

After every act the history notes what the dossiers' rows say (`Seen`), and their charges, papers and results (`Held`). From these
notes alone figures can be reckoned without the ledger, the former resolvers or any other memory of the database (`tests.oracle`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.testing import make_agency, make_office, make_seat, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local, to_utc
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.rules.transitions import Act, acts_from
from motcua.dossiers.testing import SINCE, make_procedure, make_process
from motcua.procedures.models import Field, Offering, Procedure, ProcedureVersion
from motcua.statistics.queries.standing import midnight
from motcua.statistics.rules.periods import Basis, Kind, Window, containing
from motcua.statistics.testing_acts import HANDLERS
from motcua.statistics.testing_beside import (
    BESIDE,
    EXEMPT,
    charging_when_filed,
    with_fees,
    with_gateway,
    with_tills,
)
from motcua.statistics.testing_notes import Life, note
from motcua.workdays import actions as workdays

START = datetime(2026, 10, 12, 8, 0)  # a Monday, local
CAUSES = ("regulation", "partner", "capacity", "system", "other")
BASES = (Basis.LAW, Basis.CALENDAR)


@dataclass(frozen=True)
class Step:
    """One step: so many minutes later, a dossier, an act and its details are chosen by numbers."""

    minutes: int
    which: int
    what: int
    how: int


@dataclass
class Stage:
    """A province with two communes, an heir that takes their place one day, and police seated at the first commune. Some
    procedures cost something; the second commune charges as soon as something is filed.
    """

    province: Agency
    communes: tuple[Agency, Agency]
    heir: Agency
    division: Agency
    police: Agency
    offices: tuple[OneStopOffice, OneStopOffice]
    procedures: list[Procedure]
    people: dict[str, User]


def make_stage() -> Stage:
    """The stage. People hold their posts for the whole province: whose turn it is matters here, not where."""
    province = make_agency("Tỉnh Lam Sơn", level="province", code="H40")
    first = make_agency("UBND xã An Phú", province, code="H40.12")
    second = make_agency("UBND xã Bình An", province, code="H40.13")
    heir = make_agency("UBND xã An Bình", province, code="H40.20")
    division = make_agency("Phòng Kinh tế", first, kind="division")
    police = make_agency("Công an xã An Phú", province, kind="vertical", sector="police")
    offices = make_office(first), make_office(second)
    make_office(heir)
    make_seat(offices[0], police)
    roles = ("officer", "leader", "office_head", "receptionist", "land_desk", "administrator")
    people = {role: make_user_with(role, province, subtree=True) for role in roles}
    procedures = _procedures(first, (first, second, division, police, heir))
    with_fees(procedures[::2], SINCE)
    with_tills((first, second, heir), (2026, 2027), people["office_head"], to_utc(START))
    with_gateway(province, people["administrator"], to_utc(START))
    charging_when_filed(second, SINCE)
    return Stage(province, (first, second), heir, division, police, offices, procedures, people)


def _procedures(first: Agency, agencies: Iterable[Agency]) -> list[Procedure]:
    limits = (
        ("5", "working_day", "full"), ("20", "working_day", "partial"), ("10", "calendar_day", "info"),
        ("16", "working_hour", "full"), ("1", "month", "partial"), (None, "same_day", "full"), (None, "none", "info"),
    )  # fmt: skip
    made = [
        make_procedure(f"1.00010{n}", first, amount=amount, unit=unit)
        for n, (amount, unit, _) in enumerate(limits)
    ]
    for number, (procedure, limit) in enumerate(zip(made, limits, strict=True)):
        field_ = Field.objects.get_or_create(name=f"Lĩnh vực {number % 3}")[0]
        ProcedureVersion.objects.filter(procedure=procedure).update(field=field_, online_level=limit[2])
        for agency in agencies:
            Offering.objects.get_or_create(
                procedure=procedure, agency=agency, defaults={"valid_from": SINCE, "non_territorial": True}
            )
        make_process(
            procedure,
            None,
            [
                ("review", [("resolving", "officer", "16")]),
                ("signature", [("resolving", "leader", "8")]),
                ("result", [("office", "receptionist", "4")]),
            ],
        )
    return made


# How often an act is tried beside the others that are lawful: those that bring a dossier forward more often.
_FORWARD = (Act.ACCEPT, Act.HAND_OVER, Act.TAKE_OVER, Act.COMPLETE_TASK, Act.SIGN, Act.MARK_READY)
_OFTEN = (
    Act.RETURN, Act.ASK_SUPPLEMENT, Act.COMPLETE_SUPPLEMENT, Act.COMPLETE_PRE_SUPPLEMENT, Act.ASK_OPINION, Act.END_OPINIONS,
    Act.ISSUE_OBLIGATION,
)  # fmt: skip
WEIGHTS = Counter(dict.fromkeys(_FORWARD, 6) | dict.fromkeys(_OFTEN, 3))
WORLD_ACTS = 40  # one step in so many concerns many dossiers at once
SELDOM = 3  # one step in so many tries what was tried least of all
ARRIVALS = 8  # one step in so many brings a new dossier
ASIDE = 4  # one of the other steps in so many is about money or papers


@dataclass
class History:
    """Dossiers and their lives so far. `closed` is called at each midnight that closes a month, before anything after it."""

    stage: Stage
    closed: Callable[[datetime], None] = lambda moment: None
    now: datetime = field(default_factory=lambda: to_utc(START))
    lives: dict[int, Life] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    tried: Counter[Act] = field(default_factory=Counter)

    def play(self, steps: Iterable[Step]) -> "History":
        """Make the steps, and close the months that they pass."""
        for step in steps:
            after = self.now + timedelta(minutes=max(step.minutes, 1))
            months_passed = closings(self.now, after)
            for moment in months_passed:
                self.closed(moment)
            self.now = after
            if months_passed:
                self._of_many(0)
            self._make(step)
        return self

    def _make(self, step: Step) -> None:
        if step.what % WORLD_ACTS == 0:
            return self._of_many(step.how)
        alive = [life for life in self.lives.values() if life.status not in _OVER]
        if not alive or step.what % ARRIVALS == 0:
            return self._arrive(step.which, step.how)
        if step.how % ASIDE == 0:
            lives = list(self.lives.values())
            return self._beside(lives[step.which % len(lives)], step.what, step.how)
        return self._act(alive[step.which % len(alive)], step.what, step.how)

    # One dossier ------------------------------------------------------------------------------------------------

    def _arrive(self, which: int, how: int) -> None:
        """A new dossier: at a counter, by post, or filed online (or left) for acceptance."""
        stage = self.stage
        channel = ("counter", "online", "post", "online")[how % 4]
        office = stage.offices[how // 4 % 2]
        choices: tuple[Agency, ...] = (
            office.agency,
            office.agency,
            stage.division,
            stage.police,
            stage.communes[0],
        )
        intake = Intake(
            office_id=office.pk,
            procedure_id=stage.procedures[which % len(stage.procedures)].pk,
            channel=channel,
            applicant=PartyData("citizen", "Nguyễn Thị Thử", "038200000001", address="Thôn 1"),
            papers=_papers(stage.procedures[which % len(stage.procedures)], how),
            exemption_reason=EXEMPT if how % 7 == 0 else "",
            resolving_agency_id=choices[how // 8 % len(choices)].pk,
            received_at=self.now - timedelta(minutes=how % 20) if to_local(self.now).hour >= 8 else None,
        )
        filed = channel == "online" or how % 3 == 0
        made = self._try("arrive", lambda user: _enter(intake, filed, user, self.now), ("receptionist",))
        if made is None:
            return
        self._born(made, intake, filed)

    def _born(self, dossier: Dossier, intake: Intake, filed: bool) -> None:
        self.done["submit" if filed else "receive"] += 1
        life = Life(
            dossier.pk, intake.channel, dossier.version.online_level, dossier.field_id, self._is_away(dossier)
        )
        life.submitted_at = self.now if filed else None
        life.received_at = None if filed else intake.received_at or self.now
        self.lives[life.pk] = life
        note([life], self.now)

    def _is_away(self, dossier: Dossier) -> bool:
        own = {dossier.office.agency_id}
        if dossier.office_id == self.stage.offices[0].pk:
            own |= {self.stage.police.pk, self.stage.division.pk}
        return dossier.resolving_agency_id not in own

    def _act(self, life: Life, what: int, how: int) -> None:
        """A lawful act on a dossier, unless a rule refuses it."""
        acts = [act for act in acts_from(life.status) if act in HANDLERS for _ in range(WEIGHTS[act] or 1)]
        chosen = acts[what // ARRIVALS % len(acts)]
        act = min(acts, key=lambda act: self.tried[act]) if what % SELDOM == 1 else chosen
        self.tried[act] += 1
        people, handler = HANDLERS[act]
        cause = CAUSES[how % len(CAUSES)]
        found = self._try(
            act.value, lambda user: handler(life.pk, how, cause, {"actor": user, "at": self.now}), people
        )
        if found is not None:
            self._remember(life, act, found, cause)

    def _beside(self, life: Life, what: int, how: int) -> None:
        """The first act on the dossier's fees and papers, from a chosen one on, that there is something to do for."""
        names = list(BESIDE)
        start = what // ARRIVALS % len(names)
        if any(self._done_beside(name, life.pk, how) for name in names[start:] + names[:start]):
            note([life], self.now)

    def _done_beside(self, name: str, pk: int, how: int) -> bool:
        person, act = BESIDE[name]
        return bool(self._try(name, lambda user: act(pk, how, {"actor": user, "at": self.now}), (person,)))

    def _remember(self, life: Life, act: Act, found: Any, cause: str) -> None:
        before = life.status
        note([life], self.now)
        if act is Act.ACCEPT:
            life.received_at, life.away = self.now, self._is_away(found)
        if act is Act.APOLOGISE:
            life.apologised_at = self.now
        if life.status is not before and life.status in (Status.RESULT_READY, Status.REFUSED):
            life.cause = cause

    def _try(self, name: str, act: Callable[[User], Any], people: Sequence[str]) -> Any:
        """The act by the first of the people whom the rules let; None when they let nobody."""
        for person in people:
            try:
                with transaction.atomic():
                    found = act(self.stage.people[person]) or True
            except (NotFound, RuleViolation):
                continue
            self.done[name] += 1
            return found
        return None

    # Many dossiers ------------------------------------------------------------------------------------------------

    def _of_many(self, how: int) -> None:
        """What happens without anybody opening a dossier: supplements expire, a calendar changes, an agency ends."""
        (self._expire, self._expire, self._expire, self._new_calendar, self._succeed)[how % 5](how)
        note(self.lives.values(), self.now)

    def _expire(self, how: int) -> None:
        if actions.expire_supplements(actor=self.stage.people["leader"], at=self.now):
            self.done["expire"] += 1

    def _new_calendar(self, how: int) -> None:
        """A day off in the next weeks, and the due dates computed anew."""
        admin, day = (
            self.stage.people["administrator"],
            to_local(self.now).date() + timedelta(days=1 + how % 20),
        )
        place = self.stage.communes[how % 2]
        workdays.set_day(place, day, "off", name="Nghỉ bão", source="QĐ 1", actor=admin, at=self.now)
        actions.reproject(agency_id=place.pk, reason="Nghỉ bão", document="QĐ 1", actor=admin, at=self.now)
        self.done["reproject"] += 1

    def _succeed(self, how: int) -> None:
        """Open work of one agency goes to another."""
        stage = self.stage
        roads = [
            *((commune, stage.heir) for commune in stage.communes),
            (stage.heir, stage.communes[1]),
            stage.communes,
        ]
        old, new = roads[how // 5 % len(roads)]
        admin = stage.people["administrator"]
        if actions.transfer_open_work(old, new, document="NQ 1", actor=admin, at=self.now):
            self.done["transfer"] += 1


_OVER = frozenset({Status.REFUSED, Status.STOPPED, Status.WITHDRAWN, Status.NOT_ACCEPTED})


def _papers(procedure: Procedure, how: int) -> tuple[PaperData, ...]:
    """What is handed in: on paper, electronically, or one of each; what need not be there may be missing, only shown, or waived."""
    forms = procedure.versions.get().papers.order_by("position").values_list("pk", flat=True)
    first, second = (PaperData("Giấy tờ", form, originals=1) for form in forms)
    sent, none = replace(first, originals=0, electronic=1), replace(second, originals=0)
    shown, waived = replace(none, presented_only=True), replace(first, originals=0, waiver="Có trong dữ liệu")
    brought = (
        (first,), (sent, none), (first, replace(none, electronic=1)), (sent, second),
        (sent, shown), (first, shown), (waived, replace(none, electronic=1)), (waived, shown),
    )  # fmt: skip
    return brought[how // 2 % len(brought)]


def _enter(intake: Intake, filed: bool, user: User, at: datetime) -> Dossier:
    return actions.submit(intake, actor=user, at=at) if filed else actions.receive(intake, actor=user, at=at)


def closings(after: datetime, until: datetime) -> list[datetime]:
    """The midnights in (after, until] with which a month ends, by law (on the 14th) or by the calendar."""
    found, day = [], to_local(after).date() + timedelta(days=1)
    while midnight(day) <= until:
        if day.day in (1, 15):
            found.append(midnight(day))
        day += timedelta(days=1)
    return found


def windows_closing(moment: datetime) -> list[Window]:
    """The months, quarters and years that end at a midnight."""
    last = to_local(moment).date() - timedelta(days=1)
    periods = (
        containing(last, kind, basis) for kind in (Kind.MONTH, Kind.QUARTER, Kind.YEAR) for basis in BASES
    )
    return [period.window for period in periods if period.end == last]
