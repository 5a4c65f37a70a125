"""The one door to a dossier: who may see it, who may act on it. Forbidden looks like missing."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound
from motcua.core.statements import Statement
from motcua.dossiers.models import Dossier, DossierTask, Opinion, Party
from motcua.dossiers.queries.catalogue import seated_ids
from motcua.dossiers.queries.held import is_held
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import stages
from motcua.dossiers.rules.transitions import Side, Transition

RELATED = (
    "procedure", "version", "field", "office__agency", "receiving_agency", "resolving_agency", "applicant", "submitter",
)  # fmt: skip
_LOCKED_BY_TASK: Statement[Dossier] = Statement(
    lambda task: Dossier.objects.select_for_update().filter(
        pk__in=DossierTask.objects.filter(pk=task).values("dossier_id")
    ),
    task=int,
)
ACT_RELATED = ("office__agency", "resolving_agency", "version", "applicant")


def within(authority: Authority, permission: str = Permission.DOSSIER_VIEW) -> Q:
    """The filter for dossiers that lie in the reach of a permission: received, resolved, worked on, or asked about there
    (tenant isolation: commune A sees a dossier of commune B only when it receives or resolves it).
    """
    if authority.everything:
        return Q()
    if not authority.has(permission):
        return Q(pk__in=[])
    tasks = DossierTask.objects.filter(authority.where(permission, "agency"), dossier=OuterRef("pk"))
    opinions = Opinion.objects.filter(authority.where(permission, "to_agency"), dossier=OuterRef("pk"))
    here = authority.where(permission, "receiving_agency") | authority.where(permission, "resolving_agency")
    return here | Exists(tasks) | Exists(opinions)


def visible_to(authority: Authority, permission: str = Permission.DOSSIER_VIEW) -> QuerySet[Dossier]:
    """Dossiers that a person may see."""
    return Dossier.objects.filter(within(authority, permission))


def access_dossier(
    user: User,
    code_or_id: str | int,
    permission: str = Permission.DOSSIER_VIEW,
    *,
    at: datetime,
    lock: bool = False,
    desk: Desk | None = None,
) -> Dossier:
    """One dossier by its code, temporary number or id, with its parties and agencies. Raises NotFound."""
    desk = desk or Desk(user, at)
    rows = visible_to(desk.authority, permission).select_related(*RELATED)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(_named(code_or_id)).first()
    if found is None:
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền xem.")
    return found


def _named(code_or_id: str | int) -> Q:
    text = str(code_or_id).strip()
    if isinstance(code_or_id, int) or text.isdecimal():
        return Q(pk=int(text))
    return Q(temporary_number=text) if text.upper().startswith("T-") else Q(code=text)


def furnished(desk: Desk, dossier: Dossier) -> Dossier:
    """The dossier with its office, agencies, version and procedure from memory: no joins on the way to an act."""
    version = desk.version(dossier.version_id)
    dossier._state.fields_cache |= {
        "office": desk.office(dossier.office_id),
        "resolving_agency": desk.agency(dossier.resolving_agency_id),
        "receiving_agency": desk.agency(dossier.receiving_agency_id),
        "version": version,
        "procedure": version.procedure,
    }
    if store.batching():
        _with_parties(dossier)
    return dossier


def _with_parties(dossier: Dossier) -> None:
    """In a batch a dossier that was read again has its parties at once: later in the act the database is not asked."""
    known = dossier._state.fields_cache
    if "applicant" not in known:
        dossier.applicant = store.find(Party, id=dossier.applicant_id)[0]
    if "submitter" not in known and dossier.submitter_id:
        dossier.submitter = store.find(Party, id=dossier.submitter_id)[0]


def locked(desk: Desk, dossier_id: int) -> Dossier:
    """One dossier locked for an act; whether the actor may do it is asked by `require_side`. Raises NotFound."""
    found = store.find(Dossier, lock=True, id=dossier_id)
    if not found:
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền xem.")
    return furnished(desk, found[0])


def locked_with(task_id: int) -> Dossier | None:
    """The dossier of a task, locked; None when there is no such task. One statement."""
    if not store.batching():
        return next(iter(_LOCKED_BY_TASK.rows(task=task_id)), None)
    task = store.find(DossierTask, id=task_id)
    return store.find(Dossier, lock=True, id=task[0].dossier_id)[0] if task else None


def tasks_of(dossier: Dossier, desk: Desk | None = None) -> list[DossierTask]:
    """All tasks of a dossier with their agencies (from memory where a desk is given), in the order of the control slip."""
    if desk is None:
        rows = DossierTask.objects.filter(dossier=dossier).order_by()
        return in_order(rows.select_related("agency"))
    tasks = in_order(store.find(DossierTask, dossier_id=dossier.pk))
    for task in tasks:
        task._state.fields_cache["agency"] = desk.agency(task.agency_id)
    return tasks


def in_order(tasks: Iterable[DossierTask]) -> list[DossierTask]:
    """Tasks in the order of the control slip. Sorted here: Django hashes every column of a statement that is to be
    ordered, which costs more than the statement.
    """
    return sorted(tasks, key=lambda t: (t.stage, t.round, t.position, t.pk))


def holds(desk: Desk, permissions: Iterable[str], agency: Agency) -> bool:
    """Whether the actor holds any of the permissions in an agency."""
    return any(desk.authority.can(p, agency) for p in permissions)


def at_office(desk: Desk, dossier: Dossier, permissions: Iterable[str]) -> bool:
    """Whether the actor may act for the counter that received: in its agency, or in the resolving agency seated there."""
    permissions = tuple(permissions)
    if holds(desk, permissions, dossier.office.agency):
        return True
    seated = dossier.resolving_agency_id in seated_ids(desk, dossier.office_id)
    return seated and holds(desk, permissions, dossier.resolving_agency)


def may(desk: Desk, dossier: Dossier, line: Transition, tasks: Iterable[DossierTask]) -> bool:
    """Whether the actor holds one of the line's permissions on one of its sides, or is a citizen who holds the dossier."""
    if desk.actor is not None and desk.actor.kind == User.Kind.CITIZEN:
        return Side.HOLDER in line.sides and is_held(dossier, desk.actor, desk.at)
    if Side.OFFICE in line.sides and at_office(desk, dossier, line.permissions):
        return True
    if Side.RESOLVER in line.sides and holds(desk, line.permissions, dossier.resolving_agency):
        return True
    wanted = [
        t for t in tasks if Side.WORKER in line.sides or (Side.TASK in line.sides and t.state in stages.LIVE)
    ]
    return any(
        holds(desk, line.permissions, agency) for agency in {t.agency_id: t.agency for t in wanted}.values()
    )


