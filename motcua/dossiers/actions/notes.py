"""What is noted beside the course of a dossier: scans, reprints, codes of partners."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions._doors import locked_by_task
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._papers import scanned
from motcua.dossiers.models import Dossier, DossierPaper, Notice
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.files.models import StoredFile


@store.act
def attach_scan(paper_id: int, file_id: int, *, actor: User, at: datetime) -> DossierPaper:
    """Put a scan to a paper; a second one takes the place of the first. Raises NotFound."""
    desk = Desk(actor, at)
    paper = next(iter(store.find(DossierPaper, id=paper_id)), None)
    if paper is None or not StoredFile.objects.filter(pk=file_id).exists():
        raise NotFound("Không tìm thấy giấy tờ hoặc tệp này.")
    dossier = _working_on(desk, paper.dossier_id)
    scanned(paper, file_id, at)
    log(desk, dossier, entry("attach_scan", paper=paper.pk, file=file_id))
    return paper


def _working_on(desk: Desk, dossier_id: int) -> Dossier:
    """The dossier, locked, for who receives or processes it. Raises NotFound."""
    dossier = access.locked(desk, dossier_id)
    permissions = (Permission.DOSSIER_RECEIVE, Permission.DOSSIER_PROCESS)
    agencies = [dossier.resolving_agency, *(t.agency for t in access.tasks_of(dossier, desk))]
    if not access.at_office(desk, dossier, permissions) and not any(
        access.holds(desk, permissions, a) for a in agencies
    ):
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền.")
    return dossier


@store.act
def reprint(notice_id: int, *, reason: str = "", actor: User, at: datetime) -> Notice:
    """A slip is printed again, word for word as issued; the log says by whom."""
    desk = Desk(actor, at)
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("Không tìm thấy phiếu này.")
    dossier = access.access_dossier(
        actor, notice.dossier_id, Permission.DOSSIER_VIEW, at=at, lock=True, desk=desk
    )
    log(desk, dossier, entry("reprint", notice=notice.pk, kind=notice.kind, reason=reason))
    return notice


@store.act
def link_external(task_id: int, *, code: str, status: str = "", actor: User, at: datetime) -> None:
    """Note the code, and state, that a partner's system gave its part of the dossier (police, insurance, tax, land)."""
    desk = Desk(actor, at)
    dossier, _, task = locked_by_task(desk, task_id)
    if not access.holds(desk, (Permission.DOSSIER_PROCESS,), task.agency):
        raise NotFound()
    if not code.strip():
        raise RuleViolation("Nhập mã hồ sơ ở hệ thống kia.", field="code")
    task.external_code, task.external_status = code.strip(), status.strip()
    store.update(task, "external_code", "external_status")
    log(
        desk,
        dossier,
        entry("link_external", task=task.pk, code=task.external_code, status=task.external_status),
    )
