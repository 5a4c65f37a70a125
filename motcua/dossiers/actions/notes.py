"""What is noted beside the course of a dossier: messages, scans, reprints."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions import _news
from motcua.dossiers.actions._doors import locked_by_task
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import Dossier, DossierPaper, Message, Notice
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending
from motcua.files.models import StoredFile


@transaction.atomic
def write_message(
    dossier_id: int, body: str, *, to_citizen: bool = False, actor: User, at: datetime
) -> Message:
    """Write in the dossier: among officers, or to the citizen."""
    desk = Desk(actor, at)
    dossier = access.access_dossier(actor, dossier_id, Permission.DOSSIER_VIEW, at=at, lock=True, desk=desk)
    text = ending.require_text(body, "Nhập nội dung trao đổi.", "body")
    message = Message.objects.create(dossier=dossier, author=actor, at=at, body=text, to_citizen=to_citizen)
    log(desk, dossier, entry("message", message=message.pk, to_citizen=to_citizen))
    if to_citizen:
        _news.tell(desk, dossier, "message")
    return message


@transaction.atomic
def attach_scan(paper_id: int, file_id: int, *, actor: User, at: datetime) -> DossierPaper:
    """Put a scan to a paper; the dossier is digitised when all its papers have one."""
    desk = Desk(actor, at)
    paper = DossierPaper.objects.filter(pk=paper_id).first()
    if paper is None or not StoredFile.objects.filter(pk=file_id).exists():
        raise NotFound("Không tìm thấy giấy tờ hoặc tệp này.")
    dossier = _working_on(desk, paper.dossier_id)
    paper.file_id, paper.electronic = file_id, max(paper.electronic, 1)
    paper.save(update_fields=["file", "electronic"])
    if not DossierPaper.objects.filter(dossier=dossier, file=None).exists():
        dossier.is_digitised = True
        dossier.save(update_fields=["is_digitised"])
    log(desk, dossier, entry("attach_scan", paper=paper.pk, file=file_id))
    return paper


def _working_on(desk: Desk, dossier_id: int) -> Dossier:
    """The dossier, locked, for who receives or processes it. Raises NotFound."""
    dossier = access.locked(desk, dossier_id)
    permissions = (Permission.DOSSIER_RECEIVE, Permission.DOSSIER_PROCESS)
    agencies = [dossier.resolving_agency, *(t.agency for t in access.tasks_of(dossier))]
    if not access.at_office(desk, dossier, permissions) and not any(
        access.holds(desk, permissions, a) for a in agencies
    ):
        raise NotFound("Không tìm thấy hồ sơ này hoặc bạn không có quyền.")
    return dossier


@transaction.atomic
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


@transaction.atomic
def link_external(task_id: int, *, code: str, status: str = "", actor: User, at: datetime) -> None:
    """Note the code, and state, that a partner's system gave its part of the dossier (police, insurance, tax, land)."""
    desk = Desk(actor, at)
    dossier, _, task = locked_by_task(desk, task_id)
    if not access.holds(desk, (Permission.DOSSIER_PROCESS,), task.agency):
        raise NotFound()
    if not code.strip():
        raise RuleViolation("Nhập mã hồ sơ ở hệ thống kia.", field="code")
    task.external_code, task.external_status = code.strip(), status.strip()
    task.save(update_fields=["external_code", "external_status"])
    log(
        desk,
        dossier,
        entry("link_external", task=task.pk, code=task.external_code, status=task.external_status),
    )
