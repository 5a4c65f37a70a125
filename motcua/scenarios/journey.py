"""One dossier's way through the offices, as a simulation lets it happen: every step an ordinary act by who may do it."""

from datetime import datetime
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask, FinancialObligation
from motcua.dossiers.rules.intake import Intake
from motcua.dossiers.rules.states import Payment, Status, TaskState
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from motcua.scenarios.engine import Simulation
from motcua.scenarios.turns import Fate, Turns

LIVE = (TaskState.OPEN, TaskState.ACCEPTED)
WORKED_ON = (Status.TRANSFERRED, Status.IN_REVIEW, Status.FOR_SIGNATURE, Status.WAIT_OPINION)
SOON = 6.0  # working hours within which a result is fetched before anybody writes that it is there


class Journey(Turns):
    """Drives one dossier. `clerk` stands at its counter; the rest are found by permission when a step comes up."""

    def __init__(self, simulation: Simulation, clerk: User, fate: Fate) -> None:
        self.simulation, self.clerk, self.fate = simulation, clerk, fate
        self.scheduled: set[int] = set()

    # Reception ----------------------------------------------------------------------------------------------------

    def arrive(self, intake: Intake, at: datetime) -> None:
        """At the counter or by post: received at once. Online: submitted, and accepted by a clerk some hours later."""
        if intake.channel == "online":
            self.dossier = actions.submit(intake, actor=self.clerk, at=at)
            self._later(at, self.simulation.random.uniform(0.3, 7.5), self._counter, self._check_online)
            return
        self.dossier = actions.receive(intake, actor=self.clerk, at=at)
        self._received(at)

    def take_up(self, dossier: Dossier, at: datetime) -> None:
        """Go on with a dossier where others left it: the counter's next step, or what its tasks lead to."""
        self.dossier = dossier
        steps = {
            Status.SUBMITTED: self._check_online,
            Status.RECEIVED: self._walk_over,
            Status.RESULT_READY: self._tell,
            Status.WAIT_COLLECT: self._collect,
        }
        wait = self.simulation.random.uniform(0.5, 30)
        self._later(at, wait, self._counter, steps.get(Status(dossier.status), self.look))

    def _check_online(self, at: datetime) -> None:
        if self.fate.kind == "declined":
            actions.decline(
                self.dossier.pk, reason="Thủ tục không thuộc phạm vi tiếp nhận", legal_basis="Nghị định 118/2025/NĐ-CP",
                actor=self.clerk, at=at,
            )  # fmt: skip
        elif self.fate.kind == "pre_supplement":
            items = [{"name": "Tờ khai điền đủ thông tin", "quantity": 1}]
            actions.request_supplement_before(
                self.dossier.pk, reason="Tờ khai còn thiếu thông tin", items=items, actor=self.clerk, at=at
            )
            self.fate.kind = "plain"
            self._later(at, self.simulation.random.uniform(4, 60), self._counter, self._complete_online)
        else:
            self.dossier = actions.accept(self.dossier.pk, actor=self.clerk, at=at)
            self._received(at)

    def _complete_online(self, at: datetime) -> None:
        actions.complete_presupplement(self.dossier.pk, actor=self.clerk, at=at)
        self._later(at, self.simulation.random.uniform(0.5, 5), self._counter, self._check_online)

    def _received(self, at: datetime) -> None:
        if self.dossier.payment == Payment.DUE:
            self._pay(at)
        if self.dossier.limit_unit == "same_day":
            self._later(at, 0.1, self._counter, self._walk_over)
        if self.fate.kind == "withdrawn":
            self._later(at, self.simulation.random.uniform(1, 4), self._counter, self._withdraw)

    def _pay(self, at: datetime) -> None:
        """Whoever owes a fee pays it in cash at the counter."""
        due = sorted(c.pk for c in store.find(Charge, reference=f"dossier/{self.dossier.pk}", state="due"))
        agency = self.dossier.resolving_agency
        cashier = self.simulation.someone(Permission.FEE_COLLECT, agency, at) or self.clerk
        payments.collect_cash(due, actor=cashier, at=at)

    def _walk_over(self, at: datetime) -> None:
        """What is answered on the same day does not wait for the next round of hand-over."""
        if self.status() == Status.RECEIVED:
            actions.hand_over([self.dossier.pk], actor=self.clerk, at=at)
            self.look(at)

    # Work -----------------------------------------------------------------------------------------------------------

    def look(self, at: datetime) -> None:
        """After any act: plan what the tasks that are now live will lead to."""
        tasks = [t for t in self._tasks() if t.state in LIVE]
        for task in tasks:
            if task.pk not in self.scheduled:
                self.scheduled.add(task.pk)
                self._plan(task, at)
        if not tasks:
            self._later(at, 0.3, self._counter, self._tell)

    def _tasks(self) -> list[DossierTask]:
        """All tasks as they are now, in the order in which they were made."""
        return sorted(store.find(DossierTask, dossier_id=self.dossier.pk), key=lambda task: task.pk)

    def _plan(self, task: DossierTask, at: datetime) -> None:
        """When it is taken in hand, and when it will be done. A signature is not taken over first: it is signed."""
        random = self.simulation.random
        task.agency = self.simulation.agency(task.agency_id)
        hours = float(task.hours)
        taken = min(1.5, hours * 0.2) * random.random()
        worked = max(hours * self.fate.pace * random.uniform(0.75, 1.2) - taken, 0.1)
        if self.dossier.limit_unit == "same_day" and self.fate.pace <= 1:
            taken, worked = 0.05 * random.random(), 0.1 + 0.35 * random.random()
        if task.stage_kind in ("signature", "result"):
            self._later(at, taken + worked, task.agency, lambda moment: self._end(task, moment))
        else:
            self._later(at, taken, task.agency, lambda moment: self._take(task, worked, moment))

    def _end(self, task: DossierTask, at: datetime) -> None:
        if officer := self._officer(task, at):
            if self._is_live(task) and self.dossier.status == Status.TRANSFERRED:
                actions.take_over([task.pk], actor=officer, at=at)
            self._finish(task, officer, at)

    def _take(self, task: DossierTask, worked: float, at: datetime) -> None:
        officer = self._officer(task, at)
        if officer is None or not self._is_live(task) or self.dossier.status not in WORKED_ON:
            return
        if task.state == TaskState.OPEN:
            actions.take_over([task.pk], actor=officer, at=at)
        if not self._turn(task, officer, at):
            self._later(at, worked, task.agency, lambda moment: self._finish(task, officer, moment))

    def _turn(self, task: DossierTask, officer: User, at: datetime) -> bool:
        """What takes a dossier off the straight way, at the lead task of its first review."""
        turns = {
            "supplement": self._ask,
            "refused": self._refuse,
            "stopped": self._stop,
            "opinion": self._opinion,
        }
        turn = turns.get(self.fate.kind) if task.stage_kind == "review" and not task.at_office else None
        if turn is None:
            return False
        self.fate.kind = f"after_{self.fate.kind}"
        wait = min(float(task.hours) * 0.5, 14)
        self._later(at, wait, task.agency, lambda moment: turn(task, officer, moment))
        return True

    def _resume(self, task_id: int, officer: User, at: datetime) -> None:
        (task,) = store.find(DossierTask, id=task_id)
        if task.state in LIVE:
            task.agency = self.simulation.agency(task.agency_id)
            hours = float(task.hours) * self.fate.pace
            self._later(at, hours, task.agency, lambda moment: self._finish(task, officer, moment))

    def _finish(self, task: DossierTask, officer: User, at: datetime) -> None:
        if not self._is_live(task) or self.dossier.status not in WORKED_ON[1:]:
            return
        owed = task.stage_kind == "finance" and store.exists(FinancialObligation, dossier_id=self.dossier.pk)
        if task.stage_kind == "finance" and not owed:
            self._charge(task, officer, at)
            return
        self._complete(task, officer, at)
        self.look(at)

    def _complete(self, task: DossierTask, officer: User, at: datetime) -> None:
        cause = self.simulation.random.choice(["regulation", "partner", "capacity", "system"])
        words: dict[str, Any] = {"late_cause": cause, "late_note": "Khối lượng hồ sơ tăng"}
        if task.stage_kind == "signature":
            number = f"{self.dossier.pk:05d}/KQ-{legal_date(at):%Y}"
            actions.sign_result(self.dossier.pk, number=number, actor=officer, at=at, **words)
        else:
            actions.complete_task(task.pk, actor=officer, at=at, **words)

    def _officer(self, task: DossierTask, at: datetime) -> User | None:
        """Who may do the task; the signer is neither who received nor who resolved."""
        if task.stage_kind == "signature":
            barred = frozenset(
                {*(t.taken_by_id or 0 for t in self._tasks()), self.dossier.received_by_id or 0}
            )
            return self.simulation.someone(Permission.DOSSIER_SIGN, task.agency, at, but=barred)
        if task.at_office or task.stage_kind == "result":
            return self.simulation.someone(Permission.DOSSIER_RETURN_RESULT, task.agency, at)
        barred = frozenset({self.dossier.received_by_id or 0})
        return self.simulation.someone(Permission.DOSSIER_PROCESS, task.agency, at, but=barred)

    def _is_live(self, task: DossierTask) -> bool:
        """Whether the task still waits to be ended; task and dossier in memory learn how they stand."""
        for now in store.find(DossierTask, id=task.pk):
            task.state = now.state
        self.status()
        return task.state in LIVE

    # The end --------------------------------------------------------------------------------------------------------

    def _tell(self, at: datetime) -> None:
        if self.status() != Status.RESULT_READY:
            return
        wait = 2.0 if self.fate.rest else self.simulation.random.expovariate(1 / 9) + 0.2
        if not self.fate.collects or wait > SOON or self.fate.rest:
            actions.notify_ready(self.dossier.pk, actor=self.clerk, at=at)
        if self.fate.collects:
            self._later(at, wait, self._counter, self._collect)

    def _collect(self, at: datetime) -> None:
        receiver = self.dossier.submitter or self.dossier.applicant
        actions.return_result(self.dossier.pk, receiver_name=receiver.name, actor=self.clerk, at=at)
        if self.fate.kind == "corrected":
            self._later(at, 12, self._counter, self._find_error)
        elif self.fate.kind == "archived" or self.simulation.random.random() < 0.2:
            self._later(at, 40, self._counter, self._put_away)

    def _put_away(self, at: datetime) -> None:
        agency = self.dossier.resolving_agency
        officer = self.simulation.someone(Permission.DOSSIER_PROCESS, agency, at) or self.clerk
        actions.archive(self.dossier.pk, actor=officer, at=at)
