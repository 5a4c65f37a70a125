"""What takes a dossier off the straight way: supplements, opinions, obligations, refusal, stopping, withdrawal, apologies,
corrections. Each turn is an ordinary act by who may do it, and what follows from it later.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.states import Status
from motcua.scenarios.engine import Simulation

WITHDRAWABLE = (Status.RECEIVED, Status.TRANSFERRED, Status.IN_REVIEW)
APOLOGISED = (Status.TRANSFERRED, Status.IN_REVIEW, Status.FOR_SIGNATURE)


@dataclass
class Fate:
    """What will happen to one dossier. `pace` multiplies the time that a step may take; above 1 the dossier is late.
    `rest` is the state in which it still is at the end of the story: once there, nothing more happens.
    """

    kind: str = "plain"
    pace: float = 0.6
    apology: bool = False
    collects: bool = True
    rest: Status | None = None


class Turns(ABC):
    """The turns of one dossier's way; `Journey` is the straight way."""

    simulation: Simulation
    clerk: User
    fate: Fate
    dossier: Dossier  # from its arrival

    @abstractmethod
    def _resume(self, task_id: int, officer: User, at: datetime) -> None:
        """Go on with a task after it was interrupted."""

    # What every step needs ------------------------------------------------------------------------------------------

    @cached_property
    def _counter(self) -> Agency:
        """Who keeps the counter that received, or has taken its place since."""
        return self.simulation.agency(self.dossier.office.agency_id)

    def status(self) -> str:
        """The state as it is now; the dossier in memory learns it too."""
        (now,) = store.find(Dossier, id=self.dossier.pk)
        if now is not self.dossier:
            self._learn(now)
        return self.dossier.status

    def _learn(self, now: Dossier) -> None:
        """What others have done to the dossier, outside of a batch: there it is the same object."""
        self.dossier.status = now.status
        if now.resolving_agency_id != self.dossier.resolving_agency_id:
            self.dossier.resolving_agency = self.simulation.agency(now.resolving_agency_id)

    def rests(self) -> bool:
        """Whether it is where it shall still be when the story ends."""
        return self.fate.rest is not None and self.status() == self.fate.rest

    def _later(self, at: datetime, hours: float, agency: Agency, act: Callable[[datetime], object]) -> None:
        """Let an act happen some working hours of an agency later, unless the dossier rests by then."""

        def happen(moment: datetime) -> None:
            if not self.rests():
                act(moment)

        self.simulation.schedule(self.simulation.worked(at, hours, agency), happen)

    # Supplements, opinions, obligations -----------------------------------------------------------------------------

    def _ask(self, task: DossierTask, officer: User, at: datetime) -> None:
        items = [{"name": "Bản chính giấy tờ chứng minh nội dung đề nghị", "quantity": 1}]
        actions.request_supplement(
            self.dossier.pk, reason="Giấy tờ kèm theo chưa đủ căn cứ giải quyết", items=items, actor=officer, at=at,
        )  # fmt: skip
        if self.simulation.random.random() < 0.8:
            wait = self.simulation.random.uniform(6, 48)
            self._later(at, wait, self._counter, lambda moment: self._bring(task.pk, officer, moment))

    def _bring(self, task_id: int, officer: User, at: datetime) -> None:
        paper = PaperData("Bản chính giấy tờ chứng minh nội dung đề nghị", originals=1)
        actions.complete_supplement(self.dossier.pk, (paper,), actor=self.clerk, at=at)
        self._resume(task_id, officer, at)

    def _opinion(self, task: DossierTask, officer: User, at: datetime) -> None:
        here = Agency.objects.filter(Agency.in_force(legal_date(at)), name__startswith="Sở Nông nghiệp")
        other = here.get()
        opinion = actions.ask_opinion(
            self.dossier.pk, to_agency_id=other.pk, question="Đề nghị cho ý kiến về nội dung hồ sơ thuộc ngành quản lý",
            due_working_days=3, actor=officer, at=at,
        )  # fmt: skip
        if self.simulation.random.random() < 0.7:
            answer = lambda moment: self._answer(opinion.pk, other, task.pk, officer, moment)  # noqa: E731
            self._later(at, 16, other, answer)

    def _answer(self, opinion_id: int, other: Agency, task_id: int, officer: User, at: datetime) -> None:
        expert = self.simulation.someone(Permission.DOSSIER_OPINION, other, at) or officer
        actions.answer_opinion(opinion_id, answer="Thống nhất với nội dung đề nghị.", actor=expert, at=at)
        self._resume(task_id, officer, at)

    def _charge(self, task: DossierTask, officer: User, at: datetime) -> None:
        amount = self.simulation.random.randrange(500_000, 30_000_000, 1000)
        actions.issue_obligation(
            self.dossier.pk, amount_dong=amount, notice_number=f"{self.dossier.pk:04d}/TB-CNT", actor=officer, at=at
        )  # fmt: skip
        if self.simulation.random.random() < 0.75:
            wait = self.simulation.random.uniform(8, 64)
            self._later(at, wait, self._counter, lambda moment: self._paid(task.pk, officer, moment))

    def _paid(self, task_id: int, officer: User, at: datetime) -> None:
        document = f"Giấy nộp tiền số {self.dossier.pk:06d}"
        actions.meet_obligation(self.dossier.pk, document=document, actor=officer, at=at)
        self._resume(task_id, officer, at)

    def apologise(self, at: datetime) -> None:
        """The head of the agency apologises for what will be late, and re-appoints once."""
        known = self.status() in APOLOGISED and self.dossier.due_at
        boss = self.simulation.someone(Permission.DOSSIER_APOLOGISE, self.dossier.resolving_agency, at)
        if boss is not None and known:
            actions.apologise(
                self.dossier.pk, extra_working_days=self.simulation.random.randint(2, 5),
                reason="Cần thêm thời gian xác minh thực tế", actor=boss, at=at,
            )  # fmt: skip

    # Ends without a result, and after it ----------------------------------------------------------------------------

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

    def _withdraw(self, at: datetime) -> None:
        if self.status() in WITHDRAWABLE:
            actions.request_withdrawal(
                self.dossier.pk, reason="Công dân không còn nhu cầu", actor=self.clerk, at=at
            )
            self._later(at, 1.5, self._counter, self._confirm_withdrawal)

    def _confirm_withdrawal(self, at: datetime) -> None:
        actions.confirm_withdrawal(self.dossier.pk, actor=self.clerk, at=at)

    def _find_error(self, at: datetime) -> None:
        """The citizen comes back: the result has a mistake that the agency made."""
        agency = self.dossier.resolving_agency
        officer = self.simulation.someone(Permission.DOSSIER_CORRECT, agency, at)
        head = self.simulation.someone(Permission.DOSSIER_SIGN, agency, at)
        if officer is not None and head is not None:
            actions.start_correction(
                self.dossier.pk, reason="Sai chữ đệm trong kết quả", signer_id=head.pk, actor=officer, at=at
            )
            self.fate.kind = "after_corrected"
            self._later(at, 12, self._counter, lambda moment: self._correct(officer, moment))

    def _correct(self, officer: User, at: datetime) -> None:
        actions.finish_correction(self.dossier.pk, actor=officer, at=at)
        self._later(at, 6, self._counter, self._collect)

    @abstractmethod
    def _collect(self, at: datetime) -> None:
        """Hand the result over."""
