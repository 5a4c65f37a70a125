"""What else the demonstration's citizen has online: a result signed and returned into the store, a fee to pay, a draft."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask, ResultPaper
from motcua.dossiers.queries import held_by
from motcua.dossiers.rules.states import Status
from motcua.filing import actions as filing
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import offered_at
from motcua.scenarios.demo.own import citizen_of_the_page, file_one
from motcua.scenarios.engine import Simulation
from motcua.scenarios.journey import Journey
from motcua.scenarios.turns import Fate

SEED = 20261123
FINISHED, DRAFTED = "2.000635", "1.001193"
DAYS_AGO = 12
BASIS = "Nghị quyết số 02/NQ-HĐND (minh họa)"


class OnlineJourney(Journey):
    """A dossier whose result is signed electronically and returned into the store."""

    def _received(self, at: datetime) -> None:
        super()._received(at)
        self._later(at, 1, self._counter, self._walk_over)

    def _complete(self, task: DossierTask, officer: User, at: datetime) -> None:
        super()._complete(task, officer, at)
        if task.stage_kind == "signature":
            paper = max(store.find(ResultPaper, dossier_id=self.dossier.pk), key=lambda one: one.pk)
            actions.sign_electronically(paper.pk, actor=officer, at=at)

    def _collect(self, at: datetime) -> None:
        giver = self.simulation.someone(Permission.DOSSIER_RETURN_RESULT, self._counter, at) or self.clerk
        name = self.dossier.applicant.name
        actions.return_result(self.dossier.pk, receiver_name=name, method="online", actor=giver, at=at)


def finish_one(office: OneStopOffice, now: datetime) -> Dossier | None:
    """A dossier that the citizen filed days ago and that went all the way through the ordinary acts."""
    citizen, clerk = citizen_of_the_page(), _clerk(office, now)
    version = _offered(office, FINISHED, now)
    if citizen is None or clerk is None or version is None:
        return None
    at = now - timedelta(days=DAYS_AGO)
    dossier = file_one(office, version, citizen, at)
    simulation = Simulation(SEED, now)
    OnlineJourney(simulation, clerk, Fate(pace=0.3)).take_up(dossier, at)
    simulation.run()
    return Dossier.objects.get(pk=dossier.pk)


def begin_draft(office: OneStopOffice, now: datetime) -> bool:
    """The citizen has begun to register a birth and not gone on."""
    citizen, version = citizen_of_the_page(), _offered(office, DRAFTED, now)
    if citizen is None or version is None:
        return False
    filing.start(version, actor=citizen, at=now - timedelta(hours=2))
    return True


def owe(agency: Agency, cashier: User, now: datetime, many: int = 6) -> int:
    """Fees demanded later on dossiers under way, so that something is there to be paid online."""
    rows = Dossier.objects.filter(
        resolving_agency=agency, received_at__isnull=False, ended_at=None, returned_at=None
    )
    wanted = rows.exclude(payment="due").exclude(holders__isnull=False).order_by("-received_at", "-pk")
    return _demand(wanted[:many], cashier, now - timedelta(hours=30))


def owe_own(office: OneStopOffice, now: datetime) -> int:
    """A fee on the citizen's accepted dossier: the page with the code to scan."""
    citizen = citizen_of_the_page()
    cashier = people_with(Permission.FEE_COLLECT, office.agency, legal_date(now)).first()
    if citizen is None or cashier is None:
        return 0
    accepted = held_by(citizen, now).filter(status=Status.RECEIVED)
    return _demand(accepted[:1], cashier, now - timedelta(minutes=30))


def _demand(dossiers: Iterable[Dossier], cashier: User, at: datetime) -> int:
    made = [
        actions.demand_fee(
            one.pk, kind="le_phi", purpose="Lệ phí cấp thêm bản sao kết quả", amount_dong=8000 * (1 + number % 3),
            legal_basis=BASIS, actor=cashier, at=max(at, one.received_at or at),
        )
        for number, one in enumerate(dossiers)
    ]  # fmt: skip
    return len(made)


def _clerk(office: OneStopOffice, now: datetime) -> User | None:
    return people_with(Permission.DOSSIER_RECEIVE, office.agency, legal_date(now)).first()


def _offered(office: OneStopOffice, code: str, now: datetime) -> ProcedureVersion | None:
    return offered_at(office, legal_date(now)).filter(procedure__code=code).first()