def require_side(desk: Desk, dossier: Dossier, line: Transition, tasks: Iterable[DossierTask] = ()) -> None:
    """Raise NotFound unless the actor may do what the line says on this dossier."""
    if not may(desk, dossier, line, tasks):
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền làm việc này.")


def may_charge(desk: Desk, dossier: Dossier) -> bool:
    """Whether the actor may ask for a further fee: who works on the dossier where it is resolved, or collects at its counter."""
    works = holds(desk, (Permission.DOSSIER_PROCESS,), dossier.resolving_agency)
    return works or at_office(desk, dossier, (Permission.FEE_COLLECT,))


def require_charging(desk: Desk, dossier: Dossier) -> None:
    """Raise NotFound unless the actor may ask for a further fee."""
    if not may_charge(desk, dossier):
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền làm việc này.")


def decides(desk: Desk, dossier: Dossier, tasks: Iterable[DossierTask]) -> bool:
    """Whether the actor resolves or signs where the dossier is worked on: who only receives does not decide the matter."""
    agencies = [dossier.resolving_agency, *(t.agency for t in tasks if t.state in stages.LIVE)]
    return any(
        holds(desk, (Permission.DOSSIER_PROCESS, Permission.DOSSIER_SIGN), agency) for agency in agencies
    )
