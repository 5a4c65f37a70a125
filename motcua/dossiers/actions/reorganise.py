"""An agency ends and another takes its place (the districts on 1-7-2025): open work is carried over with a record."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import offices_at, people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions import _flow
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import Dossier, DossierTask, FormerResolver
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending, stages
from motcua.dossiers.rules.states import TaskState

BEFORE = ["submitted", "pre_supplement"]
_MOVABLE = [*stages.LIVE, TaskState.PLANNED.value]


@dataclass(frozen=True, slots=True)
class Transfer:
    """What was carried over: how many dossiers, and the ids of tasks for which the successor has nobody who may do them."""

    dossiers: int
    stranded: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether there was anything to carry over."""
        return self.dossiers > 0


@transaction.atomic
def transfer_open_work(
    from_agency: Agency,
    to_agency: Agency,
    *,
    tasks_to: Agency | None = None,
    document: str,
    actor: User,
    at: datetime,
) -> Transfer:
    """Carry the open dossiers that an agency resolves, and its tasks on others', over to a successor. Codes, register
    numbers and clocks stay as they are (Luật 72/2025/QH15).

    `tasks_to`: the successor's division that takes the officers' tasks; signatures and what is done at the counter go to the
    successor itself. Raises RuleViolation for a division of another agency.
    """
    desk = Desk(actor, at)
    store.forget()
    paper = ending.require_text(document, "Ghi văn bản chuyển giao.", "document")
    if from_agency.pk == to_agency.pk:
        raise RuleViolation("Chọn cơ quan tiếp nhận khác cơ quan chuyển giao.", field="to_agency")
    if not desk.authority.can(Permission.AGENCY_EDIT, from_agency) or not desk.authority.can(
        Permission.AGENCY_EDIT, to_agency
    ):
        raise NotFound()
    division = tasks_to or to_agency
    below = Agency.objects.filter(Agency.in_force(desk.day), path__startswith=to_agency.path, pk=division.pk)
    if tasks_to is not None and not below.exists():
        raise RuleViolation("Chọn phòng, ban đang hoạt động thuộc cơ quan tiếp nhận.", field="tasks_to")
    ids = _affected(from_agency)
    plan = _Plan(from_agency, to_agency, division, paper, {})
    stranded: list[int] = []
    for dossier in Dossier.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        stranded += _carry(desk, access.furnished(desk, dossier), plan)
    return Transfer(len(ids), tuple(stranded))


@dataclass(frozen=True, slots=True)
class _Plan:
    """From where to where, by which document; `people`: whether an agency has anybody for a kind of task, once asked."""

    old: Agency
    new: Agency
    division: Agency
    document: str
    people: dict[tuple[int, str], bool]

    def place(self, task: DossierTask) -> Agency:
        """Who does a task from now on."""
        return self.new if task.at_office or task.stage_kind == "signature" else self.division

    def somebody(self, task: DossierTask, day: date) -> bool:
        """Whether anybody may do the task at its new place."""
        kind = "office" if task.at_office else task.stage_kind
        key = (task.agency_id, kind)
        if key not in self.people:
            wanted = _DOES.get(kind, (Permission.DOSSIER_PROCESS,))
            self.people[key] = any(people_with(one, task.agency, day).exists() for one in wanted)
        return self.people[key]


_DOES = {
    "office": (Permission.DOSSIER_RECEIVE, Permission.DOSSIER_RETURN_RESULT),
    "signature": (Permission.DOSSIER_SIGN,),
    "result": (Permission.DOSSIER_PROCESS, Permission.DOSSIER_ISSUE, Permission.DOSSIER_RETURN_RESULT),
}


def _affected(agency: Agency) -> list[int]:
    tasks = DossierTask.objects.filter(agency=agency, state__in=_MOVABLE).values("dossier")
    filed = Q(office__agency=agency, status__in=BEFORE)
    rows = Dossier.objects.filter(
        Q(resolving_agency=agency) | Q(pk__in=tasks) | filed,
        status__in=[*OPEN_STATUSES, *BEFORE, "result_ready", "wait_collect", "error_fix"],
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _carry(desk: Desk, dossier: Dossier, plan: _Plan) -> list[int]:
    """One dossier; the ids of its tasks that nobody at their new place may do."""
    old, new = plan.old, plan.new
    resolving = dossier.resolving_agency_id == old.pk
    if resolving:
        FormerResolver.objects.create(dossier=dossier, agency=old, until=desk.at)
        dossier.resolving_agency = new
        dossier.save(update_fields=["resolving_agency"])
    office = _reseat(desk, dossier, old, new)
    tasks = list(DossierTask.objects.filter(dossier=dossier, agency=old, state__in=_MOVABLE))
    for task in tasks:
        task.agency, task.officer = plan.place(task), None
    _flow.save_tasks(tasks, ["agency", "officer"])
    stranded = [task.pk for task in tasks if not plan.somebody(task, desk.day)]
    log(
        desk,
        dossier,
        entry(
            "transferred_to_successor",
            old=old.pk,
            new=new.pk,
            resolving=resolving,
            tasks=len(tasks),
            office=office,
            document=plan.document,
            **({"division": plan.division.pk} if plan.division != new else {}),
            **({"stranded": stranded} if stranded else {}),
        ),
    )
    return stranded


def _reseat(desk: Desk, dossier: Dossier, old: Agency, new: Agency) -> int | None:
    """What is filed but not yet received goes to the successor's counter. What was received keeps the counter that
    received it for ever; the successor's counters answer for it (`agencies.queries.offices_kept`).
    """
    office = None if dossier.received_at else offices_at(new, desk.day).first()
    if office is None or dossier.office.agency_id != old.pk:
        return None
    dossier.office, dossier.receiving_agency = office, new
    dossier.save(update_fields=["office", "receiving_agency"])
    return office.pk
