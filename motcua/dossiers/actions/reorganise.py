"""An agency ends and another takes its place (the districts on 1-7-2025): open work is carried over with a record."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import offices_at
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import Dossier, DossierTask, FormerResolver
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending, stages
from motcua.dossiers.rules.states import TaskState

BEFORE = ["submitted", "pre_supplement"]
_MOVABLE = [*stages.LIVE, TaskState.PLANNED.value]


@transaction.atomic
def transfer_open_work(
    from_agency: Agency, to_agency: Agency, *, document: str, actor: User, at: datetime
) -> int:
    """Carry the open dossiers that an agency resolves, and its tasks on others', over to a successor; says how many
    dossiers. Codes, register numbers and clocks stay as they are (Luật 72/2025/QH15).
    """
    desk = Desk(actor, at)
    paper = ending.require_text(document, "Ghi văn bản chuyển giao.", "document")
    if from_agency.pk == to_agency.pk:
        raise RuleViolation("Chọn cơ quan tiếp nhận khác cơ quan chuyển giao.", field="to_agency")
    if not desk.authority.can(Permission.AGENCY_EDIT, from_agency) or not desk.authority.can(
        Permission.AGENCY_EDIT, to_agency
    ):
        raise NotFound()
    ids = _affected(from_agency)
    for dossier in Dossier.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        _carry(desk, access.furnished(desk, dossier), from_agency, to_agency, paper)
    return len(ids)


def _affected(agency: Agency) -> list[int]:
    tasks = DossierTask.objects.filter(agency=agency, state__in=_MOVABLE).values("dossier")
    filed = Q(office__agency=agency, status__in=BEFORE)
    rows = Dossier.objects.filter(
        Q(resolving_agency=agency) | Q(pk__in=tasks) | filed,
        status__in=[*OPEN_STATUSES, *BEFORE, "result_ready", "wait_collect", "error_fix"],
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _carry(desk: Desk, dossier: Dossier, old: Agency, new: Agency, document: str) -> None:
    resolving = dossier.resolving_agency_id == old.pk
    if resolving:
        FormerResolver.objects.create(dossier=dossier, agency=old, until=desk.at)
        dossier.resolving_agency = new
        dossier.save(update_fields=["resolving_agency"])
    office = _reseat(desk, dossier, old, new)
    moved = DossierTask.objects.filter(dossier=dossier, agency=old, state__in=_MOVABLE).update(
        agency=new, officer=None
    )
    log(
        desk,
        dossier,
        entry(
            "transferred_to_successor",
            old=old.pk,
            new=new.pk,
            resolving=resolving,
            tasks=moved,
            office=office,
            document=document,
        ),
    )


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
