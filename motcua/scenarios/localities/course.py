"""One dossier's way through its locality, every step an ordinary act by somebody who may do it, at the moment of the plan."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Protocol

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.intake import Intake, PaperData
from motcua.dossiers.rules.states import Payment
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from motcua.scenarios.engine import Simulation
from motcua.scenarios.localities.drawing import Visit
from motcua.scenarios.localities.terms import Broken
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import add_working_hours, working_hours_between

MISSING = "Bản chính giấy tờ chứng minh nội dung đề nghị"
CAUSES = ("regulation", "partner", "capacity", "system")
Step = tuple[datetime, Callable[[datetime], None]]


class Desk(Protocol):
    """What a course needs of the counter that its visit comes to (`replay.Counter`)."""

    agency: Agency
    calendar: WorkCalendar
    random: Random
    hands: dict[int, User]

    @property
    def simulation(self) -> Simulation: ...
    def intake(self, visit: Visit) -> Intake: ...
    def number(self, at: datetime) -> str: ...
    def to_hand_over(self, course: "Course") -> None: ...


class Course:
    """Drives the dossier of one visit at a counter. Moments of acts are aware; those of the plan local."""

    __slots__ = ("clerk", "counter", "dossier", "officers", "visit")

    clerk: User  # both from the moment of coming
    dossier: Dossier

    def __init__(self, counter: Desk, visit: Visit) -> None:
        self.counter, self.visit = counter, visit
        self.officers: set[int] = set()

    # Reception ----------------------------------------------------------------------------------------------------

    def come(self, at: datetime) -> None:
        """At the counter and by post received at once; online filed, and accepted by a clerk later."""
        self.clerk = self._someone(Permission.DOSSIER_RECEIVE, self.counter.agency, at)
        intake = self.counter.intake(self.visit)
        if self.visit.accepted is None:
            self.dossier = actions.receive(intake, actor=self.clerk, at=at)
            self._received(at)
            return
        self.dossier = actions.submit(intake, actor=self.clerk, at=at)
        self._at(self.visit.accepted, self._accept)

    def _accept(self, at: datetime) -> None:
        self.dossier = actions.accept(self.dossier.pk, actor=self.clerk, at=at)
        self._received(at)

    def _received(self, at: datetime) -> None:
        """What the clock of the software says must be what the plan was drawn by."""
        visit, due = self.visit, self.dossier.due_at
        if visit.asked is None and (due is None or to_local(due) != visit.due):
            raise Broken(f"Hồ sơ {self.dossier.code}: hẹn trả {due}, kế hoạch tính {visit.due}.")
        if self.dossier.payment == Payment.DUE:
            owed = sorted(
                c.pk for c in store.find(Charge, reference=f"dossier/{self.dossier.pk}", state="due")
            )
            payments.collect_cash(owed, actor=self.clerk, at=at)
        if self.dossier.limit_unit == "same_day":
            self._at(visit.finish, self._answer_at_once)
        else:
            self.counter.to_hand_over(self)

    def _answer_at_once(self, at: datetime) -> None:
        """Signed and ready at the counter on the day, without a hand-over."""
        boss = self._someone(Permission.DOSSIER_SIGN, self.dossier.resolving_agency, at, self._received_by())
        actions.sign_result(self.dossier.pk, number=self.counter.number(at), actor=boss, at=at)
        actions.mark_ready(self.dossier.pk, actor=self.clerk, at=at)
        self._collected_later(at)

    # Work ---------------------------------------------------------------------------------------------------------

    def handed_over(self, at: datetime) -> None:
        """After the clerk's round: spread the work over the working time that the plan leaves until the end."""
        tasks = store.find(DossierTask, dossier_id=self.dossier.pk)
        for task in tasks:
            task.agency = self.counter.simulation.agency(task.agency_id)
        tasks.sort(key=lambda t: (t.stage, t.position, t.pk))
        self._walk(self._steps(tasks, to_local(at)))

    def _walk(self, steps: list[Step]) -> None:
        """One step at its moment, then the next: the queue of the simulation stays as short as the open work."""
        if steps:
            moment, act = steps[0]

            def happen(at: datetime) -> None:
                act(at)
                self._walk(steps[1:])

            self._at(moment, happen)

    def _steps(self, tasks: list[DossierTask], start: datetime) -> list[Step]:
        visit = self.visit
        if visit.refused:
            take = self._take(tasks[0])
            return [(self._part(start, visit.finish, 0.3), take), (visit.finish, self._refuse(tasks[0]))]
        first: list[Step] = []
        if visit.asked and visit.brought:
            first = [
                (self._part(start, visit.asked, 0.5), self._take(tasks[0])),
                (visit.asked, self._ask(tasks[0])), (visit.brought, self._bring),
            ]  # fmt: skip
            start = visit.brought
        return first + self._work(tasks, start, taken=bool(first))

    def _work(self, tasks: list[DossierTask], start: datetime, *, taken: bool) -> list[Step]:
        """Each task its share, by the hours that the process gives it; the last one ends at the planned end."""
        end, whole = self.visit.finish, float(sum(task.hours for task in tasks))
        steps: list[Step] = []
        gone = 0.0
        for place, task in enumerate(tasks):
            begin, gone = gone / whole, gone + float(task.hours)
            if task.stage_kind in ("review", "finance") and not (taken and place == 0):
                steps.append(
                    (self._part(start, end, begin + 0.05 * (gone / whole - begin)), self._take(task))
                )
            moment = end if place == len(tasks) - 1 else self._part(start, end, gone / whole)
            steps.append((moment, self._end(task, last=place == len(tasks) - 1)))
        return steps

    def _part(self, start: datetime, end: datetime, part: float) -> datetime:
        """The local moment by which a part of the working time between two moments has gone by."""
        calendar = self.counter.calendar
        hours = float(working_hours_between(start, end, calendar))
        if hours <= 0:
            raise Broken(f"Hồ sơ {self.dossier.code}: không còn giờ làm việc từ {start} đến {end}.")
        return add_working_hours(start, Decimal(f"{hours * part:.4f}"), calendar).replace(microsecond=0)

    def _take(self, task: DossierTask) -> Callable[[datetime], None]:
        def act(at: datetime) -> None:
            actions.take_over([task.pk], actor=self._worker(task, at), at=at)

        return act

    def _end(self, task: DossierTask, *, last: bool) -> Callable[[datetime], None]:
        def act(at: datetime) -> None:
            cause, note = self.counter.random.choice(CAUSES), "Khối lượng hồ sơ tăng"
            if task.stage_kind == "signature":
                boss = self._someone(
                    Permission.DOSSIER_SIGN, task.agency, at, self._received_by() | self.officers
                )
                actions.sign_result(
                    self.dossier.pk,
                    number=self.counter.number(at),
                    actor=boss,
                    at=at,
                    late_cause=cause,
                    late_note=note,
                )
            else:
                actions.complete_task(
                    task.pk, actor=self._worker(task, at), at=at, late_cause=cause, late_note=note
                )
            if last:
                self._collected_later(at)

        return act

    def _worker(self, task: DossierTask, at: datetime) -> User:
        """Who does a task: the one who took it over also ends it."""
        if task.at_office or task.stage_kind == "result":
            return self._someone(Permission.DOSSIER_RETURN_RESULT, task.agency, at)
        officer = self.counter.hands.get(task.pk)
        if officer is None:
            officer = self._someone(Permission.DOSSIER_PROCESS, task.agency, at, self._received_by())
            self.counter.hands[task.pk] = officer
        else:
            del self.counter.hands[task.pk]
        self.officers.add(officer.pk)
        return officer

    # Turns --------------------------------------------------------------------------------------------------------

    def _ask(self, task: DossierTask) -> Callable[[datetime], None]:
        def act(at: datetime) -> None:
            actions.request_supplement(
                self.dossier.pk, reason="Giấy tờ kèm theo chưa đủ căn cứ giải quyết",
                items=[{"name": MISSING, "quantity": 1}], actor=self.counter.hands[task.pk], at=at,
            )  # fmt: skip

        return act

    def _bring(self, at: datetime) -> None:
        dossier = actions.complete_supplement(
            self.dossier.pk, (PaperData(MISSING, originals=1),), actor=self.clerk, at=at
        )
        if dossier.due_at is None or to_local(dossier.due_at) != self.visit.due:
            raise Broken(
                f"Hồ sơ {dossier.code}: hẹn trả lại {dossier.due_at}, kế hoạch tính {self.visit.due}."
            )

    def _refuse(self, task: DossierTask) -> Callable[[datetime], None]:
        def act(at: datetime) -> None:
            self.counter.hands.pop(task.pk)
            boss = self._someone(
                Permission.DOSSIER_SIGN, self.dossier.resolving_agency, at, self._received_by()
            )
            actions.refuse(
                self.dossier.pk, reason="Không đủ điều kiện theo quy định",
                legal_basis="Điều kiện ghi trong thủ tục đã công bố", actor=boss, at=at,
            )  # fmt: skip

        return act

    # The end ------------------------------------------------------------------------------------------------------

    def _collected_later(self, at: datetime) -> None:
        hours = self.visit.collected
        if hours is not None:
            wanted = Decimal("0.03") if self.dossier.limit_unit == "same_day" else Decimal(f"{hours:.2f}")
            self._at(add_working_hours(to_local(at), wanted, self.counter.calendar), self._collect)

    def _collect(self, at: datetime) -> None:
        receiver = self.dossier.submitter or self.dossier.applicant
        actions.return_result(self.dossier.pk, receiver_name=receiver.name, actor=self.clerk, at=at)

    # Help ---------------------------------------------------------------------------------------------------------

    def _at(self, local: datetime, act: Callable[[datetime], None]) -> None:
        self.counter.simulation.schedule(to_utc(local), act)

    def _received_by(self) -> frozenset[int]:
        return frozenset({self.dossier.received_by_id or 0})

    def _someone(
        self, permission: str, agency: Agency, at: datetime, but: frozenset[int] | set[int] = frozenset()
    ) -> User:
        """Somebody who may. Raises Broken when there is nobody: the locality lacks an officer."""
        found = self.counter.simulation.someone(permission, agency, at, but=frozenset(but))
        if found is None:
            raise Broken(
                f"{agency}: ngày {legal_date(at):%d/%m/%Y} không có ai được “{permission}”. Bổ sung cán bộ."
            )
        return found
