"""One dossier's way through the offices, as a simulation lets it happen: every step an ordinary act by who may do it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask, FinancialObligation
from motcua.dossiers.rules.intake import Intake, PaperData
from motcua.dossiers.rules.states import Status, TaskState
from motcua.payments import actions as payments
from motcua.payments.queries import charges_of
from motcua.scenarios.engine import Simulation

LIVE = (TaskState.OPEN, TaskState.ACCEPTED)
RELATED = ("agency", "dossier")
WORKED_ON = (Status.TRANSFERRED, Status.IN_REVIEW, Status.FOR_SIGNATURE, Status.WAIT_OPINION)


@dataclass
class Fate:
    """What will happen to one dossier. `pace` multiplies the time that a step may take; above 1 the dossier is late."""

    kind: str = "plain"
    pace: float = 0.6
    apology: bool = False
    collects: bool = True


class Journey:
    """Drives one dossier. `clerk` received it; the rest are found by permission when a step comes up."""

    def __init__(self, simulation: Simulation, clerk: User, intake: Intake, fate: Fate) -> None:
        self.simulation, self.clerk, self.intake, self.fate = simulation, clerk, intake, fate
        self.dossier: Dossier = None  # type: ignore[assignment]
        self.scheduled: set[int] = set()

    # Reception ----------------------------------------------------------------------------------------------------

    def arrive(self, at: datetime) -> None:
        """At the counter or by post: received at once. Online: submitted, and accepted by a clerk some hours later."""
        if self.intake.channel == "online":
            self.dossier = actions.submit(self.intake, actor=self.clerk, at=at)
            wait = self.simulation.random.uniform(0.3, 7.5)
            self._later(at, wait, self._office_agency, self._check_online)
            return
        self.dossier = actions.receive(self.intake, actor=self.clerk, at=at)
        self._received(at)

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
            self._later(at, self.simulation.random.uniform(4, 60), self._office_agency, self._complete_online)
        else:
            self.dossier = actions.accept(self.dossier.pk, actor=self.clerk, at=at)
            self._received(at)

    def _complete_online(self, at: datetime) -> None:
        actions.complete_presupplement(self.dossier.pk, actor=self.clerk, at=at)
        self._later(at, self.simulation.random.uniform(0.5, 5), self._office_agency, self._check_online)

    @cached_property
    def _office_agency(self) -> Agency:
        return self.dossier.office.agency

    def _received(self, at: datetime) -> None:
        self._pay(at)
        if self.dossier.limit_unit == "same_day":
            self._later(at, 0.1, self._office_agency, self._walk_over)
        if self.fate.kind == "withdrawn":
            self._later(at, self.simulation.random.uniform(2, 8), self._office_agency, self._withdraw)

    def _pay(self, at: datetime) -> None:
        """Whoever owes a fee pays it in cash at the counter."""
        due = [c.pk for c in charges_of(f"dossier/{self.dossier.pk}") if c.state == "due"]
        cashier = (
            self.simulation.someone(Permission.FEE_COLLECT, self.dossier.resolving_agency, at) or self.clerk
        )
        if due:
            payments.collect_cash(due, actor=cashier, at=at)

    def _withdraw(self, at: datetime) -> None:
        self._reload()
        if self.dossier.status in (Status.RECEIVED, Status.TRANSFERRED, Status.IN_REVIEW):
            actions.request_withdrawal(
                self.dossier.pk, reason="Công dân không còn nhu cầu", actor=self.clerk, at=at
            )
            self._later(at, 1.5, self._office_agency, self._confirm_withdrawal)

    def _confirm_withdrawal(self, at: datetime) -> None:
        actions.confirm_withdrawal(self.dossier.pk, actor=self.clerk, at=at)

    def _walk_over(self, at: datetime) -> None:
        """What is answered on the same day does not wait for the next round of hand-over."""
        self._reload()
        if self.dossier.status == Status.RECEIVED:
            actions.hand_over([self.dossier.pk], actor=self.clerk, at=at)
            self.look(at)

    # Work -----------------------------------------------------------------------------------------------------------

    def look(self, at: datetime) -> None:
        """After any act: plan what the tasks that are now live will lead to."""
        tasks = list(
            DossierTask.objects.filter(dossier=self.dossier.pk, state__in=LIVE).select_related(*RELATED)
        )
        for task in tasks:
            self.dossier = task.dossier
            if task.pk not in self.scheduled:
                self.scheduled.add(task.pk)
                self._plan(task, at)
        if not tasks:
            self._later(at, 0.3, self._office_agency, self._tell)

    def _plan(self, task: DossierTask, at: datetime) -> None:
        random = self.simulation.random
        hours = float(task.hours)
        taken = min(1.5, hours * 0.2) * random.random()
        worked = max(hours * self.fate.pace * random.uniform(0.75, 1.2) - taken, 0.1)
        if self.dossier.limit_unit == "same_day" and self.fate.pace <= 1:
            taken, worked = 0.05 * random.random(), 0.1 + 0.35 * random.random()
        self._later(at, taken, task.agency, lambda moment: self._take(task.pk, worked, moment))

    def _take(self, task_id: int, worked: float, at: datetime) -> None:
        task = self._live(task_id)
        officer = task and self._officer(task, at)
        if task is None or officer is None or self.dossier.status not in WORKED_ON:
            return
        if task.state == TaskState.OPEN:
            actions.take_over([task_id], actor=officer, at=at)
        if self._turn(task, officer, at):
            return
        self._later(at, worked, task.agency, lambda moment: self._finish(task_id, officer, moment))

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

    def _finish(self, task_id: int, officer: User, at: datetime) -> None:
        task = self._live(task_id)
        if task is None or self.dossier.status not in (
            Status.IN_REVIEW,
            Status.FOR_SIGNATURE,
            Status.WAIT_OPINION,
        ):
            return
        if (
            task.stage_kind == "finance"
            and not FinancialObligation.objects.filter(dossier=self.dossier).exists()
        ):
            self._charge(task, officer, at)
            return
        self._complete(task, officer, at)
        self.look(at)

    def _complete(self, task: DossierTask, officer: User, at: datetime) -> None:
        cause = self.simulation.random.choice(["regulation", "partner", "capacity", "system"])
        words = {"late_cause": cause, "late_note": "Khối lượng hồ sơ tăng"}
        if task.stage_kind == "signature":
            number = f"{self.dossier.pk:05d}/KQ-{legal_date(at):%Y}"
            actions.sign_result(self.dossier.pk, number=number, actor=officer, at=at, **words)
        else:
            actions.complete_task(task.pk, actor=officer, at=at, **words)

    def _officer(self, task: DossierTask, at: datetime) -> User | None:
        """Who may do the task; the signer is neither who received nor who resolved."""
        if task.stage_kind == "signature":
            done = (
                DossierTask.objects.filter(dossier=self.dossier)
                .exclude(taken_by=None)
                .values_list("taken_by", flat=True)
            )
            barred = frozenset({*done, self.dossier.received_by_id})
            return self.simulation.someone(Permission.DOSSIER_SIGN, task.agency, at, but=barred)
        if task.at_office or task.stage_kind == "result":
            permission = Permission.DOSSIER_HAND_OVER
        else:
            permission = Permission.DOSSIER_PROCESS
        barred = frozenset() if task.at_office else frozenset({self.dossier.received_by_id})
        return self.simulation.someone(permission, task.agency, at, but=barred)

    def _live(self, task_id: int) -> DossierTask | None:
        task = DossierTask.objects.filter(pk=task_id, state__in=LIVE).select_related(*RELATED).first()
        if task is not None:
            self.dossier = task.dossier
        return task

    def _reload(self) -> None:
        self.dossier = Dossier.objects.select_related("office__agency", "resolving_agency").get(
            pk=self.dossier.pk
        )

    # Turns ----------------------------------------------------------------------------------------------------------

    def _ask(self, task: DossierTask, officer: User, at: datetime) -> None:
        items = [{"name": "Bản chính giấy tờ chứng minh nội dung đề nghị", "quantity": 1}]
        actions.request_supplement(
            self.dossier.pk,
            reason="Giấy tờ kèm theo chưa đủ căn cứ giải quyết",
            items=items,
            actor=officer,
            at=at,
        )
        if self.simulation.random.random() < 0.8:
            wait = self.simulation.random.uniform(6, 48)
            self._later(at, wait, self._office_agency, lambda moment: self._bring(task.pk, officer, moment))

    def _bring(self, task_id: int, officer: User, at: datetime) -> None:
        paper = PaperData("Bản chính giấy tờ chứng minh nội dung đề nghị", originals=1)
        actions.complete_supplement(self.dossier.pk, (paper,), actor=self.clerk, at=at)
        self._resume(task_id, officer, at)

    def _resume(self, task_id: int, officer: User, at: datetime) -> None:
        task = self._live(task_id)
        if task is not None:
            hours = float(task.hours) * self.fate.pace
            self._later(at, hours, task.agency, lambda moment: self._finish(task_id, officer, moment))

    def _refuse(self, task: DossierTask, officer: User, at: datetime) -> None:
        boss = self.simulation.someone(Permission.DOSSIER_SIGN, task.agency, at) or officer
        actions.refuse(
            self.dossier.pk, reason="Không đủ điều kiện theo quy định", legal_basis="Điều kiện ghi trong thủ tục đã công bố",
            late_cause="regulation", actor=boss, at=at,
        )  # fmt: skip

    def _stop(self, task: DossierTask, officer: User, at: datetime) -> None:
        boss = self.simulation.someone(Permission.DOSSIER_STOP, task.agency, at)
        if boss is not None:
            actions.stop(self.dossier.pk, reason_code="citizen", actor=boss, at=at)

    def _opinion(self, task: DossierTask, officer: User, at: datetime) -> None:
        other = Agency.objects.filter(
            Agency.in_force(legal_date(at)), name__startswith="Sở Nông nghiệp"
        ).first()
        opinion = actions.ask_opinion(
            self.dossier.pk, to_agency_id=other.pk, question="Đề nghị cho ý kiến về nội dung hồ sơ thuộc ngành quản lý",
            due_working_days=3, actor=officer, at=at,
        )  # fmt: skip
        if self.simulation.random.random() < 0.7:
            self._later(
                at, 16, other, lambda moment: self._answer(opinion.pk, other, task.pk, officer, moment)
            )

    def _answer(self, opinion_id: int, other: Agency, task_id: int, officer: User, at: datetime) -> None:
        expert = self.simulation.someone(Permission.DOSSIER_OPINION, other, at)
        actions.answer_opinion(opinion_id, answer="Thống nhất với nội dung đề nghị.", actor=expert, at=at)
        self._resume(task_id, officer, at)

    def _charge(self, task: DossierTask, officer: User, at: datetime) -> None:
        amount = self.simulation.random.randrange(500_000, 30_000_000, 1000)
        number = f"{self.dossier.pk:04d}/TB-CNT"
        actions.issue_obligation(
            self.dossier.pk, amount_dong=amount, notice_number=number, actor=officer, at=at
        )
        if self.simulation.random.random() < 0.75:
            wait = self.simulation.random.uniform(8, 64)
            self._later(at, wait, self._office_agency, lambda moment: self._paid(task.pk, officer, moment))

    def _paid(self, task_id: int, officer: User, at: datetime) -> None:
        document = f"Giấy nộp tiền số {self.dossier.pk:06d}"
        actions.meet_obligation(self.dossier.pk, document=document, actor=officer, at=at)
        self._resume(task_id, officer, at)

    def apologise(self, at: datetime) -> None:
        """The head of the agency apologises for what will be late, and re-appoints once."""
        self._reload()
        boss = self.simulation.someone(Permission.DOSSIER_APOLOGISE, self.dossier.resolving_agency, at)
        open_states = (Status.TRANSFERRED, Status.IN_REVIEW, Status.FOR_SIGNATURE)
        if boss is not None and self.dossier.status in open_states and self.dossier.due_at:
            actions.apologise(
                self.dossier.pk, extra_working_days=self.simulation.random.randint(2, 5),
                reason="Cần thêm thời gian xác minh thực tế", actor=boss, at=at,
            )  # fmt: skip

    # The end --------------------------------------------------------------------------------------------------------

    def _tell(self, at: datetime) -> None:
        self._reload()
        if self.dossier.status != Status.RESULT_READY:
            return
        actions.notify_ready(self.dossier.pk, actor=self.clerk, at=at)
        if self.fate.collects:
            self._later(
                at, self.simulation.random.expovariate(1 / 9) + 0.2, self._office_agency, self._collect
            )

    def _collect(self, at: datetime) -> None:
        self._reload()
        receiver = self.intake.submitter or self.intake.applicant
        actions.return_result(self.dossier.pk, receiver_name=receiver.name, actor=self.clerk, at=at)
        if self.fate.kind == "corrected":
            self._later(at, 12, self._office_agency, self._find_error)
        elif self.simulation.random.random() < 0.2:
            self._later(at, 40, self._office_agency, self._put_away)

    def _put_away(self, at: datetime) -> None:
        officer = (
            self.simulation.someone(Permission.DOSSIER_PROCESS, self.dossier.resolving_agency, at)
            or self.clerk
        )
        actions.archive(self.dossier.pk, actor=officer, at=at)

    def _find_error(self, at: datetime) -> None:
        """The citizen comes back: the result has a mistake that the agency made."""
        officer = self.simulation.someone(Permission.DOSSIER_CORRECT, self.dossier.resolving_agency, at)
        if officer is not None:
            actions.start_correction(
                self.dossier.pk, reason="Sai chữ đệm trong kết quả", actor=officer, at=at
            )

    def _later(self, at: datetime, hours: float, agency: Agency, act) -> None:  # type: ignore[no-untyped-def]
        self.simulation.schedule(self.simulation.worked(at, hours, agency), act)
